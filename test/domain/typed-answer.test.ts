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
    ['nine', 9, null],
    ['Ten out of ten!', 10, null],
    ['九分', 9, null],
    ['十分', 10, null],
    ['我给9分', 9, null],
    ['8分吧', 8, null],
    ['满分', 10, null],
    ['九分，很快', 9, '很快'],
    ['9点です', 9, null],
    ['10点満点中9点', 9, null],
    ['neun', 9, null],
    ['9 von 10', 9, null],
    ['nueve', 9, null],
    ['8 sur 10', 8, null],
    ['nota 9', 9, null],
    ['I’d give it a 9', 9, null],
    ['Zero', 0, null],
    ['10 - love it', 10, 'love it'],
    ['10 points', 10, null],
    ['9\nVery Quick', 9, 'Very Quick'],
    ['9 (Quick)', 9, '(Quick)'],
    ['9 🎉', 9, '🎉'],
    ['9️⃣', 9, null],
    ['🔟', 10, null],
    ['⑨', 9, null],
    ['9, Großartig! İyi', 9, 'Großartig! İyi'],
  ] as const)('in words, %j is the score %i with the words %j', (text, score, words) => {
    const typed = readTypedAnswer('nps', text);
    expect(typed).toMatchObject({ kind: 'score', score });
    // Lower case of some letters is longer: then the words may come in it.
    expect(typed.kind === 'score' && typed.words?.normalize('NFC').toLowerCase()).toBe(words?.toLowerCase());
  });

  it.each([
    ['⭐⭐⭐⭐', 4],
    ['★★★☆☆', 3],
    ['5 stars', 5],
    ['4 Sterne', 4],
    ['四星', 4],
    ['星3つ', 3],
    ['five stars!', 5],
    ['👍', 5],
    ['👍🏽👍🏽', 5],
    ['👎', 1],
  ] as const)('on a scale of five, %j is the score %i; on another it is asked again', (text, score) => {
    expect(readTypedAnswer('csat', text)).toEqual({ kind: 'score', score, words: null });
    expect(readTypedAnswer('nps', text)).toEqual({ kind: 'unclear' });
    expect(readTypedAnswer('ces', text)).toEqual({ kind: 'unclear' });
  });

  it.each([
    '9.5',
    '9,5',
    '9 - 10',
    '8-9',
    '8 or 9',
    '8 bis 9',
    '8到9',
    '11',
    '-1',
    '+9',
    '007',
    '9/5',
    '9 out of 5',
    '9 10',
    '1 0',
    '100%',
    '10+',
    '5/5',
    '4.5 stars',
    '★★',
    '👍👎',
  ])('%j may be an answer: it is not guessed, and asked again', (text) => {
    if (text === '👍👎') expect(readTypedAnswer('csat', text)).toEqual({ kind: 'words' });
    else expect(readTypedAnswer('nps', text)).toEqual({ kind: 'unclear' });
  });

  it.each([
    '',
    'abc',
    'thank you',
    '10:30 works for me',
    '3 people are waiting',
    'six months ago it worked',
    'one more thing, please',
    '1. It fails 2. It fails again',
    '1、登录失败',
    '十分满意',
    '一直登录不了',
    '12345678',
    '2026-11-20',
    '+49 30 1234567',
    'order 1234',
    'a',
    'an error',
    '٣',
  ])('%j is words', (text) => {
    expect(readTypedAnswer('nps', text)).toEqual({ kind: 'words' });
  });

  it('is on the scale of its survey or not a score at all', () => {
    for (const kind of SURVEY_KINDS) {
      for (const score of scoresOf(kind)) {
        expect(readTypedAnswer(kind, String(score))).toEqual({ kind: 'score', score, words: null });
      }
      expect(readTypedAnswer(kind, String(SCALES[kind].max + 1)).kind).toBe('unclear');
      expect(readTypedAnswer(kind, String(SCALES[kind].min - 1)).kind).toBe('unclear');
    }
    expect(readTypedAnswer('ces', '5/10').kind).toBe('unclear');
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
