import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare } from '../../../src/domain/statistics/change.ts';
import { emptyTally, tallyOf, tallyOfCounts } from '../../../src/domain/statistics/tally.ts';
import { anyKind, anyPair, anyTally, nps } from './arbitrary.ts';

const UNDEFINED = { difference: null, z: null, significant: null };

function csat(satisfied: number, n: number) {
  return tallyOfCounts('csat', [
    [5, satisfied],
    [2, n - satisfied],
  ]);
}

describe('The change between two periods', () => {
  it('equals the published comparison of two NPS', () => {
    // The example of the R function `nps_moe_test`, after Genroe, "How to calculate NPS margin of error":
    // 123 / 456 / 789 now against 321 / 654 / 987: at a critical z of 2.58 a difference of 6.294 points is needed.
    const change = compare(nps(123, 456, 789), nps(321, 654, 987));
    expect(change.difference).toBeCloseTo(-48.684 + 33.945, 2);
    expect(change.z).toBeCloseTo(-6.042, 3);
    expect(((change.difference ?? 0) / (change.z ?? 0)) * 2.58).toBeCloseTo(6.294, 3);
    expect(change.significant).toBe(true);
  });

  it('given an NPS of 38.9 among 54 after 20 among 50, then it may well be chance', () => {
    const change = compare(nps(30, 15, 9), nps(21, 18, 11));
    expect(change.difference).toBeCloseTo(18.9, 1);
    expect(change.z).toBeCloseTo(1.26, 2);
    expect(change.significant).toBe(false);
  });

  it('compares CSAT as two proportions with unpooled variances', () => {
    // (0.7 - 0.5) / √(0.7 · 0.3 / 100 + 0.5 · 0.5 / 100); pooled it would be 2.887
    const change = compare(csat(70, 100), csat(50, 100));
    expect(change.difference).toBeCloseTo(20, 10);
    expect(change.z).toBeCloseTo(2.9488391, 6);
    expect(change.significant).toBe(true);
  });

  it('compares CES by Welch’s t', () => {
    // scipy.stats.ttest_ind(now, before, equal_var=False): t = 2.3147209, p = 0.0484 at 8.26 degrees of freedom
    const change = compare(tallyOf('ces', [5, 6, 6, 7, 7, 6]), tallyOf('ces', [2, 6, 3, 5, 7, 3, 5]));
    expect(change.difference).toBeCloseTo(1.7380952, 6);
    expect(change.z).toBeCloseTo(2.3147209, 6);
    expect(change.significant).toBe(true);
  });

  it('given few answers, when t is above the normal quantile but not above its own, then it is not significant', () => {
    // scipy: t = 2.4494897, p = 0.0705 at 4 degrees of freedom
    const change = compare(tallyOf('ces', [5, 6, 7]), tallyOf('ces', [3, 4, 5]));
    expect(change.z).toBeCloseTo(2.4494897, 6);
    expect(change.significant).toBe(false);
  });

  it('has the opposite sign when the periods change places', () => {
    fc.assert(
      fc.property(anyPair, ([a, b]) => {
        const there = compare(a, b);
        const back = compare(b, a);
        expect(there.significant).toBe(back.significant);
        if (there.z === null) expect(back.z).toBeNull();
        else expect(back.z).toBeCloseTo(-there.z, 9);
      }),
    );
  });

  it('is nothing, and not significant, between a period and itself', () => {
    fc.assert(
      fc.property(
        anyKind.chain((kind) => anyTally(kind, 2)),
        (tally) => {
          const { difference, z, significant } = compare(tally, tally);
          expect(difference).toBe(0);
          expect([0, null]).toContain(z);
          expect([false, null]).toContain(significant);
        },
      ),
    );
  });

  it('given a period without answers, then it is not known', () => {
    fc.assert(
      fc.property(
        anyKind.chain((kind) => anyTally(kind)),
        (tally) => {
          const none = emptyTally(tally.kind);
          expect(compare(tally, none)).toEqual(UNDEFINED);
          expect(compare(none, tally)).toEqual(UNDEFINED);
        },
      ),
    );
  });

  it('given all answers alike in both periods, then z is not defined though the difference is', () => {
    expect(compare(nps(5, 0, 0), nps(0, 0, 5))).toEqual({ difference: 200, z: null, significant: null });
    expect(compare(csat(5, 5), csat(5, 5))).toEqual({ difference: 0, z: null, significant: null });
    expect(compare(tallyOf('ces', [4, 4]), tallyOf('ces', [6, 6]))).toMatchObject({
      difference: -2,
      z: null,
    });
  });

  it('given a mean of a single answer, then z is not defined', () => {
    expect(compare(tallyOf('ces', [7]), tallyOf('ces', [1, 2, 3]))).toEqual({
      difference: 5,
      z: null,
      significant: null,
    });
  });

  it('is significant at |z| above 1.96', () => {
    // 1,000 answers each: the difference is 1.927 standard errors with 543 satisfied, 1.972 with 544.
    expect(compare(csat(543, 1000), csat(500, 1000))).toMatchObject({ significant: false });
    expect(compare(csat(544, 1000), csat(500, 1000))).toMatchObject({ significant: true });
  });
});
