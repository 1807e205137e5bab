// From the odds of a text and the leanings of its clauses to shares of complaint, neither and praise: a few sums, put through one small layer, which
// tells praise and complaint side by side from neither.
import { LANGUAGES, UNTOLD } from './languages.ts';
import type { Layer } from './model.ts';
import type { Page } from './normalise.ts';
import type { Odds } from './score.ts';
import type { Sheet } from './sheet.ts';

const SUMS = 16;
export const GIST = SUMS + LANGUAGES.length + 1;

export function gistInto(gist: Float64Array, odds: Odds, sheet: Sheet, page: Page, language: number): void {
  const { leans, bad, good } = odds;
  const count = sheet.clauseCount;
  let most = 0;
  let least = 0;
  let sum = 0;
  let size = 0;
  let against = 0;
  let praise = 0;
  let blame = 0;
  for (let c = 0; c < count; c++) {
    const lean = leans[c]!;
    if (lean > most) most = lean;
    if (lean < least) least = lean;
    sum += lean;
    size += Math.abs(lean);
    if (sheet.against[c]) against = lean;
    praise += sheet.good[c]!;
    blame += sheet.bad[c]!;
  }
  const each = 1 / Math.max(1, count);
  gist.fill(0);
  gist[0] = bad / 2;
  gist[1] = good / 2;
  gist[2] = most / 3;
  gist[3] = least / 3;
  gist[4] = (leans[count - 1] ?? 0) / 3;
  gist[5] = (leans[0] ?? 0) / 3;
  gist[6] = (sum * each) / 2;
  gist[7] = (size * each) / 2;
  gist[8] = Math.log2(1 + count) / 3;
  gist[9] = Math.log1p(Math.max(0, praise)) / 2;
  gist[10] = Math.log1p(Math.max(0, blame)) / 2;
  gist[11] = against / 3;
  gist[12] = Math.log2(1 + page.length) / 5 - 1;
  gist[13] = Math.min(1, page.questions);
  gist[14] = Math.min(2, page.exclamations) / 2;
  gist[15] = Math.min(1, page.mentions);
  gist[SUMS + (language < 0 ? UNTOLD : language)] = 1;
}

/** A bend between -1 and 1 that costs one division. */
export function bent(sum: number): number {
  return sum / (1 + Math.abs(sum));
}

const inner = new Float64Array(64);

/** The odds of complaint, neither and praise. */
export function oddsOfGist(into: Float64Array, gist: Float64Array, { hidden, out }: Layer): void {
  // Of the languages one alone is set.
  let language = SUMS;
  while (language < GIST - 1 && gist[language] === 0) language++;
  for (let h = 0; h < hidden.length; h++) {
    const weights = hidden[h]!;
    let sum = weights[GIST]! + weights[language]! * gist[language]!;
    for (let i = 0; i < SUMS; i++) sum += weights[i]! * gist[i]!;
    inner[h] = bent(sum);
  }
  for (let k = 0; k < out.length; k++) {
    const weights = out[k]!;
    let sum = weights[hidden.length]!;
    for (let h = 0; h < hidden.length; h++) sum += weights[h]! * inner[h]!;
    into[k] = sum;
  }
}

/** Makes odds add up to one. */
export function toShares(odds: Float64Array, temperature: number): void {
  const most = Math.max(odds[0]!, odds[1]!, odds[2]!);
  let all = 0;
  for (let k = 0; k < odds.length; k++) {
    odds[k] = Math.exp((odds[k]! - most) / temperature);
    all += odds[k]!;
  }
  for (let k = 0; k < odds.length; k++) odds[k]! /= all;
}
