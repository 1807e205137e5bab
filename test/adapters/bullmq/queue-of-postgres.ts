// A PostgreSQL behind a door that tests can shut, for the contract of a queue that lives in it.
import pg from 'pg';
import { createQueue } from '../../../adapters/bullmq/index.ts';
import type { QueueServerUnderTest } from '../../contracts/queue.ts';
import { flakyProxy } from '../../support/flaky-proxy.ts';
import { recordedLog } from '../../support/recorded-log.ts';

export interface PostgresUnderTest {
  /** How to log in. */
  readonly connection: pg.ClientConfig;
  /** Where it listens. */
  readonly server: { readonly host: string; readonly port: number } | { readonly path: string };
  readonly notify: boolean;
  dispose(): Promise<void>;
}

export async function queueOfPostgres(postgres: PostgresUnderTest): Promise<QueueServerUnderTest> {
  const { connection, notify, server } = postgres;
  const proxy = await flakyProxy(server);
  const pools: pg.Pool[] = [];
  const { log, lines } = recordedLog();
  const makePool = () => {
    const pool = new pg.Pool({ ...connection, host: '127.0.0.1', port: proxy.port, max: 4 });
    pool.on('error', () => undefined);
    pools.push(pool);
    return pool;
  };
  return {
    lines,
    open: () => createQueue({ kind: 'postgres', pool: makePool(), notify }, { log }),
    async reset() {
      const { rows } = await makePool().query(`SELECT to_regclass('bullmq.job') AS made`);
      if (rows[0]?.made) await makePool().query('TRUNCATE bullmq.job, bullmq.event CASCADE');
      await Promise.all(pools.splice(0).map((pool) => pool.end()));
    },
    shut: proxy.shut,
    freeze: proxy.freeze,
    reopen: proxy.reopen,
    async dispose() {
      await proxy.close();
      await postgres.dispose();
    },
  };
}
