import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScore } from '../../src/domain/response/score.ts';
import { SCALES, SURVEY_KINDS, scoresOf } from '../../src/domain/survey/kind.ts';

const anyKind = fc.constantFrom(...SURVEY_KINDS);

describe('a score', () => {
  it.each(SURVEY_KINDS)('of %s is every number of the scale, as a number or in digits', (kind) => {
    for (const score of scoresOf(kind)) {
      expect(parseScore(kind, score)).toEqual({ ok: true, score });
      expect(parseScore(kind, String(score))).toEqual({ ok: true, score });
      expect(parseScore(kind, ` ${score}\n`)).toEqual({ ok: true, score });
    }
  });

  it('of 0 is a score for NPS and for no other', () => {
    expect(parseScore('nps', 0)).toEqual({ ok: true, score: 0 });
    expect(parseScore('nps', '0')).toEqual({ ok: true, score: 0 });
    expect(parseScore('ces', 0).ok).toBe(false);
    expect(parseScore('csat', '0').ok).toBe(false);
    const zero = parseScore('nps', -0);
    expect(zero.ok && Object.is(zero.score, 0)).toBe(true);
  });

  const wrong: readonly (readonly [unknown, string])[] = [
    [9.5, '9.5'],
    ['9.5', '"9.5"'],
    ['9.0', '"9.0"'],
    ['', '""'],
    [' ', '" "'],
    ['abc', '"abc"'],
    ['9 out of 10', '"9 out of 10"'],
    [11, '11'],
    ['11', '"11"'],
    [-1, '-1'],
    ['-1', '"-1"'],
    ['+9', '"+9"'],
    ['09', '"09"'],
    ['0x9', '"0x9"'],
    ['1e1', '"1e1"'],
    ['９', '"９"'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [1e21, '1e+21'],
    [true, 'true'],
    [null, 'null'],
    [undefined, 'undefined'],
    [9n, '9'],
    [[9], 'a list'],
    [{ valueOf: () => 9 }, 'an object'],
    [Symbol('9'), 'Symbol(9)'],
  ];

  it.each(wrong.map(([input, shown]) => ({ input, shown })))('is not $shown', ({ input, shown }) => {
    expect(parseScore('nps', input)).toEqual({
      ok: false,
      value: shown,
      min: 0,
      max: 10,
      message: `${shown} is not a score: NPS takes a whole number from 0 to 10`,
    });
  });

  it('that is wrong is told with the scale of its own survey, and shortly', () => {
    expect(parseScore('ces', 8)).toMatchObject({
      message: '8 is not a score: CES takes a whole number from 1 to 7',
    });
    expect(parseScore('csat', 6)).toMatchObject({
      message: '6 is not a score: CSAT takes a whole number from 1 to 5',
    });
    const huge = parseScore('nps', 'a'.repeat(1_000_000));
    expect(!huge.ok && huge.message.length).toBeLessThan(120);
  });

  it('whatever comes in, is on the scale or is refused', () => {
    fc.assert(
      fc.property(
        anyKind,
        fc.oneof(fc.anything(), fc.integer({ min: -2, max: 12 }), fc.double(), fc.string()),
        (kind, input) => {
          const parsed = parseScore(kind, input);
          if (!parsed.ok) {
            expect(parsed.message).toContain(parsed.value);
            return;
          }
          const { min, max } = SCALES[kind];
          expect(Number.isInteger(parsed.score) && parsed.score >= min && parsed.score <= max).toBe(true);
          // `+ 0`: a minus zero comes out as an ordinary zero.
          expect(parsed.score).toBe(Number(input) + 0);
        },
      ),
    );
  });
});
