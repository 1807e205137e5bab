// What is remembered of threads, so that a change can be told from a repetition, and what we ourselves caused from what people did. In memory
// alone: whoever takes the gateway over looks the threads over again.
import { type Duration, type Instant, SECOND } from '../../../src/domain/basics.ts';
import { type Change, type ChannelFacts, changeOf, type ThreadFacts } from '../inbound/thread.ts';

interface Entry {
  facts: ThreadFacts;
  /** The newest word of a person. */
  saidAt: Instant;
  /** The newest thing that we posted or answered. */
  oursAt: Instant;
  /** Archived, and opened by ourselves: until somebody speaks, its end says nothing. */
  ours: boolean;
  /** Somebody said that it is done. */
  done: boolean;
  /** When it was opened the last time, and archived before that. */
  openedAt: Instant;
  closedAt: Instant;
}

export interface Watch {
  channel(facts: ChannelFacts): void;
  channelOf(id: string): ChannelFacts | null;
  channelsOf(guild: string): readonly ChannelFacts[];
  thread(id: string): ThreadFacts | null;
  threadsOf(guild: string): readonly ThreadFacts[];
  /** Remembers how a thread is, and says what changed; `since`: what is not known yet is news if it happened later. */
  tell(facts: ThreadFacts, now: Instant, since?: Instant): Change | null;
  said(thread: string, at: Instant): void;
  weDid(thread: string, at: Instant): void;
  /** Whether it was opened by what we did; then its end will say nothing. */
  isOurOpening(thread: string, openedAt: Instant): boolean;
  /**
   * Whether a closing says anything: not the end of our own opening (or of one that nobody used), and none after another without a word in
   * between.
   */
  isNews(thread: string, at: Instant): boolean;
  done(thread: string, isDone: boolean): void;
  forget(id: string): void;
  forgetGuild(guild: string): void;
}

const MOST_THREADS = 50_000;
/** What we do and what it opens come close together. */
const CLOSE: Duration = 5 * SECOND;
/** To change a message of ours in a thread that is archived it is opened, and archived again. */
const OPENED_FOR_NOTHING: Duration = 15 * SECOND;

export function createWatch(): Watch {
  const channels = new Map<string, ChannelFacts>();
  const threads = new Map<string, Entry>();
  const of = <T extends { readonly guild: string | null }>(all: Iterable<T>, guild: string) =>
    [...all].filter((one) => one.guild === guild);

  return {
    channel(facts) {
      channels.set(facts.id, facts);
    },
    channelOf: (id) => channels.get(id) ?? null,
    channelsOf: (guild) => of(channels.values(), guild),
    thread: (id) => threads.get(id)?.facts ?? null,
    threadsOf: (guild) =>
      of(
        [...threads.values()].map(({ facts }) => facts),
        guild,
      ),

    tell(facts, now, since) {
      const entry = threads.get(facts.id);
      const before = entry?.facts ?? null;
      const tags = new Set(facts.channel === null ? [] : channels.get(facts.channel)?.done);
      const change = changeOf({
        before,
        after: facts,
        isDone: (tag) => tags.has(tag),
        lastSaidAt: Math.max(entry?.saidAt ?? 0, entry?.oursAt ?? 0),
        now,
        ...(since === undefined ? {} : { since }),
      });
      threads.delete(facts.id);
      threads.set(
        facts.id,
        entry
          ? {
              ...entry,
              facts,
              ...(change?.kind === 'opened' && { openedAt: change.at, closedAt: before?.turnedAt ?? 0 }),
            }
          : { facts, saidAt: 0, oursAt: 0, ours: false, done: false, openedAt: 0, closedAt: 0 },
      );
      if (threads.size > MOST_THREADS) threads.delete(threads.keys().next().value!);
      return change;
    },
    said(thread, at) {
      const entry = threads.get(thread);
      if (!entry || at < entry.saidAt) return;
      entry.saidAt = at;
      entry.ours = false;
      entry.done = false;
    },
    weDid(thread, at) {
      const entry = threads.get(thread);
      if (entry) entry.oursAt = Math.max(entry.oursAt, at);
    },
    isOurOpening(thread, openedAt) {
      const entry = threads.get(thread);
      if (!entry || Math.abs(entry.oursAt - openedAt) > CLOSE) return false;
      // Who wrote at the same moment opened it as well; whoever wrote just before it was archived did not.
      if (entry.saidAt > entry.closedAt && Math.abs(entry.saidAt - openedAt) < CLOSE) return false;
      entry.ours = true;
      return true;
    },
    isNews(thread, at) {
      const entry = threads.get(thread);
      if (!entry) return true;
      const silent = entry.saidAt <= entry.closedAt || entry.saidAt < entry.openedAt - CLOSE;
      const forNothing = at - entry.openedAt < OPENED_FOR_NOTHING && silent;
      return !(entry.ours || entry.done || forNothing);
    },
    done(thread, isDone) {
      const entry = threads.get(thread);
      if (entry) entry.done = isDone;
    },
    forget(id) {
      channels.delete(id);
      threads.delete(id);
    },
    forgetGuild(guild) {
      for (const { id } of of(channels.values(), guild)) channels.delete(id);
      for (const [id, { facts }] of threads) if (facts.guild === guild) threads.delete(id);
    },
  };
}
