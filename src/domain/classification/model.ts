// The learned weights, as they are read from the bytes of the file that ships with the program. A file that is not whole, or of another version,
// is refused with what to do about it.

import { THEMES } from './classification.ts';
import { LANGUAGE_COLUMNS, type LanguageTable } from './language.ts';
import { LANGUAGES } from './languages.ts';
import type { Lexicon } from './lexicon.ts';

/** Raised when the features change: weights of another version would be read against the wrong ones. */
export const FORMAT = 8;

const MAGIC = 'AFTERWRD';
/** Magic, format, checksum, length of the header. */
const FRONT = 8 + 4 + 4 + 4;

/** Rows of whole bytes, each column a class. */
export interface Table {
  readonly rows: Int8Array;
  readonly bits: number;
  readonly columns: number;
  /** What one part of a byte is worth. */
  readonly scale: number;
}

export interface Model {
  /** What made a classification, such as `hashed-1-4f09ab2c`. */
  readonly version: string;
  /** Columns: complaint and praise, both against neither. */
  readonly sentiment: Table;
  readonly signs: Table;
  readonly themes: Table;
  readonly languages: LanguageTable;
  readonly lexicon: Lexicon;
  /** Of each language: what complaint and praise begin with. */
  readonly bias: readonly (readonly number[])[];
  readonly figures: Figures;
}

/** One hidden layer; each row of `hidden` ends with its bias, and so does each of `out`. */
export interface Layer {
  readonly hidden: readonly ArrayLike<number>[];
  readonly out: readonly ArrayLike<number>[];
}

/** The few numbers that are no table. Languages are in their order, with one more for Latin letters that do not tell. */
export interface Figures {
  readonly bias: readonly (readonly number[])[];
  readonly temperature: readonly number[];
  readonly layer: Layer;
  readonly themeBias: readonly number[];
  /** What a word that names one theme says of each. */
  readonly themeNames: readonly (readonly number[])[];
  readonly languageBias: readonly number[];
  readonly scales: {
    readonly sentiment: number;
    readonly signs: number;
    readonly themes: number;
    readonly languages: number;
  };
}

export class ModelError extends Error {
  readonly kind = 'model';
  readonly remedy =
    'take the file as it came with the program (npm ci, or git checkout of src/model), or make it again: npm run train -- DATA';
  constructor(message: string) {
    super(`the classification model cannot be used: ${message}`);
    this.name = 'ModelError';
  }
}

interface Header {
  readonly sections: readonly (readonly [name: string, length: number])[];
  readonly figures: Figures;
}

const SECTIONS = ['sentiment', 'signs', 'themes', 'languages', 'marks', 'weights', 'flags', 'hints'] as const;
type Section = (typeof SECTIONS)[number];

export function loadModel(bytes: Uint8Array): Model {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < FRONT || text(bytes, 0, 8) !== MAGIC) throw new ModelError('it is no model file');
  const format = view.getUint32(8, true);
  if (format !== FORMAT)
    throw new ModelError(`it has format ${format}, and this program reads format ${FORMAT}`);
  const checksum = view.getUint32(12, true);
  if (checksum !== checksumOf(bytes.subarray(16)))
    throw new ModelError('it is damaged (its checksum does not match)');
  const start = FRONT + view.getUint32(16, true);
  const header = JSON.parse(text(bytes, FRONT, start)) as Header;
  const found = new Map<string, Uint8Array>();
  let at = start;
  for (const [name, length] of header.sections) {
    found.set(name, bytes.subarray(at, at + length));
    at += length;
  }
  const section = (name: Section) => {
    const one = found.get(name);
    if (one === undefined) throw new ModelError(`it has no ${name}`);
    return one;
  };
  const signed = (name: Section) => {
    const one = section(name);
    return new Int8Array(one.buffer, one.byteOffset, one.length);
  };
  const table = (name: 'sentiment' | 'signs' | 'themes', columns: number): Table => {
    const rows = signed(name);
    return { rows, columns, bits: bitsOf(rows.length / columns), scale: header.figures.scales[name] };
  };
  const marks = section('marks');
  const languages = signed('languages');
  const { figures } = header;
  if (figures.bias.length !== LANGUAGES.length + 1 || figures.themeBias.length !== THEMES.length)
    throw new ModelError('its figures are not those of this program');
  return {
    version: `hashed-${FORMAT}-${checksum.toString(16).padStart(8, '0')}`,
    sentiment: table('sentiment', 2),
    signs: table('signs', 2),
    themes: table('themes', THEMES.length),
    languages: {
      rows: languages,
      bits: bitsOf(languages.length / LANGUAGE_COLUMNS),
      scale: figures.scales.languages,
      bias: Float64Array.from(figures.languageBias),
    },
    lexicon: {
      marks: new Uint16Array(marks.buffer.slice(marks.byteOffset, marks.byteOffset + marks.length)),
      weights: signed('weights'),
      flags: section('flags'),
      hints: section('hints'),
    },
    bias: figures.bias,
    figures: { ...figures, layer: packed(figures.layer) },
  };
}

/** Numbers side by side are read faster. */
function packed({ hidden, out }: Layer): Layer {
  return {
    hidden: hidden.map((row) => Float64Array.from(row)),
    out: out.map((row) => Float64Array.from(row)),
  };
}

/** The bytes that `loadModel` reads. */
export function packModel(
  sections: Readonly<Record<Section, Uint8Array | Int8Array>>,
  figures: Figures,
): Uint8Array {
  const header: Header = { sections: SECTIONS.map((name) => [name, sections[name].length]), figures };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const padded = json.length + ((4 - ((FRONT + json.length) % 4)) % 4);
  const total = SECTIONS.reduce((sum, name) => sum + sections[name].length, FRONT + padded);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setUint32(8, FORMAT, true);
  view.setUint32(16, padded, true);
  bytes.fill(0x20, FRONT, FRONT + padded);
  bytes.set(json, FRONT);
  let at = FRONT + padded;
  for (const name of SECTIONS) {
    const one = sections[name];
    bytes.set(new Uint8Array(one.buffer, one.byteOffset, one.length), at);
    at += one.length;
  }
  view.setUint32(12, checksumOf(bytes.subarray(16)), true);
  return bytes;
}

function bitsOf(rows: number): number {
  const bits = Math.log2(rows);
  if (!Number.isInteger(bits)) throw new ModelError('a table has the wrong size');
  return bits;
}

function text(bytes: Uint8Array, start: number, end: number): string {
  return new TextDecoder().decode(bytes.subarray(start, end));
}

function checksumOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash >>> 0;
}
