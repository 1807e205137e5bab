// What the tests read out of Slack's blocks: their outline, their words, what can be pressed in them, and what in them is more than words.

import { checkedMessageBlocks, checkedView } from '../../fakes/slack/block-kit/content.ts';
import { Ids } from '../../fakes/slack/ids.ts';

interface Json {
  readonly [key: string]: unknown;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A line for each block and each element in it, so that a change can be read; nothing is left out. */
export function outline(blocks: readonly unknown[], indent = ''): string {
  return blocks
    .map((block) => {
      const { elements, ...head } = block as Json;
      const inside = Array.isArray(elements) ? outline(elements, `${indent}  `) : '';
      return `${indent}${JSON.stringify(head)}\n${inside}`;
    })
    .join('');
}

/** Every object in them, outermost first. */
export function objectsIn(value: unknown): readonly Json[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (!isObject(value)) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}

/** Every text that is read in them, in order. */
export function wordsIn(blocks: unknown): readonly string[] {
  return objectsIn(blocks).flatMap((one) => {
    const label = one['accessibility_label'] ?? one['alt_text'];
    const text = typeof one['text'] === 'string' ? one['text'] : null;
    const read = one['type'] === 'plain_text' && text !== null ? unescaped(text) : text;
    return [read, typeof label === 'string' ? label : null].filter((words) => words !== null);
  });
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

export function actionsIn(blocks: unknown): readonly string[] {
  return objectsIn(blocks).flatMap((one) => (one['type'] === 'button' ? [String(one['action_id'])] : []));
}

const INERT = ['text', 'plain_text'];

/** Mentions, emoji and text that Slack parses; addresses that a press opens. */
export function aliveIn(blocks: unknown): readonly string[] {
  return objectsIn(blocks).flatMap((one): readonly string[] => {
    if (
      ['user', 'usergroup', 'broadcast', 'emoji', 'team', 'mrkdwn', 'markdown', 'date'].includes(
        String(one['type']),
      )
    )
      return [JSON.stringify(one)];
    if (typeof one['text'] === 'string' && !INERT.includes(String(one['type'])) && one['type'] !== 'link')
      return [JSON.stringify(one)];
    if (one['type'] === 'plain_text' && /[<>]/.test(String(one['text']))) return [JSON.stringify(one)];
    if (one['emoji'] === true) return [JSON.stringify(one)];
    return typeof one['url'] === 'string' ? [one['url']] : [];
  });
}

/** As Slack takes them; throws what Slack would say. */
export function checkMessage(blocks: unknown): void {
  checkedMessageBlocks(blocks, () => true, new Ids());
}

export function checkView(view: unknown, type: 'modal' | 'home'): void {
  checkedView(view, type, () => true, new Ids());
}
