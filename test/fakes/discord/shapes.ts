// How things look on the wire.
import { completeEmbed } from './completing.ts';
import type { Discord } from './discord.ts';
import { basePermissions, permissionsIn } from './permissions.ts';
import type { Attachment, Channel, GuildRecord, Json, Member, Message, Role, User } from './types.ts';

export function userShape(user: User): Json {
  return {
    id: user.id,
    username: user.username,
    discriminator: user.bot ? '0001' : '0',
    global_name: user.globalName,
    avatar: null,
    public_flags: 0,
    flags: 0,
    primary_guild: null,
    ...(user.bot ? { bot: true } : {}),
  };
}

export function memberShape(discord: Discord, member: Member, withUser = true): Json {
  return {
    ...(withUser ? { user: userShape(member.user) } : {}),
    nick: member.nick,
    avatar: null,
    banner: null,
    roles: [...member.roles],
    joined_at: discord.clock.iso(member.joinedAt),
    premium_since: null,
    communication_disabled_until: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
  };
}

export function roleShape(discord: Discord, role: Role): Json {
  return {
    id: role.id,
    name: role.name,
    permissions: String(role.permissions),
    position: role.position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: role.managed,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0,
    ...(role.managed ? { tags: { bot_id: discord.bot.id } } : {}),
  };
}

function addressOfFile(discord: Discord, message: Message, attachment: Attachment): string {
  const name = encodeURIComponent(attachment.filename);
  return `${discord.origin}/attachments/${message.channel.id}/${attachment.id}/${name}`;
}

function attachmentShape(discord: Discord, message: Message, attachment: Attachment): Json {
  const url = addressOfFile(discord, message, attachment);
  return {
    id: attachment.id,
    filename: attachment.filename,
    size: attachment.bytes.length,
    url,
    proxy_url: url,
    content_type: attachment.contentType,
    ...(attachment.description === null ? {} : { description: attachment.description }),
    ...(attachment.contentType.startsWith('image/') ? { width: 1, height: 1 } : {}),
  };
}

/** A message as the bot gets it; `blind`: without the message content intent. */
export function messageShape(discord: Discord, message: Message, blind = false): Json {
  const { world } = discord;
  const open = !blind || contentSeen(discord, message);
  const known = (id: string): Json | null => {
    const user = world.users.get(id);
    return user ? userShape(user) : null;
  };
  const addressOf = (name: string): string | null => {
    const file = message.attachments.find((each) => each.filename === name);
    return file ? addressOfFile(discord, message, file) : null;
  };
  return {
    id: message.id,
    channel_id: message.channel.id,
    type: message.type,
    author: userShape(message.author),
    content: open ? message.content : '',
    embeds: open ? message.embeds.map((each) => completeEmbed(each, addressOf)) : [],
    components: open ? message.components : [],
    attachments: open ? message.attachments.map((each) => attachmentShape(discord, message, each)) : [],
    flags: message.flags,
    timestamp: discord.clock.iso(message.at),
    edited_timestamp: message.editedAt === null ? null : discord.clock.iso(message.editedAt),
    mentions: message.mentions.map(known).filter((each) => each !== null),
    mention_roles: message.mentionRoles,
    mention_everyone: message.mentionEveryone,
    pinned: false,
    tts: false,
    ...(message.author.id === discord.bot.id ? { application_id: discord.applicationId } : {}),
    ...(message.interactionId === null ? {} : { webhook_id: discord.applicationId }),
    ...(message.reference === null
      ? {}
      : {
          message_reference: {
            type: 0,
            message_id: message.reference,
            channel_id: message.channel.id,
            ...(message.channel.guild ? { guild_id: message.channel.guild.id } : {}),
          },
        }),
    ...(message.reactions.length === 0
      ? {}
      : {
          reactions: message.reactions.map((each) => ({
            emoji: each.emoji,
            count: each.users.length,
            count_details: { burst: 0, normal: each.users.length },
            burst_colors: [],
            me: each.users.includes(discord.bot.id),
            me_burst: false,
          })),
        }),
  };
}

/** Own messages, direct ones and those that mention the app are read without the privileged intent. */
function contentSeen(discord: Discord, message: Message): boolean {
  if (!message.channel.guild || message.author.id === discord.bot.id) return true;
  return message.mentions.includes(discord.bot.id);
}

/** A nonce is told to whoever sent it, once, and in the event of that message: not to those who read later. */
export function createdShape(discord: Discord, message: Message): Json {
  return { ...messageShape(discord, message), ...(message.nonce === null ? {} : { nonce: message.nonce }) };
}

/** What the gateway adds to a message of a server. */
export function gatewayMessage(discord: Discord, message: Message, blind: boolean): Json {
  const { guild } = message.channel;
  const member = guild?.members.get(message.author.id);
  return {
    ...messageShape(discord, message, blind),
    channel_type: message.channel.type,
    ...(guild ? { guild_id: guild.id } : {}),
    ...(member ? { member: memberShape(discord, member, false) } : {}),
  };
}

/** A member as interactions bring it: with what they may do in the channel. */
export function memberInChannel(discord: Discord, member: Member, channel: Channel): Json {
  return { ...memberShape(discord, member), permissions: String(permissionsIn(channel, member.user.id)) };
}

export const permissionsIntegerOf = (guild: GuildRecord, userId: string): string =>
  String(basePermissions(guild, userId));
