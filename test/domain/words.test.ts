// Anybody's words as a platform shows them: their direction stays their own, whatever is cut, and whatever they hold.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colonOf, isolated, line, words } from '../../src/domain/words.ts';

const PAIR = /\u2068[^\u2068\u2069]*\u2069/gu;
const turning = fc.string({
  unit: fc.constantFrom(
    'a',
    'א',
    '\u2066',
    '\u2067',
    '\u2068',
    '\u2069',
    '\u202A',
    '\u202E',
    '\u202C',
    '1',
    ' ',
  ),
  maxLength: 60,
});

describe('words', () => {
  it('keep what stands apart within them, and nothing else that turns others', () => {
    expect(words('a \u2068אבי\u2069 has it', 80)).toBe('a \u2068אבי\u2069 has it');
    expect(words('\u202Eevil\u2069 \u2068open', 80)).toBe('evil open');
    fc.assert(
      fc.property(turning, fc.integer({ min: 1, max: 40 }), (text, max) => {
        for (const shown of [words(text, max), line(text, max)]) {
          expect(shown.length).toBeLessThanOrEqual(max);
          expect(shown.replace(PAIR, '')).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/u);
          expect(shown).not.toMatch(/[\u202A-\u202E\u2066\u2067]/u);
        }
      }),
    );
  });

  it('are set apart once: where they are read the other way, and not for what is apart already', () => {
    expect(isolated('אבי', 'en')).toBe('\u2068אבי\u2069');
    expect(isolated('\u2068אבי\u2069 has it', 'en')).toBe('\u2068אבי\u2069 has it');
    expect(isolated('Ann', 'en')).toBe('Ann');
    expect(isolated('Ann', 'he')).toBe('\u2068Ann\u2069');
    fc.assert(
      fc.property(turning, (text) => {
        const shown = isolated(words(text, 80), 'de');
        expect(shown.replace(PAIR, '')).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/u);
      }),
    );
  });
});

it('a label and its value are parted as the language does it', () => {
  expect(['en', 'de', 'pt-BR', 'fr', 'fr-CA', 'zh-CN', 'ja'].map(colonOf)).toEqual([
    ...[': ', ': ', ': ', '\u00A0: ', '\u00A0: ', '：', '：'],
  ]);
});
