// What a PostgreSQL server does in the background, and the embedded engine, which has no background, never would:
// checkpoints, without which its log grows for ever, and vacuuming, without which its tables do.
import pg from 'pg';
import { MINUTE, SECOND } from '../../../src/domain/basics.ts';
import type { Log } from '../../../src/ports/log.ts';

const EVERY = 20 * SECOND;

const MB = 1024 * 1024;
const LOG_BETWEEN_CHECKPOINTS = 32 * MB;
const CHECKPOINT_AFTER = 5 * MINUTE;

/** As autovacuum decides by default, for dead rows, for changed ones, and for new ones. */
const NEGLECTED = `
  SELECT format('%I.%I', schemaname, relname) AS name
    FROM pg_stat_all_tables
   WHERE schemaname NOT LIKE 'pg\\_toast%'
     AND (n_dead_tup > 50 + 0.2 * n_live_tup
       OR n_mod_since_analyze > 50 + 0.1 * n_live_tup
       OR n_ins_since_vacuum > 1000 + 0.2 * n_live_tup)
   ORDER BY n_dead_tup + n_mod_since_analyze DESC
   LIMIT 1`;

const LOG = `
  SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::float8 AS bytes,
         extract(epoch FROM now() - checkpoint_time)::float8 * 1000 AS age
    FROM pg_control_checkpoint()`;

/** Transaction numbers wrap round at 2^31: long before, everything is to be vacuumed. */
const AGED = `SELECT age(datfrozenxid) > 200000000 AS aged FROM pg_database WHERE datname = current_database()`;

/** Looks every 20 seconds, over a connection like any other, until it is stopped. Never keeps the program alive. */
export function startHousekeeping(connection: pg.ClientConfig, log?: Log): { stop(): void } {
  let stopped = false;
  const round = async () => {
    const client = new pg.Client(connection);
    client.on('error', () => {});
    try {
      await client.connect();
      await keepHouse(client);
    } catch (error) {
      if (!stopped) log?.warn({ error }, 'housekeeping of the embedded store failed; it is tried again');
    } finally {
      await client.end().catch(() => {});
    }
  };
  let rounds = Promise.resolve();
  const timer = setInterval(() => {
    rounds = rounds.then(() => (stopped ? undefined : round()));
  }, EVERY).unref();
  return {
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}

/** Does what is due: at most one table, so that nobody waits long. */
export async function keepHouse(client: pg.ClientBase): Promise<void> {
  const { rows: aged } = await client.query<{ aged: boolean }>(AGED);
  if (aged[0]?.aged) await client.query('VACUUM (FREEZE)');
  const { rows: neglected } = await client.query<{ name: string }>(NEGLECTED);
  for (const { name } of neglected) await client.query(`VACUUM (ANALYZE) ${name}`);
  const { rows: log } = await client.query<{ bytes: number; age: number }>(LOG);
  const { bytes, age } = log[0]!;
  if (bytes > LOG_BETWEEN_CHECKPOINTS || (bytes > MB && age > CHECKPOINT_AFTER))
    await client.query('CHECKPOINT');
}
