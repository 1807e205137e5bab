import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { THEMES } from '../../../src/domain/classification/classification.ts';
import { shippedClassifier } from '../../../src/model/index.ts';

const classify = shippedClassifier();

const read = (text: string | null, locale: string | null = null) =>
  classify({ survey: 'nps', score: null, text, locale });

describe('what the words say', () => {
  it.each([
    ['Great support, thanks!', 'positive'],
    ['Not bad', 'positive'],
    ['No problems so far, it just works', 'positive'],
    ['客服很耐心，五分钟就解决了。', 'positive'],
    ['一点都不贵，会再买', 'positive'],
    ['The app keeps crashing', 'negative'],
    ['not good at all', 'negative'],
    ['I would not recommend this to anybody', 'negative'],
    ['Nice interface, but it crashes every day and nobody replies', 'negative'],
    ['Thanks for nothing', 'negative'],
    ['等了半天没人理', 'negative'],
    ['不太满意', 'negative'],
    ['I contacted support on Friday', 'neutral'],
    ['It would be nice to have a calendar view', 'neutral'],
    ['请问怎么取消订单', 'neutral'],
  ] as const)('%j is %s', (text, sentiment) => {
    expect(read(text).sentiment).toBe(sentiment);
  });

  it.each([
    ['n/a', 'neutral'],
    ['N/A.', 'neutral'],
    ['ok', 'neutral'],
    ['无', 'neutral'],
    ['还行', 'neutral'],
    ['没有', 'neutral'],
    ['不错！', 'positive'],
    ['差评', 'negative'],
    ['👍', 'positive'],
    ['👍🏽👍🏽', 'positive'],
    ['👎', 'negative'],
    [':(', 'negative'],
    ['ok 😡', 'negative'],
  ] as const)('the short answer %j is %s', (text, sentiment) => {
    expect(read(text).sentiment).toBe(sentiment);
  });

  it.each([
    ['Danke, sehr gut', 'de'],
    ['très bien, merci', 'fr'],
    ['とても良いです', 'ja'],
    ['muy bueno, gracias', 'es'],
    ['muito bom, obrigado', 'pt'],
  ])('%j is praise in its own language', (text, language) => {
    expect(read(text)).toMatchObject({ sentiment: 'positive', language });
  });

  it.each(['Спасибо', '감사합니다', 'ขอบคุณ'])(
    'of %j nothing is said, since its script is not read',
    (text) => {
      expect(read(text)).toMatchObject({ sentiment: null, confidence: null, themes: [] });
      expect(read(text).language).not.toBeNull();
    },
  );

  it.each(['', '   ', '...', '12345', '!?', '\u200B', null])('%j has no words', (text) => {
    expect(read(text)).toEqual({
      sentiment: null,
      confidence: null,
      language: null,
      themes: [],
      segment: null,
      conflict: false,
      classifier: expect.stringMatching(/^hashed-\d+-[0-9a-f]{8}$/u),
    });
  });

  it('emoji speak every language', () => {
    expect(read('Danke 👍')).toMatchObject({ sentiment: 'positive', language: 'de' });
  });

  it('is surer of much than of little', () => {
    const confidence = (text: string) => read(text).confidence ?? 0;
    expect(confidence('Excellent, fast, friendly and reliable')).toBeGreaterThan(confidence('It was better'));
  });
});

describe('the language', () => {
  it.each([
    ['The delivery was late', 'en'],
    ['doesn’t work', 'en'],
    ['这个 app 总是 crash', 'zh'],
    ['問題解決了', 'zh'],
    ['とても早い配送でした', 'ja'],
    ['Das ist leider nicht gut', 'de'],
    ['Je suis très content du service', 'fr'],
    ['El producto llegó muy rápido', 'es'],
    ['O produto chegou antes do prazo, recomendo', 'pt'],
    ['Всё хорошо', 'ru'],
    ['asdf qwer', null],
  ] as const)('of %j is %s', (text, language) => {
    expect(read(text).language).toBe(language);
  });

  it('of the customer is only a hint for words that do not tell, and is not reported as theirs', () => {
    expect(read('asdf qwer', 'en-US')).toMatchObject({ sentiment: 'neutral', language: null });
    expect(read('The delivery was late', 'zh-CN').language).toBe('en');
    expect(read('対応迅速', 'ja').language).toBe('ja');
    expect(read('客服态度非常好而且问题很快就解决了', 'ja').language).toBe('zh');
  });
});

describe('the themes', () => {
  it('are each found with what is said of them', () => {
    const { themes } = read('Friendly staff. Way too expensive, though.');
    expect(themes).toContainEqual({ theme: 'price', polarity: 'negative' });
    expect(themes).toContainEqual({ theme: 'attitude', polarity: 'positive' });
    expect(themes.length).toBeLessThanOrEqual(3);
  });

  it.each([
    ['The support team answered fast, however the price is too high', 'price', 'negative'],
    ['客服态度挺好，处理得也快，但是价格有点高', 'price', 'negative'],
    ['价格太贵，不过客服很耐心', 'attitude', 'positive'],
  ] as const)(
    'are told where a word of one clause names them, whatever the others say: %s',
    (text, theme, polarity) => {
      expect(read(text).themes).toContainEqual({ theme, polarity });
    },
  );

  it('come at most once each, in a fixed order', () => {
    const themes = read(
      'slow slow slow price price delivery quality support trust easy crash feature rude',
    ).themes;
    const order = themes.map(({ theme }) => (THEMES as readonly string[]).indexOf(theme));
    expect(order).toEqual([...new Set(order)].sort((a, b) => a - b));
  });
});

