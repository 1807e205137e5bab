// BullMQ's PostgreSQL backend, made patient: it waits out an outage, shares a pool, and does without NOTIFY if it must.
import {
  type JobJson,
  type ParentKeyOpts,
  type PgPool,
  PostgresConnection,
  PostgresQueueBackend,
  type QueueBaseOptions,
} from 'bullmq';
import { type Duration, SECOND } from '../../src/domain/basics.ts';
import { Doze } from './deadline.ts';
import { isAway, type Outage } from './outage.ts';

/** How often a worker without NOTIFY looks for wakes that another process added; those of its own it is told. */
const LOOK_EVERY: Duration = 400;

/** The longest wait for a notice, should the connection that listens have died silently. */
const LISTEN_AT_MOST: Duration = 5 * SECOND;

/** Up to here the row-by-row insert is quicker; the bulk one makes two temporary tables, which bloat the catalog. */
const FEW = 50;

const RETRY_FIRST: Duration = 100;
const RETRY_AT_MOST: Duration = 2 * SECOND;

type Entries = { job: JobJson; jobId: string; parentKeyOpts?: ParentKeyOpts }[];

/** Theirs remembers a first connection that failed for ever, and looks for a schema of another place. */
export class SharedConnection extends PostgresConnection {
  readonly #ready: () => Promise<void>;

  constructor(pool: PgPool, ready: () => Promise<void>) {
    super(pool);
    this.#ready = ready;
  }

  override waitUntilReady(): Promise<void> {
    return this.#ready();
  }
}

export interface BackendParts {
  readonly connection: SharedConnection;
  readonly outage: Outage;
  readonly notify: boolean;
}

export class PatientBackend extends PostgresQueueBackend {
  readonly #parts: BackendParts;
  readonly #looking = new Doze();
  readonly #retrying = new Doze();
  /** Since it last looked, this process added something. */
  #nudged = false;
  #retryIn = RETRY_FIRST;
  #leaving = false;

  constructor(parts: BackendParts, queueName: string, options: QueueBaseOptions<PgPool>) {
    super(parts.connection, queueName, options);
    this.#parts = parts;
  }

  override waitUntilReady(): Promise<void> {
    return this.#parts.connection.waitUntilReady();
  }

  override async addJobs(entries: Entries): Promise<string[]> {
    if (entries.length > FEW) return super.addJobs(entries);
    const added = await this.addFlow(
      entries.map(({ job, jobId, parentKeyOpts = {} }) => {
        return { jobData: job, jobId, parentKeyOpts, prefix: '', queueName: this.queueName };
      }),
    );
    return added.map(([error, id]) => {
      if (error) throw error;
      return String(id);
    });
  }

  /** Tells a worker of this process that there may be something to do. */
  nudge(): void {
    this.#nudged = true;
    this.#looking.stir();
  }

  override async moveToActive(token: string, name?: string) {
    this.#nudged = false;
    try {
      const next = await super.moveToActive(token, name);
      this.#answered();
      return next;
    } catch (error) {
      // Thrown, it would be tried again at once, for ever.
      await this.#away(error);
      return [null, '', 0, 0];
    }
  }

  override async moveToCompleted(...finish: Parameters<PostgresQueueBackend['moveToCompleted']>) {
    for (let again = false; ; again = true) {
      try {
        return await super.moveToCompleted(...finish);
      } catch (error) {
        // The first try may have got there, and only its answer been lost.
        if (again && !isAway(error)) return { result: undefined, finishedOn: Date.now() };
        if (this.#leaving || !isAway(error)) throw error;
        await this.#away(error);
      }
    }
  }

  override get maximumBlockTimeout(): number {
    return LISTEN_AT_MOST / SECOND;
  }

  override async waitForJob(blockTimeout: number): ReturnType<PostgresQueueBackend['waitForJob']> {
    // Until it answers again, asking it for work is what tells.
    if (this.#parts.outage.isLost) return null;
    if (this.#parts.notify) {
      try {
        return await super.waitForJob(blockTimeout);
      } catch (error) {
        await this.#away(error);
        return null;
      }
    }
    if (!this.#leaving && !this.#nudged)
      await this.#looking.rest(Math.min(blockTimeout * SECOND, LOOK_EVERY));
    return null;
  }

  override async disconnectBlocking(wait?: boolean): Promise<void> {
    this.#leaving = true;
    this.#looking.stir();
    this.#retrying.stir();
    await super.disconnectBlocking(wait);
  }

  override async reconnectBlocking(): Promise<void> {
    this.#leaving = false;
    await super.reconnectBlocking();
  }

  #answered(): void {
    this.#retryIn = RETRY_FIRST;
    this.#parts.outage.back();
  }

  async #away(error: unknown): Promise<void> {
    if (isAway(error)) this.#parts.outage.lost(error);
    else this.#parts.outage.complain(error);
    if (this.#leaving) return;
    await this.#retrying.rest(this.#retryIn);
    this.#retryIn = Math.min(this.#retryIn * 2, RETRY_AT_MOST);
  }
}
