// Hashes of words and of pieces of words, folded unit by unit without making strings.

export const SEED = 0x811c9dc5 | 0;

/** One more unit, or one more word, on a hash. */
export function fold(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193) ^ (hash >>> 15);
}

/** Spreads a folded hash over all of its 32 bits. */
export function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Of these units from `start` to `end`. */
export function hashOf(units: ArrayLike<number>, start: number, end: number): number {
  let hash = SEED;
  for (let i = start; i < end; i++) hash = fold(hash, units[i]!);
  return hash;
}
