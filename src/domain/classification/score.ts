// What the weights of a model make of the features of a text: the odds of complaint and praise, of the whole and of each clause, and of each theme.
import { UNTOLD } from './languages.ts';
import type { Model, Table } from './model.ts';
import type { Sheet } from './sheet.ts';

/** How much each group of features counts, whatever their number. */
export const SIGNS_SHARE = 0.35;
/** No group counts as if it had fewer than this. */
export const FEWEST = 6;

export function shareOf(count: number): number {
  return 1 / Math.sqrt(Math.max(FEWEST, count));
}

/** Complaint and praise, each against neither; before temperature. */
export interface Odds {
  bad: number;
  good: number;
}

export function oddsOf(sheet: Sheet, { sentiment, signs, figures }: Model, language: number): Odds {
  const words = pairSum(sentiment, sheet.words, 0, sheet.wordCount, shareOf(sheet.wordCount));
  const bad = words.bad;
  const good = words.good;
  const pieces = pairSum(sentiment, sheet.pieces, 0, sheet.pieceCount, shareOf(sheet.pieceCount));
  const badToo = pieces.bad;
  const goodToo = pieces.good;
  const own = pairSum(signs, sheet.signs, 0, sheet.signCount, SIGNS_SHARE);
  const bias = figures.bias[language < 0 ? UNTOLD : language]!;
  return { bad: bad + badToo + own.bad + bias[0]!, good: good + goodToo + own.good + bias[1]! };
}

const sum: Odds = { bad: 0, good: 0 };

function pairSum(
  { rows, bits, scale }: Table,
  hashes: Int32Array,
  from: number,
  to: number,
  share: number,
): Odds {
  const shift = 32 - bits;
  let bad = 0;
  let good = 0;
  for (let i = from; i < to; i++) {
    const row = (hashes[i]! >>> shift) * 2;
    bad += rows[row]!;
    good += rows[row + 1]!;
  }
  sum.bad = bad * share * scale;
  sum.good = good * share * scale;
  return sum;
}

/** What one clause says by itself, with what the lexicon finds in it. */
export function clauseOdds(sheet: Sheet, { sentiment }: Model, clause: number): Odds {
  const words = clause === 0 ? 0 : sheet.wordsEnd[clause - 1]!;
  const pieces = clause === 0 ? 0 : sheet.piecesEnd[clause - 1]!;
  const wordsEnd = sheet.wordsEnd[clause]!;
  const piecesEnd = sheet.piecesEnd[clause]!;
  const first = pairSum(sentiment, sheet.words, words, wordsEnd, shareOf(wordsEnd - words));
  const { bad, good } = first;
  const second = pairSum(sentiment, sheet.pieces, pieces, piecesEnd, shareOf(piecesEnd - pieces));
  return {
    bad: bad + second.bad + 0.5 * sheet.bad[clause]!,
    good: good + second.good + 0.5 * sheet.good[clause]!,
  };
}

/** The odds of each theme in the words of some clauses; above 0 it is likelier there than not. */
export function themeOdds(
  sheet: Sheet,
  { themes, figures }: Model,
  first: number,
  last: number,
  into: Float64Array,
): void {
  const from = first === 0 ? 0 : sheet.wordsEnd[first - 1]!;
  const to = sheet.wordsEnd[last]!;
  const { rows, bits, columns, scale } = themes;
  into.fill(0);
  for (let i = from; i < to; i++) {
    const row = themeRow(sheet.words[i]!, bits) * columns;
    for (let t = 0; t < columns; t++) into[t]! += rows[row + t]!;
  }
  const share = shareOf(to - from) * scale;
  const names = namesIn(sheet, first, last);
  for (let t = 0; t < columns; t++) into[t] = into[t]! * share + figures.themeBias[t]!;
  for (let name = 0; name < columns; name++) {
    if (!((names >> name) & 1)) continue;
    const weights = figures.themeNames[name]!;
    for (let t = 0; t < columns; t++) into[t]! += weights[t]!;
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
