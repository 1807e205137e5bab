// The connection to Discord's gateway, from when this process holds it until it lets go. What cannot be put right by trying again is said and left.
import { setTimeout as delay } from 'node:timers/promises';
import type { SessionInfo } from '@discordjs/ws';
import { GatewayIntentBits, type RESTGetAPIGatewayBotResult } from 'discord.js';
import { z } from 'zod';
import { type Duration, SECOND } from '../../../src/domain/basics.ts';
import type { Health } from '../../../src/ports/health.ts';
import type { DiscordApi, DiscordParts } from '../parts.ts';
import { openSession, type Session } from './session.ts';

/** The fewest that do: servers and their threads, who speaks and reacts in them, and direct messages. None is privileged. */
const INTENTS =
  GatewayIntentBits.Guilds |
  GatewayIntentBits.GuildMessages |
  GatewayIntentBits.GuildMessageReactions |
  GatewayIntentBits.DirectMessages;

export interface GatewayParts extends Pick<DiscordParts, 'options' | 'log'> {
  readonly api: DiscordApi;
  readonly onDispatch: (type: string, data: unknown, shard: number) => void;
}

export interface Gateway {
  /** Begins to connect, and comes back by itself until it is closed. */
  open(): void;
  /** At once. Where `resumable`, what happens until it is opened again soon is not lost. */
  close(resumable: boolean): Promise<void>;
  /** Nothing but another configuration can help. */
  isHopeless(): boolean;
  health(): Health;
}

const FIRST_PAUSE: Duration = SECOND;
const LONGEST_PAUSE: Duration = 60 * SECOND;
const CALLING: Duration = 8 * SECOND;

const TOKEN = 'copy the token of the bot again, from the developer portal, into DISCORD_TOKEN';
const NETWORK = 'check the network and DISCORD_API_URL; it comes back by itself when Discord does';

/** Close codes after which trying again is no use, with what is. */
const HOPELESS: ReadonlyMap<number, readonly [detail: string, remedy: string]> = new Map([
  [4004, ['Discord does not take DISCORD_TOKEN (4004)', TOKEN]],
  [4012, ['Discord has ended this version of its gateway (4012)', 'update Afterword']],
  [4013, ['Discord does not know the intents that were asked for (4013)', 'update Afterword']],
  [
    4014,
    [
      'Discord does not allow the intents that were asked for (4014)',
      'turn the privileged intents on in the developer portal, or the feature off that needs them',
    ],
  ],
]);
/** How many shards there are to be has changed: it is asked anew. */
const OTHER_SHARDS: ReadonlySet<number> = new Set([4010, 4011]);

const infoSchema = z.object({
  url: z.string().regex(/^wss?:\/\//u),
  shards: z.number().int().positive(),
  session_start_limit: z.object({
    total: z.number(),
    remaining: z.number(),
    reset_after: z.number(),
    max_concurrency: z.number().int().positive(),
  }),
});

export function createGateway({ options, log, api, onDispatch }: GatewayParts): Gateway {
  const sessions = new Map<number, SessionInfo>();
  let current: { readonly stop: AbortController; session: Session | null } | null = null;
  let closing: Promise<void> = Promise.resolve();
  let shards = 0;
  const ready = new Set<number>();
  let trouble: { readonly detail: string; readonly remedy: string } | null = null;
  let hopeless: { readonly detail: string; readonly remedy: string } | null = null;

  const complain = (detail: string, remedy: string) => {
    if (trouble?.detail !== detail) log.warn({ problem: detail }, 'there is no connection to Discord');
    trouble = { detail, remedy };
  };
  const despair = (detail: string, remedy: string) => {
    hopeless = { detail, remedy };
    log.error({ problem: detail, remedy }, 'the gateway of Discord is left alone until the next start');
  };
  /** Null: not now. */
  const ask = async (): Promise<RESTGetAPIGatewayBotResult | null> => {
    const called = await api.call('GET', '/gateway/bot', { timeout: CALLING, idempotent: true });
    if (called.kind === 'refused' && called.status === 401) {
      despair('Discord does not take DISCORD_TOKEN (401)', TOKEN);
      return null;
    }
    const parsed = infoSchema.safeParse(called.kind === 'ok' ? called.body : null);
    if (parsed.success) return parsed.data;
    const detail = called.kind === 'ok' ? 'its answer names no gateway' : called.detail;
    complain(`Discord does not say where its gateway is (${detail})`, NETWORK);
    return null;
  };

  const run = async (own: NonNullable<typeof current>) => {
    const { signal } = own.stop;
    const pause = (ms: Duration) => delay(ms, undefined, { signal }).catch(() => undefined);
    // Of one session there is one connection.
    await closing;
    for (let wait = FIRST_PAUSE; !signal.aborted && !hopeless; wait = Math.min(2 * wait, LONGEST_PAUSE)) {
      const info = await ask();
      if (signal.aborted || hopeless) return;
      const { remaining = 0, reset_after: reset = 0 } = info?.session_start_limit ?? {};
      if (info !== null && (remaining >= info.shards || sessions.size >= info.shards)) {
        shards = info.shards;
        await connect(own, info);
        wait = FIRST_PAUSE;
      } else if (info !== null) {
        complain('Discord allows no new session at the moment', 'wait: Discord counts them by the day');
        await pause(Math.min(reset, LONGEST_PAUSE));
      }
      await pause(wait * (0.5 + Math.random() / 2));
    }
  };

  /** Settles when all has to begin anew. */
  const connect = (own: NonNullable<typeof current>, info: RESTGetAPIGatewayBotResult) =>
    new Promise<void>((resolve) => {
      own.stop.signal.addEventListener('abort', () => resolve(), { once: true });
      const session = openSession({
        token: options.token,
        intents: INTENTS,
        info,
        sessions,
        onDispatch,
        onError: (detail) => complain(detail, NETWORK),
        onReady(shard) {
          ready.add(shard);
          if (ready.size < shards) return;
          if (trouble) log.info({ shards }, 'connected to Discord again');
          else log.info({ shards }, 'connected to Discord');
          trouble = null;
        },
        onClosed(shard, code) {
          ready.delete(shard);
          const meaning = HOPELESS.get(code);
          if (!meaning && !OTHER_SHARDS.has(code))
            return complain(`Discord closed the connection (${code})`, NETWORK);
          if (meaning) despair(...meaning);
          sessions.clear();
          own.session = null;
          ready.clear();
          void session.end(false).then(resolve);
        },
      });
      own.session = session;
    });

  return {
    isHopeless: () => hopeless !== null,

    open() {
      if (current || hopeless) return;
      current = { stop: new AbortController(), session: null };
      run(current).catch((error: unknown) => complain(String(error).slice(0, 300), NETWORK));
    },

    async close(resumable) {
      const own = current;
      current = null;
      ready.clear();
      own?.stop.abort();
      const ended = own?.session?.end(resumable);
      if (ended) closing = ended;
      await ended;
    },

    health() {
      if (hopeless) return { ok: false, ...hopeless };
      if (current === null)
        return { ok: true, detail: 'another process holds the gateway, or this one is about to' };
      if (shards > 0 && ready.size >= shards)
        return { ok: true, detail: `connected to the gateway${shards > 1 ? ` with ${shards} shards` : ''}` };
      const detail = trouble?.detail ?? 'connecting';
      return {
        ok: false,
        detail: `no connection to the gateway: ${detail}`,
        remedy: trouble?.remedy ?? NETWORK,
      };
    },
  };
}
