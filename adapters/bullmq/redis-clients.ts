// Connections to Redis: producers that give up in time, consumers that never do.
import { Redis, type RedisOptions } from 'ioredis';
import { AfterwordError, type Duration, SECOND } from '../../src/domain/basics.ts';
import { ANSWER_WITHIN, within } from './deadline.ts';
import type { Outage } from './outage.ts';

const CONNECT_WITHIN: Duration = 2 * SECOND;
const RETRY_AT_MOST: Duration = 2 * SECOND;

type Options = Omit<RedisOptions, 'replyMapping'>;

const COMMON: Options = {
  connectTimeout: CONNECT_WITHIN,
  // What is to be said has been said by then; the process should not stay for a server that is slow to hang up.
  disconnectTimeout: 200,
  keepAlive: 10 * SECOND,
  retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 10), RETRY_AT_MOST) + Math.random() * 100,
  // After a failover the old primary is a replica that refuses writes.
  reconnectOnError: (error) => (error.message.startsWith('READONLY') ? 2 : false),
};

/** For adding and health: nothing is kept for later, every command is answered or fails in time. */
const PRODUCER: Options = {
  ...COMMON,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  commandTimeout: ANSWER_WITHIN,
  socketTimeout: ANSWER_WITHIN + SECOND / 2,
};

/** For the worker: commands wait for Redis for ever; a socket that went silent is given up. */
const WORKER: Options = { ...COMMON, maxRetriesPerRequest: null, socketTimeout: 10 * SECOND };

/** Longer than BullMQ blocks (10 s) and than its own watchdog. */
const BLOCKING: Options = { ...WORKER, socketTimeout: 15 * SECOND };

const ROLES = { producer: PRODUCER, worker: WORKER, blocking: BLOCKING };

/** All connections of one queue to one Redis. */
export class RedisClients {
  /** Where Redis is, without its user and password. */
  readonly place: string;
  readonly #url: string;
  readonly #clients: Redis[] = [];

  /** Throws `invalid` without repeating the address, which may hold a password. */
  constructor(url: string) {
    this.#url = url;
    try {
      const { protocol, hostname, port, pathname } = new URL(url);
      if (protocol !== 'redis:' && protocol !== 'rediss:') throw new Error('not redis');
      this.place = `${protocol}//${hostname || 'localhost'}:${port || 6379}${pathname === '/' ? '' : pathname}`;
    } catch {
      const remedy = 'write it as redis://user:password@host:6379/0, or rediss:// with TLS';
      throw new AfterwordError('invalid', 'REDIS_URL is not the address of a Redis', remedy);
    }
  }

  open(role: keyof typeof ROLES, outage: Outage): Redis {
    const client = new Redis(this.#url, ROLES[role]);
    this.#clients.push(client);
    if (role === 'blocking') {
      // BullMQ cuts this one itself when it waits too long; the others tell whether Redis is there.
      client.on('error', () => undefined);
    } else {
      client.on('error', (error) => {
        if (client.status !== 'ready') outage.lost(error);
      });
      client.on('close', () => {
        if (!outage.isLost) outage.lost(new Error('the connection was closed'));
      });
    }
    client.on('ready', () => {
      if (this.#clients.every(({ status }) => status === 'ready')) outage.back();
    });
    return client;
  }

  cut(): void {
    for (const client of this.#clients) client.disconnect();
  }
}

/** Resolves when `client` can take commands: waits for a connection under way, not for a server known to be away. */
export async function ready(client: Redis, outage: Outage): Promise<void> {
  if (client.status === 'ready') return;
  if (outage.isLost) throw outage.reason;
  await within(
    ANSWER_WITHIN,
    new Promise<void>((resolve, reject) => {
      const settle = (error?: Error) => {
        client.off('ready', settle).off('error', settle).off('close', gone);
        if (error) reject(error);
        else resolve();
      };
      const gone = () => settle(new Error('the connection was closed'));
      client.once('ready', settle).once('error', settle).once('close', gone);
    }),
  );
}
