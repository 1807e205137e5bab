// How figures are written: scores by their kind, how sure they are, and what may be said of a change.

import { THEMES, type Theme } from '../domain/classification/classification.ts';
import { ENOUGH_ANSWERS, type Move, type Verdict } from '../domain/digest/digest.ts';
import { withinScale } from '../domain/statistics/interval.ts';
import type { Figures, ThemeCounts } from '../domain/statistics/report.ts';
import { SCALES, type SurveyKind } from '../domain/survey/kind.ts';
import { oneLine } from './parts.ts';
import type { Translate } from './text.ts';

/** Digits after the point of a headline score. */
export const SCORE_DIGITS: Readonly<Record<SurveyKind, number>> = { nps: 0, ces: 1, csat: 0 };

const MOST_THEMES = 5;

/** What is said of a period: a digest's section, or a report. */
export type Said = Pick<Figures, 'answered' | 'score' | 'low' | 'high' | 'previous'> & {
  readonly survey: SurveyKind;
  readonly difference: number | null;
  readonly verdict: Verdict;
};

/** One customer's score: "9 of 10". */
export function answerText(t: Translate, survey: SurveyKind, score: number): string {
  return t('scale.option', { score: t.number(score), max: t.number(SCALES[survey].max) });
}

/** The same where the team reads it, as short as it can be: "9 of 10", "9/10". */
export function answerShort(t: Translate, survey: SurveyKind, score: number): string {
  return t('scale.short', { score: t.number(score), max: t.number(SCALES[survey].max) });
}

/** A period's score: "39", "5.4" or "82%"; a dash where nobody answered. */
export function scoreText(t: Translate, survey: SurveyKind, score: number | null): string {
  if (score === null) return '–';
  return survey === 'csat' ? t.percent(score) : t.number(score, SCORE_DIGITS[survey]);
}

/** "NPS 39", "CES 5.4 of 7", "CSAT 82%". */
export function headlineText(t: Translate, { survey, score }: Pick<Said, 'survey' | 'score'>): string {
  const name = t(`survey.${survey}`);
  if (score === null) return t('headline.none', { survey: name });
  const n = scoreText(t, survey, score);
  return t('headline.score', { survey: name, score: survey === 'ces' ? t('score.ces', { n }) : n });
}

/** "95% interval 17 to 57"; null where there is none. */
export function intervalText(t: Translate, said: Pick<Said, 'survey' | 'low' | 'high'>): string | null {
  const ends = intervalEnds(t, said);
  return ends && t('headline.interval', ends);
}

/** The ends of an interval as people read them: never beyond the scale. */
export function intervalEnds(
  t: Translate,
  {
    survey,
    low,
    high,
  }: { readonly survey: SurveyKind; readonly low: number | null; readonly high: number | null },
): { low: string; high: string } | null {
  if (low === null || high === null) return null;
  const cut = withinScale(survey, { low, high });
  return { low: scoreText(t, survey, cut.low), high: scoreText(t, survey, cut.high) };
}

/** "up 6, within the noise"; null where nobody answered, which the headline says already. */
export function verdictText(t: Translate, said: Said): string | null {
  if (said.answered === 0) return null;
  if (said.answered < ENOUGH_ANSWERS) return t('verdict.tooFew', { count: said.answered });
  if (said.difference === null || said.verdict === 'nothing_to_compare') return t('verdict.nothingBefore');
  if (said.verdict === 'too_few') return t('verdict.tooFewBefore', { count: said.previous.answered });
  return changeText(t, said.survey, said.difference, said.verdict === 'real');
}

/** A period compared with the one before, as a sentence with the tone it deserves; null where there is nothing to say. */
export function verdictSentence(
  t: Translate,
  said: Said,
): { words: string; tone: 'good' | 'bad' | 'muted' } | null {
  const verdict = verdictText(t, said);
  if (verdict === null) return null;
  const compared =
    said.answered >= ENOUGH_ANSWERS && (said.verdict === 'real' || said.verdict === 'within_noise');
  const words = compared
    ? t('verdict.period', { verdict })
    : t('verdict.plain', { verdict: sentenceCase(verdict) });
  if (!compared || said.verdict !== 'real') return { words, tone: 'muted' };
  return { words, tone: (said.difference ?? 0) > 0 ? 'good' : 'bad' };
}

function changeText(t: Translate, survey: SurveyKind, difference: number, real: boolean): string {
  const digits = SCORE_DIGITS[survey];
  const step = 10 ** -digits;
  const write = (n: number) => t(`difference.${survey}`, { n: t.number(n, digits) });
  const up = difference > 0;
  if (Number(Math.abs(difference).toFixed(digits)) === 0) {
    if (!real || difference === 0) return t('verdict.same');
    return t(up ? 'verdict.realUpSlight' : 'verdict.realDownSlight', { difference: write(step) });
  }
  const keys = real
    ? (['verdict.realUp', 'verdict.realDown'] as const)
    : (['verdict.noiseUp', 'verdict.noiseDown'] as const);
  return t(up ? keys[0] : keys[1], { difference: write(Math.abs(difference)) });
}

/** "30 promoters (56%), 15 passives (28%), 9 detractors (17%)"; null where nobody answered. */
export function spreadText(
  t: Translate,
  survey: SurveyKind,
  { positive, neutral, negative }: Pick<Figures, 'positive' | 'neutral' | 'negative'>,
): string | null {
  const n = positive + neutral + negative;
  if (n === 0) return null;
  const share = (count: number) => t.percent((100 * count) / n);
  return t(`figures.spread.${survey}`, {
    positive,
    neutral,
    negative,
    positiveShare: share(positive),
    neutralShare: share(neutral),
    negativeShare: share(negative),
  });
}

/** "28 positive, 12 neutral, 14 negative; …"; null where no words told anything. */
export function wordsText(
  t: Translate,
  { positive, neutral, negative, none }: Figures['sentiment'],
): string | null {
  if (positive + neutral + negative === 0) return null;
  return t('figures.wordsOf', { positive, neutral, negative, none });
}

/** The themes mentioned most; null where there are none. */
export function themesText(t: Translate, themes: readonly ThemeCounts[]): string | null {
  const most = [...themes].sort((a, b) => b.mentions - a.mentions).slice(0, MOST_THEMES);
  if (most.length === 0) return null;
  return t.list(most.map((one) => themeText(t, one)));
}

export function themeText(t: Translate, { theme, mentions, positive, negative }: ThemeCounts): string {
  return t('figures.theme', { theme: themeName(t, theme), mentions, positive, negative });
}

/** "speed mentioned more: 22% of answers (12% before)"; null where nothing moved for certain. */
export function movesText(t: Translate, moves: readonly Move[]): string | null {
  if (moves.length === 0) return null;
  return t.list(
    moves.map(({ about, now, before }) => {
      const direction = now > before ? 'Up' : 'Down';
      const said = { now: t.percent(now), before: t.percent(before) };
      return 'theme' in about
        ? t(`moves.theme${direction}`, { ...said, theme: themeName(t, about.theme) })
        : t(`moves.${about.sentiment}${direction}`, said);
    }),
  );
}

/** A workspace's own themes have the names that it gave them. */
function themeName(t: Translate, theme: string): string {
  return isTheme(theme) ? t(`theme.${theme}`) : oneLine(theme, 40);
}

function isTheme(theme: string): theme is Theme {
  return (THEMES as readonly string[]).includes(theme);
}

function sentenceCase(words: string): string {
  const [first = ''] = words;
  return first.toLocaleUpperCase('en') + words.slice(first.length);
}
