// What is noted of one text while it is read: the features by their hashes, and where each clause of the text ends in them.

export interface Sheet {
  /** Words and groups of words; letters and groups of letters where there are no spaces. */
  readonly words: Int32Array;
  /** Pieces of words, words with their negation, words after a contrast. */
  readonly pieces: Int32Array;
  /** Sums over the whole text: praise, complaint, marks, length. */
  readonly signs: Int32Array;
  wordCount: number;
  pieceCount: number;
  signCount: number;
  clauseCount: number;
  readonly wordsEnd: Uint16Array;
  readonly piecesEnd: Uint32Array;
  readonly unitsEnd: Uint16Array;
  readonly good: Float64Array;
  readonly bad: Float64Array;
  /** 1 where a clause follows a contrast. */
  readonly against: Uint8Array;
  /** Themes that words name in each clause, a bit for each. */
  readonly names: Uint16Array;
}

/** More than the longest text can fill. */
const WORDS = 1 << 16;
const CLAUSES = 1 << 10;

export function blankSheet(): Sheet {
  return {
    words: new Int32Array(WORDS),
    pieces: new Int32Array(2 * WORDS),
    signs: new Int32Array(256),
    wordCount: 0,
    pieceCount: 0,
    signCount: 0,
    clauseCount: 0,
    wordsEnd: new Uint16Array(CLAUSES),
    piecesEnd: new Uint32Array(CLAUSES),
    unitsEnd: new Uint16Array(CLAUSES),
    good: new Float64Array(CLAUSES),
    bad: new Float64Array(CLAUSES),
    against: new Uint8Array(CLAUSES),
    names: new Uint16Array(CLAUSES),
  };
}

/** Longer texts have their last clauses read as one. */
export const MOST_CLAUSES = CLAUSES - 1;
