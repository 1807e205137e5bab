// The small parts: what a wake is called, what may be logged, how calls are put together, how waiting ends.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { WaitingError } from 'bullmq';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BullQueue } from '../../../adapters/bullmq/bull-queue.ts';
import { settledWithin, within } from '../../../adapters/bullmq/deadline.ts';
import type { Driver, WakeProcessor } from '../../../adapters/bullmq/driver.ts';
import { Gather } from '../../../adapters/bullmq/gather.ts';
import { bare, isAway, Outage } from '../../../adapters/bullmq/outage.ts';
import { jobId, toJob } from '../../../adapters/bullmq/wake-job.ts';
import type { Wake } from '../../../src/ports/queue.ts';
import { recordedLog } from '../../support/recorded-log.ts';

const NOW = 1_790_000_000_000;
const anyWake = fc.record({ workId: fc.uuid(), dueAt: fc.integer({ min: 0, max: 4_000_000_000_000 }) });

describe('a wake as a job', () => {
  it('has an id that BullMQ takes, and that only the same wake has', () => {
    fc.assert(
      fc.property(anyWake, anyWake, (one, other) => {
        expect(jobId(one)).not.toContain(':');
        expect(String(Number.parseInt(jobId(one), 10))).not.toBe(jobId(one));
        expect(jobId(one) === jobId(other)).toBe(one.workId === other.workId && one.dueAt === other.dueAt);
      }),
    );
  });

  it('carries the id of the work alone, and is delayed until it is due', () => {
    fc.assert(
      fc.property(anyWake, (wake) => {
        const job = toJob(wake, NOW);
        expect(job.data).toEqual({ workId: wake.workId });
        expect(job.opts.timestamp + (job.opts.delay ?? 0)).toBe(Math.max(NOW, wake.dueAt));
      }),
    );
  });
});

describe('what is logged of an error', () => {
  it('leaves out what Redis and PostgreSQL put beside the message', () => {
    const command = { name: 'auth', args: ['ali', 'secret'] };
    const error = Object.assign(new Error('WRONGPASS'), {
      command,
      detail: 'Key (word)=(secret)',
      code: '42P01',
    });
    expect(bare(error)).toEqual({ error: 'WRONGPASS', code: '42P01' });
    expect(bare(new AggregateError([new Error('connect ECONNREFUSED')])).error).toContain('ECONNREFUSED');
    expect(bare('text')).toEqual({ error: 'text' });
  });

  it('tells a server that is away from one that refuses', () => {
    const coded = (code: string | number) => Object.assign(new Error('some message'), { code });
    for (const code of ['ECONNREFUSED', 'ENOENT', 'EAI_AGAIN', '57P01', '57P03', '08006', '53300']) {
      expect(isAway(coded(code)), code).toBe(true);
    }
    for (const code of ['42P01', '23505', -1]) expect(isAway(coded(code)), String(code)).toBe(false);
    expect(isAway(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isAway(Object.assign(new Error('timeout'), { code: -6 }))).toBe(false);
  });

  it('is one line for an outage, and one a minute for any other trouble of a kind', () => {
    const { log, lines } = recordedLog();
    const outage = new Outage(log, 'somewhere');
    for (let times = 0; times < 5; times += 1) outage.complain(new Error(`OOM ${times}`));
    for (let times = 0; times < 5; times += 1) outage.lost(new Error('connect ECONNREFUSED'));
    outage.complain(new Error('some other trouble'));
    expect(outage.isLost).toBe(true);
    for (let times = 0; times < 5; times += 1) outage.back();
    outage.complain(new Error('Missing lock for job w-1-2. moveToFinished'));
    outage.end();
    outage.lost(new Error('connect ECONNREFUSED'));
    expect(lines.map(({ level }) => level)).toEqual(['warn', 'warn', 'info', 'debug']);
  });
});

describe('calls that come at once', () => {
  const wake = (dueAt: number): Wake => ({ workId: 'w', dueAt });

  it('are put together while one is under way', async () => {
    const sent: number[][] = [];
    const gather = new Gather(async (wakes) => {
      sent.push(wakes.map(({ dueAt }) => dueAt));
    });
    await Promise.all([1, 2, 3].map((dueAt) => gather.add([wake(dueAt)])));
    await gather.add([wake(4)]);
    expect(sent).toEqual([[1], [2, 3], [4]]);
  });

  it('fail together with the one before them, and the next is tried again', async () => {
    let fails = true;
    const gather = new Gather(async () => {
      if (fails) throw new Error('away');
    });
    const all = await Promise.allSettled([1, 2, 3].map((dueAt) => gather.add([wake(dueAt)])));
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    fails = false;
    await gather.add([wake(4)]);
  });
});

describe('waiting', () => {
  const never = new Promise<never>(() => undefined);

  it('ends when its time is over', async () => {
    await expect(within(5, never)).rejects.toThrow('no answer within 5 ms');
    await settledWithin(5, never);
  });

  it('ends as that does which is waited for', async () => {
    expect(await within(10_000, Promise.resolve('answer'))).toBe('answer');
    await expect(within(10_000, Promise.reject(new Error('no')))).rejects.toThrow('no');
    await settledWithin(10_000, never, Promise.reject(new Error('no')));
  });
});

describe('a wake that is claimed while the queue closes', () => {
  it('is given back, not performed', async () => {
    const { log } = recordedLog();
    let process: WakeProcessor | undefined;
    const worker = { on: () => undefined, close: async () => undefined, abandon: async () => undefined };
    const driver: Driver = {
      name: 'redis',
      remedy: '',
      outage: new Outage(log, 'somewhere'),
      prepare: async () => undefined,
      add: async () => undefined,
      work: (given) => {
        process = given;
        return worker;
      },
      health: async () => ({ ok: true, detail: '' }),
      cut: async () => undefined,
    };
    const performed: string[] = [];
    const given: (string | undefined)[] = [];
    const moveToWait = async (token?: string) => given.push(token);
    const job = { data: { workId: 'w' }, moveToWait } as unknown as Parameters<WakeProcessor>[0];
    const queue = new BullQueue('redis', async () => driver, log);
    await queue.consume(async (workId) => {
      performed.push(workId);
    }, 1);
    await process?.(job, 'first');
    await queue.close(0);
    await expect(process?.(job, 'second')).rejects.toThrow(WaitingError);
    expect(performed).toEqual(['w']);
    expect(given).toEqual(['second']);
  });
});

describe('wakes that are under way while the queue closes', () => {
  it('are told first, those that were gathered behind them too; then the connections are cut', async () => {
    const { log } = recordedLog();
    const happened: string[] = [];
    const driver: Driver = {
      name: 'postgres',
      remedy: '',
      outage: new Outage(log, 'somewhere'),
      prepare: () => nextTurn(),
      add: async (jobs) => {
        await nextTurn();
        happened.push(...jobs.map(({ data }) => data.workId));
      },
      work: () => {
        throw new Error('nobody consumes');
      },
      health: async () => ({ ok: true, detail: '' }),
      cut: async () => {
        happened.push('cut');
      },
    };
    const queue = new BullQueue('postgres', async () => driver, log);
    const before = ['first', 'gathered'].map((workId) => queue.wake([{ workId, dueAt: NOW }]));
    const closing = queue.close(10_000);
    await expect(queue.wake([{ workId: 'late', dueAt: NOW }])).rejects.toMatchObject({ kind: 'unavailable' });
    await Promise.all([closing, ...before]);
    expect(happened).toEqual(['first', 'gathered', 'cut']);
  });
});
