import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTypedAnswer } from '../../src/domain/response/typed-answer.ts';
import { SCALES, SURVEY_KINDS, scoresOf } from '../../src/domain/survey/kind.ts';

describe('a typed answer', () => {
  it.each([
    ['9', 9, null],
    [' 9 ', 9, null],
    ['9.', 9, null],
    ['9!', 9, null],
    ['９', 9, null],
    ['10/10', 10, null],
    ['9 / 10', 9, null],
    ['0', 0, null],
    ['9 – quick help', 9, 'quick help'],
    ['9, thanks', 9, 'thanks'],
    ['9：很快', 9, '很快'],
    ['9。很快', 9, '很快'],
    ['10\n', 10, null],
    ['7: you were\nvery quick', 7, 'you were\nvery quick'],
  ])('%j is the score %i with the words %j', (text, score, words) => {
    expect(readTypedAnswer('nps', text)).toEqual({ kind: 'score', score, words });
  });

  it.each([
    '',
    'abc',
    'thank you',
    '9.5',
    '9,5',
    '9 - 10',
    '10:30 works for me',
    '3 people are waiting',
    '11',
    '-1',
    '007',
    '9/5',
    '1. It fails 2. It fails again',
    '1、登录失败',
    'nine',
    '9 10',
    '٣',
  ])('%j is words: what is not clear is not guessed', (text) => {
    expect(readTypedAnswer('nps', text)).toEqual({ kind: 'words' });
  });

  it('is on the scale of its survey or not a score at all', () => {
    for (const kind of SURVEY_KINDS) {
      for (const score of scoresOf(kind)) {
        expect(readTypedAnswer(kind, String(score))).toEqual({ kind: 'score', score, words: null });
      }
      expect(readTypedAnswer(kind, String(SCALES[kind].max + 1)).kind).toBe('words');
      expect(readTypedAnswer(kind, String(SCALES[kind].min - 1)).kind).toBe('words');
    }
    expect(readTypedAnswer('ces', '5/10').kind).toBe('words');
  });

  it('of any text at all is read without a crash, and quickly', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SURVEY_KINDS), fc.string({ unit: 'binary' }), (kind, text) => {
        const typed = readTypedAnswer(kind, text);
        if (typed.kind === 'score') expect(scoresOf(kind)).toContain(typed.score);
      }),
    );
    expect(readTypedAnswer('nps', `9${' '.repeat(1_000_000)}x`).kind).toBe('words');
    expect(readTypedAnswer('nps', `9${' '.repeat(19_000)}x`).kind).toBe('words');
  });
});
