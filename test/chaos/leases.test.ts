// Work in the hands of a process: kept while that lives, taken over when it died, at once where nobody else can have it.
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AfterwordError, SECOND } from '../../src/domain/basics.ts';
import { renewLeases } from '../../src/handlers/lease.ts';
import { perform } from '../../src/handlers/perform.ts';
import type { Queue, Wake } from '../../src/ports/queue.ts';
import type { LeasedWork } from '../../src/ports/store/work.ts';
import { startWorker } from '../../src/service.ts';
import { describeOnEachStore } from '../support/database.ts';
import { recordedLog } from '../support/recorded-log.ts';
import { Stage } from './stage.ts';

const ABILITIES = { idempotentSend: false, find: 'tells' } as const;

/** A queue that only remembers what it was told. */
function rememberingQueue(): { readonly queue: Queue; readonly wakes: Wake[] } {
  const wakes: Wake[] = [];
  const queue: Queue = {
    name: 'none',
    wake: async (more) => void wakes.push(...more),
    consume: async () => undefined,
    health: async () => ({ ok: true, detail: 'none' }),
    close: async () => undefined,
  };
  return { queue, wakes };
}

describeOnEachStore('work in hand', (database) => {
  const stage = () => Stage.set(database(), ABILITIES);

  /** Its only work, in the hands of a process that was killed with it. */
  async function abandoned(): Promise<{ stage: Stage; workId: string }> {
    const set = await stage();
    await set.help(set.process().ctx);
    const [workId] = await set.due();
    await set.process(1).live();
    expect(await set.due()).toEqual([]);
    return { stage: set, workId: workId! };
  }

  it('however long the platform takes, is not taken over from a holder that renews', async () => {
    const set = await stage();
    await set.help(set.process().ctx);
    const [workId] = await set.due();
    let goOn: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const reached = new Promise<void>((resolve) => {
      set.outside.onAppearance = async () => {
        resolve();
        await answered;
      };
    });
    const { ctx } = set.process();
    const inHand = new Set<LeasedWork>();
    const performing = perform(ctx, workId!, inHand);
    await reached;
    for (let i = 0; i < 5; i++) {
      set.now += 15 * SECOND;
      await renewLeases(ctx, inHand);
      expect(await set.due()).toEqual([]);
    }
    goOn();
    await performing;
    expect(inHand.size).toBe(0);
    expect(set.outside.messages).toHaveLength(1);
    expect(await set.work()).toEqual(['expire', 'remind']);
  });

  it('of a killed process is free at once when a process starts that knows itself alone', async () => {
    const { stage: set, workId } = await abandoned();
    const { queue, wakes } = rememberingQueue();
    const worker = await startWorker({ ...set.process().ctx, queue }, queue, true);
    await worker.stop(0);
    expect(wakes.map((wake) => wake.workId)).toContain(workId);
    expect(await set.due()).toEqual([workId]);
    await set.process().live();
    expect(set.outside.messages).toHaveLength(1);
  });

  it('of a killed process stays in its hands until its lease has run out, when others work too', async () => {
    const { stage: set, workId } = await abandoned();
    const { queue, wakes } = rememberingQueue();
    const worker = await startWorker({ ...set.process().ctx, queue }, queue, false);
    await worker.stop(0);
    expect(wakes.map((wake) => wake.workId)).not.toContain(workId);
    set.now += 20 * SECOND;
    expect(await set.due()).toEqual([workId]);
  });

  it('that cannot be had because the store is away is left to the sweeper, without noise', async () => {
    const set = await stage();
    await set.help(set.process().ctx);
    const [workId] = await set.due();
    const { ctx } = set.process();
    const lease = async () => {
      throw new AfterwordError('unavailable', 'the store does not answer', 'start it');
    };
    await perform({ ...ctx, store: { ...ctx.store, work: { ...ctx.store.work, lease } } }, workId!);
    expect(await set.due()).toEqual([workId]);
  });
});

describe('a worker', () => {
  it('does not wait for a store that does not answer when it is to stop', async () => {
    const never = () => new Promise<never>(() => undefined);
    const { queue } = rememberingQueue();
    const { log } = recordedLog();
    const work = { own: never, due: never, disown: never, renew: never };
    const ctx = { store: { work }, queue, log, clock: { now: () => 0 }, ids: { next: () => 'me' } };
    const worker = await startWorker(ctx as never, queue, false);
    const late = delay(2 * SECOND, 'late', { ref: false });
    expect(await Promise.race([worker.stop(0), late])).toBeUndefined();
  });
});
