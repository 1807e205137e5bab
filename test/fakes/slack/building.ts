// Building a world in a test: organisations, teams, people, channels, groups, and the app installed among them.
import type { RequestUrls } from './delivery-http.ts';
import { Person } from './person.ts';
import type { Slack } from './slack.ts';
import type { Installation } from './tokens.ts';
import type { Channel, Enterprise, UserGroup } from './types.ts';
import { makeUser, type UserOptions } from './users.ts';

/** What the product asks for; a test takes some away to see what then happens. */
export const ALL_SCOPES: readonly string[] = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'metadata.message:read',
  'reactions:read',
  'team:read',
  'usergroups:read',
  'users:read',
];

export interface ChannelOptions {
  readonly private?: boolean;
  readonly archived?: boolean;
  readonly members?: readonly Person[];
  /** Whether the app's bot is in it; it is unless said otherwise. */
  readonly bot?: boolean;
}

export interface InstallOptions {
  readonly scopes?: readonly string[];
  readonly by?: Person;
}

export class Team {
  readonly #slack: Slack;
  readonly id: string;
  readonly name: string;
  readonly enterprise: Enterprise | null;

  constructor(slack: Slack, name: string, enterprise: Enterprise | null) {
    this.#slack = slack;
    this.id = slack.ids.next('T');
    this.name = name;
    this.enterprise = enterprise;
    const domain = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    slack.world.teams.set(this.id, { id: this.id, name, domain, enterprise });
  }

  user(name: string, options: UserOptions = {}): Person {
    const user = makeUser(this.#slack.ids, this.id, name, options);
    this.#slack.world.users.set(user.id, user);
    return new Person(this.#slack, user);
  }

  /** Members of other teams make it a shared one. */
  channel(name: string, options: ChannelOptions = {}): Channel {
    const { world, ids, clock } = this.#slack;
    const members = options.members ?? [];
    const channel: Channel = {
      id: ids.next('C'),
      teamId: this.id,
      name,
      kind: options.private ? 'private' : 'public',
      members: new Set(members.map((each) => each.id)),
      archived: options.archived ?? false,
      shared: members.some((each) => each.user.teamId !== this.id && !this.#sameOrganisation(each)),
      creator: members[0]?.id ?? '',
      created: Math.floor(clock.now() / 1000),
      messages: [],
    };
    const bot = this.#slack.installationFor(this.id)?.botUserId;
    if (bot && options.bot !== false) channel.members.add(bot);
    world.channels.set(channel.id, channel);
    return channel;
  }

  group(handle: string, members: readonly Person[]): UserGroup {
    const group: UserGroup = {
      id: this.#slack.ids.next('S'),
      teamId: this.id,
      handle,
      name: handle,
      users: members.map((each) => each.id),
      enabled: true,
    };
    this.#slack.world.groups.set(group.id, group);
    return group;
  }

  install(options: InstallOptions = {}): Installation {
    return this.#slack.install({
      teamId: this.id,
      enterpriseId: this.enterprise?.id ?? null,
      userId: options.by?.id ?? '',
      scopes: options.scopes ?? ALL_SCOPES,
    });
  }

  #sameOrganisation(person: Person): boolean {
    const own = this.enterprise?.id;
    return own !== undefined && this.#slack.world.enterpriseOf(person.user.teamId)?.id === own;
  }
}

export function makeEnterprise(slack: Slack, name: string): Enterprise {
  const enterprise = {
    id: slack.ids.next('E'),
    name,
    domain: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
  };
  slack.world.enterprises.set(enterprise.id, enterprise);
  return enterprise;
}

/** An installation's end, with the two events that Slack sends in no promised order. */
export function uninstall(slack: Slack, installation: Installation, order: readonly string[]): void {
  for (const type of order) {
    const tokens = type === 'tokens_revoked' ? { tokens: { oauth: [], bot: [installation.botUserId] } } : {};
    slack.events.emit(installation.teamId, { type, ...tokens, event_ts: slack.clock.ts() }, { installation });
  }
  slack.tokens.uninstall(installation);
  for (const channel of slack.world.channels.values())
    if (channel.kind !== 'im') channel.members.delete(installation.botUserId);
}

/** One URL for all, or one each for events, interactivity and commands. */
export function requestUrls(given: string | Partial<RequestUrls>): RequestUrls {
  if (typeof given === 'string') return { events: given, interactivity: given, commands: given };
  const events = given.events ?? '';
  const interactivity = given.interactivity ?? events;
  return { events, interactivity, commands: given.commands ?? interactivity };
}
