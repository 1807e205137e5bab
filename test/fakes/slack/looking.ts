// Reading a message as people do, and looking for markup in it that is alive.
import { isObject } from './block-kit/check.ts';
import type { Slack } from './slack.ts';
import type { Json, Message, View } from './types.ts';

function decoded(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

const LIVE = /<([@#!]?)([^<>\s|][^<>|\n]*)(?:\|([^<>\n]*))?>/g;

function mrkdwn(slack: Slack, text: string): string {
  const shown = text.replace(LIVE, (_all, mark: string, body: string, label: string | undefined) => {
    if (mark === '@') return `@${slack.world.users.get(body)?.displayName ?? label ?? body}`;
    if (mark === '#') return `#${slack.world.channels.get(body)?.name ?? label ?? body}`;
    if (mark === '!') return body.startsWith('date^') ? (label ?? body) : `@${label ?? body.split('^')[0]}`;
    return label ?? body;
  });
  return decoded(shown);
}

function richText(slack: Slack, value: unknown): string {
  if (Array.isArray(value)) return value.map((each) => richText(slack, each)).join('');
  if (!isObject(value)) return '';
  switch (value['type']) {
    case 'text':
      return String(value['text']);
    case 'link':
      return String(value['text'] ?? value['url']);
    case 'user':
      return `@${slack.world.users.get(String(value['user_id']))?.displayName ?? String(value['user_id'])}`;
    case 'channel':
      return `#${slack.world.channels.get(String(value['channel_id']))?.name ?? String(value['channel_id'])}`;
    case 'broadcast':
      return `@${String(value['range'])}`;
    case 'emoji':
      return `:${String(value['name'])}:`;
    case 'rich_text_list':
      return (value['elements'] as unknown[]).map((each) => `• ${richText(slack, each)}\n`).join('');
    default:
      return richText(slack, value['elements'] ?? '');
  }
}

function text(slack: Slack, value: unknown): string {
  if (!isObject(value)) return '';
  const raw = String(value['text'] ?? '');
  return value['type'] === 'mrkdwn' ? mrkdwn(slack, raw) : decoded(raw);
}

function element(slack: Slack, value: Json): string {
  switch (value['type']) {
    case 'button':
      return `[${text(slack, value['text'])}]`;
    case 'image':
      return `(picture: ${String(value['alt_text'])})`;
    case 'plain_text':
    case 'mrkdwn':
      return text(slack, value);
    default:
      return `[${text(slack, value['placeholder']) || String(value['type'])}]`;
  }
}

function block(slack: Slack, value: Json): string {
  const elements = (value['elements'] ?? []) as Json[];
  switch (value['type']) {
    case 'divider':
      return '---';
    case 'image':
      return `(picture: ${String(value['alt_text'])})`;
    case 'rich_text':
      return richText(slack, elements).trimEnd();
    case 'markdown':
      return String(value['text']);
    case 'input':
      return [text(slack, value['label']), text(slack, value['hint'])]
        .filter((each) => each !== '')
        .join('\n');
    case 'actions':
    case 'context':
      return elements.map((each) => element(slack, each)).join(' ');
    default: {
      const accessory = isObject(value['accessory']) ? element(slack, value['accessory']) : '';
      const fields = ((value['fields'] ?? []) as Json[]).map((each) => text(slack, each));
      return [text(slack, value['text']), ...fields, accessory].filter((each) => each !== '').join('\n');
    }
  }
}

/** As people read it: one line a block, buttons in brackets, pictures as their description. */
export function readable(slack: Slack, shown: Message | View): string {
  const title = 'content' in shown ? text(slack, shown.content['title']) : '';
  const blocks = (shown.blocks ?? []).map((each) => block(slack, each));
  if (blocks.length > 0) return [title, ...blocks].filter((each) => each !== '').join('\n');
  return 'text' in shown ? mrkdwn(slack, shown.text) : title;
}

export interface Alive {
  readonly kind: 'user' | 'channel' | 'broadcast' | 'group' | 'link' | 'autolink';
  readonly raw: string;
  /** A JSON pointer into the message. */
  readonly at: string;
  readonly of: 'text' | 'mrkdwn' | 'plain_text' | 'rich_text' | 'markdown';
}

function liveIn(raw: string, at: string, of: Alive['of'], own: (url: string) => boolean): Alive[] {
  const found: Alive[] = [];
  for (const match of raw.matchAll(LIVE)) {
    const [whole, mark = '', body = ''] = match;
    if (mark === '@') found.push({ kind: 'user', raw: whole, at, of });
    else if (mark === '#') found.push({ kind: 'channel', raw: whole, at, of });
    else if (mark === '!' && body.startsWith('date^')) continue;
    else if (mark === '!' && body.startsWith('subteam')) found.push({ kind: 'group', raw: whole, at, of });
    else if (mark === '!') found.push({ kind: 'broadcast', raw: whole, at, of });
    else if (/^[a-z][a-z0-9+.-]*:/i.test(body) && !own(body))
      found.push({ kind: 'link', raw: whole, at, of });
  }
  return found;
}

function bare(raw: string, at: string, of: Alive['of'], own: (url: string) => boolean): Alive[] {
  return [...raw.replace(LIVE, ' ').matchAll(/\bhttps?:\/\/[^\s<>|]+/gi)]
    .filter(([url]) => !own(url))
    .map(([url]) => ({ kind: 'autolink', raw: url, at, of }));
}

const PIECES: Readonly<Record<string, Alive['kind']>> = {
  user: 'user',
  usergroup: 'group',
  broadcast: 'broadcast',
  channel: 'channel',
};

/**
 * Mentions, pings and links that are alive anywhere in a message or view. Links of the product's own hosts and of Slack are not
 * told. Bare addresses, which Slack makes into links unless the text is `verbatim`, only if `autolinks` asks for them.
 */
export function alive(slack: Slack, shown: Message | View, autolinks = false): Alive[] {
  const hosts = [...slack.options.ownHosts, 'slack.com'];
  const own = (url: string): boolean => {
    const host = URL.canParse(url) ? new URL(url).hostname : '';
    return hosts.some((each) => host === each || host.endsWith(`.${each}`));
  };
  const found: Alive[] = [];
  const look = (raw: string, at: string, of: Alive['of'], verbatim: boolean): void => {
    found.push(...liveIn(raw, at, of, own));
    if (autolinks && !verbatim) found.push(...bare(raw, at, of, own));
  };
  const walk = (value: unknown, at: string): void => {
    if (Array.isArray(value)) for (const [index, each] of value.entries()) walk(each, `${at}/${index}`);
    if (!isObject(value)) return;
    const { type, text: said } = value;
    const piece = PIECES[String(type)];
    if (piece && !at.endsWith('/filter'))
      found.push({ kind: piece, raw: JSON.stringify(value), at, of: 'rich_text' });
    if (type === 'link' && !own(String(value['url'])))
      found.push({ kind: 'link', raw: String(value['url']), at, of: 'rich_text' });
    if (typeof said === 'string' && (type === 'mrkdwn' || type === 'plain_text' || type === 'markdown'))
      look(said, at, type, type === 'plain_text' || value['verbatim'] === true);
    for (const [name, each] of Object.entries(value))
      if (typeof each === 'object') walk(each, `${at}/${name}`);
  };
  if ('text' in shown) look(shown.text, '/text', 'text', shown.flags.parse === 'none');
  walk(shown.blocks ?? [], '/blocks');
  if ('content' in shown)
    for (const name of ['title', 'submit', 'close']) walk(shown.content[name], `/${name}`);
  if ('attachments' in shown) walk(shown.attachments ?? [], '/attachments');
  return found;
}
