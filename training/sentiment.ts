// Learns complaint, neither and praise from encoded rows.
import { toShares } from '../src/domain/classification/gist.ts';
import { LANGUAGES } from '../src/domain/classification/languages.ts';
import { SIGNS_SHARE, shareOf } from '../src/domain/classification/score.ts';
import { type Encoded, GROUPS } from './encode.ts';
import { addTo, blankWeights, shuffled, stepFrom, type Weights } from './learn.ts';

export const SENTIMENT_BITS = 20;
export const SIGNS_BITS = 13;
const CLASSES = 3;

export interface Plan {
  readonly passes: number;
  readonly rate: number;
  readonly signsRate: number;
  readonly pull: number;
  readonly seed: number;
}

export const PLAN: Plan = { passes: 5, rate: 0.06, signsRate: 0.02, pull: 1e-6, seed: 7 };

export interface Sentiment {
  readonly table: Weights;
  readonly signs: Weights;
  /** For each language and class. */
  readonly bias: Float64Array;
}

export interface Example {
  /** Its place among the encoded rows. */
  readonly at: number;
  readonly label: number;
  readonly language: number;
  readonly weight: number;
}

/** Each draw is learned in an order of its own; the weights are the mean, which depends less on chance. */
export function learnSentiment(
  encoded: Encoded,
  draws: readonly (readonly Example[])[],
  plan: Plan = PLAN,
): Sentiment {
  const [first = [], ...others] = draws;
  const mean = learnOnce(encoded, first, plan);
  const sums = [mean.table.values, mean.signs.values, mean.bias];
  for (const [i, examples] of others.entries()) {
    const { table, signs, bias } = learnOnce(encoded, examples, { ...plan, seed: plan.seed + 50 * (i + 1) });
    for (const [i, values] of [table.values, signs.values, bias].entries())
      for (let at = 0; at < values.length; at++) sums[i]![at]! += values[at]!;
  }
  for (const values of sums) for (let at = 0; at < values.length; at++) values[at]! /= draws.length;
  return mean;
}

function learnOnce(encoded: Encoded, examples: readonly Example[], plan: Plan): Sentiment {
  const table = blankWeights(1 << SENTIMENT_BITS, CLASSES);
  const signs = blankWeights(1 << SIGNS_BITS, CLASSES);
  const bias = new Float64Array((LANGUAGES.length + 1) * CLASSES);
  const model = { table, signs, bias };
  const rows = rowsOf(encoded);
  const odds = new Float64Array(CLASSES);
  for (let pass = 0; pass < plan.passes; pass++) {
    const rate = plan.rate * (1 - (0.8 * pass) / plan.passes);
    const signsRate = plan.signsRate * (1 - (0.8 * pass) / plan.passes);
    for (const i of shuffled(examples.length, plan.seed + pass)) {
      const { at, label, language, weight } = examples[i]!;
      oddsInto(odds, model, encoded, rows, at, language);
      toShares(odds, 1);
      for (let c = 0; c < CLASSES; c++) odds[c] = (odds[c]! - (c === label ? 1 : 0)) * weight;
      const [a, b, c, d] = bounds(encoded, at);
      stepFrom(odds, table, rows, a, b, shareOf(b - a), rate, plan.pull);
      stepFrom(odds, table, rows, b, c, shareOf(c - b), rate, plan.pull);
      stepFrom(odds, signs, rows, c, d, SIGNS_SHARE, signsRate, plan.pull);
      for (let k = 0; k < CLASSES; k++) bias[language * CLASSES + k]! -= 0.002 * odds[k]!;
    }
  }
  return model;
}

/** Complaint, neither and praise before they are made to add up to one. */
export function oddsInto(
  odds: Float64Array,
  { table, signs, bias }: Sentiment,
  encoded: Encoded,
  rows: Uint32Array,
  at: number,
  language: number,
): void {
  const [a, b, c, d] = bounds(encoded, at);
  for (let k = 0; k < CLASSES; k++) odds[k] = bias[language * CLASSES + k]!;
  addTo(odds, table, rows, a, b, shareOf(b - a));
  addTo(odds, table, rows, b, c, shareOf(c - b));
  addTo(odds, signs, rows, c, d, SIGNS_SHARE);
}

function bounds({ starts }: Encoded, at: number): readonly [number, number, number, number] {
  const i = at * GROUPS;
  return [starts[i]!, starts[i + 1]!, starts[i + 2]!, starts[i + 3]!];
}

/** The row of each hash in its table. */
export function rowsOf({ hashes, starts, count }: Encoded): Uint32Array {
  const rows = new Uint32Array(hashes.length);
  for (let i = 0; i < count; i++) {
    const signs = starts[i * GROUPS + 2]!;
    for (let at = starts[i * GROUPS]!; at < signs; at++) rows[at] = hashes[at]! >>> (32 - SENTIMENT_BITS);
    for (let at = signs; at < starts[(i + 1) * GROUPS]!; at++) rows[at] = hashes[at]! >>> (32 - SIGNS_BITS);
  }
  return rows;
}
