// chat.postMessage and chat.postEphemeral: to a channel the bot is in, a thread, or a person directly.
import { SlackError } from '../errors.ts';
import { addMessage, asBot, makeMessage } from '../messages.ts';
import { scopesOf } from '../tokens.ts';
import type { Channel } from '../types.ts';
import { wireMessage } from '../wire.ts';
import { dmFor } from './direct.ts';
import { contentOf, flagsOf, isEmpty } from './draft.ts';
import { botOf, type Context, channelOf, type Method, method } from './method.ts';

/** Where a post goes: an id of a channel, or of a person for a direct message. */
function target(context: Context): Channel {
  const { slack, args } = context;
  const id = args.need('channel');
  if (/^[UW]/.test(id)) {
    if (!slack.world.users.has(id)) throw new SlackError('channel_not_found');
    return dmFor(context, id, 'channel_not_found');
  }
  const channel = channelOf(context);
  if (channel.archived) throw new SlackError('is_archived');
  const bot = botOf(context);
  if (channel.kind === 'im') {
    const other = [...channel.members].find((each) => each !== bot.id);
    if (other && slack.world.user(other).deleted) throw new SlackError('is_inactive');
    return channel;
  }
  const openToAll = channel.kind === 'public' && scopesOf(context.token!).includes('chat:write.public');
  if (!channel.members.has(bot.id) && !openToAll) throw new SlackError('not_in_channel');
  return channel;
}

function threadOf(context: Context, channel: Channel): { thread_ts?: string } {
  const ts = context.args.string('thread_ts');
  if (ts === null || ts === '') return {};
  if (!/^\d{10}\.\d{6}$/.test(ts)) throw new SlackError('invalid_thread_ts');
  const root = channel.messages.find((each) => each.ts === ts);
  if (!root) throw new SlackError('thread_not_found');
  return { thread_ts: root.thread_ts ?? root.ts };
}

export const chatPost: readonly Method[] = [
  method(
    'chat.postMessage',
    'post',
    ['chat:write'],
    (context) => {
      const { slack, args } = context;
      const channel = target(context);
      const { given: _given, ...content } = contentOf(slack, args);
      if (isEmpty(content)) throw new SlackError('no_text');
      const message = addMessage(slack, channel, {
        ...asBot(slack, botOf(context), channel.teamId),
        ...content,
        ...threadOf(context, channel),
        flags: flagsOf(args),
      });
      return { channel: channel.id, ts: message.ts, message: wireMessage(message) };
    },
    { json: true },
  ),
  method(
    'chat.postEphemeral',
    4,
    ['chat:write'],
    (context) => {
      const { slack, args } = context;
      const channel = channelOf(context);
      const user = args.need('user');
      if (channel.archived) throw new SlackError('is_archived');
      if (!channel.members.has(botOf(context).id)) throw new SlackError('not_in_channel');
      if (!slack.world.users.has(user) || !channel.members.has(user))
        throw new SlackError('user_not_in_channel');
      const { given: _given, ...content } = contentOf(slack, args);
      if (isEmpty(content)) throw new SlackError('no_text');
      const message = makeMessage(slack, channel, {
        ...asBot(slack, botOf(context), channel.teamId),
        ...content,
        ...threadOf(context, channel),
        flags: flagsOf(args),
        is_ephemeral: true,
        ephemeralTo: user,
      });
      slack.world.ephemerals.push(message);
      return { message_ts: message.ts };
    },
    { json: true },
  ),
];
