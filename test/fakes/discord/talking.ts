// What anybody does in a server: write, react, begin threads, close and open them. A client allows no more than Discord does.
import type { Discord } from './discord.ts';
import { addMessage, changeMessage, removeMessage } from './messages.ts';
import { may, maySend, sees } from './permissions.ts';
import { addReaction, removeReaction } from './reactions.ts';
import { channelShape } from './shapes-places.ts';
import { changeThread, startThread, type ThreadChange } from './threads.ts';
import { type Channel, ChannelType, type Message, type User } from './types.ts';

export class Talker {
  protected readonly discord: Discord;
  readonly user: User;

  constructor(discord: Discord, user: User) {
    this.discord = discord;
    this.user = user;
  }

  get id(): string {
    return this.user.id;
  }

  /** Into a channel, a thread or a direct conversation. */
  post(channel: Channel, content: string, options: { readonly replyTo?: Message } = {}): Message {
    this.refuseUnseen(channel);
    if (channel.guild && !maySend(channel, this.id))
      throw new Error(`${this.user.username} may not write here`);
    if (channel.thread?.locked && !may(channel, this.id, 'MANAGE_THREADS'))
      throw new Error('this thread is locked');
    return addMessage(this.discord, channel, {
      author: this.user,
      content,
      reference: options.replyTo?.id ?? null,
      nonce: null,
    });
  }

  /** To the app, in the direct conversation with it. */
  direct(content: string, options: { readonly replyTo?: Message } = {}): Message {
    return this.post(this.directChannel(), content, options);
  }

  directChannel(): Channel {
    return this.discord.world.direct(this.user);
  }

  edit(message: Message, content: string): void {
    changeMessage(this.discord, message, { content });
  }

  remove(message: Message): void {
    removeMessage(this.discord, message);
  }

  react(message: Message, name: string): void {
    this.refuseUnseen(message.channel);
    if (message.channel.thread?.archived) throw new Error('this thread is archived');
    addReaction(this.discord, message, this.user, name);
  }

  unreact(message: Message, name: string): void {
    removeReaction(this.discord, message, this.user, name);
  }

  /** A thread of its own, or at a message. */
  startThread(
    parent: Channel,
    name: string,
    options: {
      readonly at?: Message;
      readonly private?: boolean;
      readonly with?: readonly { readonly id: string }[];
      readonly autoArchive?: number;
    } = {},
  ): Channel {
    this.refuseUnseen(parent);
    const thread = startThread(this.discord, parent, this.user, {
      name,
      private: options.private ?? false,
      ...(options.autoArchive ? { autoArchive: options.autoArchive } : {}),
      ...(options.at ? { id: options.at.id } : {}),
    });
    for (const each of options.with ?? []) this.bring(thread, each);
    return thread;
  }

  /** Somebody else into a thread, or the app: `discord.bot`. */
  bring(thread: Channel, who: { readonly id: string }): void {
    const { bot, clock } = this.discord;
    const saw = sees(thread, bot.id);
    thread.thread?.members.set(who.id, clock.now());
    if (!saw && who.id === bot.id)
      this.discord.events.emit('THREAD_CREATE', channelShape(this.discord, thread), { channel: thread });
  }

  /** A forum post: a thread that begins with this text. */
  forumPost(forum: Channel, name: string, content: string, tags: readonly string[] = []): Channel {
    this.refuseUnseen(forum);
    if (forum.type !== ChannelType.forum) throw new Error(`${forum.name} is no forum`);
    const thread = startThread(this.discord, forum, this.user, { name, tags: tagIds(forum, tags) });
    addMessage(this.discord, thread, { author: this.user, content, id: thread.id });
    return thread;
  }

  archive(thread: Channel): void {
    this.#change(thread, { archived: true });
  }

  unarchive(thread: Channel): void {
    this.#change(thread, { archived: false });
  }

  /** A moderator's "lock" alone leaves the thread open; `close` locks and archives at once. */
  lock(thread: Channel): void {
    this.#change(thread, { locked: true });
  }

  unlock(thread: Channel): void {
    this.#change(thread, { locked: false });
  }

  closeThread(thread: Channel): void {
    this.#change(thread, { locked: true, archived: true });
  }

  tag(thread: Channel, ...names: readonly string[]): void {
    const had = thread.thread?.appliedTags ?? [];
    this.#change(thread, { appliedTags: [...new Set([...had, ...tagIds(thread.parent, names)])] });
  }

  untag(thread: Channel, ...names: readonly string[]): void {
    const gone = tagIds(thread.parent, names);
    this.#change(thread, {
      appliedTags: (thread.thread?.appliedTags ?? []).filter((each) => !gone.includes(each)),
    });
  }

  protected refuseUnseen(channel: Channel): void {
    if (channel.deleted) throw new Error(`${channel.name} is deleted`);
    if (channel.guild ? !sees(channel, this.id) : channel.recipient?.id !== this.id)
      throw new Error(`${this.user.username} does not see ${channel.name}`);
  }

  #change(thread: Channel, change: ThreadChange): void {
    this.refuseUnseen(thread);
    const manages = may(thread, this.id, 'MANAGE_THREADS');
    const opens = change.archived === false && !thread.thread?.locked && maySend(thread, this.id);
    if (!manages && !opens && thread.thread?.ownerId !== this.id)
      throw new Error(`${this.user.username} may not change this thread`);
    changeThread(this.discord, thread, change, this.user);
  }
}

function tagIds(forum: Channel | null, names: readonly string[]): string[] {
  return names.map((name) => {
    const tag = forum?.tags.find((each) => each.name === name);
    if (!tag) throw new Error(`no tag ${name} in ${forum?.name}`);
    return tag.id;
  });
}
