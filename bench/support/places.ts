// Where benchmarks run: a database of their own on a PostgreSQL server, and a Redis. Both may be named by the environment.
import { randomBytes } from 'node:crypto';
import pg from 'pg';

const SERVER = process.env['BENCH_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** Every key is a benchmark's: this database of it is emptied. */
export const REDIS_URL = process.env['BENCH_REDIS_URL'] ?? 'redis://127.0.0.1:6379/8';

export const ENCRYPTION_KEY = Buffer.alloc(32, 7).toString('base64');

/** Runs `body` with a fresh database, and drops it. */
export async function withDatabase<T>(body: (url: string) => Promise<T>): Promise<T> {
  const name = `afterword_bench_${randomBytes(4).toString('hex')}`;
  await onServer(`CREATE DATABASE ${name}`);
  try {
    const url = new URL(SERVER);
    url.pathname = `/${name}`;
    return await body(url.href);
  } finally {
    await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
  }
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: SERVER });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
