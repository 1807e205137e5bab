// Words in a picture: harmless, and cut to the room there is without breaking a character.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean, escapeXml, shorten, widthOf, wrap } from '../../../adapters/chart/text.ts';

describe('text in a chart', () => {
  it('loses controls, direction overrides and line breaks, and keeps its letters', () => {
    expect(clean(' a\u0000b\n\tc \u202edrow\u202c \ud800x ')).toBe('ab c drow x');
    expect(clean('Łukasz 支持 שלום 👩‍👧')).toBe('Łukasz 支持 שלום 👩‍👧');
  });

  it('is escaped for text and attributes', () => {
    expect(escapeXml(`<a b="c" d='e'>&`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;');
  });

  it('is measured with Han characters as wide as they are high', () => {
    expect(widthOf('客户支持')).toBeCloseTo(4.12);
    expect(widthOf('iiii')).toBeLessThan(widthOf('WWWW') / 3);
  });

  it('is shortened by whole characters, never to more than its room', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        fc.integer({ min: 2, max: 30 }),
        (text, ems) => {
          const cut = shorten(text, ems);
          expect(widthOf(cut)).toBeLessThanOrEqual(ems);
          expect(cut).not.toMatch(/\p{Cs}/u);
        },
      ),
    );
    expect(shorten('短い', 10)).toBe('短い');
    expect(shorten('👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 5)).toMatch(/^(👩‍👩‍👧‍👦)*…$/u);
  });

  it('is wrapped between words, or between Han characters with their punctuation', () => {
    expect(wrap('one two three four', 5, 3)).toEqual(['one two', 'three four']);
    expect(wrap('回答太少,不足以得出结论。', 9, 3)).toEqual(['回答太少,不足以得', '出结论。']);
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 120 }),
        fc.integer({ min: 3, max: 20 }),
        (text, ems) => {
          const lines = wrap(clean(text), ems, 3);
          expect(lines.length).toBeLessThanOrEqual(3);
          for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(ems + 0.01);
        },
      ),
    );
  });
});
