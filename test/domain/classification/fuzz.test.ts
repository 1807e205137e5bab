// Any text at all: a few thousand here, `npm run fuzz` for a hundred thousand. The same seed makes the same texts.
import { describe, expect, it } from 'vitest';
import { THEMES } from '../../../src/domain/classification/classification.ts';
import { shippedClassifier } from '../../../src/model/index.ts';
import { dice } from '../../../training/learn.ts';

const TEXTS = Number(process.env['FUZZ_TEXTS'] ?? 3_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);

const classify = shippedClassifier();
const roll = dice(SEED);
const below = (count: number) => Math.floor(roll() * count);
const pick = (list: readonly string[]) => list[below(list.length)]!;

const PIECES = [
  ...[
    'not',
    'very',
    'good',
    'but',
    '不',
    '没',
    '很',
    '好',
    '差',
    '但是',
    'ない',
    'が',
    'nicht',
    'pas',
    'não',
    'muy',
    "n't",
  ],
  ...[
    '👍',
    '👎🏽',
    '👨‍👩‍👧‍👦',
    ':(',
    ':-)',
    '<3',
    '!!!',
    '???',
    '...',
    '…',
    '\u200B',
    '\u200D',
    '\uFEFF',
    '\u202E',
    '\u061C',
  ],
  ...[
    '\u0000',
    '\u0007',
    '\n',
    '\r\n',
    '\t',
    '\u0300\u0301\u0302',
    'e\u0301',
    '\uFDFA',
    '\uD800',
    '\uDC00',
    '\uDBFF\uDFFF',
  ],
  ...[
    'שלום',
    'مرحبا',
    'हिन्दी',
    '한국어',
    'ไทย',
    'ｗｉｄｅ',
    '９/１０',
    '100%',
    'https://a.b/c?d=e',
    '@name',
    '#tag',
    '\u{20000}',
  ],
  ...[
    '𝓯𝓪𝓷𝓬𝔂',
    'ﬀ',
    'İ',
    'ß',
    'ŒUVRE',
    'aaaaaaa',
    '哈哈哈哈',
    '乾淨',
    '*',
    '\\',
    '[',
    '(',
    '{',
    '|',
    '<script>',
    '%s',
    '\u2028',
  ],
];

function unit(): string {
  const kind = below(6);
  if (kind === 0) return String.fromCharCode(below(0x10000));
  if (kind === 1) return String.fromCodePoint(0x10000 + below(0xfffff));
  if (kind === 2) return String.fromCharCode(0x20 + below(0x60));
  if (kind === 3) return ' ';
  return pick(PIECES);
}

function text(): string {
  const length = below(8) === 0 ? below(600) : below(30);
  return Array.from({ length }, unit).join('');
}

describe('given texts made of anything', () => {
  it(`then none of ${TEXTS} breaks the classifier, and what it says is in range`, {
    timeout: 600_000,
  }, () => {
    for (let i = 0; i < TEXTS; i++) {
      const one = text();
      const locale = pick(['en', 'zh-CN', 'ja', 'fr', 'pt-BR', 'xx', '', '-']);
      const said = classify({ survey: 'nps', score: below(11), text: one, locale });
      const where = JSON.stringify(one);
      expect(['positive', 'neutral', 'negative', null], where).toContain(said.sentiment);
      expect(said.confidence === null, where).toBe(said.sentiment === null);
      if (said.confidence !== null) {
        expect(said.confidence, where).toBeGreaterThan(0.3);
        expect(said.confidence, where).toBeLessThan(1);
      }
      const themes = said.themes.map(({ theme }) => (THEMES as readonly string[]).indexOf(theme));
      expect(themes, where).toEqual([...new Set(themes)].sort((a, b) => a - b));
    }
  });

  it('then one answer does not colour the next', () => {
    const texts = Array.from({ length: 50 }, text);
    const read = (one: string) => classify({ survey: 'nps', score: null, text: one, locale: null });
    const alone = texts.map(read);
    expect(texts.toReversed().map(read).toReversed()).toEqual(alone);
  });

  it('then a megabyte of any of them takes no longer than it must', () => {
    const begin = performance.now();
    for (const piece of PIECES) {
      classify({ survey: 'nps', score: null, text: piece.repeat(1_000_000 / piece.length), locale: 'en' });
    }
    expect(performance.now() - begin).toBeLessThan(20_000);
  });
});
