// What happens to the queue when its Redis is emptied, killed, restarted, locked or badly set up.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createQueue } from '../../../adapters/bullmq/index.ts';
import type { Queue } from '../../../src/ports/queue.ts';
import { eventually } from '../../support/eventually.ts';
import { recordedLog } from '../../support/recorded-log.ts';
import { type RedisProcess, redisInstalled, redisProcess } from '../../support/redis-process.ts';

const wake = (dueAt = Date.now()) => ({ workId: randomUUID(), dueAt });

describe.skipIf(!redisInstalled)('a queue on a Redis of its own (needs redis-server)', () => {
  let redis: RedisProcess;
  const queues: Queue[] = [];
  const { log, lines } = recordedLog();

  const open = (url = `redis://127.0.0.1:${redis.port}`) => {
    const queue = createQueue({ kind: 'redis', url }, { log });
    queues.push(queue);
    return queue;
  };
  const consuming = async (perform: (workId: string) => Promise<void> = async () => undefined) => {
    const queue = open();
    const performed: string[] = [];
    await queue.consume(async (workId) => {
      performed.push(workId);
      await perform(workId);
    }, 5);
    const first = wake();
    await queue.wake([first]);
    await eventually('the first wake', () => performed.includes(first.workId));
    return { queue, performed };
  };
  const warnings = () => lines.filter(({ level }) => level === 'warn' || level === 'error');

  beforeAll(async () => {
    redis = await redisProcess();
  });
  afterEach(async () => {
    await Promise.all(queues.splice(0).map((queue) => queue.close(100)));
    lines.length = 0;
  });
  afterAll(async () => {
    await redis?.dispose();
  });

  it('given a worker that waits, when Redis is emptied, then it performs what comes next', async () => {
    const { queue, performed } = await consuming();
    await queue.wake([wake(Date.now() + 60_000)]);
    await redis.admin.flushall();
    const next = [wake(), wake(Date.now() + 200)];
    await queue.wake(next);
    await eventually('both', () => next.every(({ workId }) => performed.includes(workId)));
    expect(warnings()).toEqual([]);
  });

  it('given work in hand, when Redis is emptied, then that work ends quietly and the next is performed', async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = wake();
    const { queue, performed } = await consuming((workId) =>
      workId === slow.workId ? released : Promise.resolve(),
    );
    await queue.wake([slow]);
    await eventually('it in hand', () => performed.includes(slow.workId));
    await redis.admin.flushall();
    release();
    const next = wake();
    await queue.wake([next]);
    await eventually('the next', () => performed.includes(next.workId));
    expect(warnings()).toEqual([]);
  });

  it('given known scripts, when Redis forgets them, then wakes are taken and performed', async () => {
    const { queue, performed } = await consuming();
    await redis.admin.script('FLUSH');
    const next = Array.from({ length: 300 }, () => wake());
    await queue.wake(next);
    await redis.admin.script('FLUSH');
    await eventually('all', () => next.every(({ workId }) => performed.includes(workId)));
  });

  it('given a worker, when Redis is killed and started again, then it goes on by itself', async () => {
    const { queue, performed } = await consuming();
    await redis.kill();
    await expect(queue.wake([wake()])).rejects.toMatchObject({ kind: 'unavailable' });
    await redis.start();
    const next = Array.from({ length: 300 }, () => wake());
    const taken = () =>
      queue.wake(next).then(
        () => true,
        () => false,
      );
    await eventually('waking', taken);
    await eventually('all', () => next.every(({ workId }) => performed.includes(workId)), 20_000);
    expect(warnings()).toHaveLength(1);
  }, 60_000);

  it('given maxmemory that evicts, when asked for health, then it warns of it', async () => {
    await redis.admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const health = await open().health();
    await redis.admin.config('SET', 'maxmemory-policy', 'noeviction');
    expect(health).toMatchObject({ ok: true, detail: expect.stringContaining('allkeys-lru') });
    expect(await open().health()).toMatchObject({ ok: true, detail: expect.not.stringContaining('evict') });
  });

  it('given no address of a Redis, when used, then it is invalid, and what was given is not repeated', async () => {
    const queue = open('http://someone:secret@127.0.0.1');
    const error: unknown = await queue.wake([wake()]).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'invalid', remedy: expect.stringContaining('redis://') });
    expect(`${error}${JSON.stringify(await queue.health())}`).not.toContain('secret');
  });
});

describe.skipIf(!redisInstalled)('a queue on a Redis with a password (needs redis-server)', () => {
  let redis: RedisProcess;
  beforeAll(async () => {
    redis = await redisProcess(['--requirepass', 'open sesame'], 'open sesame');
    await redis.admin.acl('SETUSER', 'ali', 'on', '>forty', '~*', '&*', '+@all');
  });
  afterAll(async () => {
    await redis?.dispose();
  });

  it('given user, password and database in the address, when used, then they are', async () => {
    const { log } = recordedLog();
    const url = `redis://ali:forty@127.0.0.1:${redis.port}/3`;
    const queue = createQueue({ kind: 'redis', url }, { log });
    const performed: string[] = [];
    await queue.consume(async (workId) => {
      performed.push(workId);
    }, 1);
    const one = wake();
    await queue.wake([one]);
    await eventually('it', () => performed.includes(one.workId));
    await queue.close(1_000);
    expect(await redis.admin.info('keyspace')).toContain('db3:');
    expect(await redis.admin.info('keyspace')).not.toContain('db0:');
  });

  it('given a wrong password, when used, then that is said, and the password is not', async () => {
    const { log, lines } = recordedLog();
    const queue = createQueue({ kind: 'redis', url: `redis://ali:thieves@127.0.0.1:${redis.port}` }, { log });
    await queue.consume(async () => undefined, 1);
    const error: unknown = await queue.wake([wake()]).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'unavailable' });
    const health = await eventually('health', async () => {
      const now = await queue.health();
      return !now.ok && now.remedy.includes('password') ? now : undefined;
    });
    expect(health.detail).toContain('WRONGPASS');
    await queue.close(1_000);
    const told = JSON.stringify([lines, health, `${error}`, (error as Error).cause, (error as Error).stack]);
    expect(told).not.toContain('thieves');
  });
});
