// What the weights of a model make of the features of a text: the odds of complaint and of praise in the whole and in each clause, and of each theme.
import { UNTOLD } from './languages.ts';
import type { Model, Table } from './model.ts';
import type { Sheet } from './sheet.ts';

/** How much the sums over the whole text count, and the least number of features that a group counts as. */
export const SIGNS_SHARE = 0.35;
const FEWEST = 6;

export function shareOf(count: number): number {
  return 1 / Math.sqrt(Math.max(FEWEST, count));
}

/** Complaint and praise, each against neither, before temperature; and how each clause leans, above 0 to praise. */
export interface Odds {
  bad: number;
  good: number;
  readonly leans: Float64Array;
}

export function blankOdds(): Odds {
  return { bad: 0, good: 0, leans: new Float64Array(1 << 10) };
}

/** What the lexicon finds in a clause, beside what is learned of its words. */
const LEXICON_SHARE = 0.5;

export function oddsInto(
  odds: Odds,
  sheet: Sheet,
  model: Pick<Model, 'sentiment' | 'signs' | 'bias'>,
  language: number,
): void {
  const { sentiment, signs, bias } = model;
  let badWords = 0;
  let goodWords = 0;
  let badPieces = 0;
  let goodPieces = 0;
  let word = 0;
  let piece = 0;
  for (let c = 0; c < sheet.clauseCount; c++) {
    const words = sheet.wordsEnd[c]! - word;
    sumInto(sentiment, sheet.words, word, sheet.wordsEnd[c]!);
    badWords += sum.bad;
    goodWords += sum.good;
    let lean = (sum.good - sum.bad) * shareOf(words);
    const pieces = sheet.piecesEnd[c]! - piece;
    sumInto(sentiment, sheet.pieces, piece, sheet.piecesEnd[c]!);
    badPieces += sum.bad;
    goodPieces += sum.good;
    lean += (sum.good - sum.bad) * shareOf(pieces);
    odds.leans[c] = lean * sentiment.scale + LEXICON_SHARE * (sheet.good[c]! - sheet.bad[c]!);
    word = sheet.wordsEnd[c]!;
    piece = sheet.piecesEnd[c]!;
  }
  const wordShare = shareOf(word) * sentiment.scale;
  const pieceShare = shareOf(piece) * sentiment.scale;
  sumInto(signs, sheet.signs, 0, sheet.signCount);
  const signShare = SIGNS_SHARE * signs.scale;
  const own = bias[language < 0 ? UNTOLD : language]!;
  odds.bad = badWords * wordShare + badPieces * pieceShare + sum.bad * signShare + own[0]!;
  odds.good = goodWords * wordShare + goodPieces * pieceShare + sum.good * signShare + own[1]!;
}

const sum = { bad: 0, good: 0 };

function sumInto({ rows, bits }: Table, hashes: Int32Array, from: number, to: number): void {
  const shift = 32 - bits;
  let bad = 0;
  let good = 0;
  for (let i = from; i < to; i++) {
    const row = (hashes[i]! >>> shift) * 2;
    bad += rows[row]!;
    good += rows[row + 1]!;
  }
  sum.bad = bad;
  sum.good = good;
}

const THEME_COUNT = 10;

/** What the words of each clause add to each theme, before their number is taken into account; clause after clause. */
export interface ThemeSums {
  readonly sums: Float64Array;
}

export function blankThemeSums(): ThemeSums {
  return { sums: new Float64Array(THEME_COUNT << 10) };
}

export function themeSumsInto({ sums }: ThemeSums, sheet: Sheet, { rows, bits }: Table): void {
  const { words, wordsEnd, clauseCount } = sheet;
  const last = (1 << bits) - 1;
  let i = 0;
  for (let c = 0; c < clauseCount; c++) {
    let [s0, s1, s2, s3, s4, s5, s6, s7, s8, s9] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    for (const end = wordsEnd[c]!; i < end; i++) {
      const row = (words[i]! & last) * THEME_COUNT;
      s0 += rows[row]!;
      s1 += rows[row + 1]!;
      s2 += rows[row + 2]!;
      s3 += rows[row + 3]!;
      s4 += rows[row + 4]!;
      s5 += rows[row + 5]!;
      s6 += rows[row + 6]!;
      s7 += rows[row + 7]!;
      s8 += rows[row + 8]!;
      s9 += rows[row + 9]!;
    }
    const at = c * THEME_COUNT;
    sums[at] = s0;
    sums[at + 1] = s1;
    sums[at + 2] = s2;
    sums[at + 3] = s3;
    sums[at + 4] = s4;
    sums[at + 5] = s5;
    sums[at + 6] = s6;
    sums[at + 7] = s7;
    sums[at + 8] = s8;
    sums[at + 9] = s9;
  }
}

/** The odds of each theme in some clauses; above 0 it is likelier there than not. */
export function themeOdds(
  into: Float64Array,
  { sums }: ThemeSums,
  sheet: Sheet,
  { themes, figures }: Model,
  first: number,
  last: number,
): void {
  into.fill(0);
  for (let c = first; c <= last; c++)
    for (let t = 0; t < THEME_COUNT; t++) into[t]! += sums[c * THEME_COUNT + t]!;
  const count = sheet.wordsEnd[last]! - (first === 0 ? 0 : sheet.wordsEnd[first - 1]!);
  const share = shareOf(count) * themes.scale;
  for (let t = 0; t < THEME_COUNT; t++) into[t] = into[t]! * share + figures.themeBias[t]!;
  const names = namesIn(sheet, first, last);
  for (let name = 0; names >> name !== 0; name++) {
    if (!((names >> name) & 1)) continue;
    const weights = figures.themeNames[name]!;
    for (let t = 0; t < THEME_COUNT; t++) into[t]! += weights[t]!;
  }
}

export function namesIn({ names }: Sheet, first: number, last: number): number {
  let all = 0;
  for (let c = first; c <= last; c++) all |= names[c]!;
  return all;
}

/** Themes share the hashes of the sentiment, and take other bits of them. */
export function themeRow(hash: number, bits: number): number {
  return hash & ((1 << bits) - 1);
}
