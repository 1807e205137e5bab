// A backup holds everything at one moment, goes from any kind of store to any other, and comes back whole or not at all.
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { backup } from '../../../adapters/postgres/backup/backup.ts';
import { restore } from '../../../adapters/postgres/backup/restore.ts';
import { type Database, openDatabase } from '../../../adapters/postgres/database.ts';
import { migrate } from '../../../adapters/postgres/migrate.ts';
import { createDatabase, describeOnEachStore, TEST_DATABASE_URL } from '../../support/database.ts';

vi.setConfig({ testTimeout: 60_000 });

type Kind = Database['kind'];

let directory: string;
let file: string;
let migrations: string;
const closers: (() => Promise<unknown>)[] = [];

const FIRST = `
  CREATE TYPE "Mood" AS ENUM ('good', 'so ''so''');
  CREATE TABLE teams (id uuid PRIMARY KEY, name text NOT NULL, leader_id bigint);
  CREATE TABLE people (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    team_id uuid NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    friend_id bigint REFERENCES people (id),
    name text NOT NULL, mood "Mood" NOT NULL DEFAULT 'good', moods "Mood"[],
    big numeric, ratio float8, at timestamptz(3), exact timestamptz, span interval,
    picture bytea, data jsonb, tags text[], "odd ""name""" text,
    shout text GENERATED ALWAYS AS (upper(name)) STORED);
  ALTER TABLE teams ADD CONSTRAINT leads FOREIGN KEY (leader_id) REFERENCES people (id);
  CREATE TABLE empty_one (n int);
  CREATE SEQUENCE tickets;`;
const SECOND = `ALTER TABLE people ADD COLUMN initial text; UPDATE people SET initial = left(name, 1);`;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'afterword-backup-'));
  file = join(directory, 'store.backup');
  migrations = join(directory, 'migrations');
  await addMigration('1_first', FIRST);
});

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await rm(join(migrations, '2_second'), { recursive: true, force: true });
});

afterAll(async () => {
  await Promise.all(spare.map((database) => database.close()));
  await rm(directory, { recursive: true, force: true });
});

async function addMigration(name: string, sql: string): Promise<void> {
  await mkdir(join(migrations, name), { recursive: true });
  await writeFile(join(migrations, name, 'migration.sql'), sql);
}

/** Embedded stores, which take a second to make, are emptied and used again. */
const spare: Database[] = [];

async function fresh(kind: Kind): Promise<Database> {
  if (kind === 'embedded') {
    const database =
      spare.pop() ??
      (await openDatabase({
        databaseUrl: null,
        dataDir: await newDirectory(),
        role: 'owner',
        throwaway: true,
      }));
    closers.push(async () => {
      await database.pool.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
      spare.push(database);
    });
    return database;
  }
  const server = await createDatabase({ migrated: false });
  const database = await openDatabase({ databaseUrl: server.url, dataDir: '', role: 'owner' });
  closers.push(async () => {
    await database.close();
    await server.drop();
  });
  return database;
}

async function newDirectory(): Promise<string> {
  return await mkdtemp(join(directory, 'store-'));
}

const TEAM = '11111111-1111-4111-8111-111111111111';

