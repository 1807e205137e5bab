// Databases for tests: every suite runs on the embedded store, and on a PostgreSQL server when TEST_DATABASE_URL names
// one. A test file has its own database of each kind, migrated, and leaves nothing behind: no directory, no database,
// no connection.
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import { type Database, openDatabase } from '../../adapters/postgres/database.ts';
import { migrate, readMigrations } from '../../adapters/postgres/migrate.ts';
import { eventually } from './eventually.ts';

export const TEST_DATABASE_URL = process.env['TEST_DATABASE_URL'];

type Kind = Database['kind'];

interface Opened {
  readonly database: Database;
  /** Closes and removes it; throws when somebody still holds a connection. */
  discard(): Promise<void>;
}

const opened = new Map<Kind, Promise<Opened>>();

/**
 * Runs a suite once for each kind of store. All suites of a file share one database of a kind: keep to workspaces of
 * your own, or call `emptyTables` before each test. Call it at the top level of a test file.
 */
export function describeOnEachStore(name: string, suite: (database: () => Database) => void): void {
  if (opened.size === 0) afterAll(discardAll);
  describe(`${name}, on the embedded store`, () => onStore('embedded', suite));
  const skipped = TEST_DATABASE_URL === undefined ? ' (TEST_DATABASE_URL is not set)' : '';
  describe.skipIf(skipped !== '')(`${name}, on PostgreSQL${skipped}`, () => onStore('server', suite));
}

function onStore(kind: Kind, suite: (database: () => Database) => void): void {
  let database: Database | undefined;
  beforeAll(async () => {
    const opening = opened.get(kind) ?? (kind === 'embedded' ? openEmbedded() : openOnServer());
    opened.set(kind, opening);
    database = (await opening).database;
  });
  suite(() => database!);
}

async function discardAll(): Promise<void> {
  const all = [...opened.values()];
  opened.clear();
  for (const one of all) await (await one).discard();
}

/** Empties every table of the program, which takes a few milliseconds. */
export async function emptyTables({ pool }: Database): Promise<void> {
  const { rows } = await pool.query<{ tables: string | null }>(
    `SELECT string_agg(quote_ident(tablename), ', ') AS tables
       FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
  );
  if (rows[0]?.tables) await pool.query(`TRUNCATE ${rows[0].tables} RESTART IDENTITY CASCADE`);
}

async function openEmbedded(): Promise<Opened> {
  const dataDir = await mkdtemp(join(tmpdir(), 'afterword-test-'));
  const database = await openDatabase({ databaseUrl: null, dataDir, role: 'owner', throwaway: true });
  await migrate(database.pool);
  return {
    database,
    async discard() {
      const leaks = inUse(database);
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
      if (leaks > 0) throw new Error(`${leaks} connections to the embedded store were not given back`);
    },
  };
}

async function openOnServer(): Promise<Opened> {
  const server = await createDatabase({ migrated: true });
  const database = await openDatabase({ databaseUrl: server.url, dataDir: '', role: 'owner' });
  return {
    database,
    async discard() {
      const leaks = inUse(database);
      await database.close();
      await server.drop();
      if (leaks > 0) throw new Error(`${leaks} connections to PostgreSQL were not given back`);
    },
  };
}

function inUse({ pool }: Database): number {
  return pool.totalCount - pool.idleCount;
}

export interface ServerDatabase {
  readonly url: string;
  readonly name: string;
  /** Throws when somebody is still connected, and drops it all the same. */
  drop(): Promise<void>;
}

/** A new database on the server that TEST_DATABASE_URL names: empty, or copied from a migrated one. */
export async function createDatabase({ migrated }: { migrated: boolean }): Promise<ServerDatabase> {
  const name = `afterword_test_${randomUUID().replaceAll('-', '')}`;
  const template = migrated ? await ensureTemplate() : 'template1';
  await asAdministrator((client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  return {
    url: urlOf(name),
    name,
    async drop() {
      const leak = await connectionsLeft(name);
      await asAdministrator((client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
      if (leak !== null) throw new Error(`a connection to ${name} was not closed; it last ran: ${leak}`);
    },
  };
}

/** Connections take a moment to go, so looks for a while; the last statement of one that stays, else null. */
async function connectionsLeft(name: string): Promise<string | null> {
  const left = () =>
    asAdministrator(async (client) => {
      const activity = 'SELECT query FROM pg_stat_activity WHERE datname = $1';
      return (await client.query<{ query: string }>(activity, [name])).rows[0]?.query ?? null;
    });
  await eventually('every connection to close', async () => (await left()) === null, 5_000).catch(() => {});
  return await left();
}

/** The database that migrated ones are copied from: one for each state of prisma/migrations. */
async function ensureTemplate(): Promise<string> {
  const migrations = await readMigrations();
  const sum = createHash('sha256').update(migrations.map(({ checksum }) => checksum).join());
  const name = `afterword_template_${sum.digest('hex').slice(0, 16)}`;
  await asAdministrator(async (client) => {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', ['afterword_template']);
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 1) return;
    const draft = `${name}_draft`;
    await client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${draft}`);
    const pool = new pg.Pool({ connectionString: urlOf(draft) });
    await migrate(pool);
    await pool.end();
    await client.query(`ALTER DATABASE ${draft} RENAME TO ${name}`);
  });
  return name;
}

async function asAdministrator<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: TEST_DATABASE_URL });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(name: string): string {
  const url = new URL(TEST_DATABASE_URL!);
  url.pathname = `/${name}`;
  return url.href;
}
