// Brings the database to the state that prisma/migrations describes: every migration once, in order, each wholly or
// not at all, however many processes start together. Keeps Prisma Migrate's own books, so that its commands agree.
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { AfterwordError } from '../../src/domain/basics.ts';
import type { Log } from '../../src/ports/log.ts';

/** The advisory lock that Prisma Migrate takes. In the embedded store it excludes nobody; transactions do it there. */
export const LOCK = 72_707_369;
const LOCK_WAIT = '120s';

const MIGRATIONS = migrationsDirectory();

export const BOOKS = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** Applies what is missing and returns its names. Throws `busy`, `conflict` or `broken`; then nothing of the migration stays. */
export async function migrate(pool: pg.Pool, log?: Log, directory = MIGRATIONS): Promise<string[]> {
  const migrations = await readMigrations(directory);
  const client = await pool.connect();
  try {
    await client.query('SET statement_timeout = 0');
    // So that a server gives back the lock of a killed process even while a long statement of its runs. Not everywhere.
    await client.query('SET client_connection_check_interval = 2000').catch(() => {});
    await lock(client);
    await client.query(BOOKS);
    const done = await compareBooks(client, migrations, log);
    const applied: string[] = [];
    for (const migration of migrations) {
      if (!done.has(migration.name) && (await applyOnce(client, migration))) applied.push(migration.name);
    }
    if (applied.length > 0) log?.info({ migrations: applied }, 'the database was brought up to date');
    return applied;
  } finally {
    // Closing the connection gives back the lock and the settings, whatever state an error left it in.
    client.release(true);
  }
}

/** In the order in which they apply. */
export async function readMigrations(directory = MIGRATIONS): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return await Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(directory, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/** Applies one migration in the open transaction, and books it. */
export async function apply(client: pg.ClientBase, { name, sql, checksum }: Migration): Promise<void> {
  await client.query(sql);
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
    [randomUUID(), checksum, name],
  );
}

async function lock(client: pg.ClientBase): Promise<void> {
  try {
    await client.query(`SET lock_timeout = '${LOCK_WAIT}'`);
    await client.query(`SELECT pg_advisory_lock(${LOCK})`);
  } catch (error) {
    if ((error as { code?: string }).code !== '55P03') throw error;
    throw new AfterwordError(
      'busy',
      `another process has been migrating the database for ${LOCK_WAIT}`,
      "wait until it has ended, or end it (SELECT pid FROM pg_locks WHERE locktype = 'advisory')",
      error,
    );
  }
}

/** Looks again inside the transaction: in the embedded store, nothing else keeps two processes apart. */
async function applyOnce(client: pg.ClientBase, migration: Migration): Promise<boolean> {
  await client.query('BEGIN');
  try {
    if ((await booked(client)).has(migration.name)) {
      await client.query('ROLLBACK');
      return false;
    }
    await apply(client, migration);
    await client.query('COMMIT');
    return true;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw new AfterwordError(
      'broken',
      `migration ${migration.name} failed: ${(error as Error).message}`,
      'nothing of it was kept; mend its cause and start again',
      error,
    );
  }
}

type Books = ReadonlyMap<string, { readonly checksum: string; readonly finished: boolean }>;

async function booked(client: pg.ClientBase): Promise<Books> {
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name`,
  );
  return new Map(rows.map((row) => [row.name, row]));
}

async function compareBooks(
  client: pg.ClientBase,
  migrations: readonly Migration[],
  log?: Log,
): Promise<Books> {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  const books = await booked(client);
  for (const [name, row] of books) {
    if (!row.finished) {
      throw new AfterwordError(
        'conflict',
        `migration ${name} was begun by Prisma Migrate and did not end`,
        `see what it left, then run npx prisma migrate resolve --applied ${name}, or --rolled-back ${name}`,
      );
    }
    const migration = known.get(name);
    if (migration === undefined)
      log?.warn({ migration: name }, 'the database knows a migration that this version does not');
    else if (migration.checksum !== row.checksum)
      log?.warn({ migration: name }, 'a migration was changed after it was applied');
  }
  return books;
}

/** Beside the nearest package.json above this file, which may be compiled into dist/. */
function migrationsDirectory(): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(directory, 'package.json')) && dirname(directory) !== directory)
    directory = dirname(directory);
  return join(directory, 'prisma/migrations');
}
