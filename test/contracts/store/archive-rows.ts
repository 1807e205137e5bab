// Rows to import, for tests: each with an id of its own, and everything that a report can group by.
import type { Instant } from '../../../src/domain/basics.ts';
import {
  type Classification,
  type Polarity,
  THEMES,
} from '../../../src/domain/classification/classification.ts';
import { scoresOf } from '../../../src/domain/survey/kind.ts';
import type { ArchiveRow } from '../../../src/ports/store/archive.ts';
import { CLASSIFIED, newId, type World } from './world.ts';

export interface Imported {
  readonly row: ArchiveRow;
  readonly classification: Classification | null;
}

function row(more: Partial<ArchiveRow> = {}): ArchiveRow {
  return {
    id: newId(),
    source: 'file',
    survey: 'nps',
    score: 9,
    verbatim: null,
    sentAt: Date.UTC(2026, 9, 1),
    answeredAt: Date.UTC(2026, 9, 2),
    person: null,
    locale: 'en',
    agent: 'bob',
    channel: 'support',
    account: 'acme',
    ...more,
  };
}

export function plain(more: Partial<ArchiveRow> = {}): Imported {
  return { row: row(more), classification: null };
}

export function said(
  themes: readonly `${(typeof THEMES)[number]}:${Polarity}`[],
  sentiment: Polarity | null,
): Classification {
  const mentions = themes.map((mention) => {
    const [theme, polarity] = mention.split(':') as [(typeof THEMES)[number], Polarity];
    return { theme, polarity };
  });
  return { ...CLASSIFIED, sentiment, themes: mentions };
}

export async function addAll(
  world: World,
  rows: readonly Imported[],
  platform = 'import',
  now: Instant = Date.UTC(2026, 10, 21),
) {
  return await world.store.archive.addRows(world.workspaceId, platform, rows, newId, now);
}

/** The same stream of numbers from 0 to `below` for the same seed (mulberry32). */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** Answered or not, with or without words, over some weeks around a change of the clocks, some of it unknown. */
export function someRows(count: number, seed: number): readonly Imported[] {
  const below = numbersFrom(seed);
  const oneOf = <T>(values: readonly T[]): T => values[below(values.length)] as T;
  const start = Date.UTC(2026, 9, 12);
  return Array.from({ length: count }, () => {
    const survey = oneOf(['nps', 'nps', 'ces'] as const);
    const sentAt = start + below(28 * 86_400) * 1_000;
    const words = below(3) > 0;
    const score = below(4) === 0 ? null : oneOf(scoresOf(survey));
    const themes = [...THEMES]
      .filter(() => below(6) === 0)
      .map((theme) => `${theme}:${oneOf(['positive', 'neutral', 'negative'] as const)}` as const);
    return {
      row: row({
        survey,
        score,
        sentAt,
        answeredAt: score === null ? null : sentAt + below(3 * 86_400) * 1_000,
        verbatim: words && score !== null ? `words ${below(1e9)}` : null,
        person: oneOf([null, 'ann', 'bea', 'cyd', 'dan']),
        locale: oneOf(['en', 'zh-CN', null]),
        agent: oneOf(['bob', 'eve', null]),
        channel: oneOf(['C1', 'C2', null]),
        account: oneOf(['acme', null]),
      }),
      classification:
        words && score !== null ? said(themes, oneOf(['positive', 'neutral', 'negative', null])) : null,
    };
  });
}
