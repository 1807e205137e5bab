// Which of many shares moved more than chance: a test each, corrected for how many are looked at, so that nothing is called a move for having looked often.
import { twoSided } from './quantile.ts';

export interface Share {
  readonly count: number;
  readonly of: number;
}

export interface ShareChange {
  readonly now: Share;
  readonly before: Share;
}

/** Below 5 % in all: of a hundred looks at shares that did not move, at most five call any of them moved. */
const LEVEL = 0.05;

/**
 * The chance of so large a difference where there is none: two proportions with pooled variance and Yates' correction (Fleiss, Levin & Paik 2003,
 * section 3.1), which errs on the side of silence where counts are small. 1 where a side has nothing to compare.
 */
export function chanceOf({ now, before }: ShareChange): number {
  if (now.of === 0 || before.of === 0) return 1;
  const pooled = (now.count + before.count) / (now.of + before.of);
  const squaredError = pooled * (1 - pooled) * (1 / now.of + 1 / before.of);
  if (squaredError === 0) return 1;
  const correction = (1 / now.of + 1 / before.of) / 2;
  const distance = Math.abs(now.count / now.of - before.count / before.of) - correction;
  return distance <= 0 ? 1 : twoSided(distance / Math.sqrt(squaredError));
}

/** Those that moved, by Holm's step-down of Bonferroni's correction (Holm 1979) over all of them; the order is kept. */
export function moved<T extends ShareChange>(all: readonly T[]): readonly T[] {
  const byChance = all.map((one) => ({ one, chance: chanceOf(one) })).sort((a, b) => a.chance - b.chance);
  const real = new Set<T>();
  for (const [i, { one, chance }] of byChance.entries()) {
    if (chance > LEVEL / (all.length - i)) break;
    real.add(one);
  }
  return all.filter((one) => real.has(one));
}
