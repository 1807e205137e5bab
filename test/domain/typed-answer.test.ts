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

  it.each([
    ['10 love it', 10, 'love it'],
    ['10/10 would recommend', 10, 'would recommend'],
    ['9 thanks', 9, 'thanks'],
    ['9 great service', 9, 'great service'],
    ['9 but slow', 9, 'but slow'],
    ['9. great service', 9, 'great service'],
    ['0 would not recommend', 0, 'would not recommend'],
    ['0. Never again', 0, 'Never again'],
    ['nine great service', 9, 'great service'],
    ['9 (nine)', 9, null],
    ['10 danke', 10, 'danke'],
    ['9 aber langsam', 9, 'aber langsam'],
    ['9 sehr schnelles Team', 9, 'sehr schnelles Team'],
    ['9 gracias', 9, 'gracias'],
    ['8 muy bueno, pero lento', 8, 'muy bueno, pero lento'],
    ['10 merci', 10, 'merci'],
    ['3 très lent', 3, 'très lent'],
    ['9 obrigado', 9, 'obrigado'],
    ['2 não gostei', 2, 'não gostei'],
    ['9 谢谢', 9, '谢谢'],
    ['9分 很满意', 9, '很满意'],
    ['九分很满意', 9, '很满意'],
    ['满分，很好', 10, '很好'],
    ['9 便利でした', 9, '便利でした'],
    ['10、最高', 10, '最高'],
    ['9点、とても便利', 9, 'とても便利'],
    ['10点満点中9点、早い', 9, '早い'],
    ['9 – 很好，谢谢！', 9, '很好，谢谢！'],
    ['Love it - 10', 10, 'Love it'],
    ['Great! 9', 9, 'Great!'],
    ['thanks, 9', 9, 'thanks'],
    ['很好，9分', 9, '很好'],
    ['ありがとう、9点', 9, 'ありがとう'],
  ])('%j is the score %i, and an opening word begins the words %j', (text, score, words) => {
    expect(readTypedAnswer('nps', text)).toEqual({ kind: 'score', score, words });
  });

  it.each([
    '2 users cannot log in',
    '2 (two) users cannot log in',
    '3 of our servers are down',
    '5 minutes later it crashed',
    '9 people were affected',
    'I have 2 questions',
    '1 more thing',
    '10 days ago',
    '2 great questions',
    '2 bad records were imported',
    '1 really good idea',
    '3 too many errors',
    '2 服务器宕机',
    '3 很多用户登录不了',
    'one great team',
    'un bon service, merci',
    'Thanks, see you at 9',
    'thanks for fixing 3 bugs',
    '1 - login fails\n2 - export fails',
    '1. Bad login 2. Bad export',
    '5, please help me log in',
    '3! that is how often I called',
    '10:30',
    '10:30:15 it crashed',
    '十分です',
    '十分だ',
    '十分、便利でした',
    'um!',
    'um, what do you mean',
    'Note 1: it fails',
  ])('%j counts something, or is about something else', (text) => {
    for (const kind of SURVEY_KINDS) expect(readTypedAnswer(kind, text)).toEqual({ kind: 'words' });
  });

  it.each([
    'maybe 8',
    '8ish',
    '8 I guess',
    '8, I guess',
    'I think 8',
    'between 8 and 9',
    'eight or nine',
    '八九分',
    '8〜9',
    '8～9',
    'entre 8 y 9',
    'zwischen 8 und 9',
    'peut-être 8',
    'talvez 8',
    '大概8分',
    '8分かな',
    '9 1/2',
    '9½',
    '1, maybe 2',
    '9 (or 10)',
    '9, no wait 8',
    'one, two',
    '9.5 great service',
    '8-9, great',
    'Thanks, maybe 8',
    '5/5 great',
  ])('%j is asked again, since it is not certain which score is meant', (text) => {
    expect(readTypedAnswer('nps', text)).toEqual({ kind: 'unclear' });
  });

  it.each([
    ["it's a 9", 9],
    ['a solid 8', 8],
    ['I’d give it a solid 8', 8],
    ['"9"', 9],
    ['“9”', 9],
    ['(9)', 9],
    ['*9*', 9],
    ['**9**', 9],
    ['un 9', 9],
    ["c'est un 9", 9],
    ['das ist eine 9', 9],
    ['Nota: 9', 9],
    ['Note : 9', 9],
    ['um 10', 10],
    ['dou um 9', 9],
    ['10 sobre 10', 10],
    ['满分！', 10],
    ['満点！', 10],
    ['给满分', 10],
    ['10点満点', 10],
  ])('%j is the score %i', (text, score) => {
    expect(readTypedAnswer('nps', text)).toEqual({ kind: 'score', score, words: null });
  });

  it.each([
    ['9 :)', 9, ':)'],
    ['2 :(', 2, ':('],
    ['9;)', 9, ';)'],
    ['9:)great', 9, ':)great'],
    ['9, :-) Nice', 9, ':-) Nice'],
    ['9 ^^', 9, '^^'],
    ['9 :tada:', 9, ':tada:'],
    ['9 👩‍💻 ❤️', 9, '👩‍💻 ❤️'],
    ['9!! great', 9, 'great'],
    ['9 -- good', 9, 'good'],
    ['9 - :D', 9, ':D'],
    ['9: design', 9, 'design'],
  ])('of %j, the words lose the separator and keep an emoticon', (text, score, words) => {
    expect(readTypedAnswer('nps', text)).toEqual({ kind: 'score', score, words });
  });

  it.each([
    ['⭐⭐⭐⭐ good', 4, 'good'],
    ['⭐⭐⭐⭐ :)', 4, ':)'],
    ['👍 thanks!', 5, 'thanks!'],
    ['👍, danke', 5, 'danke'],
    ['👎 very slow', 1, 'very slow'],
    ['5 stars great service', 5, 'great service'],
    ['五星好评', 5, '好评'],
  ])(
    'on a scale of five, %j is the score %i with the words %j; on another it is asked again',
    (text, score, words) => {
      expect(readTypedAnswer('csat', text)).toEqual({ kind: 'score', score, words });
      if (words !== ':)') expect(readTypedAnswer('nps', text)).toEqual({ kind: 'unclear' });
    },
  );

  it('of a thumb with talk behind it, or of one star as an ornament, is not guessed', () => {
    expect(readTypedAnswer('csat', '👍 will do')).toEqual({ kind: 'words' });
    expect(readTypedAnswer('csat', '⭐ great idea')).toEqual({ kind: 'unclear' });
    expect(readTypedAnswer('csat', '10/10 would recommend')).toEqual({ kind: 'unclear' });
    for (const kind of SURVEY_KINDS) expect(readTypedAnswer(kind, '5 love it')).toMatchObject({ score: 5 });
  });

  it.each([
    '9',
    '9 maybe ',
    'maybe ',
    '9 - ',
    '9!',
    '9 (',
    ':a',
    '👍',
    '⭐',
    '9 or ',
    'nota ',
    '1\n2',
    '9 very ',
    'great ',
    '9 great ',
    '9 no ',
    '八',
    '*',
    'very good ',
    '9:',
    '9~',
    '9/',
    '½',
  ])('%j, over and over, is read in a moment', (part) => {
    for (const start of ['', '9 ', '9 - ', 'great, ']) {
      const before = performance.now();
      readTypedAnswer('nps', `${start}${part.repeat(20_000 / part.length - 5)}x`);
      expect(performance.now() - before).toBeLessThan(500);
    }
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
