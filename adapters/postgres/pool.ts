// Connections to PostgreSQL that outlive its restarts: a lost connection is an error of the query in hand, if any,
// never of the process, and the next query gets a new one.
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { AfterwordError, type Duration, SECOND } from '../../src/domain/basics.ts';

export interface Pools {
  /** Another pool on the same store, closed with it. `searchPath` names the schema that its queries mean. */
  open(options: PoolOptions): pg.Pool;
  /** Waits for what is in hand, at most `grace`, then cuts the connections. */
  close(grace: Duration): Promise<void>;
}

export interface PoolOptions {
  readonly max: number;
  readonly searchPath?: string;
  /** False: commits do not wait for the disk, for what may be lost with the power. True unless told otherwise. */
  readonly durable?: boolean;
}

export function pools(base: pg.PoolConfig): Pools {
  const opened = new Set<pg.Pool>();
  const clients = new Set<pg.PoolClient>();
  return {
    open({ max, searchPath, durable = true }) {
      const words = searchPath === undefined ? [] : [searchPathOption(searchPath)];
      if (!durable) words.push('-c synchronous_commit=off');
      const options = words.length === 0 ? {} : { options: words.join(' ') };
      const pool = new pg.Pool({ ...base, ...options, max });
      opened.add(pool);
      // Without a listener, a connection lost while idle ends the process; so does one lost in somebody's hands.
      pool.on('error', () => {});
      pool.on('connect', (client) => {
        clients.add(client);
        client.on('error', () => {});
        client.once('end', () => clients.delete(client));
      });
      return pool;
    },
    async close(grace) {
      const deadline = Date.now() + grace;
      // A pool that ends forgets whoever still waits for one of its connections.
      while ([...opened].some((pool) => pool.waitingCount > 0) && Date.now() < deadline) await delay(10);
      const ended = Promise.all([...opened].map((pool) => (pool.ended || pool.ending ? null : pool.end())));
      await Promise.race([ended, delay(Math.max(0, deadline - Date.now()), undefined, { ref: false })]);
      for (const client of clients) cut(client);
    },
  };
}

/** As a server reads the options of a connection: blanks part them, and a backslash keeps what follows. */
function searchPathOption(schema: string): string {
  const name = `"${schema.replaceAll('"', '""')}"`;
  return `-c search_path=${name.replaceAll(/[\s\\]/g, '\\$&')}`;
}

function cut(client: pg.PoolClient): void {
  const { connection } = client as unknown as { connection?: { stream?: { destroy?: () => void } } };
  connection?.stream?.destroy?.();
}

/** Connects once, so that a store that cannot be used is refused at the start, with what to do about it. */
export async function firstAnswer(pool: pg.Pool, where: string): Promise<{ version: string }> {
  try {
    const { rows } = await pool.query<{ version: string; number: number }>(
      `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number`,
    );
    const { version, number } = rows[0]!;
    if (number >= 140_000) return { version: version.split(' ')[0]! };
    throw new AfterwordError('unavailable', `${where} runs version ${version}`, 'use PostgreSQL 14 or newer');
  } catch (error) {
    throw error instanceof AfterwordError ? error : cannotConnect(error, where);
  }
}

function cannotConnect(error: unknown, where: string): AfterwordError {
  const { code } = error as { code?: string };
  const [reason, remedy] = REASONS[code ?? ''] ?? [
    `does not answer (${(error as Error).message || code})`,
    'start it, or correct DATABASE_URL, or unset that to use the embedded store',
  ];
  return new AfterwordError('unavailable', `${where} ${reason}`, remedy, error);
}

const REASONS: Readonly<Record<string, readonly [reason: string, remedy: string]>> = {
  '28P01': ['refuses the password', 'correct the user and password in DATABASE_URL'],
  '28000': ['refuses the user', 'correct the user in DATABASE_URL, or let it in by pg_hba.conf'],
  '3D000': ['has no such database', 'create it (createdb), or correct the name in DATABASE_URL'],
  '42501': [
    'does not allow this user to connect',
    'grant CONNECT on the database to the user in DATABASE_URL',
  ],
  '53300': ['has no connection left', 'raise its max_connections, or close other programs that use it'],
  ENOTFOUND: ['is a name that cannot be found', 'correct the host in DATABASE_URL'],
};

/** For a server elsewhere. Times are what a request can wait for; long work lifts them for itself. */
export const SERVER_LIMITS: pg.PoolConfig = {
  connectionTimeoutMillis: 10 * SECOND,
  statement_timeout: 60 * SECOND,
  idle_in_transaction_session_timeout: 60 * SECOND,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10 * SECOND,
  allowExitOnIdle: true,
  application_name: 'afterword',
};

/** For the embedded engine, which does one thing after another: whoever waits gets its turn. */
export const EMBEDDED_LIMITS: pg.PoolConfig = {
  connectionTimeoutMillis: 60 * SECOND,
  keepAlive: true,
  allowExitOnIdle: true,
};
