// `MESSAGE_CREATE`: somebody said something, or Discord shows us what we posted. Joins, pins, renamings and the like are neither.
//
// Without the privileged intent a message in a server comes without its words (unless it mentions us): that somebody spoke is known, and not what
// they said. Direct messages come whole.
import { z } from 'zod';
import type { Profile } from '../../../src/domain/trigger/interaction.ts';
import type { InboundEvent } from '../../../src/ports/platform.ts';
import { keyOfMark } from '../key-mark.ts';
import { marksOf } from '../render/index.ts';
import { actor, type Context, PLATFORM, place } from './context.ts';
import { id, maybe, member, text, user } from './fields.ts';
import { type Person, personOf } from './person.ts';

const payload = z.object({
  id,
  channel_id: id,
  guild_id: maybe(id),
  type: maybe(z.number()),
  content: maybe(text),
  author: user,
  member: maybe(member),
  webhook_id: maybe(id),
  position: maybe(z.number()),
});

/** What people say: by itself, or as a reply. */
const SPEECH: ReadonlySet<number> = new Set([0, 19]);

export interface Speech {
  readonly kind: 'speech';
  readonly message: string;
  readonly channel: string;
  /** Null: said to the bot directly. */
  readonly guild: string | null;
  readonly who: Person;
  readonly text: string;
  /** Discord counts the messages of threads, and of nothing else. */
  readonly inThread: boolean;
}

/** A message of ours. */
export interface Echo {
  readonly kind: 'echo';
  readonly message: string;
  readonly channel: string;
  /** The server that it is about; null where it does not say. */
  readonly guild: string | null;
  readonly key: string | null;
}

/** Null for what bots say, and Discord itself. */
export function readMessage(body: unknown, self: string | null): Speech | Echo | null {
  const parsed = payload.safeParse(body);
  if (!parsed.success) return null;
  const { data } = parsed;
  const { id: message, channel_id: channel } = data;
  if (data.author.id === self)
    return { kind: 'echo', message, channel, ...markedBy(body, data.guild_id ?? null) };
  if (data.author.bot || data.author.system || data.webhook_id || !SPEECH.has(data.type ?? 0)) return null;
  return {
    kind: 'speech',
    message,
    channel,
    guild: data.guild_id ?? null,
    who: personOf(data.author, data.member),
    text: withoutCall(data.content ?? '', self),
    inThread: typeof data.position === 'number',
  };
}

/** Whoever calls us by name at the beginning says the rest to us. */
function withoutCall(said: string, self: string | null): string {
  const call = /^\s*<@!?(\d+)>\s*/u.exec(said);
  return call && call[1] === self ? said.slice(call[0].length) : said;
}

/** The server that our newest message in a list is about; null where none says. */
export function serverOf(messages: unknown, self: string): string | null {
  for (const message of Array.isArray(messages) ? messages : []) {
    const read = readMessage(message, self);
    if (read?.kind === 'echo' && read.guild !== null) return read.guild;
  }
  return null;
}

/** What is said to the bot directly has no place of its own: whatever was asked directly is meant. */
export function spoken(
  speech: Speech,
  at: { readonly channel: string | null; readonly thread: string | null },
  profile: Profile,
  context: Context,
): InboundEvent {
  return {
    kind: 'message',
    eventId: speech.message,
    receivedAt: context.receivedAt,
    place: place(context, at.channel, at.thread),
    by: actor(context, speech.who.id, profile),
    text: speech.text,
  };
}

export function echoed(echo: Echo, key: string, { installation, receivedAt }: Context): InboundEvent {
  return {
    kind: 'posted',
    eventId: null,
    receivedAt,
    at: { platform: PLATFORM, installation },
    key,
    ref: { channel: echo.channel, message: echo.message },
  };
}

function markedBy(body: unknown, guild: string | null): Pick<Echo, 'guild' | 'key'> {
  try {
    const marks = marksOf(body as Parameters<typeof marksOf>[0]);
    return { guild: guild ?? marks.guild, key: marks.mark && (keyOfMark(marks.mark) ?? marks.mark) };
  } catch {
    return { guild, key: null };
  }
}
