// Is the change between two periods more than chance? One test, with the variances of the kind of score.

import { t95, Z95 } from './quantile.ts';
import { scoreOf, varianceOf } from './score.ts';
import { answered, type Tally } from './tally.ts';

export interface Change {
  /** Score now minus score before, in units of the score; null when one period has no answers. */
  readonly difference: number | null;
  /** The difference in standard errors; null where it is not defined. */
  readonly z: number | null;
  /** Whether the difference is significant at 95 %, two-sided; null where `z` is: nothing can be said. */
  readonly significant: boolean | null;
}

/**
 * Compares a period with the one before it: z = (now - before) / √(v₁/n₁ + v₂/n₂), each period with the variance of
 * its own answers, without the pseudo-answers of the adjusted intervals (`varianceOf`).
 *
 * - NPS: the Wald test of two net promoter scores (Rocks 2016; `nps.test` of the R package NPS).
 * - CSAT: two proportions with unpooled variances (Fleiss, Levin & Paik 2003, section 2.4): it agrees with the
 *   interval of the difference, as the other two do.
 * - CES: Welch's t (Welch 1947), judged by Student's t with the degrees of freedom of Welch-Satterthwaite, since for
 *   few answers the normal quantile would call more than 5 % of chance changes significant. For many answers the two
 *   are the same.
 *
 * Not defined, hence null: a period without answers, a mean of less than two answers, or no variance in either
 * period (every answer alike), when the standard error is 0.
 */
export function compare(now: Tally, before: Tally): Change {
  const scoreNow = scoreOf(now);
  const scoreBefore = scoreOf(before);
  if (scoreNow === null || scoreBefore === null) return { difference: null, z: null, significant: null };
  const difference = scoreNow - scoreBefore;

  const varianceNow = varianceOf(now);
  const varianceBefore = varianceOf(before);
  if (varianceNow === null || varianceBefore === null) return { difference, z: null, significant: null };
  const a = { squaredError: varianceNow / answered(now), n: answered(now) };
  const b = { squaredError: varianceBefore / answered(before), n: answered(before) };
  const squaredError = a.squaredError + b.squaredError;
  if (squaredError === 0) return { difference, z: null, significant: null };

  const z = difference / Math.sqrt(squaredError);
  const critical = now.kind === 'ces' ? t95(welchSatterthwaite(a, b)) : Z95;
  return { difference, z, significant: Math.abs(z) > critical };
}

interface MeanError {
  /** The squared standard error of one period's mean. */
  readonly squaredError: number;
  readonly n: number;
}

/** Degrees of freedom: (e₁ + e₂)² / (e₁²/(n₁ - 1) + e₂²/(n₂ - 1)), e the squared standard errors (Satterthwaite 1946). */
function welchSatterthwaite(a: MeanError, b: MeanError): number {
  const sum = a.squaredError + b.squaredError;
  return sum ** 2 / (a.squaredError ** 2 / (a.n - 1) + b.squaredError ** 2 / (b.n - 1));
}
