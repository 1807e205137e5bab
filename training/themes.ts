// Learns which themes a text speaks of, each for itself, from our own comments.
import { THEMES } from '../src/domain/classification/classification.ts';
import { shareOf, themeRow } from '../src/domain/classification/score.ts';
import { type Encoded, GROUPS } from './encode.ts';
import { addTo, blankWeights, shuffled, stepFrom, type Weights } from './learn.ts';

export const THEME_BITS = 17;

export interface Themes {
  readonly table: Weights;
  readonly bias: Float64Array;
  /** What a word that names one theme says of each. */
  readonly names: readonly Float64Array[];
}

export interface ThemeExample {
  readonly at: number;
  readonly bits: number;
}

export function learnThemes(encoded: Encoded, examples: readonly ThemeExample[], passes = 12): Themes {
  const columns = THEMES.length;
  const table = blankWeights(1 << THEME_BITS, columns);
  const bias = new Float64Array(columns).fill(-1.5);
  const names = THEMES.map((_, name) =>
    Float64Array.from({ length: columns }, (_, t) => (t === name ? 2 : 0)),
  );
  const { hashes, starts } = encoded;
  const rows = new Uint32Array(hashes.length);
  for (const { at } of examples) {
    for (let i = starts[at * GROUPS]!; i < starts[at * GROUPS + 1]!; i++)
      rows[i] = themeRow(hashes[i]!, THEME_BITS);
  }
  const odds = new Float64Array(columns);
  for (let pass = 0; pass < passes; pass++) {
    for (const i of shuffled(examples.length, 100 + pass)) {
      const { at, bits } = examples[i]!;
      const from = starts[at * GROUPS]!;
      const to = starts[at * GROUPS + 1]!;
      odds.set(bias);
      const said = names.filter((_, name) => (encoded.names[at]! >> name) & 1);
      for (const weights of said) for (let t = 0; t < columns; t++) odds[t]! += weights[t]!;
      addTo(odds, table, rows, from, to, shareOf(to - from));
      for (let t = 0; t < columns; t++) {
        odds[t] = 1 / (1 + Math.exp(-odds[t]!)) - ((bits >> t) & 1);
        bias[t]! -= 0.01 * odds[t]!;
        for (const weights of said) weights[t]! -= 0.01 * odds[t]!;
      }
      stepFrom(odds, table, rows, from, to, shareOf(to - from), 0.15 * (1 - (0.8 * pass) / passes), 1e-5);
    }
  }
  return { table, bias, names };
}
