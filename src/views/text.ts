// The product's words in the reader's language: finds the language, fills in ICU messages, writes numbers and dates the reader's way.
// Messages are handed in as data; each is compiled when it is first said, and kept.
import { IntlMessageFormat } from 'intl-messageformat';
import type { Locale } from '../domain/basics.ts';
import { isolated } from '../domain/words.ts';
import type { MessageKey, Messages } from '../locales/en.ts';
import { createDates, type Dates } from './dates.ts';
import { memo } from './memo.ts';
import type { MessageArgs, Speak } from './speak.ts';

export type { MessageKey, Messages };

export interface Translate extends Dates {
  (key: MessageKey, args?: MessageArgs): string;
  /** The tag that the messages are kept under, such as `zh`. */
  readonly locale: Locale;
  /** Rounded to this many digits after the point, and always written with them; `–` for what is no number. */
  number(n: number, fractionDigits?: number): string;
  /** Of a percentage from 0 to 100, without digits after the point. */
  percent(n: number): string;
  list(parts: readonly string[]): string;
}

/** The first of two language tags, as platforms send them, that is spoken; null, or languages that there are not, give the default. */
export type Texts = (locale: string | null, otherwise?: string | null) => Translate;

/** So that made-up tags cannot fill the memory. */
const MOST_TAGS = 200;
const LONGEST_TAG = 64;

/** `defaultLocale` is a tag whose language is among the messages, else the first of the messages is the default. */
export function createTexts(messages: Readonly<Record<string, Messages>>, defaultLocale: Locale): Texts {
  const first = Object.keys(messages)[0] ?? 'en';
  const fallback = match(messages, defaultLocale) ?? { key: first, tag: first };
  const speakers = memo((key: string) => speaker(messages[key]!, key));
  const known = new Map<string | null, Translate>();
  const spoken = (locale: string | null): Translate => {
    const ready = known.get(locale);
    if (ready) return ready;
    const { key, tag } = (locale === null ? null : match(messages, locale)) ?? fallback;
    const made = translate(speakers(key), key, tag);
    if (known.size >= MOST_TAGS) known.clear();
    if (locale === null || locale.length <= LONGEST_TAG) known.set(locale, made);
    return made;
  };
  return (locale, otherwise = null) =>
    spoken(otherwise !== null && (locale === null || match(messages, locale) === null) ? otherwise : locale);
}

/** The messages for a tag, and the tag by which numbers and dates are written; null when nothing fits. */
function match(
  messages: Readonly<Record<string, Messages>>,
  locale: string,
): { key: string; tag: string } | null {
  try {
    const wanted = new Intl.Locale(locale.slice(0, LONGEST_TAG).replace(/\..*$/, '').replaceAll('_', '-'));
    const { language, script, region } = wanted.maximize();
    const tags = [wanted.baseName, `${language}-${script}`, `${language}-${region}`, language];
    const key = tags.find((tag) => Object.hasOwn(messages, tag));
    return key === undefined ? null : { key, tag: wanted.region ? `${language}-${wanted.region}` : key };
  } catch {
    return null;
  }
}

function speaker(messages: Messages, locale: string): Speak {
  const compiled = memo(
    (key: MessageKey) => new IntlMessageFormat(messages[key], locale, undefined, { ignoreTag: true }),
  );
  return (key, args) => String(compiled(key).format(args && apart(args, locale)));
}

/** What is filled in keeps its own direction: a Hebrew name does not turn the number behind it. */
function apart(args: MessageArgs, locale: string): MessageArgs {
  const values = Object.entries(args).map(
    ([name, value]) => [name, typeof value === 'string' ? isolated(value, locale) : value] as const,
  );
  return Object.fromEntries(values);
}

function translate(speak: Speak, locale: string, tag: string): Translate {
  const number = memo((digits: number) => {
    // 'negative' writes -0, and what rounds to it, as 0.
    const signDisplay = 'negative';
    const precision = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return new Intl.NumberFormat(tag, { ...precision, signDisplay });
  });
  const percent = new Intl.NumberFormat(tag, {
    style: 'percent',
    maximumFractionDigits: 0,
    signDisplay: 'negative',
  });
  return Object.assign((key: MessageKey, args?: MessageArgs) => speak(key, args), {
    locale,
    number: (n: number, fractionDigits = 0) => (Number.isFinite(n) ? number(fractionDigits).format(n) : '–'),
    percent: (n: number) => (Number.isFinite(n) ? percent.format(n / 100) : '–'),
    list: (parts: readonly string[]) => parts.join(speak('list.separator')),
    ...createDates(speak, tag),
  });
}
