// What a digest says moved: only what chance does not explain, however much is looked at; and how long it has been silent.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Digest, silenceOf } from '../../../src/domain/digest/digest.ts';
import { movesOf } from '../../../src/domain/digest/moves.ts';
import { chanceOf, moved } from '../../../src/domain/statistics/share-change.ts';

const share = (count: number, of: number) => ({ count, of });

describe('the chance of a difference', () => {
  it('is that of a published example, and of Pearson’s test with Yates’ correction', () => {
    // Fleiss, Levin & Paik, example 3.1: 10 of 100 and 5 of 100; χ² with the correction is 1.15.
    expect(chanceOf({ now: share(10, 100), before: share(5, 100) })).toBeCloseTo(0.283, 2);
    // χ² = Σ (|seen − expected| − ½)² / expected over the four cells.
    const cells = ([a, n]: readonly [number, number], [b, m]: readonly [number, number]) => {
      const p = (a + b) / (n + m);
      const seen = [a, n - a, b, m - b];
      const expected = [n * p, n * (1 - p), m * p, m * (1 - p)];
      return seen.reduce((all, one, i) => all + (Math.abs(one - expected[i]!) - 0.5) ** 2 / expected[i]!, 0);
    };
    // The quantiles of χ² with one degree of freedom: 3.841 is 5 %, 6.635 is 1 %, 10.828 is 0.1 %.
    for (const [one, other] of [
      [share(40, 120), share(22, 130)],
      [share(9, 60), share(21, 61)],
      [share(300, 1_000), share(240, 1_000)],
    ] as const) {
      const chi = cells([one.count, one.of], [other.count, other.of]);
      const chance = chanceOf({ now: one, before: other });
      expect(chi > 3.841).toBe(chance < 0.05);
      expect(chi > 6.635).toBe(chance < 0.01);
      expect(chi > 10.828).toBe(chance < 0.001);
    }
  });

  it('is between 0 and 1, the same both ways round, and 1 where there is nothing to compare', () => {
    const shares = fc.nat(5_000).chain((of) => fc.record({ count: fc.nat(of), of: fc.constant(of) }));
    fc.assert(
      fc.property(shares, shares, (now, before) => {
        const chance = chanceOf({ now, before });
        expect(chance).toBeGreaterThanOrEqual(0);
        expect(chance).toBeLessThanOrEqual(1);
        expect(chanceOf({ now: before, before: now })).toBeCloseTo(chance, 12);
        if (now.of === 0 || before.of === 0) expect(chance).toBe(1);
        if (now.count / now.of === before.count / before.of) expect(chance).toBe(1);
      }),
    );
  });
});

describe('what moved', () => {
  it('needs more the more is looked at: one clear move among many is told, the doubtful one is not', () => {
    const doubtful = { id: 'doubtful', now: share(30, 100), before: share(16, 100) };
    const clear = { id: 'clear', now: share(60, 100), before: share(10, 100) };
    const still = Array.from({ length: 10 }, (_, i) => ({
      ...{ id: `still ${i}`, now: share(20, 100), before: share(21, 100) },
    }));
    expect(moved([doubtful]).map(({ id }) => id)).toEqual(['doubtful']);
    expect(moved([doubtful, clear, ...still]).map(({ id }) => id)).toEqual(['clear']);
    expect(moved([])).toEqual([]);
  });

  it('given weeks in which nothing moved, then something is said in fewer than one of twenty', () => {
    let state = 11;
    const chance = (p: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state / 2_147_483_648 < p;
    };
    const shares = [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.15, 0.08];
    const week = () => {
      const count = (p: number) => Array.from({ length: 80 }).filter(() => chance(p)).length;
      const themes = shares.map((p, i) => ({
        ...{ theme: `t${i}`, mentions: count(p), positive: 0, negative: 0 },
      }));
      const positive = count(0.4);
      return { answered: 80, themes, sentiment: { positive, neutral: 0, negative: 80 - positive } };
    };
    const weeks = Array.from({ length: 400 }, () => movesOf(week(), week()).length > 0);
    expect(weeks.filter(Boolean).length).toBeLessThan(20);
  });

  it('given too few answers in either week, or nobody’s words, then nothing is said', () => {
    const spoken = (answered: number, mentions: number) => ({
      answered,
      themes: [{ theme: 'speed', mentions, positive: 0, negative: 0 }],
      sentiment: { positive: 0, neutral: 0, negative: 0 },
    });
    expect(movesOf(spoken(29, 29), spoken(500, 0))).toEqual([]);
    expect(movesOf(spoken(500, 0), spoken(29, 29))).toEqual([]);
    expect(movesOf(spoken(30, 20), spoken(30, 1))).toEqual([
      { about: { theme: 'speed' }, now: (100 * 20) / 30, before: (100 * 1) / 30 },
    ]);
  });
});

describe('silence', () => {
  const quiet: Digest = {
    ...{ from: 0, to: 1, zone: 'UTC', sections: [], quotes: [], open: [], corrections: [] },
    coverage: { asked: 0, skipped: {} },
  };
  const busy: Digest = { ...quiet, coverage: { asked: 1, skipped: {} } };

  it('is counted week by week, and ends with the first word', () => {
    let before: Digest | null = null;
    const counts = [quiet, quiet, busy, quiet, quiet, quiet].map((one) => {
      before = { ...one, silentWeeks: silenceOf(one, before) };
      return before.silentWeeks;
    });
    expect(counts).toEqual([1, 2, 0, 1, 2, 3]);
  });

  it('knows of a digest of old whether it was silent', () => {
    expect(silenceOf(quiet, quiet)).toBe(2);
    expect(silenceOf(quiet, busy)).toBe(1);
  });
});
