// Messages come, change and go, and the app hears of each.
import type { Slack } from './slack.ts';
import type { Channel, Message, User } from './types.ts';
import { CHANNEL_TYPE, wireMessage } from './wire.ts';

export type Draft = Omit<Message, 'type' | 'ts' | 'channel' | 'deleted' | 'versions' | 'flags'> &
  Partial<Pick<Message, 'flags'>>;

export function makeMessage(slack: Slack, channel: Channel, draft: Draft): Message {
  return {
    type: 'message',
    flags: {},
    ...draft,
    ts: slack.clock.ts(),
    channel: channel.id,
    deleted: false,
    versions: [],
  };
}

/** Puts a message where everybody in the channel sees it. */
export function addMessage(slack: Slack, channel: Channel, draft: Draft): Message {
  const message = makeMessage(slack, channel, draft);
  const root = draft.thread_ts ? channel.messages.find((each) => each.ts === draft.thread_ts) : undefined;
  if (root) {
    root.thread_ts = root.ts;
    root.reply_count = (root.reply_count ?? 0) + 1;
    root.latest_reply = message.ts;
    const author = message.user ?? message.bot_id ?? '';
    root.reply_users = [...new Set([...(root.reply_users ?? []), author])];
    root.reply_users_count = root.reply_users.length;
    if (root.user) message.parent_user_id = root.user;
  }
  channel.messages.push(message);
  slack.events.emit(
    channel.teamId,
    {
      ...wireMessage(message),
      channel: channel.id,
      event_ts: message.ts,
      channel_type: CHANNEL_TYPE[channel.kind],
    },
    { channel },
  );
  if (message.metadata && message.bot_id)
    slack.events.emit(
      channel.teamId,
      {
        type: 'message_metadata_posted',
        app_id: message.app_id,
        bot_id: message.bot_id,
        user_id: message.user,
        team_id: message.team,
        channel_id: channel.id,
        metadata: message.metadata,
        message_ts: message.ts,
        event_ts: message.ts,
      },
      { channel },
    );
  return message;
}

/** Replaces content; the version before is kept for looking at. */
export function changeMessage(
  slack: Slack,
  channel: Channel,
  message: Message,
  change: (message: Message) => void,
): void {
  const before = wireMessage(message);
  message.versions.push({ text: message.text, blocks: structuredClone(message.blocks) });
  change(message);
  const ts = slack.clock.ts();
  slack.events.emit(
    channel.teamId,
    {
      type: 'message',
      subtype: 'message_changed',
      message: { ...wireMessage(message), source_team: message.team, user_team: message.team },
      previous_message: before,
      channel: channel.id,
      hidden: true,
      ts,
      event_ts: ts,
      channel_type: CHANNEL_TYPE[channel.kind],
    },
    { channel },
  );
}

export function removeMessage(slack: Slack, channel: Channel, message: Message): void {
  message.deleted = true;
  const ts = slack.clock.ts();
  slack.events.emit(
    channel.teamId,
    {
      type: 'message',
      subtype: 'message_deleted',
      previous_message: wireMessage(message),
      channel: channel.id,
      hidden: true,
      deleted_ts: message.ts,
      ts,
      event_ts: ts,
      channel_type: CHANNEL_TYPE[channel.kind],
    },
    { channel },
  );
}

/** The bot's signature on what it posts. */
export function asBot(slack: Slack, bot: User, teamId: string): Partial<Message> {
  const botId = bot.botId ?? '';
  return {
    user: bot.id,
    bot_id: botId,
    app_id: slack.options.appId,
    team: teamId,
    bot_profile: {
      id: botId,
      app_id: slack.options.appId,
      name: bot.name,
      deleted: false,
      updated: 1_700_000_000,
      icons: {},
      team_id: teamId,
    },
  };
}
