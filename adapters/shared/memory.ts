// What was learnt from a platform a moment ago, bounded in age and in number; of many who ask for the same at once, one asks.
import type { Duration, Instant } from '../../src/domain/basics.ts';

export interface Memory<V> {
  /** What is remembered under this name, else what `learn` finds out. Null is "not to be had now" and is not remembered for longer than `nullFor`. */
  get(name: string, learn: () => Promise<V | null>): Promise<V | null>;
  peek(name: string): V | null;
  forget(name: string): void;
}

export function createMemory<V>(options: {
  readonly now: () => Instant;
  readonly most: number;
  readonly keptFor: Duration;
  /** Left out: a null is asked for again at once. */
  readonly nullFor?: Duration;
}): Memory<V> {
  const { now, most, keptFor, nullFor = 0 } = options;
  const known = new Map<string, { readonly value: V | null; readonly until: Instant }>();
  const asking = new Map<string, Promise<V | null>>();

  const fresh = (name: string) => {
    const entry = known.get(name);
    if (entry === undefined || entry.until > now()) return entry;
    known.delete(name);
    return undefined;
  };
  const keep = (name: string, value: V | null) => {
    known.delete(name);
    const lasts = value === null ? nullFor : keptFor;
    if (lasts > 0) known.set(name, { value, until: now() + lasts });
    // A Map keeps the order in which things were put in: the first is the oldest.
    for (const oldest of known.keys()) {
      if (known.size <= most) break;
      known.delete(oldest);
    }
  };

  return {
    async get(name, learn) {
      const entry = fresh(name);
      if (entry) return entry.value;
      const underWay = asking.get(name);
      if (underWay) return await underWay;
      const answer = learn();
      asking.set(name, answer);
      try {
        const value = await answer;
        // Whoever made it be forgotten meanwhile knows better.
        if (asking.get(name) === answer) keep(name, value);
        return value;
      } finally {
        if (asking.get(name) === answer) asking.delete(name);
      }
    },
    peek: (name) => fresh(name)?.value ?? null,
    forget(name) {
      known.delete(name);
      asking.delete(name);
    },
  };
}
