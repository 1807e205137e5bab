// The queue port over BullMQ, whichever server is below: adds in bulk, performs, and leaves in time.
import { AfterwordError, type Duration, SECOND } from '../../src/domain/basics.ts';
import type { Health } from '../../src/ports/health.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Queue, Wake } from '../../src/ports/queue.ts';
import { ANSWER_WITHIN, settledWithin, within } from './deadline.ts';
import type { Driver, Perform, WakeProcessor, WakeWorker } from './driver.ts';
import { Gather } from './gather.ts';
import { bare } from './outage.ts';
import { toJob } from './wake-job.ts';

/** Larger adds would hold up the server and this thread. */
const BULK = 500;

/** Calls with no more than this are put together when they come at once. */
const FEW = 100;

const CLOSED = { ok: false, detail: 'the queue is closed', remedy: 'start the process again' } as const;

/** How long each step of leaving may take once no work is in hand. */
const GOODBYE: Duration = SECOND / 2;

export class BullQueue implements Queue {
  readonly name: string;
  readonly #open: () => Promise<Driver>;
  readonly #log: Log;
  readonly #gather = new Gather((wakes) => this.#add(wakes));
  readonly #inHand = new Set<Promise<void>>();
  /** Adds that were asked for and have not settled. */
  readonly #telling = new Set<Promise<void>>();
  #driver: Promise<Driver> | undefined;
  #worker: WakeWorker | undefined;
  #closing: Promise<void> | undefined;

  /** `open` is called once, when the queue is first needed: a process that never does loads no BullMQ. */
  constructor(name: string, open: () => Promise<Driver>, log: Log) {
    this.name = name;
    this.#open = open;
    this.#log = log;
  }

  async wake(wakes: readonly Wake[]): Promise<void> {
    if (wakes.length === 0) return;
    if (this.#closing) throw new AfterwordError('unavailable', CLOSED.detail, CLOSED.remedy);
    const told = wakes.length <= FEW ? this.#gather.add(wakes) : this.#add(wakes);
    this.#telling.add(told);
    try {
      await told;
    } finally {
      this.#telling.delete(told);
    }
  }

  async #add(wakes: readonly Wake[]): Promise<void> {
    const driver = await this.#ready();
    try {
      await driver.prepare();
      for (let from = 0; from < wakes.length; from += BULK) {
        const now = Date.now();
        const jobs = wakes.slice(from, from + BULK).map((wake) => toJob(wake, now));
        await within(ANSWER_WITHIN, driver.add(jobs));
      }
    } catch (error) {
      if (error instanceof AfterwordError) throw error;
      const { error: text, code } = bare(error);
      const cause = Object.assign(new Error(text), code === undefined ? {} : { code });
      const message = `the queue on ${this.name} took no wake: ${text}`;
      throw new AfterwordError('unavailable', message, driver.remedy, cause);
    }
  }

  async consume(perform: Perform, concurrency: number): Promise<void> {
    const driver = await this.#ready();
    // If it is away, the worker waits for it.
    await driver.prepare().catch(() => undefined);
    if (this.#closing) return;
    if (this.#worker) throw new AfterwordError('broken', 'the queue is consumed already', 'consume it once');
    this.#worker = driver.work(this.#processor(perform), concurrency);
    this.#worker.on('error', (error) => driver.outage.complain(error));
  }

  #processor(perform: Perform): WakeProcessor {
    return async (job, token) => {
      if (this.#closing) {
        // Claimed while we were closing: somebody else's, then.
        const { WaitingError } = await import('bullmq');
        await job.moveToWait(token);
        throw new WaitingError();
      }
      const done = this.#perform(perform, job.data.workId);
      this.#inHand.add(done);
      await done;
      this.#inHand.delete(done);
    };
  }

  async #perform(perform: Perform, workId: string): Promise<void> {
    try {
      await perform(workId);
    } catch (error) {
      const stack = error instanceof Error ? error.stack : undefined;
      this.#log.error(
        { workId, ...bare(error), stack },
        'Performing a wake failed; its work row decides what follows',
      );
    }
  }

  async health(): Promise<Health> {
    if (this.#closing) return CLOSED;
    try {
      const driver = await this.#ready();
      return await driver.health();
    } catch (error) {
      const remedy = error instanceof AfterwordError ? error.remedy : 'see the log';
      return { ok: false, detail: bare(error).error, remedy };
    }
  }

  close(graceMs: Duration): Promise<void> {
    this.#closing ??= this.#close(graceMs);
    return this.#closing;
  }

  async #close(graceMs: Duration): Promise<void> {
    const driver = await this.#driver?.catch(() => undefined);
    if (!driver) return;
    driver.outage.end();
    // Nobody waits for a wake but us, and the first one ever makes the queue's tables: whoever owns the connections ends them next.
    const told = settledWithin(Math.max(graceMs, GOODBYE), Promise.allSettled(this.#telling));
    await Promise.all([told, this.#endWork(graceMs)]);
    await settledWithin(GOODBYE, driver.cut());
  }

  async #endWork(graceMs: Duration): Promise<void> {
    if (!this.#worker) return;
    const closed = this.#worker.close();
    await settledWithin(graceMs, closed, Promise.allSettled(this.#inHand));
    // The server is still to be told what was done, but it may be away: then `closed` never settles.
    await settledWithin(GOODBYE, closed);
    await settledWithin(GOODBYE, this.#worker.abandon());
  }

  #ready(): Promise<Driver> {
    this.#driver ??= this.#open();
    return this.#driver;
  }
}
