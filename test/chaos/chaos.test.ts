// A short run of what `npm run chaos` does at length: kills in the middle of traffic, and then the accounts.
import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/domain/basics.ts';
import { createDatabase, TEST_DATABASE_URL } from '../support/database.ts';
import { redisInstalled, redisProcess } from '../support/redis-process.ts';
import { emptyRedis } from './mischief.ts';
import { type Outcome, runChaos } from './run.ts';

const SIZE = { seed: 20261121, interactions: 100, digests: 6, kills: 3, during: 12 * SECOND };
const LIMIT = 240 * SECOND;

function expectInOrder({ violations, figures }: Outcome): void {
  expect(violations).toEqual([]);
  expect(figures.interactions).toBe(SIZE.interactions);
  expect(figures.prompts).toBeGreaterThan(SIZE.interactions * 0.9);
  expect(figures.acknowledged).toBeGreaterThan(SIZE.interactions / 2);
  expect(figures.digests).toBe(SIZE.digests);
}

describe('given traffic, when the program is killed three times and started again', () => {
  it(
    'everybody was asked once, every acknowledged answer is there once, every digest was posted once',
    async () => {
      const services = { databaseUrl: null, redisUrl: null };
      expectInOrder(await runChaos({ ...SIZE, services, processes: [['main']], by: 'SIGKILL' }));
    },
    LIMIT,
  );

  const missing = [
    ...(TEST_DATABASE_URL === undefined ? ['TEST_DATABASE_URL is not set'] : []),
    ...(redisInstalled ? [] : ['redis-server is not installed']),
  ].join(', ');
  const title = 'the same holds for two processes on PostgreSQL and a Redis that is emptied';
  it.skipIf(missing !== '')(
    `${title}${missing === '' ? '' : ` (${missing})`}`,
    async () => {
      const database = await createDatabase({ migrated: true });
      const redis = await redisProcess();
      try {
        const services = { databaseUrl: database.url, redisUrl: `redis://127.0.0.1:${redis.port}/0` };
        const processes = [['main'], ['cli', 'start']];
        const mischief = [emptyRedis(redis, SIZE.during / 2)];
        expectInOrder(await runChaos({ ...SIZE, services, processes, by: 'SIGKILL', mischief }));
      } finally {
        await redis.dispose();
        await database.drop();
      }
    },
    LIMIT,
  );
});
