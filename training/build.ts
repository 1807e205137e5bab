// From rows to the bytes of a model: encode, learn, round to bytes.
import { THEMES } from '../src/domain/classification/classification.ts';
import { LANGUAGES } from '../src/domain/classification/languages.ts';
import type { Lexicon } from '../src/domain/classification/lexicon.ts';
import { packModel, type Table } from '../src/domain/classification/model.ts';
import { calibrated } from './calibrate.ts';
import { gistOf, learnLayer } from './combine.ts';
import { type Encoded, encode } from './encode.ts';
import type { Weights } from './learn.ts';
import type { Row } from './rows.ts';
import { type Example, learnSentiment, SENTIMENT_BITS, SIGNS_BITS } from './sentiment.ts';
import { learnThemes } from './themes.ts';
import { learnTongues } from './tongues.ts';
import { examplesOf, FOLDS, foldOf, lot } from './weights.ts';

/**
 * A theme is named when it is likelier than not in comments that speak of each theme as often as of the others: ours speak most of quality, and F1 asks
 * for finding as much as for being right.
 */
const THEME_LEAN = 1;
const EVENING = 0.7;
const EVEN = 0.15;

/** Of the many comments on daily life, which speak of no theme, this share is enough to learn what no theme looks like. */
const SILENT = 0.2;

function themeLeans(rows: readonly Row[]): number[] {
  const named = rows.filter(({ themes }) => themes !== null);
  return THEMES.map((_, t) => {
    const share = named.filter(({ themes }) => (themes! >> t) & 1).length / named.length;
    return THEME_LEAN + EVENING * (Math.log(EVEN / (1 - EVEN)) - Math.log(share / (1 - share)));
  });
}

/** How often rows are drawn from the corpora that are taken in part. */
const DRAWS = 3;

export function buildModel(rows: readonly Row[], lexicon: Lexicon): Uint8Array {
  const encoded = encode(rows, lexicon);
  const draws = Array.from({ length: DRAWS }, (_, draw) => examplesOf(rows, draw));
  const gists = Array.from({ length: FOLDS }, (_, fold) => {
    const parts = sentimentParts(
      encoded,
      draws.map((examples) => examples.filter(({ at }) => foldOf(rows[at]!, at) !== fold)),
    );
    return draws[0]!
      .filter(({ at }) => foldOf(rows[at]!, at) === fold)
      .map(({ at, weight }) => gistOf(rows[at]!, weight, parts, lexicon));
  }).flat();
  const layer = learnLayer(gists);
  const { sentiment, signs, bias } = sentimentParts(encoded, draws);
  const themes = learnThemes(
    encoded,
    rows.flatMap(({ themes }, at) =>
      themes === null || (themes === 0 && lot(at) > SILENT) ? [] : [{ at, bits: themes }],
    ),
  );
  const leans = themeLeans(rows);
  const tongues = learnTongues(rows);
  const about = rounded(themes.table);
  const told = rounded(tongues.table);
  return packModel(
    {
      sentiment: sentiment.rows,
      signs: signs.rows,
      themes: about.bytes,
      languages: told.bytes,
      marks: new Uint8Array(lexicon.marks.buffer),
      weights: lexicon.weights,
      flags: lexicon.flags,
      hints: lexicon.hints,
    },
    {
      bias,
      temperature: calibrated(gists, layer),
      layer,
      themeBias: [...themes.bias].map((one, t) => one + leans[t]!),
      themeNames: themes.names.map((one) => [...one]),
      languageBias: [...tongues.bias],
      scales: { sentiment: sentiment.scale, signs: signs.scale, themes: about.scale, languages: told.scale },
    },
  );
}

interface Parts {
  readonly sentiment: Table;
  readonly signs: Table;
  readonly bias: readonly (readonly number[])[];
}

/** What is learned of the sentiment, as it ships. */
export function sentimentParts(encoded: Encoded, draws: readonly (readonly Example[])[]): Parts {
  const learned = learnSentiment(encoded, draws);
  const pairs = rounded(againstNeither(learned.table));
  const signs = rounded(againstNeither(learned.signs));
  const bias = [...LANGUAGES, 'any'].map((_, i) => {
    const [bad = 0, neither = 0, good = 0] = learned.bias.subarray(i * 3, i * 3 + 3);
    return [bad - neither, good - neither];
  });
  return {
    sentiment: { rows: pairs.bytes, bits: SENTIMENT_BITS, columns: 2, scale: pairs.scale },
    signs: { rows: signs.bytes, bits: SIGNS_BITS, columns: 2, scale: signs.scale },
    bias,
  };
}

/** Two columns instead of three say the same. */
function againstNeither({ values }: Weights): Weights {
  const rows = values.length / 3;
  const pairs = new Float32Array(rows * 2);
  for (let i = 0; i < rows; i++) {
    pairs[i * 2] = values[i * 3]! - values[i * 3 + 1]!;
    pairs[i * 2 + 1] = values[i * 3 + 2]! - values[i * 3 + 1]!;
  }
  return { values: pairs, squares: pairs, columns: 2 };
}

/** The few largest weights are cut, so that the many others keep their differences. */
const CUT = 0.9995;

function rounded({ values }: Weights): { readonly bytes: Int8Array; readonly scale: number } {
  const sizes = values
    .filter((value) => value !== 0)
    .map(Math.abs)
    .sort();
  const scale = (sizes[Math.floor(sizes.length * CUT)] ?? 1) / 127;
  const bytes = new Int8Array(values.length);
  for (let i = 0; i < values.length; i++)
    bytes[i] = Math.max(-127, Math.min(127, Math.round(values[i]! / scale)));
  return { bytes, scale };
}
