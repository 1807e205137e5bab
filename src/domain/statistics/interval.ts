// How sure we may be of a figure: 95 % confidence intervals, in the units of the figure.

import { assertNever } from '../basics.ts';
import type { SurveyKind } from '../survey/kind.ts';
import { t95, Z95 } from './quantile.ts';
import { scoreOf, varianceOf } from './score.ts';
import { answered, segments, type Tally } from './tally.ts';

/** `low` ≤ `high`, in the units of the figure that it belongs to. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * The interval that a report shows for a tally's score; null where it is not defined.
 * NPS: adjusted Wald, in points. CES: Student's t, null below two answers. CSAT: Wilson, in percent.
 */
export function scoreInterval(tally: Tally): Interval | null {
  switch (tally.kind) {
    case 'nps':
      return adjustedWaldInterval(tally);
    case 'ces':
      return meanInterval(tally);
    case 'csat':
      return wilsonInterval(segments(tally).positive, answered(tally));
    default:
      return assertNever(tally.kind);
  }
}

/** Half the interval's width: the "±" of a figure. */
export function marginOfError(interval: Interval): number {
  return (interval.high - interval.low) / 2;
}

/**
 * Adjusted Wald interval of an NPS, in points; null when nobody answered.
 *
 * Plain Wald after adding three answers that nobody gave, ¾ promoter, 1½ passive and ¾ detractor: with n' = n + 3,
 * p' = (promoters + ¾) / n' and d' = (detractors + ¾) / n', it is p' - d' ± z · √((p' + d' - (p' - d')²) / n')
 * (Rocks 2016, "Interval Estimation for the Net Promoter Score"; Agresti & Min 2005 for the idea). Its centre lies
 * nearer to 0 than the score does; with few and unanimous answers it may reach beyond ±100 (see `withinScale`), and
 * a single answer of 9-10 or 0-6 lies outside of it.
 */
export function adjustedWaldInterval(tally: Tally): Interval | null {
  const n = answered(tally);
  if (n === 0) return null;
  const { positive, negative } = segments(tally);
  const adjustedN = n + 3;
  const p = (positive + 0.75) / adjustedN;
  const d = (negative + 0.75) / adjustedN;
  const net = p - d;
  return around(100 * net, 100 * Z95 * Math.sqrt((p + d - net * net) / adjustedN));
}

/**
 * Plain Wald interval of any score: score ± z · √(variance / n), in the score's units; null where the variance is.
 * It is what most published examples show; reports do not, since it is too narrow for few answers (Rocks 2016).
 */
export function waldInterval(tally: Tally): Interval | null {
  const score = scoreOf(tally);
  const variance = varianceOf(tally);
  if (score === null || variance === null) return null;
  return around(score, Z95 * Math.sqrt(variance / answered(tally)));
}

/**
 * Wilson score interval of a share, in percent; null when `n` is 0. It lies within 0 to 100 and holds the share.
 *
 * (s + z²/2 ± z · √(s · (n - s) / n + z²/4)) / (n + z²), for `successes` s of `n` (Wilson 1927; Brown, Cai &
 * DasGupta 2001 recommend it for few answers).
 */
export function wilsonInterval(successes: number, n: number): Interval | null {
  if (n === 0) return null;
  const z2 = Z95 * Z95;
  const centre = successes + z2 / 2;
  const reach = Z95 * Math.sqrt((successes * (n - successes)) / n + z2 / 4);
  return {
    low: (100 * (centre - reach)) / (n + z2),
    // Rounding would leave it 1e-14 short.
    high: successes === n ? 100 : (100 * (centre + reach)) / (n + z2),
  };
}

/**
 * Student's t interval of the mean score, in steps of the scale: mean ± t(n - 1) · √(s² / n) (Student 1908).
 * Null below two answers, which say nothing about how much answers vary.
 */
function meanInterval(tally: Tally): Interval | null {
  const score = scoreOf(tally);
  const variance = varianceOf(tally);
  if (score === null || variance === null) return null;
  const n = answered(tally);
  return around(score, t95(n - 1) * Math.sqrt(variance / n));
}

const SCORE_RANGE: Readonly<Record<SurveyKind, Interval>> = {
  nps: { low: -100, high: 100 },
  ces: { low: 1, high: 7 },
  csat: { low: 0, high: 100 },
};

/**
 * An interval cut to the scores that can be, for people to read. Figures for machines stay as the formulas give
 * them, and the margin of error is half the width of the interval that was not cut.
 */
export function withinScale(kind: SurveyKind, { low, high }: Interval): Interval {
  const range = SCORE_RANGE[kind];
  const cut = (value: number) => Math.min(range.high, Math.max(range.low, value));
  return { low: cut(low), high: cut(high) };
}

function around(centre: number, reach: number): Interval {
  return { low: centre - reach, high: centre + reach };
}