describe('a conflict', () => {
  it.each([
    ['en', 9, 'Terrible support, nobody answers and it still does not work'],
    ['zh', 9, '客服太差了，问题一直没解决'],
    ['ja', 9, '対応が最悪でした'],
    ['de', 9, 'Der Support war furchtbar und niemand antwortet'],
    ['es', 9, 'Es una vergüenza, no funciona nada'],
    ['fr', 10, 'Service client lamentable, je suis très déçu'],
    ['pt', 9, 'Péssimo atendimento, nunca mais compro'],
    ['es', 1, 'Me encanta, todo perfecto y muy rápido'],
  ] as const)('is seen in %s where %i goes with %j', (locale, score, text) => {
    expect(classify({ survey: 'nps', score, text, locale }).conflict).toBe(true);
  });
});

describe('words of a workspace', () => {
  const about = (text: string, themeWords: Readonly<Record<string, readonly string[]>>) =>
    classify({ survey: 'nps', score: null, text, locale: null, themeWords }).themes;

  it('name a theme where they stand, as whole words or in text without spaces', () => {
    const found = (text: string) => about(text, { trust: ['Blue Whale', '蓝鲸'] }).map(({ theme }) => theme);
    expect(found('I was told about BLUE whale.')).toContain('trust');
    expect(found('我用的是藍鯨版本')).toContain('trust');
    expect(about('The bluewhales are here.', { trust: ['Blue Whale'] })).toEqual(
      about('The bluewhales are here.', {}),
    );
  });

  it('are hostile text like any other', () => {
    expect(() => about('a.b', { price: ['', ' ', '.*', '(', '\uD800', 'x'.repeat(9_000)] })).not.toThrow();
  });
});

describe('words and score together', () => {
  const both = (score: number, text: string) => classify({ survey: 'nps', score, text, locale: null });

  it.each([
    [10, 'Terrible, it crashes all the time and support is rude', true],
    [1, 'Excellent support, fast and friendly', true],
    [10, 'Excellent support, fast and friendly', false],
    [8, 'Terrible, it crashes all the time', false],
    [10, 'n/a', false],
    [10, 'could be better', false],
  ])('%i and %j disagree: %s', (score, text, conflict) => {
    expect(both(score, text).conflict).toBe(conflict);
  });

  it('the segment is the score’s alone', () => {
    expect(both(0, 'Excellent').segment).toBe('negative');
    expect(classify({ survey: 'ces', score: 4, text: null, locale: null }).segment).toBe('neutral');
    expect(classify({ survey: 'csat', score: null, text: 'good', locale: null }).segment).toBeNull();
  });
});

describe('any text', () => {
  const sentences = [
    'Great support, thanks!',
    'The app keeps crashing and nobody answers',
    'It was slow, but they solved it',
    '问题解决了，很满意',
    '客服态度很差，等了半天',
  ];

  it('says the same in capitals, in full width, and with more space', () => {
    for (const text of sentences) {
      const { sentiment } = read(text);
      const wide = text.replace(/[!-~]/gu, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
      for (const same of [text.toUpperCase(), wide, `  ${text.replace(/ /gu, '   ')}\n`]) {
        expect(read(same).sentiment, same).toBe(sentiment);
      }
    }
  });

  it('says the same in traditional characters', () => {
    for (const [simplified, traditional] of [
      ['问题解决了，很满意', '問題解決了，很滿意'],
      ['态度很差，没人回复，太让人失望了', '態度很差，沒人回覆，太讓人失望了'],
      ['价格实惠，质量好，推荐', '價格實惠，質量好，推薦'],
    ] as const) {
      expect(read(traditional).sentiment).toBe(read(simplified).sentiment);
      expect(read(traditional).themes).toEqual(read(simplified).themes);
    }
  });

  it('is read without a crash, and the figures stay in their range', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc
        .array(
          fc.constantFrom(
            'not',
            'very',
            'good',
            'but',
            '不',
            '很',
            '好',
            '差',
            '但',
            ' ',
            '👎',
            ':(',
            '\uD800',
            '*',
          ),
        )
        .map((words) => words.join('')),
    );
    const locale = fc.option(fc.oneof(fc.constantFrom('en', 'zh-CN', 'fr'), fc.string()), { nil: null });
    fc.assert(
      fc.property(text, locale, fc.option(fc.nat(10), { nil: null }), (text, locale, score) => {
        const { sentiment, confidence, conflict } = classify({ survey: 'nps', score, text, locale });
        expect(confidence === null).toBe(sentiment === null);
        expect(confidence ?? 0.5).toBeGreaterThan(0);
        expect(confidence ?? 0.5).toBeLessThan(1);
        if (conflict) expect(sentiment).not.toBe('neutral');
      }),
      { numRuns: 2_000 },
    );
  });

  it('a megabyte takes no longer than a page', () => {
    const begin = performance.now();
    for (const unit of [
      'a',
      'good ',
      'not ',
      '不',
      '好',
      '，',
      '-',
      ' ',
      '👍',
      '\uFDFA',
      '\uD800',
      'e\u0301',
      ':(',
      "n't",
    ]) {
      read(unit.repeat(1_000_000 / unit.length), 'en');
    }
    expect(performance.now() - begin).toBeLessThan(3_000);
  });
});
