// Rows turned into features once, kept packed.
import { featuresInto } from '../src/domain/classification/features.ts';
import type { Lexicon } from '../src/domain/classification/lexicon.ts';
import { blankPage, readInto } from '../src/domain/classification/normalise.ts';
import { namesIn } from '../src/domain/classification/score.ts';
import { blankSheet } from '../src/domain/classification/sheet.ts';
import { blankTokens, tokensInto } from '../src/domain/classification/tokens.ts';
import type { Row } from './rows.ts';

export const GROUPS = 3;

export interface Encoded {
  /** Hashes of all rows: words, pieces and signs of one row after the other. */
  readonly hashes: Int32Array;
  /** Where each of the three groups of a row begins; one more at the end. */
  readonly starts: Uint32Array;
  /** Themes that words name, a bit for each. */
  readonly names: Uint16Array;
  readonly count: number;
}

const page = blankPage();
const tokens = blankTokens();
const sheet = blankSheet();

export function encode(rows: readonly Row[], lexicon: Lexicon): Encoded {
  let hashes = new Int32Array(1 << 24);
  const starts = new Uint32Array(rows.length * GROUPS + 1);
  const names = new Uint16Array(rows.length);
  let at = 0;
  for (const [i, row] of rows.entries()) {
    readInto(page, row.text);
    tokensInto(tokens, page);
    featuresInto(sheet, page, tokens, row.language, lexicon);
    const need = at + sheet.wordCount + sheet.pieceCount + sheet.signCount;
    if (need > hashes.length) {
      const larger = new Int32Array(Math.max(need, Math.ceil(hashes.length * 1.6)));
      larger.set(hashes);
      hashes = larger;
    }
    starts[i * GROUPS] = at;
    hashes.set(sheet.words.subarray(0, sheet.wordCount), at);
    at += sheet.wordCount;
    starts[i * GROUPS + 1] = at;
    hashes.set(sheet.pieces.subarray(0, sheet.pieceCount), at);
    at += sheet.pieceCount;
    starts[i * GROUPS + 2] = at;
    hashes.set(sheet.signs.subarray(0, sheet.signCount), at);
    at += sheet.signCount;
    names[i] = namesIn(sheet, 0, sheet.clauseCount - 1);
  }
  starts[rows.length * GROUPS] = at;
  return { hashes: hashes.subarray(0, at), starts, names, count: rows.length };
}
