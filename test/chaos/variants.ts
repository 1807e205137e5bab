// The circumstances under which a run must come out right.
import { SECOND } from '../../src/domain/basics.ts';
import { type PostgresProcess, postgresProcess } from '../support/postgres-process.ts';
import { type RedisProcess, redisProcess } from '../support/redis-process.ts';
import { emptyRedis, loseRedis, type Mischief, restartPostgres } from './mischief.ts';
import type { RunOptions } from './run.ts';

export interface Size {
  readonly seed: number;
  readonly interactions: number;
  readonly digests: number;
  readonly kills: number;
  /** In ms. */
  readonly during: number;
}

type Circumstances = Omit<RunOptions, keyof Size | 'progress'>;

export interface Variant {
  readonly name: string;
  readonly title: string;
  readonly needs: readonly ('redis' | 'postgres')[];
  /** Sets the services up, runs, and takes them down. */
  run<T>(size: Size, run: (options: RunOptions) => Promise<T>): Promise<T>;
}

const ONE = [['main']] as const;
const THREE = [['main'], ['cli', 'start'], ['cli', 'start', '--role', 'worker']] as const;
const TWO = [['main'], ['main']] as const;

function embedded(name: string, title: string, by: RunOptions['by']): Variant {
  const services = { databaseUrl: null, redisUrl: null };
  return {
    name,
    title,
    needs: [],
    run: async (size, run) => await run({ ...size, services, processes: ONE, by }),
  };
}

function served(
  name: string,
  title: string,
  circumstances: (size: Size, redis: RedisProcess, postgres: PostgresProcess) => Partial<Circumstances>,
): Variant {
  return {
    name,
    title,
    needs: ['redis', 'postgres'],
    async run(size, run) {
      const redis = await redisProcess();
      const postgres = await postgresProcess();
      try {
        const services = { databaseUrl: postgres.url, redisUrl: `redis://127.0.0.1:${redis.port}/0` };
        const usual = { services, processes: THREE, by: 'SIGKILL' as const };
        return await run({ ...size, ...usual, ...circumstances(size, redis, postgres) });
      } finally {
        await redis.dispose();
        await postgres.dispose();
      }
    },
  };
}

/** The moments of PostgreSQL's restarts, how, and for how long it is away. */
function restarts(postgres: PostgresProcess, during: number): readonly Mischief[] {
  return [
    restartPostgres(postgres, during * 0.2, 'fast', 0),
    restartPostgres(postgres, during * 0.45, 'immediate', 0),
    restartPostgres(postgres, during * 0.7, 'fast', 8 * SECOND),
  ];
}

export const VARIANTS: readonly Variant[] = [
  embedded('embedded', 'kill -9 on the embedded store', 'SIGKILL'),
  embedded('embedded-term', 'SIGTERM on the embedded store', 'SIGTERM'),
  served('services', 'kill -9 of three processes on PostgreSQL and Redis', () => ({})),
  served('services-term', 'SIGTERM of three processes on PostgreSQL and Redis', () => ({ by: 'SIGTERM' })),
  served(
    'postgres-only',
    'kill -9 of three processes on PostgreSQL without Redis',
    (_size, _redis, postgres) => ({
      services: { databaseUrl: postgres.url, redisUrl: null },
    }),
  ),
  served('flush', 'kill -9, and Redis is emptied twice', ({ during }, redis) => ({
    processes: TWO,
    mischief: [emptyRedis(redis, during * 0.4), emptyRedis(redis, during * 0.8)],
  })),
  served('redis-away', 'kill -9, and Redis is away for 30 s', ({ during }, redis) => ({
    processes: TWO,
    mischief: [loseRedis(redis, during * 0.3, 30 * SECOND)],
  })),
  served(
    'postgres-restart',
    'kill -9, and PostgreSQL is restarted three times',
    ({ during }, _redis, postgres) => ({
      processes: TWO,
      mischief: restarts(postgres, during),
      // Like any program whose database is away when it starts: it says so, ends, and its supervisor starts it again.
      excused: () => true,
    }),
  ),
];
