// The median of a few runs, and how figures are printed.

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** `share` of the values are at most the answer; 0.99 is the 99th percentile. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function round(value: number, digits = 0): string {
  return value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });
}

export interface Verdict {
  readonly name: string;
  readonly figure: string;
  readonly wanted: string;
  readonly met: boolean;
}

export function say(verdict: Verdict): Verdict {
  console.log(
    `  ${verdict.met ? 'met   ' : 'MISSED'}  ${verdict.name}: ${verdict.figure} (wanted: ${verdict.wanted})`,
  );
  return verdict;
}
