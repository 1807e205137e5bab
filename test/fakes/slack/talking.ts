// Writing and reacting, as anybody in a channel does.
import { addMessage, changeMessage, removeMessage } from './messages.ts';
import type { Slack } from './slack.ts';
import type { Block, Channel, Message, User } from './types.ts';
import { clientMessageId } from './users.ts';

export interface PostOptions {
  readonly thread?: Message | string;
  /** The text as it is on the wire, with its mentions and links; otherwise it is what somebody typed, and escaped. */
  readonly raw?: boolean;
  readonly broadcast?: boolean;
}

export class Talker {
  protected readonly slack: Slack;
  readonly user: User;

  constructor(slack: Slack, user: User) {
    this.slack = slack;
    this.user = user;
  }

  get id(): string {
    return this.user.id;
  }

  post(channel: Channel, text: string, options: PostOptions = {}): Message {
    if (!channel.members.has(this.id)) throw new Error(`${this.user.name} is not in ${channel.name}`);
    if (channel.archived) throw new Error(`${channel.name} is archived`);
    const { thread, raw, broadcast } = options;
    const root = typeof thread === 'string' ? thread : (thread?.thread_ts ?? thread?.ts);
    const { teamId } = this.user;
    const message = addMessage(this.slack, channel, {
      user: this.id,
      team: teamId,
      ...(teamId === channel.teamId ? {} : { user_team: teamId, source_team: teamId }),
      ...(this.user.bot
        ? { bot_id: this.user.botId ?? '', app_id: 'A0SOMEBODYELSE' }
        : { client_msg_id: clientMessageId(), blocks: typed(this.slack, text) }),
      text: raw ? text : escaped(text),
      ...(root ? { thread_ts: root } : {}),
      ...(broadcast ? { subtype: 'thread_broadcast' } : {}),
    });
    this.#mention(channel, message);
    return message;
  }

  edit(message: Message, text: string): void {
    changeMessage(this.slack, this.channelOf(message), this.live(message), (of) => {
      of.text = escaped(text);
      of.blocks = typed(this.slack, text);
      of.edited = { user: this.id, ts: this.slack.clock.ts() };
    });
  }

  remove(message: Message): void {
    removeMessage(this.slack, this.channelOf(message), this.live(message));
  }

  react(message: Message, name: string): void {
    const live = this.live(message);
    const reactions = live.reactions ?? [];
    live.reactions = reactions;
    const reaction = reactions.find((each) => each.name === name);
    if (reaction?.users.includes(this.id)) return;
    if (reaction) reaction.users.push(this.id);
    else reactions.push({ name, users: [this.id], count: 0 });
    for (const each of reactions) each.count = each.users.length;
    this.#reacted('reaction_added', live, name);
  }

  unreact(message: Message, name: string): void {
    const live = this.live(message);
    const reaction = live.reactions?.find((each) => each.name === name);
    if (!reaction?.users.includes(this.id)) return;
    reaction.users = reaction.users.filter((each) => each !== this.id);
    reaction.count = reaction.users.length;
    live.reactions = live.reactions?.filter((each) => each.count > 0) ?? [];
    this.#reacted('reaction_removed', live, name);
  }

  protected channelOf(message: Message): Channel {
    return this.slack.world.channel(message.channel);
  }

  /** The message as it stands now, of which a test may hold an older copy. */
  protected live(message: Message): Message {
    const { world } = this.slack;
    const among =
      message.ephemeralTo === undefined ? world.channel(message.channel).messages : world.ephemerals;
    const live = among.find((each) => each.ts === message.ts);
    if (!live || live.deleted) throw new Error('this message is gone');
    return live;
  }

  #mention(channel: Channel, message: Message): void {
    const bot = this.slack.installationFor(channel.teamId)?.botUserId;
    if (!bot || channel.kind === 'im' || !message.text.includes(`<@${bot}`)) return;
    const event = {
      type: 'app_mention',
      user: this.id,
      text: message.text,
      ts: message.ts,
      ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}),
      team: message.team,
      channel: channel.id,
      event_ts: message.ts,
    };
    this.slack.events.emit(channel.teamId, event, { channel });
  }

  #reacted(type: string, message: Message, reaction: string): void {
    const channel = this.channelOf(message);
    const event = {
      type,
      user: this.id,
      reaction,
      item: { type: 'message', channel: channel.id, ts: message.ts },
      ...(message.user ? { item_user: message.user } : {}),
      event_ts: this.slack.clock.ts(),
    };
    this.slack.events.emit(channel.teamId, event, { channel });
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function typed(slack: Slack, text: string): Block[] {
  return [
    {
      type: 'rich_text',
      block_id: slack.ids.short(),
      elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
    },
  ];
}
