// From rows to the bytes of a model: encode, learn, round to bytes.
import { LANGUAGES } from '../src/domain/classification/languages.ts';
import type { Lexicon } from '../src/domain/classification/lexicon.ts';
import { packModel } from '../src/domain/classification/model.ts';
import { encode } from './encode.ts';
import type { Weights } from './learn.ts';
import type { Row } from './rows.ts';
import { type Example, learnSentiment } from './sentiment.ts';
import { learnThemes } from './themes.ts';
import { learnTongues } from './tongues.ts';
import { examplesOf } from './weights.ts';

export function buildModel(
  rows: readonly Row[],
  lexicon: Lexicon,
  temperature: readonly number[],
): Uint8Array {
  const encoded = encode(rows, lexicon);
  const examples: readonly Example[] = examplesOf(rows);
  const sentiment = learnSentiment(encoded, examples);
  const themes = learnThemes(
    encoded,
    rows.flatMap(({ themes }, at) => (themes === null ? [] : [{ at, bits: themes }])),
  );
  const tongues = learnTongues(rows);
  const pairs = rounded(againstNeither(sentiment.table));
  const signs = rounded(againstNeither(sentiment.signs));
  const about = rounded(themes.table);
  const told = rounded(tongues.table);
  const bias = [...LANGUAGES, 'any'].map((_, i) => {
    const [bad = 0, neither = 0, good = 0] = sentiment.bias.subarray(i * 3, i * 3 + 3);
    return [bad - neither, good - neither];
  });
  return packModel(
    {
      sentiment: pairs.bytes,
      signs: signs.bytes,
      themes: about.bytes,
      languages: told.bytes,
      marks: new Uint8Array(lexicon.marks.buffer),
      weights: lexicon.weights,
      flags: lexicon.flags,
    },
    {
      bias,
      temperature,
      themeBias: [...themes.bias].map((one) => one + THEME_LEAN),
      themeNames: themes.names.map((one) => [...one]),
      languageBias: [...tongues.bias],
      scales: { sentiment: pairs.scale, signs: signs.scale, themes: about.scale, languages: told.scale },
    },
  );
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

/** A theme is named when it is about as likely as not, as F1 asks for. */
const THEME_LEAN = 0.7;

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
