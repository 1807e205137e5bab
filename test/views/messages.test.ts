// Every language says the same things: the same keys, the same placeholders in every branch, and grammar that the language has.
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/locales/en.ts';
import { MESSAGES } from '../../src/locales/index.ts';
import type { MessageKey } from '../../src/views/text.ts';

const keys = Object.keys(en) as MessageKey[];
const others = Object.entries(MESSAGES).filter(([locale]) => locale !== 'en');

interface Node {
  /** The parser's own numbering: 1 plain, 2 number, 3 date, 4 time, 5 select, 6 plural, 7 what a plural counts. */
  readonly type: number;
  readonly value?: string;
  readonly options?: Readonly<Record<string, { readonly value: readonly Node[] }>>;
}

const COUNTED = 7;

function parsed(message: string, locale: string): readonly Node[] {
  return new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).getAst() as Node[];
}

/** A message's placeholders, each with the plain or the formatted way it is used. */
function placeholders(nodes: readonly Node[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { type, value, options = {} } of nodes) {
    if (type >= 1 && type < COUNTED) found.add(`${value}${[2, 6].includes(type) ? ' (number)' : ''}`);
    for (const option of Object.values(options)) for (const one of placeholders(option.value)) found.add(one);
  }
  return found;
}

/** What every branch of every plural fills in, and for which categories there is one. */
function plurals(nodes: readonly Node[]): readonly { categories: readonly string[]; branches: string[] }[] {
  return nodes.flatMap(({ type, options = {} }) => {
    const inner = Object.values(options).flatMap((option) => plurals(option.value));
    const branches = Object.values(options).map(({ value }) =>
      [...placeholders(value), ...(value.some((one) => one.type === COUNTED) ? ['#'] : [])].sort().join(),
    );
    return type === 6 ? [{ categories: Object.keys(options).sort(), branches }, ...inner] : inner;
  });
}

describe.each(others)('the messages in %s', (locale, messages) => {
  it('have the keys of English, in the order of English', () => {
    expect(Object.keys(messages)).toEqual(keys);
  });

  it.each(keys)('%s has the placeholders of English', (key) => {
    const [here, there] = [parsed(messages[key], locale), parsed(en[key], 'en')].map(placeholders);
    expect([...here!].sort()).toEqual([...there!].sort());
  });
});

describe.each(Object.entries(MESSAGES))('every text in %s', (locale, messages) => {
  it('compiles, says something, and does not begin or end with space', () => {
    for (const key of keys) {
      expect(() => parsed(messages[key], locale), key).not.toThrow();
      if (!key.endsWith('.separator')) expect(messages[key], key).toMatch(/^\S(?:.*\S)?$/su);
    }
  });

  it('has no apostrophe that ICU would take for an escape', () => {
    for (const key of keys) expect(messages[key], key).not.toContain("'");
  });

  it('has a branch for every plural that the language has, each of which fills in the same', () => {
    const rules = [...new Intl.PluralRules(locale).resolvedOptions().pluralCategories].sort();
    for (const key of keys) {
      for (const { categories, branches } of plurals(parsed(messages[key], locale))) {
        expect(categories, key).toEqual(rules);
        expect(new Set(branches).size, `${key}: ${branches.join(' | ')}`).toBe(1);
      }
    }
  });

  it('is of no other language by oversight', () => {
    const letters = /[\u3040-\u30FF]/u;
    const han = /\p{Script=Han}/u;
    for (const key of keys) {
      if (locale !== 'ja') expect(messages[key], key).not.toMatch(letters);
      if (locale !== 'ja' && locale !== 'zh') expect(messages[key], key).not.toMatch(han);
    }
    const same = keys.filter((key) => messages[key] === en[key] && /[a-z]{3}/iu.test(wordsOf(messages[key])));
    if (locale !== 'en') expect(same.filter((key) => !SHARED.test(key))).toEqual([]);
  });
});

/** Names and words that two languages have in common. */
const SHARED =
  /^(?:survey\.|home\.heading|alert\.(?:place|note)|digest\.corrections|difference\.csat|summary\.heading)/u;

/** A message without what is filled in. */
function wordsOf(message: string): string {
  return message.replace(/\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/gu, '');
}

const CLOCK = /\d\d:\d\d|HH:MM/gu;

it('Chinese text uses Chinese punctuation', () => {
  for (const key of keys) {
    expect(wordsOf(MESSAGES.zh[key]), key).not.toMatch(/[\u4E00-\u9FFF][,;:?!]|[,;:?!][\u4E00-\u9FFF]/u);
  }
});

it('Japanese text uses Japanese punctuation', () => {
  for (const key of keys) {
    const words = wordsOf(MESSAGES.ja[key]).replaceAll(CLOCK, '');
    expect(words, key).not.toMatch(/[,;:?!()]/u);
  }
});

it('French signs of two parts never begin a line', () => {
  for (const key of keys) {
    const words = MESSAGES.fr[key].replaceAll(CLOCK, '');
    expect(words, key).not.toMatch(/[^\u00A0][;:?!»]|«[^\u00A0]/u);
  }
});

describe('nobody is spoken to in two manners', () => {
  it.each([
    ['de', /(?<!\p{L})(?:du|dich|dir|deine?[mnrs]?|euch|eure?)(?!\p{L})/iu],
    ['es', /(?<!\p{L})(?:tú|ti|contigo|tus?|te|puedes|escribe|ejecuta|usa|empieza)(?!\p{L})/iu],
    ['fr', /(?<!\p{L})(?:tu|toi|te|ton|ta|tes)(?!\p{L})/iu],
    ['pt', /(?<!\p{L})(?:tu|ti|contigo|teus?|tuas?)(?!\p{L})/iu],
    ['ja', /あなた|君/u],
  ] as const)('in %s', (locale, familiar) => {
    for (const key of keys) expect(wordsOf(MESSAGES[locale][key]), key).not.toMatch(familiar);
  });
});
