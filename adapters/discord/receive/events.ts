// What the gateway tells: servers that came and went, threads that changed, who spoke and who reacted. Each is read at once, in the order in which
// it came, and handed on in that order thread by thread. It is told once and never again: what cannot be made durable now is tried again.
import type { Instant } from '../../../src/domain/basics.ts';
import { isThread } from '../inbound/fields.ts';
import { readGuild, readReady, readRemoval, removed } from '../inbound/lifecycle.ts';
import { readMessage } from '../inbound/message.ts';
import { readReaction } from '../inbound/reaction.ts';
import { readChannel, readThread } from '../inbound/thread.ts';
import type { Intake } from './intake.ts';
import { createLookOver } from './look-over.ts';
import { createMessages } from './messages.ts';
import { createReactions } from './reactions.ts';
import { createServers } from './servers.ts';
import { createThreads } from './threads.ts';
import type { Turns } from './turns.ts';
import type { Watch } from './watch.ts';

export interface Events {
  take(type: string, data: unknown, shard: number): void;
  stop(): void;
}

export function createEvents(intake: Intake, watch: Watch, turns: Turns): Events {
  const { now, log } = intake.parts;
  let self: string | null = null;
  const threads = createThreads(intake, watch, turns);
  const messages = createMessages(intake, watch, turns, () => self);
  const reactions = createReactions(intake, watch, turns);
  const lookOver = createLookOver({
    now,
    log,
    api: intake.api,
    watch,
    self: () => self,
    onThread: (facts, since) => threads.changed(facts, now(), since),
  });
  const lost = new Map<string, readonly string[]>();
  const servers = createServers(intake, (guild) => {
    lookOver.begin(guild, lost.get(guild.id) ?? []);
    lost.delete(guild.id);
  });

  const onGuild = (data: unknown, at: Instant) => {
    const guild = readGuild(data);
    if (!guild) return;
    for (const one of guild.channels) {
      const channel = readChannel(one);
      if (channel) watch.channel({ ...channel, guild: guild.id });
    }
    const active = new Set<string>();
    const before = watch.threadsOf(guild.id);
    for (const one of guild.threads) {
      const facts = readThread(one);
      if (!facts) continue;
      active.add(facts.id);
      threads.changed({ ...facts, guild: guild.id }, at, at);
    }
    const gone = before.filter(({ id, archived }) => !archived && !active.has(id)).map(({ id }) => id);
    lost.set(guild.id, gone);
    servers.came(guild, at);
  };
  const onChannel = (data: unknown) => {
    const channel = readChannel(data);
    if (channel && !isThread(channel.type)) watch.channel(channel);
  };
  const onThread = (data: unknown, at: Instant) => {
    const facts = readThread(data);
    if (facts) threads.changed(facts, at);
  };

  const onGone = (data: unknown, at: Instant) => {
    const installation = readRemoval(data);
    if (installation === null) return;
    watch.forgetGuild(installation);
    const event = removed({ installation, receivedAt: at });
    void turns.run(installation, () => intake.handSurely(event));
  };
  const onReady = (data: unknown, shard: number) => {
    const ready = readReady(data);
    if (!ready) return;
    self = ready.self;
    servers.ready(ready, shard);
  };
  const onThreads = (data: unknown, at: Instant) => {
    const { threads, guild_id } = recordOf(data);
    for (const one of Array.isArray(threads) ? threads : []) onThread({ guild_id, ...recordOf(one) }, at);
  };
  const onMessage = (data: unknown, at: Instant) => {
    const message = readMessage(data, self);
    if (message) messages.came(message, at);
  };
  /** To change a message of ours, its thread may have been opened. */
  const onEdit = (data: unknown, at: Instant) => {
    const message = readMessage(data, self);
    if (message?.kind === 'echo') watch.weDid(message.channel, at);
  };
  const onReaction = (data: unknown, isAdded: boolean, at: Instant) => {
    const reaction = readReaction(data);
    if (reaction) reactions.came(reaction, isAdded, at);
  };

  const sort = (type: string, data: unknown, shard: number, at: Instant) => {
    switch (type) {
      case 'READY':
        return onReady(data, shard);
      case 'GUILD_CREATE':
        return onGuild(data, at);
      case 'GUILD_DELETE':
        return onGone(data, at);
      case 'CHANNEL_CREATE':
      case 'CHANNEL_UPDATE':
        return onChannel(data);
      case 'CHANNEL_DELETE':
      case 'THREAD_DELETE':
        return watch.forget(String(recordOf(data)['id']));
      case 'THREAD_CREATE':
      case 'THREAD_UPDATE':
        return onThread(data, at);
      case 'THREAD_LIST_SYNC':
        return onThreads(data, at);
      case 'MESSAGE_CREATE':
        return onMessage(data, at);
      case 'MESSAGE_UPDATE':
        return onEdit(data, at);
      case 'MESSAGE_REACTION_ADD':
        return onReaction(data, true, at);
      case 'MESSAGE_REACTION_REMOVE':
        return onReaction(data, false, at);
    }
  };

  return {
    take(type, data, shard) {
      try {
        sort(type, data, shard, now());
      } catch (error) {
        log.error({ type, error: String(error).slice(0, 300) }, 'an event of the gateway could not be read');
      }
    },
    stop: lookOver.stop,
  };
}

function recordOf(data: unknown): Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>) : {};
}
