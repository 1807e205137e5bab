import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/locales/en.ts';
import { MESSAGES } from '../../src/locales/index.ts';
import type { MessageKey } from '../../src/views/text.ts';

/** Slack allows a button 75 characters and Discord 80; a modal's title 24, its label 45 and its submit button 24. */
const BUTTONS: readonly MessageKey[] = [
  'prompt.notNow',
  'prompt.optOut',
  'answered.change',
  'answered.addWords',
  'answered.editWords',
  'declined.undo',
  'optedOut.undo',
  'alert.claim',
  'alert.close',
];
const TITLES: readonly MessageKey[] = ['words.title', 'close.title', 'words.submit', 'close.submit'];
const LABELS: readonly MessageKey[] = ['words.label', 'close.label'];

const keys = Object.keys(en) as MessageKey[];
const others = Object.entries(MESSAGES).filter(([locale]) => locale !== 'en');

/** A message's placeholders, each with the plain or the formatted way it is used. */
function placeholders(message: string, locale: string): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (nodes: readonly object[]): void => {
    for (const node of nodes as {
      type: number;
      value?: string;
      options?: Record<string, { value: object[] }>;
    }[]) {
      // 1: plain, 2: number, 3: date, 4: time, 5: select, 6: plural (the parser's own numbering).
      if (node.type >= 1 && node.type <= 6)
        found.add(`${node.value}${[2, 6].includes(node.type) ? ' (number)' : ''}`);
      for (const option of Object.values(node.options ?? {})) walk(option.value);
    }
  };
  walk(new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).getAst());
  return found;
}

describe.each(others)('the messages in %s', (locale, messages) => {
  it('have the keys of English, in the order of English', () => {
    expect(Object.keys(messages)).toEqual(keys);
  });

  it.each(keys)('%s has the placeholders of English', (key) => {
    expect([...placeholders(messages[key], locale)].sort()).toEqual([...placeholders(en[key], 'en')].sort());
  });
});

describe.each(Object.entries(MESSAGES))('every text in %s', (locale, messages) => {
  it('compiles, says something, and does not begin or end with space', () => {
    for (const key of keys) {
      expect(() => placeholders(messages[key], locale), key).not.toThrow();
      if (!key.endsWith('.separator')) expect(messages[key], key).toMatch(/^\S(?:.*\S)?$/su);
    }
  });

  it('has no apostrophe that ICU would take for an escape', () => {
    for (const key of keys) expect(messages[key], key).not.toContain("'");
  });

  it.each([
    [75, BUTTONS],
    [24, TITLES],
    [45, LABELS],
  ] as const)('fits into %i characters where a platform has no more', (most, where) => {
    for (const key of where) expect(messages[key].length, `${locale} ${key}`).toBeLessThanOrEqual(most);
  });

  it('uses a plural rule that the language has', () => {
    const rules = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    for (const key of keys) {
      for (const [, category] of messages[key].matchAll(/(zero|one|two|few|many|other) \{/gu)) {
        expect(rules, `${key}: ${category}`).toContain(category);
      }
    }
  });
});

it('Chinese text uses Chinese punctuation', () => {
  for (const key of keys) {
    const words = MESSAGES.zh[key].replace(/\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/gu, '');
    expect(words, key).not.toMatch(/[\u4E00-\u9FFF][,;:?!]|[,;:?!][\u4E00-\u9FFF]/u);
  }
});
