// What is done to the services below the program while it runs.
import { setTimeout as delay } from 'node:timers/promises';
import type { PostgresProcess } from '../support/postgres-process.ts';
import type { RedisProcess } from '../support/redis-process.ts';

export interface Mischief {
  /** In ms of uptime. */
  readonly at: number;
  readonly what: string;
  act(): Promise<void>;
}

export function emptyRedis(redis: RedisProcess, at: number): Mischief {
  return {
    at,
    what: 'Redis is emptied',
    async act() {
      await redis.admin.flushall();
    },
  };
}

/** Killed, and started again after `away` ms: what it knew is gone. */
export function loseRedis(redis: RedisProcess, at: number, away: number): Mischief {
  return {
    at,
    what: `Redis is away for ${away} ms`,
    async act() {
      await redis.kill();
      await delay(away);
      await redis.start();
    },
  };
}

export function restartPostgres(
  postgres: PostgresProcess,
  at: number,
  mode: 'fast' | 'immediate',
  away: number,
): Mischief {
  return {
    at,
    what: `PostgreSQL is restarted (${mode}), and away for ${away} ms`,
    async act() {
      await postgres.stop(mode);
      await delay(away);
      await postgres.start();
    },
  };
}
