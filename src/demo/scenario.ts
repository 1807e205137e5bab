// The plot of a simulated month: who is helped when, and how each would react if asked. Nothing here knows how the product works.
import { DAY, type Duration, HOUR, type Instant, MINUTE } from '../domain/basics.ts';
import type { SurveyKind } from '../domain/survey/kind.ts';
import { SCALES, segmentOf } from '../domain/survey/kind.ts';
import type { Random } from './random.ts';
import { ACCOUNTS, AGENTS, FIRST_NAMES, type Language, SECOND_THOUGHTS, WORDS } from './words.ts';

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly language: Language;
  readonly account: string | null;
}

export type Reaction =
  | { readonly kind: 'silent' }
  | { readonly kind: 'decline' | 'opt_out'; readonly after: Duration }
  | {
      readonly kind: 'answer';
      readonly after: Duration;
      /** 0 furious … 1 delighted. */
      readonly mood: number;
      readonly typed: boolean;
      readonly twice: boolean;
      readonly words: boolean;
      /** Changes the answer after so long; null: stays with it. */
      readonly changesAfter: Duration | null;
    };

export interface Episode {
  readonly id: string;
  readonly at: Instant;
  readonly customer: Customer;
  readonly agent: string;
  readonly survey: SurveyKind | null;
  readonly closedBy: 'person' | 'inactivity';
  /** The customer writes again after so long; null: does not. */
  readonly reopensAfter: Duration | null;
  readonly reaction: Reaction;
}

export interface Plot {
  readonly from: Instant;
  readonly to: Instant;
  readonly episodes: readonly Episode[];
}

/** Four whole weeks; the third is the one with the broken release. */
const MOODS: readonly number[] = [0.76, 0.8, 0.62, 0.76];

export function writePlot(random: Random, from: Instant, episodes: number): Plot {
  const customers = Array.from({ length: Math.round(episodes * 1.6) }, (_, i) => writeCustomer(random, i));
  const list = Array.from({ length: episodes }, (_, i) =>
    writeEpisode(random, from, i, random.pick(customers)),
  );
  // The clocks go back once: the last digest is an hour later.
  return { from, to: from + MOODS.length * 7 * DAY + 2 * HOUR, episodes: list.sort((a, b) => a.at - b.at) };
}

function writeCustomer(random: Random, i: number): Customer {
  const language: Language = random.chance(0.6) ? 'en' : 'zh-CN';
  const name = `${random.pick(FIRST_NAMES[language])} ${i + 1}`;
  return {
    id: `customer-${i + 1}`,
    name,
    language,
    account: random.chance(0.4) ? random.pick(ACCOUNTS) : null,
  };
}

function writeEpisode(random: Random, from: Instant, i: number, customer: Customer): Episode {
  const week = Math.floor(random.next() * MOODS.length);
  const day = Math.floor(random.next() * 5.6);
  const at = from + (week * 7 + day) * DAY + Math.round(random.between(0, 8 * HOUR));
  return {
    id: `T-${i + 1}`,
    at,
    customer,
    agent: random.pick(AGENTS),
    survey: random.chance(0.15) ? 'csat' : null,
    closedBy: random.chance(0.05) ? 'inactivity' : 'person',
    reopensAfter: random.chance(0.06) ? Math.round(random.between(MINUTE, 9 * MINUTE)) : null,
    reaction: writeReaction(random, MOODS[week]!),
  };
}

function writeReaction(random: Random, weekMood: number): Reaction {
  const fate = random.next();
  const after = Math.round(
    random.chance(0.7) ? random.between(MINUTE, 3 * HOUR) : random.between(3 * HOUR, 40 * HOUR),
  );
  if (fate < 0.32) return { kind: 'silent' };
  if (fate < 0.38) return { kind: 'decline', after };
  if (fate < 0.4) return { kind: 'opt_out', after };
  const mood = Math.min(1, Math.max(0, weekMood + (random.next() + random.next() - 1) * 0.55));
  return {
    kind: 'answer',
    after: fate < 0.43 ? Math.round(random.between(7.5 * DAY, 9 * DAY)) : after,
    mood,
    typed: random.chance(0.1),
    twice: random.chance(0.08),
    words: random.chance(0.55),
    changesAfter: random.chance(0.06) ? Math.round(random.between(HOUR, 4 * DAY)) : null,
  };
}

/** The score that a mood gives on a scale. */
export function scoreFor(kind: SurveyKind, mood: number): number {
  const { min, max } = SCALES[kind];
  return Math.min(max, Math.max(min, Math.round(min + (0.1 + mood * 0.95) * (max - min))));
}

export function wordsFor(random: Random, kind: SurveyKind, score: number, language: Language): string {
  return random.pick(WORDS[language][segmentOf(kind, score)]);
}

export function secondThoughts(language: Language): string {
  return SECOND_THOUGHTS[language];
}
