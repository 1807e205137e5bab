// How servers, channels and threads look on the wire.
import type { Discord } from './discord.ts';
import { sees } from './permissions.ts';
import { memberShape, roleShape, userShape } from './shapes.ts';
import { type Channel, ChannelType, type GuildRecord, type Json } from './types.ts';

const lastMessage = (channel: Channel): string | null => channel.messages.at(-1)?.id ?? null;

function threadShape(discord: Discord, channel: Channel): Json {
  const { thread } = channel;
  if (!thread) throw new Error(`${channel.name} is no thread`);
  const joined = thread.members.get(discord.bot.id);
  return {
    id: channel.id,
    guild_id: channel.guild?.id,
    parent_id: channel.parent?.id ?? null,
    owner_id: thread.ownerId,
    type: channel.type,
    name: channel.name,
    last_message_id: lastMessage(channel),
    rate_limit_per_user: 0,
    flags: 0,
    message_count: channel.messages.filter((each) => !each.deleted).length,
    member_count: Math.min(50, thread.members.size),
    total_message_sent: thread.sent,
    ...(channel.parent?.type === ChannelType.forum ? { applied_tags: [...thread.appliedTags] } : {}),
    thread_metadata: {
      archived: thread.archived,
      auto_archive_duration: thread.autoArchive,
      archive_timestamp: discord.clock.iso(thread.archiveChangedAt),
      locked: thread.locked,
      create_timestamp: discord.clock.iso(thread.createdAt),
      ...(channel.type === ChannelType.private ? { invitable: true } : {}),
    },
    ...(joined === undefined ? {} : { member: threadMemberShape(discord, channel, discord.bot.id) }),
  };
}

export function threadMemberShape(discord: Discord, channel: Channel, userId: string): Json {
  const at = channel.thread?.members.get(userId) ?? 0;
  return { id: channel.id, user_id: userId, join_timestamp: discord.clock.iso(at), flags: 0 };
}

export function channelShape(discord: Discord, channel: Channel): Json {
  if (channel.thread) return threadShape(discord, channel);
  if (channel.recipient)
    return {
      id: channel.id,
      type: channel.type,
      last_message_id: lastMessage(channel),
      flags: 0,
      recipients: [userShape(channel.recipient)],
    };
  return {
    id: channel.id,
    guild_id: channel.guild?.id,
    type: channel.type,
    name: channel.name,
    position: 0,
    parent_id: channel.parent?.id ?? null,
    topic: null,
    nsfw: false,
    flags: 0,
    rate_limit_per_user: 0,
    last_message_id: lastMessage(channel),
    permission_overwrites: channel.overwrites.map((each) => ({
      id: each.id,
      type: each.kind === 'role' ? 0 : 1,
      allow: String(each.allow),
      deny: String(each.deny),
    })),
    ...(channel.type === ChannelType.forum
      ? {
          available_tags: channel.tags.map((each) => ({
            id: each.id,
            name: each.name,
            moderated: each.moderated,
            emoji_id: null,
            emoji_name: null,
          })),
          default_reaction_emoji: null,
          default_sort_order: null,
          default_forum_layout: 0,
        }
      : {}),
  };
}

export function guildShape(discord: Discord, guild: GuildRecord): Json {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: ['COMMUNITY'],
    banner: null,
    owner_id: guild.ownerId,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    roles: [...guild.roles.values()].map((each) => roleShape(discord, each)),
    default_message_notifications: 1,
    mfa_level: 0,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.locale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: [],
    stickers: [],
    incidents_data: null,
  };
}

const present = (guild: GuildRecord): Channel[] =>
  [...guild.channels.values()].filter((each) => !each.deleted);

export const activeThreads = (discord: Discord, guild: GuildRecord): Channel[] =>
  present(guild).filter((each) => each.thread?.archived === false && sees(each, discord.bot.id));

/** The whole server, as GUILD_CREATE brings it: all channels, the active threads that the bot sees, no members but itself. */
export function guildCreateShape(discord: Discord, guild: GuildRecord): Json {
  const me = guild.members.get(discord.bot.id);
  return {
    ...guildShape(discord, guild),
    joined_at: discord.clock.iso(me?.joinedAt ?? discord.clock.now()),
    large: guild.members.size > 50,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    members: me ? [memberShape(discord, me)] : [],
    channels: present(guild)
      .filter((each) => !each.thread)
      .map((each) => channelShape(discord, each)),
    threads: activeThreads(discord, guild).map((each) => channelShape(discord, each)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
