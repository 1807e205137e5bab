// `READY`, `GUILD_CREATE` and `GUILD_DELETE`: which servers the bot is in.
import { z } from 'zod';
import type { Instant } from '../../../src/domain/basics.ts';
import type { InboundEvent } from '../../../src/ports/platform.ts';
import { type Context, PLATFORM } from './context.ts';
import { id, maybe, moment, text } from './fields.ts';

const ready = z.object({
  user: z.object({ id }),
  guilds: maybe(z.array(z.object({ id }).nullable().catch(null))),
});

export interface Ready {
  readonly self: string;
  /** Each of them is told of by an event of its own, soon. */
  readonly guilds: readonly string[];
}

export function readReady(body: unknown): Ready | null {
  const parsed = ready.safeParse(body);
  if (!parsed.success) return null;
  const guilds = (parsed.data.guilds ?? []).flatMap((one) => (one ? [one.id] : []));
  return { self: parsed.data.user.id, guilds };
}

const guild = z.object({
  id,
  name: maybe(text),
  owner_id: maybe(id),
  joined_at: maybe(moment),
  unavailable: maybe(z.boolean()),
  channels: maybe(z.array(z.unknown())),
  threads: maybe(z.array(z.unknown())),
});

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly owner: string | null;
  readonly joinedAt: Instant | null;
  readonly channels: readonly unknown[];
  /** Those that are active, and that the bot sees. */
  readonly threads: readonly unknown[];
}

/** Null for a server that is away: it is told of again when it is back. */
export function readGuild(body: unknown): Guild | null {
  const parsed = guild.safeParse(body);
  if (!parsed.success || parsed.data.unavailable === true) return null;
  const { data } = parsed;
  return {
    id: data.id,
    name: data.name || data.id,
    owner: data.owner_id ?? null,
    joinedAt: data.joined_at ?? null,
    channels: data.channels ?? [],
    threads: data.threads ?? [],
  };
}

/** The server that the bot was removed from; null when it is merely away. */
export function readRemoval(body: unknown): string | null {
  const parsed = z.object({ id, unavailable: maybe(z.boolean()) }).safeParse(body);
  return parsed.success && parsed.data.unavailable !== true ? parsed.data.id : null;
}

/** Who added the bot stands in the audit log alone; the server's owner can put right whatever is wrong, and is who to turn to. */
export function installed(guild: Guild, receivedAt: Instant): InboundEvent {
  return {
    kind: 'installed',
    eventId: null,
    receivedAt,
    at: { platform: PLATFORM, installation: guild.id },
    name: guild.name,
    installer: guild.owner,
    credentials: null,
    installedAt: guild.joinedAt ?? receivedAt,
  };
}

export function removed({ installation, receivedAt }: Context): InboundEvent {
  return {
    kind: 'uninstalled',
    eventId: null,
    receivedAt,
    at: { platform: PLATFORM, installation },
    removedAt: receivedAt,
  };
}
