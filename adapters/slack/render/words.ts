// Anybody's words in Slack's text objects.
import type { PlainTextElement } from '@slack/types';
import { isBlank, line, MORE, words } from '../../../src/domain/words.ts';

export { cut, isBlank, isolated, line, MORE, words } from '../../../src/domain/words.ts';

/** Anybody's words. Plain text is never parsed; without `emoji`, `:tada:` stays what was typed. */
export function plain(text: string, max: number): PlainTextElement {
  return labelled(words(text, max), max);
}

/** The same on one line. */
export function plainLine(text: string, max: number): PlainTextElement {
  return labelled(line(text, max), max);
}

function labelled(ready: string, max: number): PlainTextElement {
  return shown(isExact(ready) ? ready : escaped(ready, max));
}

/** Of words made ready before, that are {@link isExact}. */
export function shown(ready: string): PlainTextElement {
  return { type: 'plain_text', text: isBlank(ready) ? MORE : ready, emoji: false };
}

/**
 * Whether plain text shows these words as they are. Slack's documentation wants `<`, `>` and entities escaped in every text object, and does not say
 * that plain text is unescaped again; in rich text there is no such question.
 */
export function isExact(ready: string): boolean {
  return !/[<>]|&(?:amp|lt|gt);/u.test(ready);
}

/** For what Slack parses, such as a message's `text`: `&`, `<` and `>` as words, and no more than `max` with them. */
export function escaped(text: string, max: number): string {
  let most = max;
  for (;;) {
    const safe = words(text, most).replace(/[&<>]/gu, (letter) => ESCAPES[letter]!);
    if (safe.length <= max) return safe;
    most = Math.floor((most * max) / safe.length);
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
