// Words and phrases with their weight, and small words with what they do to their neighbours, found by their hash in one probe or two.
import { fold, mixed } from './hash.ts';

export const SCORED = 1;
/** Turns its neighbours round ("not"). */
export const NEGATES = 2;
export const BOOSTS = 4;
export const DAMPS = 8;
/** What follows stands against what came before ("but"). */
export const CONTRASTS = 16;
/** Longer phrases begin with it. */
export const BEGINS = 32;
/** Names a theme, whose place its weight is. */
export const NAMES = 64;

/** Weights are kept as this many parts of one. */
export const PARTS = 32;

/** Shorter beginnings of words say too little. */
export const SHORTEST_PREFIX = 3;

/** The longest phrase, in words, and the longest term of a language without spaces, in units. */
export const LONGEST_PHRASE = 5;
export const LONGEST_TERM = 8;

export interface Lexicon {
  /** A power of two long; 0 where nothing is. */
  readonly marks: Uint16Array;
  readonly weights: Int8Array;
  readonly flags: Uint8Array;
  /** A bit for each rare key that may be there, so that most words need no search: see `mayHold`. */
  readonly hints: Uint8Array;
}

/** What a key stands for: a whole word or phrase, or the beginning of a word; of feeling, or of a theme. */
export const WHOLE = 0;
export const PREFIX = 1;
export const THEME = 2;

export function keyOf(hash: number, language: number, kind: number): number {
  return mixed(fold(hash, 0x4c00 + language * 4 + kind));
}

export function markOf(key: number): number {
  return key & 0xffff || 1;
}

/** Where this key is; -1 when it is not there. */
export function slotOf({ marks }: Lexicon, key: number): number {
  const last = marks.length - 1;
  const mark = markOf(key);
  for (let slot = (key >>> 14) & last; marks[slot] !== 0; slot = (slot + 1) & last) {
    if (marks[slot] === mark) return slot;
  }
  return -1;
}

/** A power of two long. */
export const HINT_BYTES = 1 << 14;

/** Whether a term of a theme, or a beginning of three letters, may be there; false is certain. */
export function mayHold({ hints }: Lexicon, key: number): boolean {
  return (hints[(key >>> 18) & (HINT_BYTES - 1)]! & (1 << ((key >>> 15) & 7))) !== 0;
}

export function hintAt({ hints }: Lexicon, key: number): void {
  hints[(key >>> 18) & (HINT_BYTES - 1)]! |= 1 << ((key >>> 15) & 7);
}

export function freeSlot({ marks }: Lexicon, key: number): number {
  const last = marks.length - 1;
  let slot = (key >>> 14) & last;
  while (marks[slot] !== 0) slot = (slot + 1) & last;
  return slot;
}
