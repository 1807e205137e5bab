// The figures of a digest once more, from the formulas as they are published and with nothing of the product's own: what it says must equal this.

export type Kind = 'nps' | 'ces' | 'csat';

const Z = 1.959963984540054;
const sum = (all: readonly number[]) => all.reduce((a, b) => a + b, 0);
const mean = (all: readonly number[]) => sum(all) / all.length;

/** What each answer is worth to its score: NPS ±100 and 0, CSAT 100 or 0, CES itself. */
function worth(kind: Kind, score: number): number {
  if (kind === 'nps') return score >= 9 ? 100 : score <= 6 ? -100 : 0;
  return kind === 'csat' ? (score >= 4 ? 100 : 0) : score;
}

export function scoreOf(kind: Kind, scores: readonly number[]): number | null {
  return scores.length === 0 ? null : mean(scores.map((score) => worth(kind, score)));
}

export function intervalOf(kind: Kind, scores: readonly number[]): readonly [number, number] | null {
  const n = scores.length;
  if (n === 0 || (kind === 'ces' && n < 2)) return null;
  if (kind === 'ces') {
    const reach = studentsT(n - 1) * Math.sqrt(sampleVariance(scores) / n);
    return [mean(scores) - reach, mean(scores) + reach];
  }
  if (kind === 'csat') {
    // Wilson: the shares whose test does not reject what was seen; the two roots of its quadratic equation.
    const p = scores.filter((score) => score >= 4).length / n;
    const [a, b, c] = [1 + Z ** 2 / n, -(2 * p + Z ** 2 / n), p ** 2];
    const root = Math.sqrt(b ** 2 - 4 * a * c);
    return [(100 * (-b - root)) / (2 * a), (100 * (-b + root)) / (2 * a)];
  }
  // Rocks: three more answers, ¾ of them a promoter and ¾ a detractor.
  const up = (scores.filter((score) => score >= 9).length + 0.75) / (n + 3);
  const down = (scores.filter((score) => score <= 6).length + 0.75) / (n + 3);
  const reach = Z * Math.sqrt((up + down - (up - down) ** 2) / (n + 3));
  return [100 * (up - down - reach), 100 * (up - down + reach)];
}

export function verdictOf(kind: Kind, now: readonly number[], before: readonly number[]): string {
  if (now.length === 0 || before.length === 0) return 'nothing_to_compare';
  if (now.length < 30 || before.length < 30) return 'too_few';
  const squared = (scores: readonly number[]) => {
    const worths = scores.map((score) => worth(kind, score));
    const spread = sum(worths.map((one) => (one - mean(worths)) ** 2));
    return spread / (kind === 'ces' ? worths.length - 1 : worths.length) / worths.length;
  };
  const [a, b] = [squared(now), squared(before)];
  if (a + b === 0) return 'within_noise';
  const z = Math.abs(scoreOf(kind, now)! - scoreOf(kind, before)!) / Math.sqrt(a + b);
  const freedom = (a + b) ** 2 / (a ** 2 / (now.length - 1) + b ** 2 / (before.length - 1));
  return z > (kind === 'ces' ? studentsT(freedom) : Z) ? 'real' : 'within_noise';
}

function sampleVariance(scores: readonly number[]): number {
  return sum(scores.map((score) => (score - mean(scores)) ** 2)) / (scores.length - 1);
}

/** Student's t that 95 % of the distribution lies within: its density summed up by Simpson's rule, the end found by halving. */
export function studentsT(freedom: number): number {
  const density = (x: number) => (1 + x ** 2 / freedom) ** (-(freedom + 1) / 2);
  // x = tan(u) brings both far ends near, so that the whole is summed too.
  const area = (end: number) => simpson((u) => density(Math.tan(u)) / Math.cos(u) ** 2, Math.atan(end));
  const whole = simpson((u) => density(Math.tan(u)) / Math.cos(u) ** 2, Math.PI / 2 - 1e-9);
  let [low, high] = [0, 1_000];
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (area(middle) < 0.95 * whole) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function simpson(f: (x: number) => number, end: number): number {
  const steps = 4_000;
  const width = end / steps;
  let total = f(0) + f(end);
  for (let i = 1; i < steps; i++) total += f(i * width) * (i % 2 === 1 ? 4 : 2);
  return (total * width) / 3;
}
