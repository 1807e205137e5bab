// The queue on BullMQ: on Redis, or in the PostgreSQL that keeps everything else. It wakes us, and nothing depends on it.
import type { Pool } from 'pg';
import type { Log } from '../../src/ports/log.ts';
import type { Queue } from '../../src/ports/queue.ts';
import { BullQueue } from './bull-queue.ts';

export type QueueServer =
  /** `redis://` or `rediss://`, with user, password and database as needed. */
  | { readonly kind: 'redis'; readonly url: string }
  /**
   * A pool of `pg`, which stays its owner's. `notify`: whether NOTIFY reaches its connections. It does on a
   * PostgreSQL server, where consuming keeps one connection of the pool; it does not through the socket of the
   * embedded PostgreSQL, where the queue looks by itself instead.
   */
  | { readonly kind: 'postgres'; readonly pool: Pool; readonly notify: boolean };

export interface QueueOptions {
  readonly log: Log;
  /** What the keys in Redis begin with, where several installations share one database of it. */
  readonly prefix?: string;
}

/** Connects when first used. Throws `invalid` then, if the address is none. */
export function createQueue(server: QueueServer, { log, prefix = 'bull' }: QueueOptions): Queue {
  // Loaded when needed: BullMQ and ioredis take memory that a process without work should not pay.
  switch (server.kind) {
    case 'redis': {
      const open = async () => new (await import('./redis.ts')).RedisDriver(server.url, prefix, log);
      return new BullQueue('redis', open, log);
    }
    case 'postgres': {
      const open = async () =>
        new (await import('./postgres.ts')).PostgresDriver(server.pool, server.notify, log);
      return new BullQueue('postgres', open, log);
    }
  }
}
