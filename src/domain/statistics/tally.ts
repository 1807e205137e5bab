// How many answers each score got, for one kind of survey: all that the statistics need to know.

import { AfterwordError } from '../basics.ts';
import { SCALES, type Segment, type SurveyKind, scoresOf, segmentOf } from '../survey/kind.ts';

/** Counts of answers. `counts[i]` belongs to the score `SCALES[kind].min + i`; every score of the scale has its place. */
export interface Tally {
  readonly kind: SurveyKind;
  readonly counts: readonly number[];
}

type SegmentCounts = Readonly<Record<Segment, number>>;

interface ScoreCount {
  readonly score: number;
  readonly count: number;
}

export function emptyTally(kind: SurveyKind): Tally {
  return { kind, counts: scoresOf(kind).map(() => 0) };
}

/** The tally of single scores, in whatever order. Throws `invalid` on a score that is not on the scale. */
export function tallyOf(kind: SurveyKind, scores: Iterable<number>): Tally {
  const counts = [...emptyTally(kind).counts];
  for (const score of scores) bump(kind, counts, score, 1);
  return { kind, counts };
}

/**
 * The tally of pairs of a score and its count, such as a Map or a database's groups; a score may come more than once.
 * Throws `invalid` on a score that is not on the scale.
 */
export function tallyOfCounts(
  kind: SurveyKind,
  pairs: Iterable<readonly [score: number, count: number]>,
): Tally {
  const counts = [...emptyTally(kind).counts];
  for (const [score, count] of pairs) bump(kind, counts, score, count);
  return checked({ kind, counts });
}

/** The tally with one more answer. */
export function add(tally: Tally, score: number): Tally {
  const counts = [...tally.counts];
  bump(tally.kind, counts, score, 1);
  return { kind: tally.kind, counts };
}

/** The tally with one answer less. Throws `broken` when no such answer was counted. */
export function remove(tally: Tally, score: number): Tally {
  const counts = [...tally.counts];
  bump(tally.kind, counts, score, -1);
  return checked({ kind: tally.kind, counts });
}

/** Both tallies together. */
export function merge(a: Tally, b: Tally): Tally {
  return combine(a, b, 1);
}

/** What is left of `a` without `b`. Throws `broken` when `b` holds answers that `a` does not. */
export function subtract(a: Tally, b: Tally): Tally {
  return checked(combine(a, b, -1));
}

/** How many answers are in it. */
export function answered(tally: Tally): number {
  return tally.counts.reduce((sum, count) => sum + count, 0);
}

/** How many answers are positive, neutral and negative: for NPS promoters, passives and detractors. */
export function segments(tally: Tally): SegmentCounts {
  const result = { positive: 0, neutral: 0, negative: 0 };
  for (const { score, count } of scoreCounts(tally)) result[segmentOf(tally.kind, score)] += count;
  return result;
}

/** Every score of the scale with its count, zeros included, lowest score first. */
export function scoreCounts(tally: Tally): readonly ScoreCount[] {
  const { min } = SCALES[tally.kind];
  return tally.counts.map((count, i) => ({ score: min + i, count }));
}

function bump(kind: SurveyKind, counts: number[], score: number, by: number): void {
  const { min, max } = SCALES[kind];
  if (!Number.isInteger(score) || score < min || score > max) {
    throw new AfterwordError(
      'invalid',
      `${String(score)} is not a score of ${kind}`,
      `give a whole number from ${min} to ${max}`,
    );
  }
  if (!Number.isInteger(by)) {
    throw new AfterwordError('invalid', `${String(by)} is not a count of answers`, 'give a whole number');
  }
  counts[score - min] = (counts[score - min] ?? 0) + by;
}

function combine(a: Tally, b: Tally, sign: 1 | -1): Tally {
  if (a.kind !== b.kind) {
    throw new AfterwordError(
      'broken',
      `a ${a.kind} tally cannot be combined with a ${b.kind} tally`,
      'report this as a bug',
    );
  }
  return { kind: a.kind, counts: a.counts.map((count, i) => count + sign * (b.counts[i] ?? 0)) };
}

function checked(tally: Tally): Tally {
  const bad = scoreCounts(tally).find(({ count }) => count < 0);
  if (bad) {
    throw new AfterwordError(
      'broken',
      `the ${tally.kind} score ${bad.score} would be counted ${bad.count} times`,
      'recount the answers from the responses',
    );
  }
  return tally;
}
