// Text in Slack's rich text, whose text elements are never parsed: no mention, link, emoji or `*bold*` comes out of them, whatever is in them.
// That is why nothing here is mrkdwn.
import type {
  ContextBlock,
  RichTextBlock,
  RichTextBlockElement,
  RichTextElement,
  RichTextSection,
} from '@slack/types';
import type { Locale } from '../../../src/domain/basics.ts';
import type { Inline, RichText } from '../../../src/views/view.ts';
import { isBlank, isExact, isolated, shown, words } from './words.ts';

/** The most that an address may have in a block. */
const LONGEST_URL = 3_000;
const MOST_PIECES = 500;

/** At most `max` characters together; null where there is nothing to show. */
export function section(text: RichText, locale: Locale, max: number): RichTextSection | null {
  const elements = inlines(text, locale, max);
  return elements.every((one) => one.type === 'text' && isBlank(one.text))
    ? null
    : { type: 'rich_text_section', elements };
}

export function richText(...elements: readonly (RichTextBlockElement | null)[]): readonly RichTextBlock[] {
  const shown = elements.filter((one) => one !== null);
  return shown.length === 0 ? [] : [{ type: 'rich_text', elements: shown }];
}

/** Small and grey, where grey text shows the words as they are. */
export function grey(ready: string): readonly (ContextBlock | RichTextBlock)[] {
  if (isBlank(ready)) return [];
  return isExact(ready)
    ? [{ type: 'context', elements: [shown(ready)] }]
    : richText({ type: 'rich_text_section', elements: [text(ready)] });
}

export function text(content: string, style?: NonNullable<RichTextElement['style']>): RichTextElement {
  return style === undefined ? { type: 'text', text: content } : { type: 'text', text: content, style };
}

function inlines(rich: RichText, locale: Locale, max: number): RichTextElement[] {
  return pieces(rich, locale, max).flatMap(([one, shown]) => inline(one, shown) ?? []);
}

/** Each with its words as they may stand beside the others, at most `max` characters together. */
export function pieces(
  rich: RichText,
  locale: Locale,
  max: number,
): readonly (readonly [one: Inline, shown: string])[] {
  const [only, ...others] = rich.slice(0, MOST_PIECES);
  if (only === undefined) return [];
  if (others.length === 0) return [[only, words(wordsOf(only), max)]];
  const result: (readonly [Inline, string])[] = [];
  let room = max;
  for (const one of [only, ...others]) {
    // Two for the marks around it.
    if (room <= 2) break;
    const shown = isolated(words(wordsOf(one), room - 2), locale, typeof one === 'string');
    room -= shown.length;
    result.push([one, shown]);
  }
  return result;
}

function wordsOf(one: Inline): string {
  if (typeof one === 'string') return one;
  return 'name' in one ? one.name : one.text;
}

/** Whether Slack makes more of it than words. */
export function isReference(one: Inline): boolean {
  return typeof one !== 'string' && (one.kind === 'link' || one.kind === 'channel');
}

function inline(one: Inline, shown: string): RichTextElement | null {
  if (typeof one !== 'string') {
    if (one.kind === 'link') {
      const url = addressOf(one.url);
      if (url !== null) return { type: 'link', url, ...(isBlank(shown) ? {} : { text: shown }) };
    }
    // Slack shows its name to whoever may see it, and tells nobody.
    if (one.kind === 'channel' && CHANNEL.test(one.externalId))
      return { type: 'channel', channel_id: one.externalId };
  }
  if (shown === '') return null;
  // A `user` element is a mention, and Slack tells whoever is mentioned, in an app's message too: so a person is their name.
  const bold = typeof one !== 'string' && one.kind !== 'link';
  return bold ? text(shown, { bold: true }) : text(shown);
}

const CHANNEL = /^[CG](?:\d[A-Z0-9]{3,30}|[A-Z0-9]{8,30})$/u;

/** A web address as every client reads it; null for anything else. */
function addressOf(address: string): string | null {
  if (!/^https?:\/\//u.test(address) || !URL.canParse(address)) return null;
  const { href } = new URL(address);
  return href.length > LONGEST_URL ? null : href;
}
