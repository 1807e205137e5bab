// A set that forgets what came longest ago.

export interface Recent {
  has(value: string): boolean;
  /** False when it was there already. */
  add(value: string): boolean;
  delete(value: string): void;
}

export function createRecent(most: number): Recent {
  const values = new Set<string>();
  return {
    has: (value) => values.has(value),
    add(value) {
      if (values.has(value)) return false;
      values.add(value);
      if (values.size > most) values.delete(values.values().next().value!);
      return true;
    },
    delete(value) {
      values.delete(value);
    },
  };
}
