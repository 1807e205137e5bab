// After a new session, nobody knows what happened since the last one: the threads that were watched are looked at again, and so are those that
// were archived of late. What was closed meanwhile counts as if it had been seen; reactions that were made meanwhile are lost, since Discord
// tells of them once.
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { type Duration, HOUR, type Instant, SECOND } from '../../../src/domain/basics.ts';
import { holdsThreads, isForum } from '../inbound/fields.ts';
import type { Guild } from '../inbound/lifecycle.ts';
import { readMessage } from '../inbound/message.ts';
import { type ChannelFacts, readThread, type ThreadFacts } from '../inbound/thread.ts';
import type { DiscordApi, DiscordParts } from '../parts.ts';
import type { Watch } from './watch.ts';

export interface LookOver {
  /** `lost`: threads that were active when they were last told of, and are not among those of now. */
  begin(guild: Guild, lost: readonly string[]): void;
  stop(): void;
}

export interface LookOverParts extends Pick<DiscordParts, 'now' | 'log'> {
  readonly api: DiscordApi;
  readonly watch: Watch;
  readonly self: () => string | null;
  readonly onThread: (facts: ThreadFacts, since: Instant) => void;
}

/** Longer than any change of hands takes, and about as long as a conversation that ended is worth asking about. */
const BACK: Duration = HOUR;
const MOST_CHANNELS = 60;
const MOST_THREADS = 50;
/** What is not allowed is not tried on and on. */
const MOST_REFUSED = 3;
const MOST_WAITING = 3_000;
const PACE: Duration = 0.1 * SECOND;
const CALM = { timeout: 10 * SECOND, idempotent: true } as const;

const listed = z.object({ threads: z.array(z.unknown()) });

export function createLookOver({ api, watch, self, now, log, onThread }: LookOverParts): LookOver {
  const waiting: (readonly [Guild, readonly string[]])[] = [];
  const stopping = new AbortController();
  const { signal } = stopping;
  let running = false;

  const ask = async (path: `/${string}`, query?: Readonly<Record<string, string>>) => {
    await delay(PACE, undefined, { signal }).catch(() => undefined);
    return await api.call('GET', path, { ...CALM, ...(query && { query }) });
  };
  /** What we wrote last says that nothing was said since the closing that it is about. */
  const endsWithOurs = async ({ id, lastMessage }: ThreadFacts) => {
    if (lastMessage === null) return false;
    const called = await ask(`/channels/${id}/messages/${lastMessage}`);
    return called.kind === 'ok' && readMessage(called.body, self())?.kind === 'echo';
  };
  const look = async (guild: Guild, lost: readonly string[]) => {
    for (const id of lost.slice(0, MOST_THREADS)) {
      if (signal.aborted) return;
      const called = await ask(`/channels/${id}`);
      const facts = called.kind === 'ok' ? readThread(called.body) : null;
      if (facts) onThread(facts, now());
      // Deleted, or not for us any more.
      else if (called.kind === 'refused' && called.status === 404) watch.forget(id);
    }
    const since = Math.max(now() - BACK, guild.joinedAt ?? 0);
    let refused = 0;
    for (const { id } of channelsOf(guild)) {
      if (signal.aborted || refused >= MOST_REFUSED) return;
      const called = await ask(`/channels/${id}/threads/archived/public`, { limit: String(MOST_THREADS) });
      if (called.kind === 'refused' && called.status === 403) refused += 1;
      const parsed = listed.safeParse(called.kind === 'ok' ? called.body : null);
      for (const thread of parsed.success ? parsed.data.threads : []) {
        const facts = readThread(thread);
        if (!facts || facts.turnedAt < since || watch.thread(facts.id)?.turnedAt === facts.turnedAt) continue;
        if (watch.thread(facts.id) === null && (await endsWithOurs(facts))) continue;
        onThread({ ...facts, guild: facts.guild ?? guild.id }, since);
      }
    }
  };
  /** Forums first, and channels with threads that are active. */
  const channelsOf = (guild: Guild): readonly ChannelFacts[] => {
    const busy = new Set(watch.threadsOf(guild.id).map(({ channel }) => channel));
    const rank = ({ id, type }: ChannelFacts) => (busy.has(id) ? 0 : isForum(type) ? 1 : 2);
    return watch
      .channelsOf(guild.id)
      .filter(({ type }) => holdsThreads(type))
      .sort((a, b) => rank(a) - rank(b))
      .slice(0, MOST_CHANNELS);
  };
  const run = async () => {
    if (running) return;
    running = true;
    for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) {
      const [guild, lost] = next;
      await look(guild, lost).catch((error: unknown) =>
        log.warn({ error: String(error).slice(0, 300), guild: guild.id }, 'threads could not be looked over'),
      );
    }
    running = false;
  };

  return {
    begin(guild, lost) {
      if (waiting.length >= MOST_WAITING) return;
      waiting.push([guild, lost]);
      void run();
    },
    stop() {
      stopping.abort();
      waiting.length = 0;
    },
  };
}
