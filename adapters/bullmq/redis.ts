// BullMQ on Redis.
import { type BackendFactory, Queue, QueueKeys, RedisConnection, RedisQueueBackend } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Health } from '../../src/ports/health.ts';
import type { Log } from '../../src/ports/log.ts';
import { AbandonableWorker } from './abandonable-worker.ts';
import { ANSWER_WITHIN, within } from './deadline.ts';
import type { Driver, WakeProcessor, WakeWorker } from './driver.ts';
import { bare, Outage } from './outage.ts';
import { RedisClients, ready } from './redis-clients.ts';
import { JOB_OPTIONS, QUEUE_NAME, type WakeData, type WakeJob } from './wake-job.ts';
import { EVENTS_KEPT, workerOptions } from './worker-options.ts';

const REMEDY =
  'start Redis, or set REDIS_URL to where it runs; without REDIS_URL the queue lives in PostgreSQL';

function remedyFor(error: unknown): string {
  const { error: text, code = '' } = bare(error);
  if (/NOAUTH|WRONGPASS|NOPERM/.test(text)) return 'check the user and the password in REDIS_URL';
  if (/CERT|ALTNAME/.test(code))
    return 'name the authority that signed the certificate in NODE_EXTRA_CA_CERTS';
  return REMEDY;
}

export class RedisDriver implements Driver {
  readonly name = 'redis';
  readonly remedy = REMEDY;
  readonly outage: Outage;
  readonly #clients: RedisClients;
  readonly #prefix: string;
  readonly #producer: Redis;
  #queue: Queue<WakeData, void, string> | undefined;

  constructor(url: string, prefix: string, log: Log) {
    this.#clients = new RedisClients(url);
    this.#prefix = prefix;
    this.outage = new Outage(log, this.#clients.place);
    this.#producer = this.#clients.open('producer', this.outage);
  }

  prepare(): Promise<void> {
    return ready(this.#producer, this.outage);
  }

  async add(jobs: readonly WakeJob[]): Promise<void> {
    // Only now: BullMQ remembers a first connection that failed for ever.
    this.#queue ??= this.#openQueue();
    await this.#queue.addBulk([...jobs]);
  }

  #openQueue(): Queue<WakeData, void, string> {
    const queue = new Queue<WakeData, void, string>(QUEUE_NAME, {
      connection: this.#producer,
      prefix: this.#prefix,
      // Ours is part of `health`; theirs would write to the console.
      skipVersionCheck: true,
      defaultJobOptions: JOB_OPTIONS,
      streams: { events: { maxLen: EVENTS_KEPT } },
    });
    queue.on('error', (error) => this.outage.complain(error));
    return queue;
  }

  work(process: WakeProcessor, concurrency: number): WakeWorker {
    const main = this.#clients.open('worker', this.outage);
    const blocking = this.#clients.open('blocking', this.outage);
    const backend: BackendFactory<RedisQueueBackend> = (name, options) => {
      const quiet = { skipVersionCheck: true };
      const connection = new RedisConnection(main, { ...quiet, shared: true, blocking: false });
      const waiting = new RedisConnection(blocking, { ...quiet, shared: false, blocking: true });
      // What Redis 6 can do. Without looking BullMQ supposes 5, and would wait in whole seconds.
      void waiting.client.then(() => {
        waiting.capabilities = { canDoubleTimeout: true, canBlockFor1Ms: false };
      });
      const keys = new QueueKeys(this.#prefix);
      const toKey = (type: string) => keys.toKey(name, type);
      return new RedisQueueBackend(connection, name, keys.getKeys(name), toKey, options, waiting);
    };
    return new AbandonableWorker(process, { ...workerOptions(concurrency), connection: main }, backend);
  }

  async health(): Promise<Health> {
    const place = this.#clients.place;
    try {
      await this.prepare();
      const info = await within(ANSWER_WITHIN, this.#producer.info());
      const version = /^redis_version:(\S+)/m.exec(info)?.[1] ?? 'unknown';
      if (Number.parseInt(version, 10) < 6) {
        return {
          ok: false,
          detail: `Redis ${version} at ${place} is too old`,
          remedy: 'use Redis 6.2 or newer',
        };
      }
      const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? 'noeviction';
      const evicts = `; its maxmemory-policy ${policy} may drop wakes, which then come late: set it to noeviction`;
      return { ok: true, detail: `Redis ${version} at ${place}${policy === 'noeviction' ? '' : evicts}` };
    } catch (error) {
      return { ok: false, detail: `Redis at ${place}: ${bare(error).error}`, remedy: remedyFor(error) };
    }
  }

  async cut(): Promise<void> {
    this.#clients.cut();
  }
}
