// BullMQ in PostgreSQL, in a schema of its own, over the store's pool.
import { type PgPool, type PgPoolClient, Queue, runMigrations } from 'bullmq';
import type { Pool, QueryResultRow } from 'pg';
import { AfterwordError, type Duration, MINUTE, SECOND } from '../../src/domain/basics.ts';
import type { Health } from '../../src/ports/health.ts';
import type { Log } from '../../src/ports/log.ts';
import { AbandonableWorker } from './abandonable-worker.ts';
import { ANSWER_WITHIN, within } from './deadline.ts';
import type { Driver, WakeProcessor, WakeWorker } from './driver.ts';
import { bare, isAway, Outage } from './outage.ts';
import { PatientBackend, SharedConnection } from './postgres-backend.ts';
import { LIST_NAMES, qualifier } from './schema-sql.ts';
import { JOB_OPTIONS, QUEUE_NAME, type WakeData, type WakeJob } from './wake-job.ts';
import { EVENTS_KEPT, workerOptions } from './worker-options.ts';

const MIGRATED_WITHIN: Duration = MINUTE;

/** A connection whose other end vanished without a word gives no error for many minutes. */
const QUERY_WITHIN: Duration = 15 * SECOND;

/** BullMQ's own default. */
const SCHEMA = 'bullmq';

const REMEDY = 'start PostgreSQL, or set DATABASE_URL to where it runs';
const GRANT = `let the database user create the schema "${SCHEMA}": GRANT CREATE ON DATABASE … TO …`;

/**
 * BullMQ writes a row for every step of a job, which nobody here reads, and with every add it deletes the oldest. Where
 * no autovacuum runs, as in the embedded PostgreSQL, each of those deletes is slower than the one before.
 */
const NO_EVENTS = `DO $$BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('afterword:no-events'));
  IF NOT EXISTS (
    SELECT FROM pg_trigger WHERE tgrelid = '${SCHEMA}.event'::regclass AND tgname = 'afterword_no_events'
  ) THEN
    CREATE FUNCTION ${SCHEMA}.afterword_no_events() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
    CREATE TRIGGER afterword_no_events BEFORE INSERT ON ${SCHEMA}.event
      FOR EACH ROW EXECUTE FUNCTION ${SCHEMA}.afterword_no_events();
  END IF;
END$$`;

type WakeQueue = Queue<WakeData, void, string, WakeData, void, string, PatientBackend, PgPool>;

export class PostgresDriver implements Driver {
  readonly name = 'postgres';
  readonly remedy = REMEDY;
  readonly outage: Outage;
  readonly #pool: Pool;
  readonly #notify: boolean;
  readonly #shared: PgPool;
  readonly #connections: SharedConnection[] = [];
  #qualify: (statement: string) => string = (statement) => statement;
  #prepared: Promise<void> | undefined;
  #queue: WakeQueue | undefined;
  #consumer: PatientBackend | undefined;

  constructor(pool: Pool, notify: boolean, log: Log) {
    this.#pool = pool;
    this.#notify = notify;
    this.outage = new Outage(log, 'PostgreSQL');
    // A connection that dies while idle would end the process. What is in use is told to its user.
    pool.on('error', () => undefined);
    this.#shared = {
      // Its types say more about events than BullMQ's do.
      connect: async () => (await pool.connect()) as unknown as PgPoolClient,
      query: <R>(statement: string, params: readonly unknown[] = []) =>
        within(QUERY_WITHIN, pool.query<R & QueryResultRow>(this.#qualify(statement), [...params])),
      end: async () => undefined,
      on: () => this.#shared,
      removeAllListeners: () => this.#shared,
    };
  }

  /** Brings the schema up to date, once however many processes start together. After a failure it may be tried again. */
  prepare(): Promise<void> {
    this.#prepared ??= this.#prepare().catch((error: unknown) => {
      this.#prepared = undefined;
      throw error;
    });
    return this.#prepared;
  }

  async #prepare(): Promise<void> {
    // On the embedded PostgreSQL the first migration can take longer than we wait for one that does not answer.
    await within(ANSWER_WITHIN, this.#pool.query('SELECT 1'));
    await within(MIGRATED_WITHIN, this.#migrate());
  }

  async add(jobs: readonly WakeJob[]): Promise<void> {
    this.#queue ??= this.#openQueue();
    await this.#queue.addBulk([...jobs]);
    this.outage.back();
    this.#consumer?.nudge();
  }

  #openQueue(): WakeQueue {
    const options = {
      connection: this.#shared,
      defaultJobOptions: JOB_OPTIONS,
      streams: { events: { maxLen: EVENTS_KEPT } },
    };
    const queue: WakeQueue = new Queue(QUEUE_NAME, options, (name, base) => this.#backend(name, base));
    queue.on('error', (error) => this.outage.complain(error));
    return queue;
  }

  work(process: WakeProcessor, concurrency: number): WakeWorker {
    const options = { ...workerOptions(concurrency), connection: this.#shared };
    return new AbandonableWorker(process, options, (name, base) => {
      this.#consumer = this.#backend(name, base);
      return this.#consumer;
    });
  }

  #backend(name: string, options: ConstructorParameters<typeof PatientBackend>[2]): PatientBackend {
    const connection = new SharedConnection(this.#shared, () => this.prepare());
    this.#connections.push(connection);
    return new PatientBackend({ connection, outage: this.outage, notify: this.#notify }, name, options);
  }

  async #migrate(): Promise<void> {
    const client = await this.#shared.connect();
    let broken: boolean | undefined;
    try {
      await runMigrations(client, SCHEMA);
      await client.query(NO_EVENTS);
      const { rows } = await client.query<{ kind: string; name: string }>(LIST_NAMES, [SCHEMA]);
      const list = (kind: string) => rows.filter((row) => row.kind === kind).map((row) => row.name);
      const names = { tables: list('table'), functions: list('function'), types: list('type') };
      this.#qualify = qualifier(SCHEMA, names);
    } catch (error) {
      broken = true;
      if (isAway(error)) throw error;
      const { error: text } = bare(error);
      throw new AfterwordError(
        'broken',
        `the queue's tables could not be made: ${text}`,
        GRANT,
        new Error(text),
      );
    } finally {
      client.release(broken);
    }
  }

  async health(): Promise<Health> {
    try {
      await this.prepare();
      await within(ANSWER_WITHIN, this.#pool.query('SELECT 1'));
      return {
        ok: true,
        detail: `PostgreSQL, schema "${SCHEMA}"${this.#notify ? '' : ', looking by itself'}`,
      };
    } catch (error) {
      const remedy = error instanceof AfterwordError ? error.remedy : REMEDY;
      return { ok: false, detail: `PostgreSQL: ${bare(error).error}`, remedy };
    }
  }

  async cut(): Promise<void> {
    await Promise.all(this.#connections.map((connection) => connection.close()));
  }
}
