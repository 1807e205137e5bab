// Channels: what they are, who is in them, what was said.
import { page } from '../args.ts';
import { SlackError } from '../errors.ts';
import type { Channel, ChannelKind, Json, Message } from '../types.ts';
import { wireChannel, wireMessage } from '../wire.ts';
import { dmFor } from './direct.ts';
import {
  botOf,
  type Context,
  channelOf,
  channelScope,
  installationOf,
  type Method,
  method,
  READ_SCOPES,
} from './method.ts';

const KINDS: Readonly<Record<string, ChannelKind>> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
};

function paged(name: string, items: readonly unknown[], next: string): Json {
  return { [name]: items, response_metadata: { next_cursor: next } };
}

/** The types that are asked for; each has a scope of its own. */
function typesOf(context: Context): ChannelKind[] {
  const asked = (context.args.string('types') ?? 'public_channel').split(',').map((each) => each.trim());
  const known = asked.filter((each) => each !== 'mpim');
  for (const each of known) if (!KINDS[each]) throw new SlackError('invalid_types');
  const kinds = known.map((each) => KINDS[each]!);
  const needed = kinds.map((kind) => READ_SCOPES[kind]);
  context.slack.tokens.check(context.token!.value, ['bot'], needed);
  return kinds;
}

function listed(context: Context, among: (channel: Channel) => boolean): Json {
  const { slack, args } = context;
  const { teamId, enterpriseId, botUserId } = installationOf(context);
  const place = teamId ?? context.teamId;
  if (place === null)
    throw new SlackError('missing_argument', { needed: 'team_id', enterprise: enterpriseId });
  const kinds = typesOf(context);
  const archived = !args.boolean('exclude_archived');
  const all = [...slack.world.channels.values()].filter(
    (channel) =>
      channel.teamId === place &&
      kinds.includes(channel.kind) &&
      (archived || !channel.archived) &&
      (channel.kind === 'public' || channel.members.has(botUserId)) &&
      among(channel),
  );
  const { items, next } = page(args, all, 100);
  return paged(
    'channels',
    items.map((channel) => wireChannel(slack, channel, botUserId)),
    next,
  );
}

function history(context: Context, channel: Channel, messages: readonly Message[]): Json {
  const { slack, args } = context;
  if (!channel.members.has(botOf(context).id)) throw new SlackError('not_in_channel');
  const most = slack.options.rates === false ? 999 : slack.options.rates.historyItems;
  const oldest = args.string('oldest') ?? '0';
  const latest = args.string('latest') ?? '9999999999.999999';
  const inclusive = args.boolean('inclusive') ?? false;
  const within = messages.filter(
    ({ ts }) =>
      (Number(ts) > Number(oldest) && Number(ts) < Number(latest)) ||
      (inclusive && (ts === oldest || ts === latest)),
  );
  const { items, next } = page(args, within, most, most);
  const all = args.boolean('include_all_metadata') ?? false;
  const shown = items.map((message) => {
    const { metadata, ...wire } = wireMessage(message);
    return all && metadata ? { ...wire, metadata } : wire;
  });
  return { ...paged('messages', shown, next), has_more: next !== '' };
}

export const conversations: readonly Method[] = [
  method(
    'conversations.open',
    3,
    ['im:write'],
    (context) => {
      const { slack, args } = context;
      const existing = args.string('channel');
      const users = (args.string('users') ?? '').split(',').filter((each) => each !== '');
      if (!existing && users.length === 0) throw new SlackError('users_list_not_supplied');
      if (users.length > 1) throw new SlackError('missing_scope', { needed: 'mpim:write' });
      const channel = existing ? channelOf(context) : dmFor(context, users[0]!, 'user_not_visible');
      const full = args.boolean('return_im') ?? false;
      return { channel: full ? wireChannel(slack, channel, botOf(context).id) : { id: channel.id } };
    },
    { json: true },
  ),
  method('conversations.info', 3, channelScope('read'), (context) => ({
    channel: wireChannel(context.slack, channelOf(context), botOf(context).id),
  })),
  method('conversations.members', 4, channelScope('read'), (context) => {
    const { items, next } = page(context.args, [...channelOf(context).members], 100);
    return paged('members', items, next);
  }),
  method('conversations.list', 2, [], (context) => listed(context, () => true)),
  method('users.conversations', 3, [], (context) => {
    const user = context.args.string('user') ?? botOf(context).id;
    return listed(context, (channel) => channel.members.has(user));
  }),
  method('conversations.history', 'history', channelScope('history'), (context) => {
    const channel = channelOf(context);
    const roots = channel.messages.filter(
      (each) => !each.deleted && (each.thread_ts === undefined || each.thread_ts === each.ts),
    );
    return history(context, channel, roots.reverse());
  }),
  method('conversations.replies', 'history', channelScope('history'), (context) => {
    const channel = channelOf(context);
    const ts = context.args.need('ts');
    const asked = context.slack.world.message(channel, ts);
    if (!asked) throw new SlackError('thread_not_found');
    const root = asked.thread_ts ?? asked.ts;
    const thread = channel.messages.filter(
      (each) => !each.deleted && (each.ts === root || each.thread_ts === root),
    );
    return history(context, channel, thread);
  }),
];
