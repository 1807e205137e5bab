// The words of a page, with their hashes.
import { fold, SEED } from './hash.ts';
import { isName } from './names.ts';
import type { Page } from './normalise.ts';
import { APOSTROPHE, DIGIT, KIND, LATIN } from './units.ts';

export interface Tokens {
  readonly start: Uint16Array;
  readonly end: Uint16Array;
  readonly hash: Int32Array;
  /** Of the first letters alone. */
  readonly stem: Int32Array;
  count: number;
}

/** This many letters begin a word; those of its forms are mostly the same. */
const STEM = 5;

const MOST = 1 << 13;

export function blankTokens(): Tokens {
  return {
    start: new Uint16Array(MOST),
    end: new Uint16Array(MOST),
    hash: new Int32Array(MOST),
    stem: new Int32Array(MOST),
    count: 0,
  };
}

/** Words of Latin letters, and none of them a name, which is wiped off the page; an elided one ("l'", "qu'") is a word of its own. */
export function tokensInto(tokens: Tokens, { units, length }: Page): void {
  let count = 0;
  for (let i = 0; i < length && count < MOST; i++) {
    if (KIND[units[i]!] !== LATIN) continue;
    const start = i;
    let hash = SEED;
    let stem = SEED;
    for (; i < length; i++) {
      const unit = units[i]!;
      const kind = KIND[unit];
      if (kind !== LATIN && kind !== DIGIT) {
        if (kind !== APOSTROPHE) break;
        if (isElided(units, start, i)) break;
      }
      hash = fold(hash, unit);
      if (i - start < STEM) stem = hash;
    }
    if (isName(hash)) {
      units.fill(0x20, start, i);
      continue;
    }
    tokens.start[count] = start;
    tokens.end[count] = i;
    tokens.hash[count] = hash;
    tokens.stem[count] = stem;
    count++;
  }
  tokens.count = count;
}

const ELIDED = new Set(Array.from('ldcjnmst', (letter) => letter.charCodeAt(0)));

function isElided(units: Uint16Array, start: number, end: number): boolean {
  if (end - start === 1) return ELIDED.has(units[start]!);
  return end - start === 2 && units[start] === 0x71 && units[start + 1] === 0x75;
}
