// What customers talk about more or less than the week before, and whether more kindly. Only what chance does not explain is told.
import type { SentimentCounts, ThemeCounts } from '../statistics/report.ts';
import { moved, type Share } from '../statistics/share-change.ts';
import { ENOUGH_ANSWERS, type Move } from './digest.ts';

interface Spoken {
  readonly answered: number;
  readonly sentiment: SentimentCounts;
  readonly themes: readonly ThemeCounts[];
}

/**
 * One family of tests: both sentiments, and each theme that either week mentions. None is called a move unless it holds after the correction for all
 * of them, nor where either week has too few answers to conclude from. The largest move is first.
 */
export function movesOf(now: Spoken, before: Spoken): readonly Move[] {
  if (now.answered < ENOUGH_ANSWERS || before.answered < ENOUGH_ANSWERS) return [];
  const names = new Set([...now.themes, ...before.themes].map(({ theme }) => theme));
  const mentions = ({ themes, answered }: Spoken, theme: string): Share => {
    return { count: themes.find((one) => one.theme === theme)?.mentions ?? 0, of: answered };
  };
  const told = ({ sentiment }: Spoken, which: 'positive' | 'negative'): Share => {
    const { positive, neutral, negative } = sentiment;
    return { count: sentiment[which], of: positive + neutral + negative };
  };
  const looked = [
    ...[...names].sort().map((theme) => ({
      about: { theme },
      now: mentions(now, theme),
      before: mentions(before, theme),
    })),
    ...(['positive', 'negative'] as const).map((sentiment) => ({
      about: { sentiment },
      now: told(now, sentiment),
      before: told(before, sentiment),
    })),
  ];
  return moved(looked)
    .map((one): Move => ({ about: one.about, now: percent(one.now), before: percent(one.before) }))
    .sort((a, b) => Math.abs(b.now - b.before) - Math.abs(a.now - a.before));
}

function percent({ count, of }: Share): number {
  return (100 * count) / of;
}
