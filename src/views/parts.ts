// The small pieces that views are put together from.
import type { MessageKey, Translate } from './text.ts';
import type { Block, Button, Inline, RichText, View } from './view.ts';

type Tone = Extract<Block, { kind: 'text' }>['tone'];

export function text(content: string | RichText, tone: Tone = 'plain'): Block {
  return { kind: 'text', text: typeof content === 'string' ? [content] : content, tone };
}

export function strong(words: string): Inline {
  return { kind: 'strong', text: words };
}

export function heading(words: string): Block {
  return { kind: 'heading', text: words };
}

export function buttons(...all: readonly Button[]): Block {
  return { kind: 'buttons', buttons: all };
}

export function view(t: Translate, summary: string, ...blocks: readonly Block[]): View {
  return { summary, locale: t.locale, blocks };
}

/** A view of one sentence. */
export function sentence(t: Translate, words: string, tone: Tone = 'plain'): View {
  return view(t, words, text(words, tone));
}

/** Marks the place of an inline piece; private-use characters, which are taken out of everything else. */
const MARK = /\uE000(\d+)\uE001/u;

/** A message some of whose placeholders are more than text. */
export function rich(
  t: Translate,
  key: MessageKey,
  args: Readonly<Record<string, Inline | number>>,
): RichText {
  const pieces: Inline[] = [];
  const flat = Object.entries(args).map(([name, value]) => {
    if (typeof value === 'number') return [name, value] as const;
    if (typeof value === 'string') return [name, value.replace(/[\uE000\uE001]/gu, '')] as const;
    pieces.push(value);
    return [name, `\uE000${pieces.length - 1}\uE001`] as const;
  });
  return t(key, Object.fromEntries(flat))
    .split(MARK)
    .map((part, i) => (i % 2 === 1 ? pieces[Number(part)]! : part))
    .filter((part) => part !== '');
}

/**
 * Somebody's words as part of one of our lines: on one line, without control characters and without marks that turn the direction of
 * what follows, at most `max` characters.
 */
export function oneLine(words: string, max = 80): string {
  // Much more than is kept is not even looked at.
  const clean = words
    .slice(0, max * 8)
    .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '')
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
    .trim();
  const letters = Array.from(clean);
  return letters.length <= max
    ? clean
    : `${letters
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
}

/** A reaction as people know it: the usual one as what it looks like, any other by its name. */
export function reactionText(name: string): string {
  return name === 'white_check_mark' ? '✅' : `:${oneLine(name)}:`;
}
