import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  answered,
  emptyTally,
  merge,
  remove,
  scoreCounts,
  segments,
  subtract,
  tallyOf,
  tallyOfCounts,
} from '../../../src/domain/statistics/tally.ts';
import { SCALES, scoresOf } from '../../../src/domain/survey/kind.ts';
import { anyKind, anyPair, anyScores, anyTally, nps } from './arbitrary.ts';

describe('A tally', () => {
  it('has a place for every score of its scale, zeros included, lowest first', () => {
    fc.assert(
      fc.property(anyKind, (kind) => {
        expect(scoreCounts(emptyTally(kind))).toEqual(scoresOf(kind).map((score) => ({ score, count: 0 })));
      }),
    );
  });

  it('counts 0 as a score like any other', () => {
    const tally = tallyOf('nps', [0]);
    expect(answered(tally)).toBe(1);
    expect(segments(tally)).toEqual({ positive: 0, neutral: 0, negative: 1 });
  });

  it('splits answers into segments where the field draws the lines', () => {
    expect(segments(tallyOf('nps', scoresOf('nps')))).toEqual({ positive: 2, neutral: 2, negative: 7 });
    expect(segments(tallyOf('ces', scoresOf('ces')))).toEqual({ positive: 3, neutral: 1, negative: 3 });
    expect(segments(tallyOf('csat', scoresOf('csat')))).toEqual({ positive: 2, neutral: 1, negative: 2 });
  });

  it('does not depend on the order of the answers', () => {
    fc.assert(
      fc.property(
        anyKind.chain((kind) => fc.tuple(fc.constant(kind), anyScores(kind))),
        ([kind, scores]) => {
          const sorted = [...scores].sort((a, b) => a - b);
          expect(tallyOf(kind, scores)).toEqual(tallyOf(kind, sorted));
          expect(scores.reduce(add, emptyTally(kind))).toEqual(tallyOf(kind, scores));
        },
      ),
    );
  });

  it('has every answer in exactly one segment', () => {
    fc.assert(
      fc.property(anyKind.chain(anyTally), (tally) => {
        const { positive, neutral, negative } = segments(tally);
        expect(positive + neutral + negative).toBe(answered(tally));
      }),
    );
  });

  it('merges commutatively and associatively, with the empty tally changing nothing', () => {
    const three = anyKind.chain((kind) => fc.tuple(anyTally(kind), anyTally(kind), anyTally(kind)));
    fc.assert(
      fc.property(three, ([a, b, c]) => {
        expect(merge(a, b)).toEqual(merge(b, a));
        expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)));
        expect(merge(a, emptyTally(a.kind))).toEqual(a);
      }),
    );
  });

  it('given an answer added, when it is removed, then nothing has changed', () => {
    fc.assert(
      fc.property(
        anyKind.chain((kind) => fc.tuple(anyTally(kind), fc.constantFrom(...scoresOf(kind)))),
        ([tally, score]) => {
          expect(remove(add(tally, score), score)).toEqual(tally);
        },
      ),
    );
  });

  it('given a tally merged in, when it is subtracted, then nothing has changed', () => {
    fc.assert(
      fc.property(anyPair, ([a, b]) => {
        expect(subtract(merge(a, b), b)).toEqual(a);
      }),
    );
  });

  it('reads counts that a database grouped, also when a score comes twice', () => {
    const rows = [
      [9, 3],
      [0, 2],
      [9, 1],
    ] as const;
    expect(tallyOfCounts('nps', rows)).toEqual(tallyOf('nps', [9, 9, 9, 9, 0, 0]));
  });

  it('refuses a score that is not on the scale, and says which are', () => {
    for (const kind of ['nps', 'ces', 'csat'] as const) {
      const { min, max } = SCALES[kind];
      for (const score of [min - 1, max + 1, min + 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
        expect(() => tallyOf(kind, [score])).toThrow(
          expect.objectContaining({ kind: 'invalid', remedy: `give a whole number from ${min} to ${max}` }),
        );
      }
    }
  });

  it('refuses to count less than no answers, parts of answers, or two kinds together', () => {
    expect(() => remove(emptyTally('csat'), 5)).toThrow('the csat score 5 would be counted -1 times');
    expect(() => subtract(nps(1, 0, 0), nps(0, 1, 0))).toThrow('the nps score 7 would be counted -1 times');
    expect(() => tallyOfCounts('nps', [[9, -1]])).toThrow('counted -1 times');
    expect(() => tallyOfCounts('nps', [[9, 0.5]])).toThrow('0.5 is not a count');
    expect(() => merge(emptyTally('ces'), emptyTally('csat'))).toThrow(
      'a ces tally cannot be combined with a csat',
    );
  });
});
