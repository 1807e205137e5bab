// Reading a message as people do, and looking for what in it is alive: mentions, links, markdown.
import { isObject } from './check/form.ts';
import { Kind } from './check/selects.ts';
import type { Discord } from './discord.ts';
import type { Modal } from './interaction.ts';
import { all } from './pressing.ts';
import type { Json, Message } from './types.ts';

export interface Alive {
  readonly kind:
    | 'user'
    | 'role'
    | 'channel'
    | 'everyone'
    | 'command'
    | 'time'
    | 'emoji'
    | 'link'
    | 'markdown';
  readonly text: string;
}

const PATTERNS: readonly (readonly [Alive['kind'], RegExp])[] = [
  ['user', /<@!?\d+>/g],
  ['role', /<@&\d+>/g],
  ['channel', /<#\d+>/g],
  ['command', /<\/[^<>:]+:\d+>/g],
  ['time', /<t:-?\d+(?::[tTdDfFR])?>/g],
  ['emoji', /<a?:\w+:\d+>/g],
  ['everyone', /@(?:everyone|here)\b/g],
  ['link', /\bhttps?:\/\/[^\s<>]+/gi],
  ['link', /(?<!\\)\[[^\]\n]+\]\(<?[^\s)]+>?\)/g],
  ['markdown', /(?<!\\)(\*\*\*|\*\*|\*|__|~~|\|\||```|``|`)(?=\S)[^\n]*?\S(?<!\\)\1/g],
  ['markdown', /(?<![\\\w])_(?=\S)[^_\n]*\S_(?!\w)/g],
  ['markdown', /^(?:#{1,3} |-# |>>> |> |[-*] |\d+\. )/gm],
];

/** What Discord would turn into something else than the words. */
export function aliveIn(text: string): Alive[] {
  // Within code nothing else is alive, and a backslash takes the life out of what follows.
  const bare = text.replace(/```[\s\S]*?```|`[^`\n]+`/g, '').replace(/\\[\\`*_~|>#[\]()<@:.+-]/g, ' ');
  return PATTERNS.flatMap(([kind, pattern]) =>
    [...bare.matchAll(pattern)].map((each) => ({ kind, text: each[0] })),
  );
}

function embedTexts(embed: Json): string[] {
  const author = isObject(embed['author']) ? embed['author']['name'] : undefined;
  const footer = isObject(embed['footer']) ? embed['footer']['text'] : undefined;
  const fields = ((embed['fields'] as Json[] | undefined) ?? []).flatMap((each) => [
    each['name'],
    each['value'],
  ]);
  return [author, embed['title'], embed['description'], ...fields, footer].filter(
    (each) => typeof each === 'string',
  );
}

/** The texts of a message in which markup is read; labels and footers are shown as they are. */
function liveTexts(message: Message): string[] {
  const embeds = message.embeds.flatMap((each) => [
    each['title'],
    each['description'],
    ...((each['fields'] as Json[] | undefined) ?? []).flatMap((field) => [field['name'], field['value']]),
  ]);
  const texts = all(message.components).filter((each) => each['type'] === Kind.text);
  return [message.content, ...embeds, ...texts.map((each) => each['content'])].filter(
    (each) => typeof each === 'string',
  );
}

export const alive = (message: Message): Alive[] => liveTexts(message).flatMap(aliveIn);

function shown(discord: Discord, text: string): string {
  return text
    .replace(
      /<@!?(\d+)>/g,
      (_all, id: string) => `@${discord.world.users.get(id)?.globalName ?? 'unknown-user'}`,
    )
    .replace(/<#(\d+)>/g, (_all, id: string) => `#${discord.world.channels.get(id)?.name ?? 'unknown'}`)
    .replace(/\[([^\]\n]+)\]\(<?[^\s)]+>?\)/g, '$1')
    .replace(/\\([\\`*_~|>#[\]()<@:.+-])/g, '$1');
}

function component(value: Json): string[] {
  const inner = [...((value['components'] as Json[] | undefined) ?? [])];
  switch (value['type']) {
    case Kind.row:
      return [inner.flatMap(component).join(' ')];
    case Kind.button:
      return [
        `[${[(value['emoji'] as Json | undefined)?.['name'], value['label']].filter(Boolean).join(' ')}]`,
      ];
    case Kind.text:
      return [String(value['content'])];
    case Kind.label:
      return [
        String(value['label']),
        String(value['description'] ?? ''),
        ...component(value['component'] as Json),
      ].filter(Boolean);
    case Kind.textInput:
      return [[value['label'], `[${String(value['placeholder'] ?? '')}]`].filter(Boolean).join(' ')];
    case Kind.separator:
      return ['---'];
    case Kind.gallery:
      return ((value['items'] as Json[] | undefined) ?? []).map(
        (each) => `(picture: ${String(each['description'] ?? '')})`,
      );
    default:
      if (Array.isArray(value['options'])) {
        const options = (value['options'] as Json[]).map((each) => String(each['label']));
        return [`[${String(value['placeholder'] ?? 'choose')}: ${options.join(' | ')}]`];
      }
      return [...inner, ...(isObject(value['accessory']) ? [value['accessory']] : [])].flatMap(component);
  }
}

/** As somebody would read it out, line by line. */
export function readable(discord: Discord, what: Message | Modal): string {
  if ('customId' in what) return [what.title, ...what.components.flatMap(component)].join('\n');
  const lines = [
    what.content,
    ...what.embeds.flatMap(embedTexts),
    ...what.attachments.map((each) => `(picture: ${each.description ?? each.filename})`),
    ...what.components.flatMap(component),
  ];
  return lines
    .filter((each) => each !== '')
    .map((each) => shown(discord, each))
    .join('\n');
}
