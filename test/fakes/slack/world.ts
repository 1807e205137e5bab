// Everything that exists: organisations, teams, users, channels with their messages, groups, files. Only facts, no network.
import type { Clock } from './clock.ts';
import { SlackError } from './errors.ts';
import type { Ids } from './ids.ts';
import type { Channel, Enterprise, FileRecord, Message, User, UserGroup, View } from './types.ts';

export interface TeamRecord {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly enterprise: Enterprise | null;
}

export class World {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly enterprises = new Map<string, Enterprise>();
  readonly teams = new Map<string, TeamRecord>();
  readonly users = new Map<string, User>();
  readonly channels = new Map<string, Channel>();
  readonly groups = new Map<string, UserGroup>();
  readonly files = new Map<string, FileRecord>();
  readonly views = new Map<string, View>();
  readonly ephemerals: Message[] = [];

  constructor(clock: Clock, ids: Ids) {
    this.clock = clock;
    this.ids = ids;
  }

  team(id: string): TeamRecord {
    const team = this.teams.get(id);
    if (!team) throw new Error(`no team ${id} in this world`);
    return team;
  }

  user(id: string): User {
    const user = this.users.get(id);
    if (!user) throw new Error(`no user ${id} in this world`);
    return user;
  }

  channel(id: string): Channel {
    const channel = this.channels.get(id);
    if (!channel) throw new Error(`no channel ${id} in this world`);
    return channel;
  }

  enterpriseOf(teamId: string): Enterprise | null {
    return this.teams.get(teamId)?.enterprise ?? null;
  }

  /** The direct conversation of two users, made when there is none. */
  direct(one: User, other: User, teamId: string): Channel {
    for (const channel of this.channels.values())
      if (
        channel.kind === 'im' &&
        channel.teamId === teamId &&
        channel.members.has(one.id) &&
        channel.members.has(other.id)
      )
        return channel;
    const channel: Channel = {
      id: this.ids.next('D'),
      teamId,
      name: '',
      kind: 'im',
      members: new Set([one.id, other.id]),
      archived: false,
      shared: other.teamId !== teamId,
      creator: one.id,
      created: Math.floor(this.clock.now() / 1000),
      messages: [],
    };
    this.channels.set(channel.id, channel);
    return channel;
  }

  message(channel: Channel, ts: string): Message | null {
    return channel.messages.find((each) => each.ts === ts && !each.deleted) ?? null;
  }

  /** Whether a picture can be shown: uploaded, completed and worked on. */
  fileShown(ref: { readonly id?: string; readonly url?: string }, processing: number): boolean {
    for (const file of this.files.values()) {
      if (ref.id !== undefined ? file.id !== ref.id : !ref.url?.includes(`-${file.id}/`)) continue;
      return file.completedAt !== null && this.clock.now() >= file.completedAt + processing;
    }
    return false;
  }

  /** A channel as a token sees it: other workspaces' channels and private ones without the bot are not there. */
  visibleChannel(
    id: string,
    seenBy: { teamId: string | null; enterpriseId: string | null; userId: string },
  ): Channel {
    const channel = this.channels.get(id);
    if (!channel) throw new SlackError('channel_not_found');
    const sameTeam =
      seenBy.teamId === null
        ? this.enterpriseOf(channel.teamId)?.id === seenBy.enterpriseId
        : channel.teamId === seenBy.teamId;
    if (!sameTeam && !channel.members.has(seenBy.userId)) throw new SlackError('channel_not_found');
    if (channel.kind !== 'public' && !channel.members.has(seenBy.userId))
      throw new SlackError('channel_not_found');
    return channel;
  }
}
