// A linear model over sparse features, learned by steps of a size of their own for each weight (AdaGrad), in an order that a seed fixes.

/** Numbers from 0 to 1 that look random and are always the same. */
export function dice(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function shuffled(count: number, seed: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  const roll = dice(seed);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(roll() * (i + 1));
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
  return order;
}

/** Weights, and the sum of squares of what each was moved by. */
export interface Weights {
  readonly values: Float32Array;
  readonly squares: Float32Array;
  readonly columns: number;
}

export function blankWeights(rows: number, columns: number): Weights {
  return { values: new Float32Array(rows * columns), squares: new Float32Array(rows * columns), columns };
}

export function addTo(
  sums: Float64Array,
  { values, columns }: Weights,
  rows: Uint32Array,
  from: number,
  to: number,
  share: number,
): void {
  for (let i = from; i < to; i++) {
    const at = rows[i]! * columns;
    for (let c = 0; c < columns; c++) sums[c]! += share * values[at + c]!;
  }
}

/** One step against `errors` (how much each column was too high), with a pull towards 0. */
export function stepFrom(
  errors: Float64Array,
  { values, squares, columns }: Weights,
  rows: Uint32Array,
  from: number,
  to: number,
  share: number,
  rate: number,
  pull: number,
): void {
  for (let i = from; i < to; i++) {
    const at = rows[i]! * columns;
    for (let c = 0; c < columns; c++) {
      const value = values[at + c]!;
      const slope = errors[c]! * share + pull * value;
      const square = squares[at + c]! + slope * slope;
      squares[at + c] = square;
      values[at + c] = value - (rate * slope) / Math.sqrt(square + 1e-3);
    }
  }
}
