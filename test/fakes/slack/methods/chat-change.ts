// chat.update, chat.delete and chat.getPermalink: of messages that the bot itself posted.
import { SlackError } from '../errors.ts';
import { changeMessage, removeMessage } from '../messages.ts';
import type { Channel, Message } from '../types.ts';
import { wireMessage } from '../wire.ts';
import { contentOf, isEmpty } from './draft.ts';
import { botOf, type Context, channelOf, type Method, method } from './method.ts';

const LONGEST_UPDATE = 4000;

function messageOf(context: Context, channel: Channel, name = 'ts'): Message {
  const message = context.slack.world.message(channel, context.args.need(name));
  if (!message) throw new SlackError('message_not_found');
  return message;
}

export const chatChange: readonly Method[] = [
  method(
    'chat.update',
    3,
    ['chat:write'],
    (context) => {
      const { slack, args } = context;
      const channel = channelOf(context);
      const message = messageOf(context, channel);
      const bot = botOf(context);
      if (message.bot_id !== bot.botId) throw new SlackError('cant_update_message');
      const { given, ...content } = contentOf(slack, args);
      if (given.length === 0 || (isEmpty(content) && !message.files?.length)) throw new SlackError('no_text');
      if (content.text.length > LONGEST_UPDATE) throw new SlackError('msg_too_long');
      const shown = given.includes('text') || given.includes('markdown');
      changeMessage(slack, channel, message, (of) => {
        if (shown) of.text = content.text;
        // Text alone takes the blocks away; an empty list does so too.
        if (content.blocks?.length) of.blocks = content.blocks;
        else if (shown || content.blocks) delete of.blocks;
        if (content.attachments) of.attachments = content.attachments;
        if (content.metadata && Object.keys(content.metadata).length === 0) delete of.metadata;
        else if (content.metadata) of.metadata = content.metadata;
        of.edited = { user: bot.id, ts: slack.clock.ts() };
      });
      return { channel: channel.id, ts: message.ts, text: message.text, message: wireMessage(message) };
    },
    { json: true },
  ),
  method(
    'chat.delete',
    3,
    ['chat:write'],
    (context) => {
      const channel = channelOf(context);
      const message = messageOf(context, channel);
      if (message.bot_id !== botOf(context).botId) throw new SlackError('cant_delete_message');
      removeMessage(context.slack, channel, message);
      return { channel: channel.id, ts: message.ts };
    },
    { json: true },
  ),
  method('chat.getPermalink', 'none', [], (context) => {
    const channel = channelOf(context);
    const message = messageOf(context, channel, 'message_ts');
    const domain = context.slack.world.team(channel.teamId).domain;
    const thread =
      message.thread_ts && message.thread_ts !== message.ts
        ? `?thread_ts=${message.thread_ts}&cid=${channel.id}`
        : '';
    const permalink = `https://${domain}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}${thread}`;
    return { channel: channel.id, permalink };
  }),
];
