// The embedded store: one owner at a time, whoever is killed and whenever, and nothing lost that was said to be kept.
import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Database, openDatabase } from '../../../adapters/postgres/database.ts';
import { keepHouse } from '../../../adapters/postgres/embedded/housekeeping.ts';
import { eventually } from '../../support/eventually.ts';
import { killAll, type Program, start } from '../../support/program.ts';
import { recordedLog } from '../../support/recorded-log.ts';

const MINUTES = 60_000;
vi.setConfig({ testTimeout: 1 * MINUTES });

let dataDir: string;
const opened: Database[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'afterword-embedded-'));
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()));
  await killAll();
  await rm(dataDir, { recursive: true, force: true });
});

async function open(role: 'owner' | 'guest', log = recordedLog().log): Promise<Database> {
  const database = await openDatabase({ databaseUrl: null, dataDir, role, log });
  opened.push(database);
  return database;
}

const hold = (role: 'owner' | 'guest'): Program => start('store-program.ts', ['hold', dataDir, role]);
const write = (from: number): Program => start('store-program.ts', ['write', dataDir, String(from)]);

function lockFiles(): string[] {
  return readdirSync(dataDir).filter((name) => name.startsWith('owner.'));
}

describe('one owner', () => {
  it(
    'given 20 processes that start together, exactly one owns the store and the others say who does',
    async () => {
      const programs = Array.from({ length: 20 }, () => hold('owner'));
      const settled = () => programs.filter(({ lines }) => lines.length > 0).length;
      await eventually('all to have settled', () => settled() === 20, 2 * MINUTES);

      const owners = programs.filter(({ lines }) => lines[0]!['opened'] === true);
      expect(owners).toHaveLength(1);
      const refusals = programs
        .filter((program) => program !== owners[0])
        .map(({ lines }) => lines[0]!['failed']);
      for (const refusal of refusals) {
        expect(refusal).toMatchObject({ kind: 'conflict' });
        expect(JSON.stringify(refusal)).toContain(`kill ${owners[0]!.pid}`);
        expect(JSON.stringify(refusal)).toContain('AFTERWORD_DATA_DIR');
      }
      expect(lockFiles()).toHaveLength(1);
    },
    3 * MINUTES,
  );

  it('given an owner that closed, another takes its place', async () => {
    const first = await open('owner');
    await first.close();
    const second = await open('owner');
    expect((await second.pool.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
  });

  it('given a lock whose number belongs to another process by now, it is taken over', async () => {
    await (await open('owner')).close();
    const [name] = lockFiles();
    const owner = JSON.parse(await readFile(join(dataDir, name!), 'utf8'));
    writeFileSync(join(dataDir, name!), JSON.stringify({ ...owner, released: false, started: '1' }));
    const second = await open('owner');
    expect((await second.pool.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
  });

  it('given an owner in another container that answers on its socket, it is respected', async () => {
    await open('owner');
    const [name] = lockFiles();
    const owner = JSON.parse(await readFile(join(dataDir, name!), 'utf8'));
    writeFileSync(join(dataDir, name!), JSON.stringify({ ...owner, namespace: 'pid:[1]', pid: 1 }));
    await expect(open('owner')).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('given an owner in another container that does not answer, it is taken over', async () => {
    await (await open('owner')).close();
    const [name] = lockFiles();
    const owner = JSON.parse(await readFile(join(dataDir, name!), 'utf8'));
    const elsewhere = { ...owner, released: false, namespace: 'pid:[1]', pid: 1 };
    writeFileSync(join(dataDir, name!), JSON.stringify(elsewhere));
    await open('owner');
  });

  it('given a lock file of no meaning, it is no owner', async () => {
    writeFileSync(join(dataDir, 'owner.7'), '{"pid":');
    await open('owner');
    expect(lockFiles()).toEqual(['owner.8']);
  });
});

describe('guests', () => {
  it('given a running owner, a guest works in its store, and leaves it running', async () => {
    const owner = await open('owner');
    await owner.pool.query('CREATE TABLE notes (text text)');
    const guest = hold('guest');
    expect((await guest.line('opened'))['where']).toContain(`run by process ${process.pid}`);

    const other = await open('guest');
    await other.pool.query(`INSERT INTO notes VALUES ('hello')`);
    await other.close();
    await guest.finish();
    expect((await owner.pool.query('SELECT text FROM notes')).rows).toEqual([{ text: 'hello' }]);
  });

  it('given no owner, a guest is one for as long as it is open', async () => {
    const guest = await open('guest');
    await expect(open('owner')).rejects.toMatchObject({ kind: 'conflict' });
    await guest.close();
    await open('owner');
  });

  it(
    'given an owner that is just starting, guests wait for it',
    async () => {
      const programs = [hold('owner'), hold('guest'), hold('guest'), hold('guest')];
      // Whoever comes first owns it: the owner may be refused by a guest that was quicker, the guests never are.
      const [owner, ...guests] = await Promise.all(
        programs.map(async (program) => {
          await eventually('a word', () => program.lines.length > 0, MINUTES);
          return program.lines[0]!;
        }),
      );
      expect(guests.every((line) => line['opened'] === true)).toBe(true);
      expect(owner!['opened'] ?? owner!['failed']).toBeTruthy();
    },
    2 * MINUTES,
  );
});

describe('kill -9', () => {
  it(
    'given owners killed while they write, every row that was said to be kept is there, once',
    async () => {
      const kept: number[] = [];
      for (let round = 0; round < 3; round++) {
        const writer = write(round * 100_000);
        await writer.line('opened');
        const enough = 20 + 50 * round;
        await eventually('rows', () => writer.lines.length > enough, MINUTES);
        await writer.kill();
        kept.push(...writer.lines.flatMap((line) => ('kept' in line ? [line['kept'] as number] : [])));
      }
      const { pool } = await open('owner');
      const { rows } = await pool.query<{ n: number }>('SELECT n FROM numbers');
      const found = new Set(rows.map(({ n }) => n));
      expect(kept.filter((n) => !found.has(n))).toEqual([]);
      expect(rows.length).toBe(found.size);
    },
    3 * MINUTES,
  );

  it(
    'given the very first start cut short, the next one has a whole store',
    async () => {
      const first = hold('owner');
      await eventually(
        'the files to be on their way',
        () => readdirSync(dataDir).some((name) => name.startsWith('pgdata')),
        MINUTES,
      );
      await first.kill();
      mkdirSync(join(dataDir, 'pgdata.new-left-by-another'));

      const { pool } = await open('owner');
      expect((await pool.query('SELECT count(*)::int AS n FROM pg_class')).rows[0].n).toBeGreaterThan(100);
      expect(readdirSync(dataDir).filter((name) => name.startsWith('pgdata'))).toEqual(['pgdata']);
    },
    2 * MINUTES,
  );

  it(
    'given a killed owner, its guests are told and the next ones own the store',
    async () => {
      const owner = hold('owner');
      await owner.line('opened');
      const guest = await open('guest');
      await owner.kill();
      await expect(guest.pool.query('SELECT 1')).rejects.toThrow();
      const next = await open('guest');
      expect((await next.pool.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
    },
    2 * MINUTES,
  );
});

describe('the engine', () => {
  it(
    'given a failure of the disk, it is started again with all that it had committed, and says so',
    async () => {
      const { log, lines } = recordedLog();
      const { pool } = await open('owner', log);
      await pool.query('CREATE TABLE notes (text text)');
      await pool.query(`INSERT INTO notes VALUES ('before')`);

      renameSync(join(dataDir, 'pgdata/pg_wal'), join(dataDir, 'pg_wal'));
      await pool.query('SELECT pg_switch_wal()');
      await expect(pool.query(`INSERT INTO notes VALUES ('during')`)).rejects.toThrow();
      renameSync(join(dataDir, 'pg_wal'), join(dataDir, 'pgdata/pg_wal'));

      const texts = async () => (await pool.query('SELECT text FROM notes')).rows;
      await eventually(
        'answers',
        () =>
          texts().then(
            () => true,
            () => false,
          ),
        MINUTES,
      );
      expect(await texts()).toEqual([{ text: 'before' }]);
      expect(
        lines
          .filter(({ level }) => level === 'error')
          .map(({ fields }) => JSON.stringify(fields))
          .join(),
      ).toContain('PANIC');
    },
    2 * MINUTES,
  );

  it('given much churn, housekeeping vacuums and analyses, and the log stays small', async () => {
    const { pool } = await open('owner');
    await pool.query('CREATE TABLE churn (n int PRIMARY KEY, filler text STORAGE EXTERNAL)');
    const client = await pool.connect();
    for (let round = 0; round < 6; round++) {
      await client.query(`INSERT INTO churn SELECT n, repeat(md5(n::text), 30) FROM generate_series(1, 30000) n
                          ON CONFLICT (n) DO UPDATE SET filler = EXCLUDED.filler || 'x'`);
      await keepHouse(client);
    }
    // The counts that it goes by are up to a second old.
    await eventually('the table to be clean', async () => {
      await keepHouse(client);
      const { rows } = await client.query(`
        SELECT FROM pg_stat_user_tables WHERE relname = 'churn' AND n_dead_tup = 0
           AND last_vacuum IS NOT NULL AND last_analyze IS NOT NULL`);
      return rows.length === 1;
    });
    client.release();

    const { rows: log } = await pool.query(
      `SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 AS bytes`,
    );
    const segments = readdirSync(join(dataDir, 'pgdata/pg_wal')).filter((name) =>
      /^[0-9A-F]{24}$/.test(name),
    );
    expect(segments.length * 16 * 1024 * 1024).toBeLessThan(log[0].bytes / 2);
  });

  it('flushes to disk what it commits', async () => {
    const { pool } = await open('owner');
    const { rows } = await pool.query(
      `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method') ORDER BY name`,
    );
    expect(rows.map(({ setting }) => setting)).toEqual(['on', 'on', 'on', 'fsync']);
  });

  it('closes within three seconds, also while somebody is in the middle of a transaction', async () => {
    const database = await open('owner');
    const client = await database.pool.connect();
    client.on('error', () => {});
    await client.query('BEGIN');
    await client.query('CREATE TABLE half (n int)');
    const begun = Date.now();
    await database.close();
    expect(Date.now() - begun).toBeLessThan(5_500); // two for the one that holds a connection, three for the engine
    client.release(true);

    const { pool } = await open('owner');
    expect((await pool.query(`SELECT to_regclass('half') AS half`)).rows).toEqual([{ half: null }]);
  });
});

describe('the data directory', () => {
  it('is open to its user alone', async () => {
    await open('owner');
    for (const path of ['', 'run', 'pgdata']) expect(statSync(join(dataDir, path)).mode & 0o077).toBe(0);
  });

  it('may have a long path: the socket is then in a private directory with a short one', async () => {
    dataDir = join(dataDir, 'a-long-name-'.repeat(12));
    const owner = await open('owner');
    const guest = await open('guest');
    expect((await guest.pool.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
    expect(existsSync(join(dataDir, 'run'))).toBe(false);
    const { host } = owner.pool.options as { host: string };
    expect(statSync(host).mode & 0o777).toBe(0o700);
    await rm(host, { recursive: true });
  });

  it('written by another version of PostgreSQL is refused with the remedy', async () => {
    mkdirSync(join(dataDir, 'pgdata'));
    writeFileSync(join(dataDir, 'pgdata/PG_VERSION'), '17\n');
    await expect(open('owner')).rejects.toMatchObject({
      kind: 'conflict',
      remedy: expect.stringContaining('backup'),
    });
  });
});
