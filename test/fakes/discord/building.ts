// Making servers, roles, channels, members; and the blows of fate: outages, removals, lost permissions.
import type { Discord } from './discord.ts';
import { bitsOf, EVERYBODY, type PermissionName, sees } from './permissions.ts';
import { Person } from './person.ts';
import { memberShape, roleShape, userShape } from './shapes.ts';
import { activeThreads, channelShape, guildCreateShape } from './shapes-places.ts';
import { type Channel, ChannelType, type GuildRecord, type Role, type User } from './types.ts';

export interface GuildOptions {
  readonly locale?: string;
  /** What the app's own role may do, beyond what everybody may. */
  readonly bot?: readonly PermissionName[];
  /** The app is not in it yet. */
  readonly without?: boolean;
}

export interface MemberOptions extends Partial<Pick<User, 'locale' | 'closed' | 'bot'>> {
  readonly roles?: readonly Role[];
  readonly nick?: string;
}

type Grants = { readonly allow?: readonly PermissionName[]; readonly deny?: readonly PermissionName[] };

export class Guild {
  readonly #discord: Discord;
  readonly record: GuildRecord;
  readonly owner: Person;
  /** The app's own role. */
  readonly botRole: Role;

  constructor(discord: Discord, name: string, options: GuildOptions = {}) {
    this.#discord = discord;
    const id = discord.ids.next();
    const owner = discord.world.user(`${name}-owner`);
    const everyone: Role = { id, name: '@everyone', permissions: EVERYBODY, position: 0, managed: false };
    this.record = {
      id,
      name,
      ownerId: owner.id,
      locale: options.locale ?? 'en-US',
      roles: new Map([[id, everyone]]),
      channels: new Map(),
      members: new Map(),
      unavailable: false,
      audit: [],
    };
    discord.world.guilds.set(id, this.record);
    this.owner = this.join(new Person(discord, owner));
    this.botRole = this.#role('afterword', options.bot ?? [], true);
    if (!options.without) this.invite();
  }

  get id(): string {
    return this.record.id;
  }

  role(name: string, permissions: readonly PermissionName[] = []): Role {
    const role = this.#role(name, permissions, false);
    this.#tell('GUILD_ROLE_CREATE', { guild_id: this.id, role: roleShape(this.#discord, role) });
    return role;
  }

  setRole(role: Role, permissions: readonly PermissionName[]): void {
    role.permissions = bitsOf(permissions);
    this.#tell('GUILD_ROLE_UPDATE', { guild_id: this.id, role: roleShape(this.#discord, role) });
  }

  deleteRole(role: Role): void {
    this.record.roles.delete(role.id);
    for (const member of this.record.members.values()) member.roles.delete(role.id);
    this.#tell('GUILD_ROLE_DELETE', { guild_id: this.id, role_id: role.id });
  }

  /** Somebody new. */
  member(name: string, options: MemberOptions = {}): Person {
    const { roles, nick, ...user } = options;
    return this.join(new Person(this.#discord, this.#discord.world.user(name, user)), {
      ...(roles ? { roles } : {}),
      ...(nick ? { nick } : {}),
    });
  }

  /** Somebody who is elsewhere already. */
  join(person: Person, { roles = [], nick }: Pick<MemberOptions, 'roles' | 'nick'> = {}): Person {
    const member = {
      user: person.user,
      roles: new Set(roles.map((each) => each.id)),
      nick: nick ?? null,
      joinedAt: this.#discord.clock.now(),
    };
    this.record.members.set(person.id, member);
    this.#tell('GUILD_MEMBER_ADD', { ...memberShape(this.#discord, member), guild_id: this.id });
    return person;
  }

  setRoles(person: Person, roles: readonly Role[]): void {
    const member = this.record.members.get(person.id);
    if (!member) throw new Error(`${person.user.username} is not here`);
    member.roles.clear();
    for (const each of roles) member.roles.add(each.id);
    this.#tell('GUILD_MEMBER_UPDATE', { ...memberShape(this.#discord, member), guild_id: this.id });
  }

