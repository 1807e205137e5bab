// Figures of one set of answers against what was true: a table of hits and misses, F1, and how far confidence is from what came true.

export interface Tried {
  /** Places in LABELS. */
  readonly label: number;
  readonly said: number;
  readonly confidence: number;
}

export interface Figures {
  readonly count: number;
  /** Of each label. */
  readonly f1: readonly number[];
  readonly macro: number;
  readonly accuracy: number;
  readonly ece: number;
}

export function figuresOf(tried: readonly Tried[]): Figures {
  const f1 = [0, 1, 2].map((label) => {
    const right = tried.filter((one) => one.label === label && one.said === label).length;
    const said = tried.filter((one) => one.said === label).length;
    const there = tried.filter((one) => one.label === label).length;
    return f1Of(right, said - right, there - right);
  });
  const right = tried.filter((one) => one.said === one.label).length;
  return {
    count: tried.length,
    f1,
    macro: (f1[0]! + f1[1]! + f1[2]!) / 3,
    accuracy: right / Math.max(1, tried.length),
    ece: eceOf(tried),
  };
}

export function f1Of(hits: number, wrong: number, missed: number): number {
  return hits === 0 ? 0 : (2 * hits) / (2 * hits + wrong + missed);
}

const BINS = 10;

/** Expected calibration error over ten bins of equal width. */
function eceOf(tried: readonly Tried[]): number {
  let error = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const inside = tried.filter(
      ({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === bin,
    );
    const sure = inside.reduce((sum, { confidence }) => sum + confidence, 0);
    const right = inside.filter(({ said, label }) => said === label).length;
    error += Math.abs(sure - right);
  }
  return error / Math.max(1, tried.length);
}
