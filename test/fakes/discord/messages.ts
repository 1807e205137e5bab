// Making, changing and removing messages, with the events that tell of it.
import { completeComponents } from './completing.ts';
import type { Discord } from './discord.ts';
import { may } from './permissions.ts';
import { gatewayMessage } from './shapes.ts';
import { changeThread } from './threads.ts';
import type { Attachment, Channel, Json, Message, User } from './types.ts';

export interface Draft {
  readonly author: User;
  readonly content?: string;
  readonly embeds?: Json[];
  readonly components?: Json[];
  readonly attachments?: Attachment[];
  readonly flags?: number;
  readonly nonce?: string | number | null;
  readonly reference?: string | null;
  readonly type?: number;
  readonly ephemeralTo?: string | null;
  readonly interactionId?: string | null;
  readonly allowedMentions?: Json | null;
  readonly id?: string;
}

/** Whom a text calls, as far as it was allowed to. */
function mentionsOf(
  discord: Discord,
  channel: Channel,
  draft: Draft,
): Pick<Message, 'mentions' | 'mentionRoles' | 'mentionEveryone'> {
  const text = draft.content ?? '';
  const allowed = draft.allowedMentions ?? { parse: ['users', 'roles', 'everyone'] };
  const parse = (allowed['parse'] as string[] | undefined) ?? [];
  const listed = (name: 'users' | 'roles', id: string): boolean =>
    parse.includes(name) || ((allowed[name] as string[] | undefined) ?? []).includes(id);
  const found = (pattern: RegExp): string[] => [
    ...new Set([...text.matchAll(pattern)].map((each) => each[1] ?? '')),
  ];
  return {
    mentions: found(/<@!?(\d+)>/g).filter((id) => discord.world.users.has(id) && listed('users', id)),
    mentionRoles: found(/<@&(\d+)>/g).filter((id) => channel.guild?.roles.has(id) && listed('roles', id)),
    mentionEveryone:
      /@(everyone|here)/.test(text) &&
      parse.includes('everyone') &&
      may(channel, draft.author.id, 'MENTION_EVERYONE'),
  };
}

function makeMessage(discord: Discord, channel: Channel, draft: Draft): Message {
  return {
    id: draft.id ?? discord.ids.next(),
    channel,
    author: draft.author,
    type: draft.type ?? (draft.reference ? 19 : 0),
    content: draft.content ?? '',
    embeds: draft.embeds ?? [],
    components: completeComponents(draft.components ?? []),
    attachments: draft.attachments ?? [],
    flags: draft.flags ?? 0,
    at: discord.clock.now(),
    editedAt: null,
    ...mentionsOf(discord, channel, draft),
    nonce: draft.nonce ?? null,
    reference: draft.reference ?? null,
    reactions: [],
    ephemeralTo: draft.ephemeralTo ?? null,
    interactionId: draft.interactionId ?? null,
    deleted: false,
    versions: [],
  };
}

/** Into the channel, for everybody in it. Writing opens an archived thread again, and the writer joins. */
export function addMessage(discord: Discord, channel: Channel, draft: Draft): Message {
  const message = makeMessage(discord, channel, draft);
  if (message.ephemeralTo !== null) {
    discord.world.ephemerals.push(message);
    return message;
  }
  const { thread } = channel;
  if (thread) {
    thread.sent += 1;
    if (thread.archived) changeThread(discord, channel, { archived: false });
    if (!thread.members.has(draft.author.id)) joinThread(discord, channel, draft.author);
  }
  channel.messages.push(message);
  const { nonce } = message;
  discord.events.emit(
    'MESSAGE_CREATE',
    (blind) => ({ ...gatewayMessage(discord, message, blind), ...(nonce === null ? {} : { nonce }) }),
    { channel },
  );
  return message;
}

export function joinThread(discord: Discord, channel: Channel, user: User): void {
  const { thread, guild } = channel;
  if (!thread || !guild) return;
  thread.members.set(user.id, discord.clock.now());
  const own = user.id === discord.bot.id;
  discord.events.emit(
    'THREAD_MEMBERS_UPDATE',
    {
      id: channel.id,
      guild_id: guild.id,
      member_count: thread.members.size,
      added_members: [{ id: channel.id, user_id: user.id, join_timestamp: discord.clock.iso(), flags: 0 }],
      removed_member_ids: [],
    },
    { channel, ...(own ? {} : { needs: 'GUILD_MEMBERS' as const }) },
  );
}

export interface Change {
  readonly content?: string;
  readonly embeds?: Json[];
  readonly components?: Json[];
  readonly attachments?: Attachment[];
  readonly flags?: number;
  readonly allowedMentions?: Json | null;
}

/** Suppressed embeds may come and go; a message that shows components alone stays one. The rest, and who sees it, is for good. */
const SUPPRESS_EMBEDS = 1 << 2;
const VERSION_2 = 1 << 15;

export function changeMessage(discord: Discord, message: Message, change: Change): void {
  const { content, embeds, components } = message;
  message.versions.push({ content, embeds, components });
  if (change.content !== undefined) {
    message.content = change.content;
    const { content: text } = change;
    Object.assign(
      message,
      mentionsOf(discord, message.channel, {
        author: message.author,
        content: text,
        allowedMentions: change.allowedMentions ?? null,
      }),
    );
  }
  if (change.embeds) message.embeds = change.embeds;
  if (change.components) message.components = completeComponents(change.components);
  if (change.attachments) message.attachments = change.attachments;
  if (change.flags !== undefined)
    message.flags =
      (message.flags & ~SUPPRESS_EMBEDS) | (change.flags & SUPPRESS_EMBEDS) | (change.flags & VERSION_2);
  message.editedAt = discord.clock.now();
  tellChanged(discord, message);
}

function tellChanged(discord: Discord, message: Message): void {
  if (message.ephemeralTo !== null) return;
  discord.events.emit('MESSAGE_UPDATE', (blind) => gatewayMessage(discord, message, blind), {
    channel: message.channel,
  });
}

export function removeMessage(discord: Discord, message: Message): void {
  message.deleted = true;
  if (message.ephemeralTo !== null) return;
  const { channel } = message;
  const where = {
    id: message.id,
    channel_id: channel.id,
    ...(channel.guild ? { guild_id: channel.guild.id } : {}),
  };
  discord.events.emit('MESSAGE_DELETE', where, { channel });
}
