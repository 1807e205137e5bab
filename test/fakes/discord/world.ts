// Everything that exists: users, servers, channels with their messages. Only facts, no network.
import type { Clock } from './clock.ts';
import { DiscordError, refusal } from './errors.ts';
import type { Ids } from './ids.ts';
import { sees } from './permissions.ts';
import { type Channel, ChannelType, type GuildRecord, type Message, type User } from './types.ts';

export class World {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly bot: User;
  readonly users = new Map<string, User>();
  readonly guilds = new Map<string, GuildRecord>();
  readonly channels = new Map<string, Channel>();
  readonly ephemerals: Message[] = [];

  constructor(clock: Clock, ids: Ids) {
    this.clock = clock;
    this.ids = ids;
    this.bot = this.user('afterword', { bot: true });
  }

  user(username: string, options: Partial<Omit<User, 'id' | 'username'>> = {}): User {
    const user: User = {
      id: this.ids.next(),
      username,
      globalName: options.bot ? null : username,
      bot: false,
      locale: 'en-US',
      closed: false,
      ...options,
    };
    this.users.set(user.id, user);
    return user;
  }

  /** The direct conversation of the bot with somebody, made when there is none. */
  direct(user: User): Channel {
    for (const channel of this.channels.values()) if (channel.recipient?.id === user.id) return channel;
    return this.add({
      type: ChannelType.direct,
      guild: null,
      name: '',
      parent: null,
      recipient: user,
      thread: null,
    });
  }

  add(
    given: Pick<Channel, 'type' | 'guild' | 'name' | 'parent' | 'recipient' | 'thread'> & Partial<Channel>,
  ): Channel {
    const channel: Channel = {
      id: this.ids.next(),
      overwrites: [],
      tags: [],
      messages: [],
      deleted: false,
      ...given,
    };
    this.channels.set(channel.id, channel);
    channel.guild?.channels.set(channel.id, channel);
    return channel;
  }

  mutual(user: User): boolean {
    for (const guild of this.guilds.values())
      if (guild.members.has(user.id) && guild.members.has(this.bot.id)) return true;
    return false;
  }

  /** A channel as the bot may see it. */
  visible(id: string | undefined): Channel {
    const channel = this.channels.get(id ?? '');
    if (!channel || channel.deleted) throw refusal(10003);
    if (channel.guild) this.reachable(channel.guild);
    if (!sees(channel, this.bot.id)) throw refusal(50001);
    return channel;
  }

  guild(id: string | undefined): GuildRecord {
    const guild = this.guilds.get(id ?? '');
    if (!guild?.members.has(this.bot.id)) throw refusal(10004);
    this.reachable(guild);
    return guild;
  }

  /** What everybody in a channel sees; an ephemeral message is not there. */
  message(channel: Channel, id: string | undefined): Message {
    const message = channel.messages.find((each) => each.id === id && !each.deleted);
    if (!message) throw refusal(10008);
    return message;
  }

  private reachable(guild: GuildRecord): void {
    if (guild.members.has(this.bot.id) && guild.unavailable)
      throw new DiscordError(503, 0, '503: Service Unavailable');
  }
}