/** Values that a careless copy would change. */
async function fill({ pool }: Database): Promise<void> {
  await migrate(pool, undefined, migrations);
  await pool.query(`INSERT INTO teams VALUES ($1, $2, NULL)`, [TEAM, 'A “team”, with\nlines']);
  const person = `INSERT INTO people (team_id, name, mood, moods, big, ratio, at, exact, span, picture, data, tags, "odd ""name""")
                  VALUES ('${TEAM}', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;
  await pool.query(person, [
    'separated\u2028by a line separator\u2029and \\ " \t 😀 中文',
    `so 'so'`,
    ['good', `so 'so'`],
    '12345678901234567890.123456789',
    0.1 + 0.2,
    '2026-03-29T01:30:00.123Z',
    '2026-03-29 01:30:00.123456+00',
    '1 year 2 days 03:04:05.6',
    Buffer.from([0, 1, 10, 13, 92, 255]),
    '{"n": 9007199254740993, "x": null}',
    ['a,b', '{}', '', 'NULL', null],
    '[not a row]',
  ]);
  await pool.query(person, [
    '',
    'good',
    null,
    'NaN',
    'Infinity',
    null,
    'infinity',
    null,
    Buffer.alloc(0),
    'null',
    [],
    null,
  ]);
  await pool.query(person, ['x', 'good', null, null, '-0', null, null, null, null, null, null, '']);
  await pool.query('UPDATE people SET friend_id = 4 - id');
  await pool.query('UPDATE teams SET leader_id = 2');
  await pool.query(`SELECT nextval('tickets'), nextval('tickets')`);
}

/** Everything in the store as PostgreSQL writes it. */
async function contents({ pool }: Database): Promise<unknown> {
  const client = await pool.connect();
  await client.query(`SET TimeZone = 'UTC'`);
  const tables: Record<string, unknown> = {};
  for (const name of ['teams', 'people', 'empty_one']) {
    tables[name] = (await client.query(`SELECT t::text AS row FROM ${name} t ORDER BY 1`)).rows;
  }
  client.release(true);
  return tables;
}

const kinds: Kind[] = TEST_DATABASE_URL === undefined ? ['embedded'] : ['embedded', 'server'];
const pairs = kinds.flatMap((from) => kinds.map((to) => ({ from, to })));

describe.each(pairs)('from $from to $to', ({ from, to }) => {
  it('every value comes back as it was, and what is counted goes on from there', async () => {
    const source = await fresh(from);
    await fill(source);
    expect(await backup(source.pool, file)).toEqual({ tables: 3, rows: 4 });

    const target = await fresh(to);
    expect(await restore(target.pool, file, { migrations })).toEqual({ tables: 3, rows: 4 });

    expect(await contents(target)).toEqual(await contents(source));
    const next = await target.pool.query(
      `INSERT INTO people (team_id, name) VALUES ($1, 'next') RETURNING id, nextval('tickets') AS ticket`,
      [TEAM],
    );
    expect(next.rows).toEqual([{ id: '4', ticket: '3' }]);
    await expect(target.pool.query(`DELETE FROM people WHERE id = 2`)).rejects.toMatchObject({
      code: '23503',
    });
    expect(await migrate(target.pool, undefined, migrations)).toEqual([]);
  });
});

if (TEST_DATABASE_URL === undefined) {
  describe('to and from PostgreSQL (TEST_DATABASE_URL is not set)', () => {
    it.skip('every value comes back as it was', () => {});
  });
}

describe('a backup of a running store', () => {
  it.each(kinds)(
    'given transfers all the while (%s), it holds one moment, in which the sum is right',
    async (kind) => {
      const source = await fresh(kind);
      await addMigration(
        '2_second',
        'CREATE TABLE accounts (id int PRIMARY KEY, amount int NOT NULL, filler text)',
      );
      await migrate(source.pool, undefined, migrations);
      await source.pool.query(
        `INSERT INTO accounts SELECT n, 100, repeat('x', 500) FROM generate_series(1, 3000) n`,
      );
      let transfers = 0;
      let going = true;
      const transferring = (async () => {
        while (going) {
          await source.pool.query(
            `UPDATE accounts SET amount = amount + CASE WHEN id = $1 THEN 1 ELSE -1 END WHERE id IN ($1, $2)`,
            [1 + (transfers % 3000), 3000 - (transfers % 2999)],
          );
          transfers += 1;
        }
      })();
      await backup(source.pool, file);
      going = false;
      await transferring;

      const target = await fresh('embedded');
      await restore(target.pool, file, { migrations });
      const { rows } = await target.pool.query(
        'SELECT sum(amount)::int AS sum, count(*)::int AS n FROM accounts',
      );
      expect(rows).toEqual([{ sum: 300_000, n: 3000 }]);
      expect(transfers).toBeGreaterThan(0);
    },
  );

  it('is readable by its user alone, replaces an older one, and leaves nothing half written', async () => {
    const source = await fresh('embedded');
    await fill(source);
    await writeFile(file, 'an older one');
    const seen: string[] = [];
    await backup(source.pool, file, (rows, of) => seen.push(`${rows} of ${of}`));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readFile(file)).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
    expect((await readdir(directory)).filter((name) => name.includes('partial'))).toEqual([]);
    expect(seen.at(-1)).toBe('4 of 4');
  });

  it('given that it fails, the older one stays and the store goes on', async () => {
    const source = await fresh('embedded');
    await fill(source);
    await writeFile(file, 'an older one');
    const stop = () => {
      throw new Error('the disk is full');
    };
    await expect(backup(source.pool, file, stop)).rejects.toThrow('the disk is full');
    expect(await readFile(file, 'utf8')).toBe('an older one');
    expect((await readdir(directory)).filter((name) => name.includes('partial'))).toEqual([]);
    expect((await source.pool.query('SELECT count(*)::int AS n FROM people')).rows).toEqual([{ n: 3 }]);
    await expect(backup(source.pool, join(directory, 'no/such/directory'))).rejects.toThrow('ENOENT');
  });
});

describe('a restore', () => {
  async function backedUp(): Promise<void> {
    const source = await fresh('embedded');
    await fill(source);
    await backup(source.pool, file);
  }

  it('given a store that is not empty, it is refused; forced, everything is replaced', async () => {
    await backedUp();
    const target = await fresh('embedded');
    await migrate(target.pool, undefined, migrations);
    await target.pool.query(`INSERT INTO teams VALUES (gen_random_uuid(), 'here before')`);
    await expect(restore(target.pool, file, { migrations })).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('teams'),
    });
    await restore(target.pool, file, { migrations, force: true });
    expect((await target.pool.query('SELECT id FROM teams')).rows).toEqual([{ id: TEAM }]);
  });

  it('given a backup of an older version, it is brought up to date', async () => {
    await backedUp();
    await addMigration('2_second', SECOND);
    const target = await fresh('embedded');
    await restore(target.pool, file, { migrations });
    const { rows } = await target.pool.query(`SELECT initial FROM people ORDER BY id`);
    expect(rows).toEqual([{ initial: 's' }, { initial: '' }, { initial: 'x' }]);
    expect(await migrate(target.pool, undefined, migrations)).toEqual([]);
  });

  it('given a store that is newer than the backup, it is refused with the remedy', async () => {
    await backedUp();
    await addMigration('2_second', SECOND);
    const target = await fresh('embedded');
    await migrate(target.pool, undefined, migrations);
    await expect(restore(target.pool, file, { migrations })).rejects.toMatchObject({
      kind: 'conflict',
      remedy: expect.stringContaining('AFTERWORD_DATA_DIR'),
    });
  });

  it('given a backup of a newer version, it is refused', async () => {
    await addMigration('2_second', SECOND);
    await backedUp();
    await rm(join(migrations, '2_second'), { recursive: true });
    const target = await fresh('embedded');
    await expect(restore(target.pool, file, { migrations })).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('2_second'),
    });
  });

  it('given a file that is damaged in any way, it is refused and the store untouched', async () => {
    await backedUp();
    const target = await fresh('embedded');
    await migrate(target.pool, undefined, migrations);
    await target.pool.query(`INSERT INTO teams VALUES ('${TEAM}', 'here before')`);
    const whole = await readFile(file);
    const text = gunzipSync(whole).toString('utf8');
    const lines = text.split('\n');
    const damages: Record<string, [Buffer, string]> = {
      'cut short': [whole.subarray(0, whole.length - 20), 'invalid'],
      'cut at a line': [gzipSync(lines.slice(0, -2).join('\n')), 'invalid'],
      'a word changed': [gzipSync(text.replace('team', 'teem')), 'invalid'],
      'a row lost': [gzipSync(lines.filter((line) => !line.includes('not a row')).join('\n')), 'invalid'],
      'not compressed': [Buffer.from(text), 'invalid'],
      'something else': [gzipSync('hello\n'), 'invalid'],
      'of another format': [gzipSync(text.replace('"version":1', '"version":2')), 'invalid'],
      empty: [Buffer.alloc(0), 'invalid'],
    };
    for (const [damage, [bytes, kind]] of Object.entries(damages)) {
      await writeFile(file, bytes);
      await expect(restore(target.pool, file, { migrations, force: true }), damage).rejects.toMatchObject({
        kind,
      });
    }
    await expect(restore(target.pool, join(directory, 'none'), { migrations })).rejects.toMatchObject({
      kind: 'not_found',
    });
    expect((await target.pool.query('SELECT name FROM teams')).rows).toEqual([{ name: 'here before' }]);
  });
});

describeOnEachStore('the store as it is', (database) => {
  it('is backed up with every table, and restored into another', async () => {
    const { rows } = await database().pool.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
    );
    const { tables } = await backup(database().pool, file);
    expect(tables).toBe(rows.length);
    const target = await fresh('embedded');
    expect((await restore(target.pool, file)).tables).toBe(rows.length);
    expect(await migrate(target.pool)).toEqual([]);
  });
});
