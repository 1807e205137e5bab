// Reactions: the bot's own, and who else reacted.
import { refusal } from '../errors.ts';
import { may } from '../permissions.ts';
import { addReaction, removeReaction } from '../reactions.ts';
import { userShape } from '../shapes.ts';
import type { Channel, Message } from '../types.ts';
import { count, nothing, ok, type Request, route } from './route.ts';

const ONE = '/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}';

function target({ discord, params }: Request): {
  readonly channel: Channel;
  readonly message: Message;
  readonly name: string;
} {
  const channel = discord.world.visible(params['channel_id']);
  const message = discord.world.message(channel, params['message_id']);
  const name = params['emoji_name'] ?? '';
  if (!/\p{Extended_Pictographic}|[0-9#*]\uFE0F?\u20E3/u.test(name) && !/^\w+:\d+$/.test(name))
    throw refusal(10014);
  return { channel, message, name };
}

export const REACTIONS = [
  route('PUT', `${ONE}/@me`, (request) => {
    const { channel, message, name } = target(request);
    if (channel.thread?.archived) throw refusal(50083);
    if (channel.guild && !may(channel, request.discord.bot.id, 'READ_MESSAGE_HISTORY', 'ADD_REACTIONS'))
      throw refusal(50013);
    addReaction(request.discord, message, request.discord.bot, name);
    return nothing;
  }),
  route('DELETE', `${ONE}/@me`, (request) => {
    const { channel, message, name } = target(request);
    if (channel.thread?.archived) throw refusal(50083);
    removeReaction(request.discord, message, request.discord.bot, name);
    return nothing;
  }),
  route('GET', ONE, (request) => {
    const { message, name } = target(request);
    const { users } = request.discord.world;
    const reaction = message.reactions.find((each) => each.emoji.name === name);
    const ids = (reaction?.users ?? []).slice(0, count(request, 'limit', 1, 100, 25));
    return ok(ids.flatMap((id) => users.get(id) ?? []).map(userShape));
  }),
];
