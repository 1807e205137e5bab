// Learns how the odds of a text and the leanings of its clauses go together, from rows that the odds themselves were not learned from.
import { featuresInto } from '../src/domain/classification/features.ts';
import { bent, GIST, gistInto } from '../src/domain/classification/gist.ts';
import type { Lexicon } from '../src/domain/classification/lexicon.ts';
import type { Layer, Model } from '../src/domain/classification/model.ts';
import { blankPage, readInto } from '../src/domain/classification/normalise.ts';
import { blankOdds, oddsInto } from '../src/domain/classification/score.ts';
import { blankSheet } from '../src/domain/classification/sheet.ts';
import { blankTokens, tokensInto } from '../src/domain/classification/tokens.ts';
import { dice, shuffled } from './learn.ts';
import type { Row } from './rows.ts';

const page = blankPage();
const tokens = blankTokens();
const sheet = blankSheet();
const odds = blankOdds();

export interface Gist {
  readonly values: Float64Array;
  /** As whoever read it has it, else its source. */
  readonly label: number;
  /** As its source has it. */
  readonly told: number;
  readonly language: number;
  readonly weight: number;
  readonly source: string;
}

export function gistOf(
  row: Row,
  weight: number,
  model: Pick<Model, 'sentiment' | 'signs' | 'bias'>,
  lexicon: Lexicon,
): Gist {
  readInto(page, row.text);
  tokensInto(tokens, page);
  featuresInto(sheet, page, tokens, row.language, lexicon);
  oddsInto(odds, sheet, model, row.language);
  const values = new Float64Array(GIST);
  gistInto(values, odds, sheet, page, row.language);
  return {
    values,
    label: row.read ?? row.label,
    told: row.label,
    language: row.language,
    weight,
    source: row.source,
  };
}

const HIDDEN = 8;
/** Layers that begin with other numbers; their mean depends less on chance. */
const LAYERS = 3;
const PASSES = 12;
const RATE = 0.02;
const PULL = 1e-5;

/** Several layers side by side, whose odds are averaged, are one layer. */
export function learnLayer(gists: readonly Gist[]): Layer {
  const layers = Array.from({ length: LAYERS }, (_, i) => learnOnce(gists, 5 + 31 * i));
  return {
    hidden: layers.flatMap(({ hidden }) => hidden.map(rounded)),
    out: [0, 1, 2].map((k) =>
      rounded([
        ...layers.flatMap(({ out }) => Array.from(out[k]!.subarray(0, HIDDEN), (one) => one / LAYERS)),
        layers.reduce((sum, { out }) => sum + out[k]![HIDDEN]! / LAYERS, 0),
      ]),
    ),
  };
}

function rounded(row: ArrayLike<number>): number[] {
  return Array.from(row, (one) => Math.round(one * 1e5) / 1e5);
}

interface Single {
  readonly hidden: readonly Float64Array[];
  readonly out: readonly Float64Array[];
}

/** AdaGrad again, on a layer that begins with small numbers from a seed. */
function learnOnce(gists: readonly Gist[], seed: number): Single {
  const roll = dice(seed);
  const hidden = Array.from({ length: HIDDEN }, () =>
    Float64Array.from({ length: GIST + 1 }, () => (roll() - 0.5) * 0.6),
  );
  const out = Array.from({ length: 3 }, () =>
    Float64Array.from({ length: HIDDEN + 1 }, () => (roll() - 0.5) * 0.6),
  );
  const hiddenSquares = hidden.map((row) => new Float64Array(row.length));
  const outSquares = out.map((row) => new Float64Array(row.length));
  const inner = new Float64Array(HIDDEN);
  const shares = new Float64Array(3);
  const back = new Float64Array(HIDDEN);
  const step = (weights: Float64Array, squares: Float64Array, i: number, slope: number, rate: number) => {
    const pulled = slope + PULL * weights[i]!;
    squares[i]! += pulled * pulled;
    weights[i]! -= (rate * pulled) / Math.sqrt(squares[i]! + 1e-2);
  };
  for (let pass = 0; pass < PASSES; pass++) {
    const rate = RATE * (1 - (0.9 * pass) / PASSES) * 3;
    for (const at of shuffled(gists.length, 500 + pass + 100 * seed)) {
      const { values, label, weight } = gists[at]!;
      for (let h = 0; h < HIDDEN; h++) {
        const weights = hidden[h]!;
        let sum = weights[GIST]!;
        for (let i = 0; i < GIST; i++) sum += weights[i]! * values[i]!;
        inner[h] = bent(sum);
      }
      let all = 0;
      for (let k = 0; k < 3; k++) {
        const weights = out[k]!;
        let sum = weights[HIDDEN]!;
        for (let h = 0; h < HIDDEN; h++) sum += weights[h]! * inner[h]!;
        shares[k] = Math.exp(sum);
        all += shares[k]!;
      }
      back.fill(0);
      for (let k = 0; k < 3; k++) {
        const error = (shares[k]! / all - (k === label ? 1 : 0)) * weight;
        for (let h = 0; h < HIDDEN; h++) {
          back[h]! += error * out[k]![h]!;
          step(out[k]!, outSquares[k]!, h, error * inner[h]!, rate);
        }
        step(out[k]!, outSquares[k]!, HIDDEN, error, rate);
      }
      for (let h = 0; h < HIDDEN; h++) {
        const error = back[h]! * (1 - Math.abs(inner[h]!)) ** 2;
        for (let i = 0; i < GIST; i++)
          if (values[i] !== 0) step(hidden[h]!, hiddenSquares[h]!, i, error * values[i]!, rate);
        step(hidden[h]!, hiddenSquares[h]!, GIST, error, rate);
      }
    }
  }
  return { hidden, out };
}
