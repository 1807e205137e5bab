// Words in Discord's Markdown, in which anybody's own marks are nothing but signs: no mention, link, emoji, heading or bold comes out of them.
import type { Locale } from '../../../src/domain/basics.ts';
import { isBlank, isolated, words } from '../../../src/domain/words.ts';
import type { Inline, RichText } from '../../../src/views/view.ts';
import { isSnowflake } from '../custom-id.ts';

/** The longest address that a link may have here. */
const LONGEST_URL = 1_000;
const MOST_PIECES = 500;

export interface Around {
  /** What stands before it on its line; left out: it begins a line. */
  readonly before?: string;
  /** Something follows it without a space between. */
  readonly more?: boolean;
}

/**
 * A backslash before every sign that Discord may read as more than itself; readers do not see it. Angle brackets and `@` make mentions, a colon makes
 * addresses and emoji (not in `12:30`), the rest makes markup, some of it only where a line begins.
 */
export function escaped(ready: string, { before = '', more = false }: Around = {}): string {
  const inert = ready
    .replace(/[\\*_~|`<>[\]@]|(?<=\])\(|:(?=\S)(?!(?<=\d:)\d\d(?![\d:]))/gu, '\\$&')
    .replace(more ? /:$/u : /(?!)/u, '\\:');
  const [first = '', ...rest] = inert.split('\n');
  const begun = isBlank(before) ? startOfLine(first) : listed(before, first);
  return [begun, ...rest.map(startOfLine)].join('\n');
}

/** Headings, lists and small print begin a line. */
function startOfLine(text: string): string {
  return text.replace(/^(\s*)([#+-])/u, '$1\\$2').replace(/^(\s*\d{1,12})([.)])/u, '$1\\$2');
}

/** A number that stands there already, and what would make a list of it. */
function listed(before: string, text: string): string {
  return /^\s*\d+$/u.test(before) ? text.replace(/^\d*(?=[.)])/u, '$&\\') : text;
}

/** All of it bold; '' where there is nothing to see. */
function bold(ready: string): string {
  return isBlank(ready) ? '' : `**${escaped(ready, { more: true })}**`;
}

/** At most `max` characters of anybody's words together, with what Discord needs around them; '' where there is nothing to show. */
export function inlines(rich: RichText, locale: Locale, max: number): string {
  const shown = pieces(rich, locale, max);
  if (shown.every(([one, said]) => isBlank(said) && !isChannel(one))) return '';
  let text = '';
  let strong = '';
  // What is bold side by side is one bold run: its asterisks would run together.
  const endStrong = () => {
    text += bold(strong) || escaped(strong);
    strong = '';
  };
  for (const [index, [one, said]] of shown.entries()) {
    if (isStrong(one)) {
      strong += said;
      continue;
    }
    endStrong();
    text += inline(one, said, {
      before: text.slice(text.lastIndexOf('\n') + 1),
      more: index < shown.length - 1,
    });
  }
  endStrong();
  return text;
}

/** Each with its words as they may stand beside the others. */
function pieces(rich: RichText, locale: Locale, max: number): readonly (readonly [Inline, string])[] {
  const [only, ...others] = rich.slice(0, MOST_PIECES);
  if (only === undefined) return [];
  if (others.length === 0) return [[only, words(wordsOf(only), max)]];
  const result: (readonly [Inline, string])[] = [];
  let room = max;
  for (const one of [only, ...others]) {
    // Two for the marks around it.
    if (room <= 2) break;
    const said = isolated(words(wordsOf(one), room - 2), locale, typeof one === 'string');
    room -= said.length;
    result.push([one, said]);
  }
  return result;
}

function wordsOf(one: Inline): string {
  if (typeof one === 'string') return one;
  return 'name' in one ? one.name : one.text;
}

function inline(one: Inline, said: string, around: Around): string {
  if (typeof one !== 'string') {
    // Discord shows its name to whoever may see it, and tells nobody.
    if (one.kind === 'channel' && isChannel(one)) return `<#${one.externalId}>`;
    const url = one.kind === 'link' && !isBlank(said) ? addressOf(one.url) : null;
    // In angle brackets there is no preview.
    if (url !== null) return `[${escaped(said)}](<${url}>)`;
  }
  return escaped(said, around);
}

/** A person is their name: a mention shows a bare number to whoever does not know them. */
function isStrong(one: Inline): boolean {
  if (typeof one === 'string' || one.kind === 'link') return false;
  return !isChannel(one);
}

function isChannel(one: Inline): boolean {
  return typeof one !== 'string' && one.kind === 'channel' && isSnowflake(one.externalId);
}

/** A web address as every client reads it; null for anything else. */
function addressOf(address: string): string | null {
  if (!/^https?:\/\//u.test(address) || !URL.canParse(address)) return null;
  const href = new URL(address).href.replace(/[()]/gu, (sign) => (sign === '(' ? '%28' : '%29'));
  return href.length > LONGEST_URL || /[<>\s]/u.test(href) ? null : href;
}
