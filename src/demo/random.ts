// Chance that is the same every time: one seed, one month.

export interface Random {
  /** 0 ≤ x < 1 */
  next(): number;
  chance(probability: number): boolean;
  between(low: number, high: number): number;
  pick<T>(from: readonly T[]): T;
}

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, good enough to play a month. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    chance: (probability) => next() < probability,
    between: (low, high) => low + next() * (high - low),
    pick: (from) => from[Math.floor(next() * from.length)]!,
  };
}

/** Identifiers in the shape of UUIDs, in the order in which they are made. */
export function createIds(seed: number): { next(): string } {
  let count = 0;
  return {
    next() {
      count++;
      const tail = `${(seed >>> 0).toString(16).padStart(4, '0').slice(-4)}${count.toString(16).padStart(8, '0')}`;
      return `00000000-0000-7000-8000-${tail}`;
    },
  };
}
