// Finds in a lexicon the longest phrase that begins at a word, or the longest term that begins at a unit where words have no spaces.
import { fold, hashOf, SEED } from './hash.ts';
import {
  BEGINS,
  keyOf,
  type Lexicon,
  LONGEST_PHRASE,
  LONGEST_TERM,
  mayHold,
  PREFIX,
  SHORTEST_PREFIX,
  slotOf,
  THEME,
} from './lexicon.ts';
import type { Tokens } from './tokens.ts';

/** What the last look found: where it ends and its hash. */
export const phrase = { end: 0, hash: 0 };

/** The slot of the longest phrase that begins with this word, or of the longest beginning of the word itself; -1 without one. */
export function phraseAt(
  tokens: Tokens,
  token: number,
  language: number,
  kind: number,
  lexicon: Lexicon,
  units: Uint16Array,
): number {
  let hash = tokens.hash[token]!;
  phrase.end = tokens.end[token]!;
  const key = keyOf(hash, language, kind);
  let best = kind !== THEME || mayHold(lexicon, key) ? slotOf(lexicon, key) : -1;
  let longer = best;
  const last = Math.min(tokens.count, token + LONGEST_PHRASE);
  for (let next = token + 1; longer >= 0 && lexicon.flags[longer]! & BEGINS && next < last; next++) {
    if (tokens.start[next]! - tokens.end[next - 1]! > 1) break;
    hash = fold(hash, tokens.hash[next]!);
    longer = slotOf(lexicon, keyOf(hash, language, kind));
    if (longer >= 0 && lexicon.flags[longer]! !== BEGINS) {
      best = longer;
      phrase.end = tokens.end[next]!;
    }
  }
  if (best >= 0 && lexicon.flags[best]! !== BEGINS) return best;
  return prefixAt(units, tokens.start[token]!, tokens.end[token]!, language, kind + PREFIX, lexicon);
}

function prefixAt(
  units: Uint16Array,
  start: number,
  end: number,
  language: number,
  kind: number,
  lexicon: Lexicon,
): number {
  let i = start + SHORTEST_PREFIX;
  if (i > end) return -1;
  let prefix = hashOf(units, start, i);
  let key = keyOf(prefix, language, kind);
  if (!mayHold(lexicon, key)) return -1;
  let slot = slotOf(lexicon, key);
  for (; i < end; i++) {
    prefix = fold(prefix, units[i]!);
    key = keyOf(prefix, language, kind);
    if (!mayHold(lexicon, key)) continue;
    const at = slotOf(lexicon, key);
    if (at >= 0) slot = at;
  }
  return slot;
}

/** The slot of the longest term that begins here; -1 without one. */
export function termAt(
  units: Uint16Array,
  start: number,
  length: number,
  language: number,
  kind: number,
  lexicon: Lexicon,
): number {
  let hash = SEED;
  let found = -1;
  const end = Math.min(start + LONGEST_TERM, length);
  for (let i = start; i < end; i++) {
    hash = fold(hash, units[i]!);
    const key = keyOf(hash, language, kind);
    if (kind === THEME && !mayHold(lexicon, key)) break;
    const slot = slotOf(lexicon, key);
    if (slot < 0) break;
    if (lexicon.flags[slot]! !== BEGINS) {
      found = slot;
      phrase.end = i + 1;
      phrase.hash = hash;
    }
    if (!(lexicon.flags[slot]! & BEGINS)) break;
  }
  return found;
}
