// Which intent asks for which event, in servers and in direct conversations.

export const Intent = {
  GUILDS: 1 << 0,
  GUILD_MEMBERS: 1 << 1,
  GUILD_MODERATION: 1 << 2,
  GUILD_PRESENCES: 1 << 8,
  GUILD_MESSAGES: 1 << 9,
  GUILD_MESSAGE_REACTIONS: 1 << 10,
  DIRECT_MESSAGES: 1 << 12,
  DIRECT_MESSAGE_REACTIONS: 1 << 13,
  MESSAGE_CONTENT: 1 << 15,
} as const;

export type IntentName = keyof typeof Intent;

/** Every bit that Discord knows. */
export const KNOWN_INTENTS = 0x331_ffff;

export const PRIVILEGED = ['GUILD_MEMBERS', 'GUILD_PRESENCES', 'MESSAGE_CONTENT'] as const;

type Pair = readonly [guild: IntentName | null, direct: IntentName | null];

const guilds: Pair = ['GUILDS', null];
const members: Pair = ['GUILD_MEMBERS', null];
const messages: Pair = ['GUILD_MESSAGES', 'DIRECT_MESSAGES'];
const reactions: Pair = ['GUILD_MESSAGE_REACTIONS', 'DIRECT_MESSAGE_REACTIONS'];

export const INTENT_OF: Readonly<Record<string, Pair>> = {
  GUILD_CREATE: guilds,
  GUILD_UPDATE: guilds,
  GUILD_DELETE: guilds,
  GUILD_ROLE_CREATE: guilds,
  GUILD_ROLE_UPDATE: guilds,
  GUILD_ROLE_DELETE: guilds,
  CHANNEL_CREATE: guilds,
  CHANNEL_UPDATE: guilds,
  CHANNEL_DELETE: guilds,
  THREAD_CREATE: guilds,
  THREAD_UPDATE: guilds,
  THREAD_DELETE: guilds,
  THREAD_MEMBERS_UPDATE: guilds,
  THREAD_LIST_SYNC: guilds,
  GUILD_MEMBER_ADD: members,
  GUILD_MEMBER_UPDATE: members,
  GUILD_MEMBER_REMOVE: members,
  GUILD_AUDIT_LOG_ENTRY_CREATE: ['GUILD_MODERATION', null],
  MESSAGE_CREATE: messages,
  MESSAGE_UPDATE: messages,
  MESSAGE_DELETE: messages,
  MESSAGE_REACTION_ADD: reactions,
  MESSAGE_REACTION_REMOVE: reactions,
};
