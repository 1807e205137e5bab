import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  adjustedWaldInterval,
  type Interval,
  marginOfError,
  scoreInterval,
  waldInterval,
  wilsonInterval,
  withinScale,
} from '../../../src/domain/statistics/interval.ts';
import { t95, Z95 } from '../../../src/domain/statistics/quantile.ts';
import { scoreOf } from '../../../src/domain/statistics/score.ts';
import { emptyTally, tallyOf, tallyOfCounts } from '../../../src/domain/statistics/tally.ts';
import { anyKind, anyTally, nps, repeated } from './arbitrary.ts';

function known(interval: Interval | null): Interval {
  if (interval === null) throw new Error('there is no interval');
  return interval;
}

function expectWithin(value: number, expected: number, tolerance: number): void {
  expect(Math.abs(value - expected), `${value} against ${expected}`).toBeLessThanOrEqual(tolerance);
}

describe('The plain Wald interval', () => {
  it('equals the margin of error of the published NPS examples', () => {
    // W. Huber on Cross Validated: standard error 0.0414 among 324; a second example of 300 answers, 20 ± 8.5.
    expect(marginOfError(known(waldInterval(nps(162, 108, 54))))).toBeCloseTo(8.116, 3);
    const interval = known(waldInterval(nps(120, 120, 60)));
    expectWithin(marginOfError(interval), 8.5, 0.1);
    expectWithin(interval.low, 11.5, 0.1);
    expectWithin(interval.high, 28.5, 0.1);
  });

  it('equals the published margin of error of a CSAT of 82 % among 200', () => {
    const tally = tallyOfCounts('csat', [
      [5, 164],
      [1, 36],
    ]);
    expectWithin(marginOfError(known(waldInterval(tally))), 5.3, 0.1);
    expectWithin(marginOfError(known(scoreInterval(tally))), 5.3, 0.1);
  });
});

describe('The interval of an NPS', () => {
  it('equals the published adjusted Wald interval of 15 promoters, 13 passives and 8 detractors', () => {
    // Lewis & Sauro, MeasuringU 2021, after Rocks 2016.
    const interval = known(scoreInterval(nps(15, 13, 8)));
    expectWithin((interval.low + interval.high) / 2, 17.9, 0.1);
    expectWithin(interval.low, -6.3, 0.1);
    expectWithin(interval.high, 42.2, 0.1);
  });

  it('given 30 promoters, 15 passives and 9 detractors, then it is 17.2 to 56.5 around a score of 38.9', () => {
    const tally = nps(30, 15, 9);
    const interval = known(scoreInterval(tally));
    expect(scoreOf(tally)).toBeCloseTo(38.9, 1);
    expect(interval.low).toBeCloseTo(17.2, 1);
    expect(interval.high).toBeCloseTo(56.5, 1);
    expect(marginOfError(interval)).toBeCloseTo(19.7, 1);
  });

  it('holds the score from two answers on, and from one passive', () => {
    for (let promoters = 0; promoters <= 25; promoters++) {
      for (let passives = 0; passives <= 25; passives++) {
        for (let detractors = 0; detractors <= 25; detractors++) {
          if (promoters + passives + detractors < 2 && passives === 0) continue;
          const tally = nps(promoters, passives, detractors);
          const { low, high } = known(adjustedWaldInterval(tally));
          const score = scoreOf(tally) ?? Number.NaN;
          if (!(low <= score && score <= high)) expect.fail(`${low} ${score} ${high}`);
        }
      }
    }
  });

  it('turns around when promoters and detractors change places', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), fc.nat(500), (p, q, d) => {
        fc.pre(p + q + d > 0);
        const one = known(adjustedWaldInterval(nps(p, q, d)));
        const other = known(adjustedWaldInterval(nps(d, q, p)));
        expect(one.low).toBeCloseTo(-other.high, 9);
        expect(one.high).toBeCloseTo(-other.low, 9);
      }),
    );
  });

  it('may reach beyond 100 as a figure, and is cut there for people', () => {
    const interval = known(scoreInterval(nps(3, 0, 0)));
    expect(interval.high).toBeGreaterThan(100);
    expect(withinScale('nps', interval)).toEqual({ low: interval.low, high: 100 });
    expect(withinScale('ces', { low: -2, high: 9 })).toEqual({ low: 1, high: 7 });
  });
});

