// Which language a text is in: by its script and, for Latin letters, by a small learned table of words and of groups of three letters. What does
// not tell is null.
import { fold, mixed, SEED } from './hash.ts';
import { JA, LANGUAGES, LATIN_LANGUAGES, UNTOLD, ZH } from './languages.ts';
import type { Page } from './normalise.ts';
import type { Tokens } from './tokens.ts';

/** One column for each Latin language, and one for what is none of them. */
export const LANGUAGE_COLUMNS = LATIN_LANGUAGES.length + 1;

export interface LanguageTable {
  readonly rows: Int8Array;
  readonly bits: number;
  readonly scale: number;
  readonly bias: Float64Array;
}

export interface Told {
  /** Its number, or the likeliest, of those that are read; UNTOLD for Latin letters that do not tell, -1 for no letters or other ones. */
  readonly number: number;
  /** BCP 47; null when it is not told. */
  readonly tag: string | null;
}

const NOTHING: Told = { number: -1, tag: null };
const NOT_TOLD: Told = { number: UNTOLD, tag: null };
const BY_NUMBER: readonly Told[] = LANGUAGES.map((tag, number) => ({ number, tag }));
/** What it is read as, and too unsure to be said. */
const LIKELY: readonly Told[] = LANGUAGES.map((_, number) => ({ number, tag: null }));

/** Scripts that belong to one language, as far as customers of a product are concerned. */
const SCRIPTS: readonly (readonly [from: number, to: number, tag: string])[] = [
  [0x370, 0x3ff, 'el'],
  [0x400, 0x52f, 'ru'],
  [0x590, 0x5ff, 'he'],
  [0x600, 0x77f, 'ar'],
  [0x900, 0x97f, 'hi'],
  [0xe00, 0xe7f, 'th'],
  [0x1100, 0x11ff, 'ko'],
  [0xac00, 0xd7ff, 'ko'],
  [0xfb50, 0xfdff, 'ar'],
];

/** Words read before a text must have told, and letters of each. */
const WORDS_READ = 48;
const LETTERS_READ = 20;

/** Sets groups of letters apart from words. */
const LETTERS = 0x5bd1e995;

/** `hint`: the number of the language that whoever writes is known to speak, else -1; it decides where the words hardly do. */
export function languageOf(page: Page, tokens: Tokens, table: LanguageTable, hint = -1): Told {
  if (page.kana > 0 && page.kana * 10 >= page.han) return BY_NUMBER[JA]!;
  // A Han character says about as much as three letters: product names do not make Chinese English.
  if (page.han > 0 && page.han * 3 >= page.latin)
    return BY_NUMBER[hint === JA && page.han <= FEW_HAN ? JA : ZH]!;
  if (page.foreign > page.latin) {
    const script = SCRIPTS.find(([from, to]) => page.foreignUnit >= from && page.foreignUnit <= to);
    return script ? { number: -1, tag: script[2] } : NOTHING;
  }
  if (page.latin === 0) return NOTHING;
  languageFeatures(page, tokens);
  const column = columnOf(table, (LATIN_LANGUAGES as readonly number[]).indexOf(hint), tokens.count);
  if (column === LANGUAGE_COLUMNS - 1) return NOT_TOLD;
  const number = LATIN_LANGUAGES[column]!;
  return isSure ? BY_NUMBER[number]! : LIKELY[number]!;
}

/** The features of the last text that was asked about, and how many. */
export const found = { hashes: new Int32Array(4096), count: 0 };

export function languageFeatures({ units, accents, accentCount }: Page, tokens: Tokens): void {
  const { hashes } = found;
  let count = 0;
  for (let i = 0; i < Math.min(tokens.count, WORDS_READ); i++) {
    hashes[count++] = mixed(fold(tokens.hash[i]!, 1));
    const start = tokens.start[i]!;
    const end = Math.min(tokens.end[i]!, start + LETTERS_READ);
    let first = 0x20;
    let second = units[start]!;
    for (let at = start + 1; at <= end; at++) {
      const third = at < end ? units[at]! : 0x20;
      hashes[count++] = mixed((first << 20) ^ (second << 10) ^ third ^ LETTERS);
      first = second;
      second = third;
    }
  }
  for (let i = 0; i < accentCount && i < 16; i++) hashes[count++] = mixed(fold(fold(SEED, 3), accents[i]!));
  found.count = count;
}

const sums = new Float64Array(LANGUAGE_COLUMNS);

/** How much likelier than the next the first must be. */
const LIKELIER = 0.7;
let isSure = false;
/** In so few words the language that is hinted at may be less likely than another by this. */
const HINTED = 3;
const FEW_WORDS = 4;
/** Longer Japanese has kana in it. */
const FEW_HAN = 12;

function columnOf({ rows, bits, scale, bias }: LanguageTable, hinted: number, words: number): number {
  const { hashes, count } = found;
  let [s0, s1, s2, s3, s4, s5] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const row = (hashes[i]! >>> (32 - bits)) * LANGUAGE_COLUMNS;
    s0 += rows[row]!;
    s1 += rows[row + 1]!;
    s2 += rows[row + 2]!;
    s3 += rows[row + 3]!;
    s4 += rows[row + 4]!;
    s5 += rows[row + 5]!;
  }
  sums[0] = s0;
  sums[1] = s1;
  sums[2] = s2;
  sums[3] = s3;
  sums[4] = s4;
  sums[5] = s5;
  const share = scale / Math.sqrt(found.count);
  let best = 0;
  let second = -Infinity;
  for (let c = 0; c < LANGUAGE_COLUMNS; c++) sums[c] = sums[c]! * share + bias[c]!;
  for (let c = 1; c < LANGUAGE_COLUMNS; c++) {
    if (sums[c]! > sums[best]!) {
      second = sums[best]!;
      best = c;
    } else if (sums[c]! > second) second = sums[c]!;
  }
  isSure = sums[best]! - second >= LIKELIER;
  const decides = hinted >= 0 && words <= FEW_WORDS && best !== LANGUAGE_COLUMNS - 1;
  if (!decides || sums[best]! - sums[hinted]! >= HINTED) return best;
  return hinted;
}
