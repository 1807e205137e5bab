// A piece of a text that says one thing, and how the pieces add up.
import type { Polarity } from './classification.ts';

export interface Clause {
  /** Its words as they are matched against themes; empty for a contrast. */
  readonly text: string;
  /** The weights of its praise (above 0) and complaint (below 0). */
  readonly values: readonly number[];
  /** Only marks that what follows stands against what came before ("but"). */
  readonly contrast: boolean;
}

export interface Sum {
  readonly good: number;
  readonly bad: number;
}

/** What stands before a contrast counts less, what follows more. */
const BEFORE_CONTRAST = 0.6;
const AFTER_CONTRAST = 1.3;

export function sumOf(clauses: readonly Clause[]): Sum {
  let good = 0;
  let bad = 0;
  let factor = 1;
  for (const { values, contrast } of clauses) {
    if (contrast) {
      good *= BEFORE_CONTRAST;
      bad *= BEFORE_CONTRAST;
      factor = AFTER_CONTRAST;
    }
    for (const value of values) {
      if (value > 0) good += value * factor;
      else bad -= value * factor;
    }
  }
  return { good, bad };
}

/** Below this a leaning is none. */
const LEANING = 0.25;

/** How far the words lean, from -1 (all complaint) to 1 (all praise); few words lean less. */
export function leaningOf({ good, bad }: Sum): number {
  return (good - bad) / (good + bad + 1);
}

export function polarityOf(sum: Sum): Polarity {
  const leaning = leaningOf(sum);
  if (Math.abs(leaning) < LEANING) return 'neutral';
  return leaning > 0 ? 'positive' : 'negative';
}
