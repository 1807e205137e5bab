import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderText } from '../../src/views/plain-text.ts';
import type { Block, View } from '../../src/views/view.ts';
import { columns, wrap } from '../../src/views/wrap.ts';
import { pages } from './pages.ts';
import * as sample from './samples.ts';

const show = (block: Block, width = 40) =>
  renderText({ summary: 's', locale: 'en', blocks: [block] } satisfies View, { width });

describe('plain text', () => {
  it('counts wide characters as two columns, and marks that take none as none', () => {
    expect(columns('abc')).toBe(3);
    expect(columns('净推荐值')).toBe(8);
    expect(columns('e\u0301')).toBe(1);
    expect(columns('👍')).toBe(2);
    expect(columns('（）')).toBe(4);
  });

  it('breaks English between words and Chinese between characters, keeping marks with what they belong to', () => {
    expect(wrap('one two three four', 9)).toBe('one two\nthree\nfour');
    expect(wrap('回答数太少，下不了结论（样本不足）。', 10)).toBe(
      '回答数太\n少，下不了\n结论（样本\n不足）。',
    );
    expect(wrap('abcdefghij', 4)).toBe('abcd\nefgh\nij');
  });

  it('sets a list’s further lines in', () => {
    expect(show({ kind: 'list', items: [['one two three four five six'], ['seven']] }, 20)).toBe(
      '• one two three four\n  five six\n• seven',
    );
  });

  it('writes people, links and emphasis as their words', () => {
    const text = show({
      kind: 'text',
      tone: 'plain',
      text: [
        { kind: 'person', externalId: 'U1', name: 'Ann' },
        ' ',
        { kind: 'strong', text: 'won' },
        ' ',
        { kind: 'link', url: 'https://example.com', text: 'here' },
      ],
    });
    expect(text).toBe('Ann won here (https://example.com)');
  });

  it('lets nobody’s words move the cursor, colour the screen or turn the direction', () => {
    const words = '\u001b[31mred\u001b]0;title\u0007 \u202Eback\r\nover\u2028more\u009b';
    expect(show({ kind: 'quote', text: words, by: words })).not.toMatch(/[^\P{Cc}\n]|[\u202A-\u202E]/u);
  });

  it('keeps every view within its width, whatever the width', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 120 }),
        fc.constantFrom(...sample.LOCALES),
        fc.constantFrom(...Object.keys(pages)),
        (width, locale, page) => {
          for (const view of pages[page]!(sample.texts(locale))) {
            for (const line of renderText(view, { width }).split('\n')) {
              expect(columns(line), line).toBeLessThanOrEqual(width);
            }
          }
        },
      ),
    );
  });

  it('shows any words without losing a letter, in linear time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 4, max: 40 }), (words, width) => {
        const bare = (text: string) =>
          text.replace(/[\s\uFFFD]|\p{Cc}|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '');
        expect(bare(wrap(words, width))).toBe(bare(words));
      }),
    );
    const begin = performance.now();
    for (const unit of ['a', '（', '、', ' ', '字', '\uD800']) wrap(unit.repeat(200_000), 80);
    expect(performance.now() - begin).toBeLessThan(15_000);
  });
});