  /** Left, or was made to. */
  leaves(person: Person): void {
    this.record.members.delete(person.id);
    for (const each of this.record.channels.values()) each.thread?.members.delete(person.id);
    this.#tell('GUILD_MEMBER_REMOVE', { guild_id: this.id, user: userShape(person.user) });
  }

  channel(name: string): Channel {
    return this.#channel(name, ChannelType.text);
  }

  forum(name: string, tags: readonly string[] = [], moderated: readonly string[] = []): Channel {
    const forum = this.#channel(name, ChannelType.forum);
    for (const each of [...tags, ...moderated])
      forum.tags.push({ id: this.#discord.ids.next(), name: each, moderated: moderated.includes(each) });
    return forum;
  }

  /** What a role or a member may do in one channel, other than elsewhere. */
  overwrite(channel: Channel, whom: Role | Person | 'bot' | 'everyone', grants: Grants): void {
    const id = whom === 'everyone' ? this.id : whom === 'bot' ? this.#discord.bot.id : whom.id;
    const kind = whom === 'bot' || whom instanceof Person ? 'member' : 'role';
    const before = sees(channel, this.#discord.bot.id);
    const known = channel.overwrites.findIndex((each) => each.id === id);
    if (known >= 0) channel.overwrites.splice(known, 1);
    channel.overwrites.push({ id, kind, allow: bitsOf(grants.allow ?? []), deny: bitsOf(grants.deny ?? []) });
    // Of channels an app hears whether it sees them or not; of their threads only when it does.
    this.#tell('CHANNEL_UPDATE', channelShape(this.#discord, channel));
    if (before || !sees(channel, this.#discord.bot.id)) return;
    const threads = activeThreads(this.#discord, this.record).filter((each) => each.parent === channel);
    this.#tell('THREAD_LIST_SYNC', {
      guild_id: this.id,
      channel_ids: [channel.id],
      threads: threads.map((each) => channelShape(this.#discord, each)),
      members: [],
    });
  }

  deleteChannel(channel: Channel): void {
    const shape = channelShape(this.#discord, channel);
    if (channel.thread) this.#discord.events.emit('THREAD_DELETE', shape, { channel });
    else this.#tell('CHANNEL_DELETE', shape);
    channel.deleted = true;
    for (const each of this.record.channels.values()) if (each.parent === channel) each.deleted = true;
  }

  /** The app is added. */
  invite(): void {
    const { bot, clock } = this.#discord;
    this.record.members.set(bot.id, {
      user: bot,
      roles: new Set([this.botRole.id]),
      nick: null,
      joinedAt: clock.now(),
    });
    this.#tell('GUILD_CREATE', guildCreateShape(this.#discord, this.record));
  }

  /** The app is thrown out. */
  expel(): void {
    this.record.members.delete(this.#discord.bot.id);
    this.#discord.events.emit('GUILD_DELETE', { id: this.id }, { guild: this.record, always: true });
  }

  /** An outage of Discord's own, which is no removal. */
  outage(): void {
    this.record.unavailable = true;
    const gone = { id: this.id, unavailable: true };
    this.#discord.events.emit('GUILD_DELETE', gone, { guild: this.record, always: true });
  }

  recover(): void {
    this.record.unavailable = false;
    this.#tell('GUILD_CREATE', guildCreateShape(this.#discord, this.record));
  }

  #role(name: string, permissions: readonly PermissionName[], managed: boolean): Role {
    const { roles } = this.record;
    const role = {
      id: this.#discord.ids.next(),
      name,
      permissions: bitsOf(permissions),
      position: roles.size,
      managed,
    };
    roles.set(role.id, role);
    return role;
  }

  #channel(name: string, type: Channel['type']): Channel {
    const channel = this.#discord.world.add({
      type,
      guild: this.record,
      name,
      parent: null,
      recipient: null,
      thread: null,
    });
    this.#tell('CHANNEL_CREATE', channelShape(this.#discord, channel));
    return channel;
  }

  #tell(t: string, data: Parameters<Discord['events']['emit']>[1]): void {
    this.#discord.events.emit(t, data, { guild: this.record });
  }
}
