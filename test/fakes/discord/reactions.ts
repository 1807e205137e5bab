// Reactions come and go, by people and by the bot.
import type { Discord } from './discord.ts';
import { memberShape } from './shapes.ts';
import type { Json, Message, User } from './types.ts';

function about(discord: Discord, message: Message, user: User, name: string, added: boolean): Json {
  const { channel } = message;
  const member = channel.guild?.members.get(user.id);
  return {
    user_id: user.id,
    channel_id: channel.id,
    message_id: message.id,
    ...(channel.guild ? { guild_id: channel.guild.id } : {}),
    ...(added && member ? { member: memberShape(discord, member) } : {}),
    ...(added ? { message_author_id: message.author.id } : {}),
    emoji: { id: null, name },
    burst: false,
    type: 0,
  };
}

export function addReaction(discord: Discord, message: Message, user: User, name: string): void {
  let reaction = message.reactions.find((each) => each.emoji.name === name);
  if (!reaction) {
    reaction = { emoji: { id: null, name }, users: [] };
    message.reactions.push(reaction);
  }
  if (reaction.users.includes(user.id)) return;
  reaction.users.push(user.id);
  discord.events.emit('MESSAGE_REACTION_ADD', about(discord, message, user, name, true), {
    channel: message.channel,
  });
}

export function removeReaction(discord: Discord, message: Message, user: User, name: string): void {
  const reaction = message.reactions.find((each) => each.emoji.name === name);
  const place = reaction?.users.indexOf(user.id) ?? -1;
  if (!reaction || place < 0) return;
  reaction.users.splice(place, 1);
  if (reaction.users.length === 0) message.reactions.splice(message.reactions.indexOf(reaction), 1);
  discord.events.emit('MESSAGE_REACTION_REMOVE', about(discord, message, user, name, false), {
    channel: message.channel,
  });
}
