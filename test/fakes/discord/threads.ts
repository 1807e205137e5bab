// Threads: begun, archived, locked, tagged. Who did it stands in the audit log alone, and inactivity does not even there.
import type { Discord } from './discord.ts';
import { channelShape } from './shapes-places.ts';
import { type Channel, ChannelType, type Json, type Thread, type User } from './types.ts';

const THREAD_UPDATE_ACTION = 111;

export interface ThreadDraft {
  readonly name: string;
  readonly private?: boolean;
  readonly tags?: readonly string[];
  readonly autoArchive?: number;
  /** The message it begins at, whose id it has. */
  readonly id?: string;
}

export function startThread(discord: Discord, parent: Channel, owner: User, draft: ThreadDraft): Channel {
  const now = discord.clock.now();
  const thread: Thread = {
    ownerId: owner.id,
    archived: false,
    locked: false,
    autoArchive: draft.autoArchive ?? 4320,
    archiveChangedAt: now,
    createdAt: now,
    members: new Map([[owner.id, now]]),
    appliedTags: [...(draft.tags ?? [])],
    sent: 0,
  };
  const channel = discord.world.add({
    ...(draft.id ? { id: draft.id } : {}),
    type: draft.private ? ChannelType.private : ChannelType.public,
    guild: parent.guild,
    name: draft.name,
    parent,
    recipient: null,
    thread,
  });
  discord.events.emit(
    'THREAD_CREATE',
    { ...channelShape(discord, channel), newly_created: true },
    { channel },
  );
  return channel;
}

export interface ThreadChange {
  readonly name?: string;
  readonly archived?: boolean;
  readonly locked?: boolean;
  readonly appliedTags?: readonly string[];
  readonly autoArchive?: number;
}

/** Changes a thread; `by` null is Discord itself, after too long a silence or because somebody wrote. */
export function changeThread(
  discord: Discord,
  channel: Channel,
  change: ThreadChange,
  by: User | null = null,
): void {
  const { thread, guild } = channel;
  if (!thread || !guild) throw new Error(`${channel.name} is no thread`);
  const changes: Json[] = [];
  const note = (key: string, before: unknown, after: unknown): void => {
    if (before !== after) changes.push({ key, old_value: before, new_value: after });
  };
  if (change.archived !== undefined && change.archived !== thread.archived) {
    note('archived', thread.archived, change.archived);
    thread.archived = change.archived;
    thread.archiveChangedAt = discord.clock.now();
  }
  if (change.locked !== undefined) {
    note('locked', thread.locked, change.locked);
    thread.locked = change.locked;
  }
  if (change.name !== undefined) {
    note('name', channel.name, change.name);
    channel.name = change.name;
  }
  if (change.autoArchive !== undefined) thread.autoArchive = change.autoArchive;
  if (change.appliedTags) thread.appliedTags = [...change.appliedTags];
  discord.events.emit('THREAD_UPDATE', channelShape(discord, channel), { channel });
  if (!by || changes.length === 0) return;
  const entry = {
    id: discord.ids.next(),
    user_id: by.id,
    target_id: channel.id,
    action_type: THREAD_UPDATE_ACTION,
    changes,
  };
  guild.audit.unshift(entry);
  discord.events.emit(
    'GUILD_AUDIT_LOG_ENTRY_CREATE',
    { ...entry, guild_id: guild.id },
    { guild, permission: 'VIEW_AUDIT_LOG' },
  );
}

export function deleteThread(discord: Discord, channel: Channel): void {
  const { id, guild, parent, type } = channel;
  const shape = { id, guild_id: guild?.id, parent_id: parent?.id, type };
  discord.events.emit('THREAD_DELETE', shape, { channel });
  channel.deleted = true;
}
