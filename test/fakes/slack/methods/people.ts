// Users, groups of them, bots, the workspace, and who reacted.
import { page } from '../args.ts';
import { SlackError } from '../errors.ts';
import type { Channel, User, UserGroup } from '../types.ts';
import { wireMessage, wireUser } from '../wire.ts';
import { botOf, type Context, channelOf, installationOf, type Method, method } from './method.ts';

/** A user is seen by the own team, the own organisation, and where a channel is shared. */
function seenUser(context: Context, id: string): User {
  const { world } = context.slack;
  const user = world.users.get(id);
  if (!user) throw new SlackError('user_not_found');
  const { teamId, enterpriseId, botUserId } = installationOf(context);
  const own = teamId === null ? world.enterpriseOf(user.teamId)?.id === enterpriseId : user.teamId === teamId;
  const together = (channel: Channel): boolean =>
    channel.members.has(user.id) && (channel.teamId === teamId || channel.members.has(botUserId));
  if (!own && ![...world.channels.values()].some(together)) throw new SlackError('user_not_visible');
  return user;
}

function groupsOf(context: Context): UserGroup[] {
  const { teamId } = installationOf(context);
  const place = teamId ?? context.teamId;
  if (place === null) throw new SlackError('missing_argument', { needed: 'team_id' });
  return [...context.slack.world.groups.values()].filter((group) => group.teamId === place);
}

export const people: readonly Method[] = [
  method('users.info', 4, ['users:read'], (context) => {
    const { slack, args } = context;
    const user = seenUser(context, args.need('user'));
    const wire = wireUser(slack, user, botOf(context).teamId);
    return { user: args.boolean('include_locale') ? { ...wire, locale: user.locale } : wire };
  }),
  method('usergroups.list', 2, ['usergroups:read'], (context) => {
    const { args } = context;
    const groups = groupsOf(context).filter((group) => args.boolean('include_disabled') || group.enabled);
    return {
      usergroups: groups.map((group) => ({
        id: group.id,
        team_id: group.teamId,
        is_usergroup: true,
        name: group.name,
        handle: group.handle,
        description: '',
        is_external: false,
        date_delete: group.enabled ? 0 : 1_700_000_000,
        user_count: group.users.length,
        ...(args.boolean('include_users') ? { users: [...group.users] } : {}),
      })),
    };
  }),
  method('usergroups.users.list', 2, ['usergroups:read'], (context) => {
    const id = context.args.need('usergroup');
    const group = groupsOf(context).find((each) => each.id === id);
    if (!group) throw new SlackError('no_such_subteam');
    return { users: [...group.users] };
  }),
  method('team.info', 3, ['team:read'], (context) => {
    const { slack, args } = context;
    const id = args.string('team') ?? installationOf(context).teamId ?? context.teamId;
    if (id === null || !slack.world.teams.has(id)) throw new SlackError('team_not_found');
    const team = slack.world.team(id);
    return {
      team: {
        id: team.id,
        name: team.name,
        domain: team.domain,
        url: `https://${team.domain}.slack.com/`,
        email_domain: '',
        icon: { image_default: true },
        ...(team.enterprise
          ? { enterprise_id: team.enterprise.id, enterprise_name: team.enterprise.name }
          : {}),
      },
    };
  }),
  method('bots.info', 3, ['users:read'], (context) => {
    const { slack, args } = context;
    const id = args.need('bot');
    const user = [...slack.world.users.values()].find((each) => each.botId === id);
    if (!user) throw new SlackError('bot_not_found');
    return {
      bot: {
        id,
        deleted: false,
        name: user.name,
        updated: 1_700_000_000,
        app_id: slack.options.appId,
        user_id: user.id,
        icons: {},
      },
    };
  }),
  method('reactions.get', 3, ['reactions:read'], (context) => {
    const { slack, args } = context;
    const channel = channelOf(context);
    const message = slack.world.message(channel, args.need('timestamp'));
    if (!message) throw new SlackError('message_not_found');
    return { type: 'message', channel: channel.id, message: wireMessage(message) };
  }),
  method('users.list', 2, ['users:read'], (context) => {
    const { teamId } = installationOf(context);
    const place = teamId ?? context.teamId;
    if (place === null) throw new SlackError('missing_argument', { needed: 'team_id' });
    const all = [...context.slack.world.users.values()].filter((user) => user.teamId === place);
    const { items, next } = page(context.args, all, 200);
    return {
      members: items.map((user) => wireUser(context.slack, user, place)),
      response_metadata: { next_cursor: next },
    };
  }),
];
