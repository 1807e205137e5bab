// `INTERACTION_CREATE`, or the body of `POST /discord/interactions`: what was pressed, filled in, typed or chosen, by whom and where.
import { z } from 'zod';
import type { Action } from '../../../src/domain/command/action.ts';
import { readCustomId } from '../custom-id.ts';
import { valuesOf } from '../render/index.ts';
import { id, isDirect, isThread, maybe, member, text, user } from './fields.ts';
import { type Person, personOf } from './person.ts';

const payload = z.object({
  id,
  type: z.number(),
  token: text.regex(/^[\w.~-]{1,1000}$/u),
  guild_id: maybe(id),
  channel_id: maybe(id),
  channel: maybe(z.object({ id: maybe(id), type: maybe(z.number()), parent_id: maybe(id) })),
  member: maybe(member.extend({ user })),
  user: maybe(user),
  locale: maybe(text),
  message: maybe(z.object({ id, flags: maybe(z.number()) })),
  data: z.unknown().optional(),
});

/** Where somebody acted, so that what came of it is shown there. */
export interface Origin {
  readonly interaction: string;
  readonly token: string;
  readonly channel: string | null;
  /** The message that was acted on. */
  readonly message: string | null;
  /** Only whoever acted sees that message. */
  readonly ephemeral: boolean;
  /** Between the bot and one person. */
  readonly direct: boolean;
}

interface Head {
  readonly origin: Origin;
  readonly who: Person;
}

/** In which server, and where there: a thread is told with the channel that it belongs to. */
export interface Spot {
  readonly guild: string;
  readonly channel: string | null;
  readonly thread: string | null;
}

export type Interaction =
  | { readonly kind: 'ping' }
  /** A button, or (`values`) the form that it opens. */
  | (Head & {
      readonly kind: 'act';
      readonly guild: string;
      readonly action: Action;
      readonly values: Readonly<Record<string, string>> | null;
    })
  | (Head & { readonly kind: 'command'; readonly spot: Spot; readonly data: unknown })
  | (Head & { readonly kind: 'message_command'; readonly spot: Spot; readonly data: unknown })
  | (Head & { readonly kind: 'completion'; readonly spot: Spot; readonly data: unknown })
  /** Nothing that this version makes: it is acknowledged, and nothing else. */
  | (Head & { readonly kind: 'unknown' });

const PING = 1;
const COMMAND = 2;
const COMPONENT = 3;
const COMPLETION = 4;
const FORM = 5;

/** Only in ephemeral messages. */
const EPHEMERAL = 1 << 6;

const component = z.object({ custom_id: text });
const form = z.object({ custom_id: text, components: z.unknown().optional() });
const command = z.object({ type: maybe(z.number()) });

/** Null for what is no interaction at all. */
export function readInteraction(body: unknown): Interaction | null {
  const parsed = payload.safeParse(body);
  if (!parsed.success) return isPing(body) ? { kind: 'ping' } : null;
  const { data } = parsed;
  if (data.type === PING) return { kind: 'ping' };
  const from = data.member?.user ?? data.user;
  if (!from) return null;
  const type = data.channel?.type ?? null;
  const head: Head = {
    origin: {
      interaction: data.id,
      token: data.token,
      channel: data.channel_id ?? data.channel?.id ?? null,
      message: data.message?.id ?? null,
      ephemeral: ((data.message?.flags ?? 0) & EPHEMERAL) !== 0,
      direct: type === null ? !data.guild_id : isDirect(type),
    },
    who: personOf(from, data.member, data.locale ?? null),
  };
  switch (data.type) {
    case COMPONENT:
      return actOf(head, component.safeParse(data.data), data.guild_id ?? null, () => null);
    case FORM:
      return actOf(head, form.safeParse(data.data), data.guild_id ?? null, ({ components }) =>
        valuesOf(components),
      );
    case COMMAND:
    case COMPLETION: {
      if (!data.guild_id) return { ...head, kind: 'unknown' };
      const spot = spotOf(data.guild_id, head.origin.channel, type, data.channel?.parent_id ?? null);
      if (data.type === COMPLETION) return { ...head, kind: 'completion', spot, data: data.data };
      const read = command.safeParse(data.data);
      const onMessage = read.success && read.data.type === 3;
      return { ...head, kind: onMessage ? 'message_command' : 'command', spot, data: data.data };
    }
    default:
      return { ...head, kind: 'unknown' };
  }
}

function actOf<T extends { readonly custom_id: string }>(
  head: Head,
  parsed: { readonly success: true; readonly data: T } | { readonly success: false },
  guild: string | null,
  values: (data: T) => Readonly<Record<string, string>> | null,
): Interaction {
  const read = parsed.success ? readCustomId(parsed.data.custom_id) : null;
  if (!parsed.success || read === null) return { ...head, kind: 'unknown' };
  // In a direct conversation only the button says which server it is about.
  return {
    ...head,
    kind: 'act',
    guild: guild ?? read.guild,
    action: read.action,
    values: values(parsed.data),
  };
}

function spotOf(guild: string, channel: string | null, type: number | null, parent: string | null): Spot {
  if (type !== null && isThread(type)) return { guild, channel: parent, thread: channel };
  return { guild, channel, thread: null };
}

/** A ping carries hardly anything. */
function isPing(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'type' in body && body.type === PING;
}
