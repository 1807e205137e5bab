// The one figure that a tally comes down to, and how much single answers vary around it.

import { assertNever } from '../basics.ts';
import { answered, scoreCounts, segments, type Tally } from './tally.ts';

/**
 * The score of a tally, not rounded; null when nobody answered.
 *
 * - NPS: percent of promoters minus percent of detractors, in points from -100 to 100 (Reichheld 2003,
 *   "The One Number You Need to Grow").
 * - CES 2.0: the arithmetic mean, from 1 to 7 (CEB 2013).
 * - CSAT: the percent of answers in the top two boxes, from 0 to 100.
 */
export function scoreOf(tally: Tally): number | null {
  const n = answered(tally);
  if (n === 0) return null;
  const { positive, negative } = segments(tally);
  switch (tally.kind) {
    case 'nps':
      return (100 * (positive - negative)) / n;
    case 'ces':
      return mean(tally, n);
    case 'csat':
      return (100 * positive) / n;
    default:
      return assertNever(tally.kind);
  }
}

/** The percent of positive answers: promoters, CES top-3-box, CSAT top-2-box. Null when nobody answered. */
export function positiveShare(tally: Tally): number | null {
  const n = answered(tally);
  return n === 0 ? null : (100 * segments(tally).positive) / n;
}

/**
 * The variance of one answer's contribution to the score, in squared units of the score; null where it is not defined.
 * The score's own variance is this divided by the number of answers.
 *
 * - NPS: 100² · (p + d - (p - d)²), answers taken as 1, 0 and -1 (Rocks 2016, "Interval Estimation for the Net
 *   Promoter Score", The American Statistician 70:4).
 * - CES: the sample variance Σ(x - mean)² / (n - 1); null below two answers.
 * - CSAT: 100² · p · (1 - p), binomial.
 */
export function varianceOf(tally: Tally): number | null {
  const n = answered(tally);
  if (n === 0) return null;
  const { positive, negative } = segments(tally);
  // Whole numbers until the division, so that a variance which is zero comes out as exactly zero.
  switch (tally.kind) {
    case 'nps':
      return (10_000 * ((positive + negative) * n - (positive - negative) ** 2)) / n ** 2;
    case 'ces':
      return n < 2 ? null : sumOfSquares(tally, mean(tally, n)) / (n - 1);
    case 'csat':
      return (10_000 * positive * (n - positive)) / n ** 2;
    default:
      return assertNever(tally.kind);
  }
}

function mean(tally: Tally, n: number): number {
  return scoreCounts(tally).reduce((sum, { score, count }) => sum + score * count, 0) / n;
}

function sumOfSquares(tally: Tally, centre: number): number {
  return scoreCounts(tally).reduce((sum, { score, count }) => sum + count * (score - centre) ** 2, 0);
}