describe('The Wilson interval', () => {
  it.each([
    // scipy.stats.binomtest(k, n).proportion_ci(method='wilson')
    { successes: 0, n: 10, low: 0, high: 27.75328 },
    { successes: 1, n: 3, low: 6.1491945, high: 79.2340399 },
    { successes: 164, n: 200, low: 76.088525, high: 86.7053741 },
    { successes: 10, n: 10, low: 72.2467201, high: 100 },
  ])('of $successes in $n is $low to $high', ({ successes, n, low, high }) => {
    const interval = known(wilsonInterval(successes, n));
    expect(interval.low).toBeCloseTo(low, 6);
    expect(interval.high).toBeCloseTo(high, 6);
  });

  it('holds the share and lies within 0 to 100', () => {
    const counts = fc.tuple(fc.nat(1_000_000), fc.nat(1_000_000)).filter(([, n]) => n > 0);
    fc.assert(
      fc.property(counts, ([a, n]) => {
        const successes = Math.min(a, n);
        const { low, high } = known(wilsonInterval(successes, n));
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual((100 * successes) / n);
        expect(high).toBeGreaterThanOrEqual((100 * successes) / n);
        expect(high).toBeLessThanOrEqual(100);
      }),
    );
  });
});

describe('The interval of a mean', () => {
  it('equals Student’s t of the same answers', () => {
    // scipy.stats.t.interval(0.95, n - 1, mean, sem)
    const few = known(scoreInterval(tallyOf('ces', [3, 5, 6, 7])));
    expect(few.low).toBeCloseTo(2.5324691, 6);
    expect(few.high).toBeCloseTo(7.9675309, 6);
    const rows = [80, 210, 140, 110, 160, 180, 120].map((count, i) => [1 + i, count] as const);
    const many = known(scoreInterval(tallyOfCounts('ces', rows)));
    expect(many.low).toBeCloseTo(3.9613269, 6);
    expect(many.high).toBeCloseTo(4.1986731, 6);
  });

  it('is null for a single answer, which says nothing about how answers vary', () => {
    expect(scoreInterval(tallyOf('ces', [4]))).toBeNull();
  });

  it('takes the quantile of Student’s t, whole and broken degrees of freedom alike', () => {
    // scipy.stats.t.ppf(0.975, df)
    const expected = [
      [1, 12.7062047362],
      [2.7, 3.3921483832],
      [5, 2.5705818356],
      [30, 2.0422724563],
      [49.999, 2.00856011],
      [50, 2.0085591121],
      [100, 1.9839715185],
      [1e4, 1.9602012399],
      [1e6, 1.9599663568],
      [1e9, 1.9599639869],
    ] as const;
    for (const [df, quantile] of expected) expectWithin(t95(df), quantile, df < 50 ? 1e-7 : 1e-8);
  });

  it('comes down to the normal quantile, and never below it', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e12, noNaN: true }), (df) => {
        expect(t95(df)).toBeGreaterThanOrEqual(Z95);
      }),
    );
    expect(t95(1e15)).toBeCloseTo(Z95, 12);
  });
});

describe('The interval of any score', () => {
  it('given nobody answered, then there is none', () => {
    fc.assert(
      fc.property(anyKind, (kind) => {
        expect(scoreInterval(emptyTally(kind))).toBeNull();
        expect(waldInterval(emptyTally(kind))).toBeNull();
      }),
    );
    expect(wilsonInterval(0, 0)).toBeNull();
  });

  it('shrinks as the same answers come more often', () => {
    fc.assert(
      fc.property(
        anyKind.chain((kind) => anyTally(kind, 2)),
        fc.integer({ min: 2, max: 20 }),
        (tally, times) => {
          const before = marginOfError(known(scoreInterval(tally)));
          const after = marginOfError(known(scoreInterval(repeated(tally, times))));
          expect(after).toBeLessThanOrEqual(before);
          if (before > 0) expect(after).toBeLessThan(before);
        },
      ),
    );
  });

  it('holds a share’s and a mean’s score', () => {
    const kinds = fc.constantFrom('ces' as const, 'csat' as const);
    fc.assert(
      fc.property(
        kinds.chain((kind) => anyTally(kind, 2)),
        (tally) => {
          const { low, high } = known(scoreInterval(tally));
          const score = scoreOf(tally) ?? Number.NaN;
          expect(low).toBeLessThanOrEqual(score);
          expect(high).toBeGreaterThanOrEqual(score);
        },
      ),
    );
  });
});
