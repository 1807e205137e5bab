// Who may do what where: roles, then the overwrites of the channel, as Discord's own documentation computes it.
import { type Channel, ChannelType, type GuildRecord } from './types.ts';

const bit = (place: number): bigint => 1n << BigInt(place);

export const Permission = {
  ADMINISTRATOR: bit(3),
  MANAGE_CHANNELS: bit(4),
  MANAGE_GUILD: bit(5),
  ADD_REACTIONS: bit(6),
  VIEW_AUDIT_LOG: bit(7),
  VIEW_CHANNEL: bit(10),
  SEND_MESSAGES: bit(11),
  MANAGE_MESSAGES: bit(13),
  EMBED_LINKS: bit(14),
  ATTACH_FILES: bit(15),
  READ_MESSAGE_HISTORY: bit(16),
  MENTION_EVERYONE: bit(17),
  MANAGE_ROLES: bit(28),
  USE_APPLICATION_COMMANDS: bit(31),
  MANAGE_THREADS: bit(34),
  CREATE_PUBLIC_THREADS: bit(35),
  CREATE_PRIVATE_THREADS: bit(36),
  SEND_MESSAGES_IN_THREADS: bit(38),
} as const;

export type PermissionName = keyof typeof Permission;

const ALL = bit(53) - 1n;

export const bitsOf = (names: readonly PermissionName[]): bigint =>
  names.reduce((sum, name) => sum | Permission[name], 0n);

/** What everybody has in a new server. */
export const EVERYBODY = bitsOf([
  'VIEW_CHANNEL',
  'SEND_MESSAGES',
  'SEND_MESSAGES_IN_THREADS',
  'READ_MESSAGE_HISTORY',
  'ADD_REACTIONS',
  'EMBED_LINKS',
  'ATTACH_FILES',
  'CREATE_PUBLIC_THREADS',
  'CREATE_PRIVATE_THREADS',
  'USE_APPLICATION_COMMANDS',
]);

export function basePermissions(guild: GuildRecord, userId: string): bigint {
  const member = guild.members.get(userId);
  if (!member) return 0n;
  if (guild.ownerId === userId) return ALL;
  let sum = guild.roles.get(guild.id)?.permissions ?? 0n;
  for (const id of member.roles) sum |= guild.roles.get(id)?.permissions ?? 0n;
  return (sum & Permission.ADMINISTRATOR) !== 0n ? ALL : sum;
}

export function permissionsIn(channel: Channel, userId: string): bigint {
  const { guild } = channel;
  if (!guild) return channel.recipient === null ? 0n : ALL;
  const member = guild.members.get(userId);
  let sum = basePermissions(guild, userId);
  if (!member || sum === ALL) return sum;
  // A thread has no overwrites of its own.
  const { overwrites } = channel.parent && channel.thread ? channel.parent : channel;
  const everybody = overwrites.find((each) => each.id === guild.id);
  if (everybody) sum = (sum & ~everybody.deny) | everybody.allow;
  const mine = overwrites.filter((each) => each.kind === 'role' && member.roles.has(each.id));
  sum &= ~mine.reduce((all, each) => all | each.deny, 0n);
  sum |= mine.reduce((all, each) => all | each.allow, 0n);
  const own = overwrites.find((each) => each.id === userId);
  if (own) sum = (sum & ~own.deny) | own.allow;
  if ((sum & Permission.VIEW_CHANNEL) === 0n) return 0n;
  const write = channel.thread ? Permission.SEND_MESSAGES_IN_THREADS : Permission.SEND_MESSAGES;
  if ((sum & write) === 0n)
    sum &= ~(Permission.EMBED_LINKS | Permission.ATTACH_FILES | Permission.MENTION_EVERYONE);
  return sum;
}

export function may(channel: Channel, userId: string, ...names: readonly PermissionName[]): boolean {
  const needed = bitsOf(names);
  return (permissionsIn(channel, userId) & needed) === needed;
}

/** A private thread is seen by its members and by those who manage threads. */
export function sees(channel: Channel, userId: string): boolean {
  if (channel.deleted) return false;
  if (!channel.guild) return true;
  if (channel.guild.unavailable || !may(channel, userId, 'VIEW_CHANNEL')) return false;
  if (channel.type !== ChannelType.private) return true;
  return channel.thread?.members.has(userId) === true || may(channel, userId, 'MANAGE_THREADS');
}

export function maySend(channel: Channel, userId: string): boolean {
  return may(channel, userId, channel.thread ? 'SEND_MESSAGES_IN_THREADS' : 'SEND_MESSAGES');
}
