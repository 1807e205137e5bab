import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { positiveShare, scoreOf, varianceOf } from '../../../src/domain/statistics/score.ts';
import {
  answered,
  emptyTally,
  segments,
  tallyOf,
  tallyOfCounts,
} from '../../../src/domain/statistics/tally.ts';
import { anyKind, anyTally, nps } from './arbitrary.ts';

/**
 * Published examples on proportions (points / 100); variance and standard error as `nps_var` and `nps_se` of B. Rocks'
 * R package NPS define them.
 */
const NPS_OF_SCORES = [
  { scores: [0, 7, 7, 9, 9, 9], score: 0.333333, variance: 0.555556, standardError: 0.3043 },
  // biome-ignore lint/suspicious/noApproximativeNumericConstant: the figure as it was published
  { scores: [1, 9], score: 0, variance: 1, standardError: 0.70711 },
  { scores: [7, 9], score: 0.5, variance: 0.25, standardError: 0.35355 },
  { scores: [0, 7, 9], score: 0, variance: 0.666667, standardError: 0.4714 },
];

describe('The score of a tally', () => {
  it.each(NPS_OF_SCORES)('equals the published NPS, variance and standard error of $scores', (published) => {
    const tally = tallyOf('nps', published.scores);
    const variance = varianceOf(tally) ?? Number.NaN;
    expect(scoreOf(tally)).toBeCloseTo(100 * published.score, 3);
    expect(variance).toBeCloseTo(10_000 * published.variance, -1);
    expect(variance / 10_000).toBeCloseTo(published.variance, 5);
    expect(Math.sqrt(variance / answered(tally)) / 100).toBeCloseTo(published.standardError, 4);
  });

  it('equals the worked NPS of one half promoters, one third passives, one sixth detractors among 324', () => {
    // W. Huber on Cross Validated, "How can I calculate margin of error in a NPS result?"
    const tally = nps(162, 108, 54);
    expect(scoreOf(tally)).toBeCloseTo(33.3333, 4);
    expect((varianceOf(tally) ?? 0) / 10_000).toBeCloseTo(0.555556, 6);
    expect(Math.sqrt((varianceOf(tally) ?? 0) / 324) / 100).toBeCloseTo(0.041409, 6);
  });

  it('equals other published NPS', () => {
    expect(scoreOf(nps(120, 120, 60))).toBeCloseTo(20, 10);
    expect(scoreOf(nps(6, 4, 7))).toBeCloseTo(-5.8824, 4);
    expect(scoreOf(nps(123, 456, 789))).toBeCloseTo(-48.684, 3);
    expect(scoreOf(nps(321, 654, 987))).toBeCloseTo(-33.945, 3);
  });

  it('equals the published CSAT of 42, 32, 10, 9 and 14 answers of 5 to 1', () => {
    // Delighted, "How is CSAT calculated?": (74 / 107) × 100 = 69.16
    const rows = [42, 32, 10, 9, 14].map((count, i) => [5 - i, count] as const);
    expect(scoreOf(tallyOfCounts('csat', rows))).toBeCloseTo(69.16, 2);
  });

  it('equals a published CES of 1,000 answers, as a mean and as top-3-box', () => {
    const rows = [80, 210, 140, 110, 160, 180, 120].map((count, i) => [1 + i, count] as const);
    const tally = tallyOfCounts('ces', rows);
    expect(scoreOf(tally)).toBeCloseTo(4.08, 10);
    expect(positiveShare(tally)).toBeCloseTo(46, 10);
  });

  it('given nobody answered, then it is null, not 0', () => {
    fc.assert(
      fc.property(anyKind, (kind) => {
        expect(scoreOf(emptyTally(kind))).toBeNull();
        expect(positiveShare(emptyTally(kind))).toBeNull();
        expect(varianceOf(emptyTally(kind))).toBeNull();
      }),
    );
  });

  it('given one answer of 0, then the NPS is -100', () => {
    expect(scoreOf(tallyOf('nps', [0]))).toBe(-100);
  });

  it('stays on its range', () => {
    const ranges = { nps: [-100, 100], ces: [1, 7], csat: [0, 100] } as const;
    fc.assert(
      fc.property(
        anyKind.chain((kind) => anyTally(kind, 1)),
        (tally) => {
          const [low, high] = ranges[tally.kind];
          expect(scoreOf(tally)).toBeGreaterThanOrEqual(low);
          expect(scoreOf(tally)).toBeLessThanOrEqual(high);
        },
      ),
    );
  });

  it('is the same for NPS whichever way its variance is written', () => {
    fc.assert(
      fc.property(anyTally('nps', 1), (tally) => {
        const n = answered(tally);
        const { positive, neutral, negative } = segments(tally);
        const net = (positive - negative) / n;
        const asMoments = (positive * (1 - net) ** 2 + neutral * net ** 2 + negative * (1 + net) ** 2) / n;
        expect(varianceOf(tally)).toBeCloseTo(10_000 * asMoments, 6);
      }),
    );
  });

  it('varies by exactly nothing when all answers are alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 1_000_000 }), fc.integer({ min: 1, max: 5 }), (count, score) => {
        for (const kind of ['nps', 'ces', 'csat'] as const) {
          expect(varianceOf(tallyOfCounts(kind, [[score, count]]))).toBe(0);
        }
      }),
    );
  });

  it('takes the sample variance for CES, which one answer does not have', () => {
    expect(varianceOf(tallyOf('ces', [4]))).toBeNull();
    expect(varianceOf(tallyOf('ces', [3, 5]))).toBe(2);
  });
});
