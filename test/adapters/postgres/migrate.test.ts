// Migrations apply themselves: each once and whole, however many processes start together.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../adapters/postgres/database.ts';
import { migrate } from '../../../adapters/postgres/migrate.ts';
import { createDatabase, describeOnEachStore, TEST_DATABASE_URL } from '../../support/database.ts';
import { eventually } from '../../support/eventually.ts';
import { killAll, start } from '../../support/program.ts';
import { recordedLog } from '../../support/recorded-log.ts';

const MINUTES = 60_000;
const NAMES = ['1_first', '2_second', '3_third'];

let migrations: string;

beforeEach(async () => {
  migrations = await mkdtemp(join(tmpdir(), 'afterword-migrations-'));
  await add('1_first', 'CREATE TABLE steps (n int); INSERT INTO steps VALUES (1);');
  await add('2_second', 'INSERT INTO steps VALUES (2);');
  await add('3_third', 'INSERT INTO steps VALUES (3); SELECT pg_sleep(0.05);');
});

afterEach(async () => {
  await killAll();
  await rm(migrations, { recursive: true, force: true });
});

async function add(name: string, sql: string): Promise<void> {
  await mkdir(join(migrations, name), { recursive: true });
  await writeFile(join(migrations, name, 'migration.sql'), sql);
}

async function steps(pool: pg.Pool): Promise<number[]> {
  return (await pool.query<{ n: number }>('SELECT n FROM steps ORDER BY n')).rows.map(({ n }) => n);
}

async function forget(pool: pg.Pool): Promise<void> {
  await pool.query(
    `DROP TABLE IF EXISTS steps; DELETE FROM _prisma_migrations WHERE migration_name LIKE '_\\__%'`,
  );
}

describeOnEachStore('migrations', (database) => {
  const pool = () => database().pool;
  const run = (log = recordedLog().log) => migrate(pool(), log, migrations);
  beforeEach(async () => await forget(pool()));

  it('are applied in order, and not again', async () => {
    expect(await run()).toEqual(NAMES);
    expect(await run()).toEqual([]);
    await add('4_fourth', 'INSERT INTO steps VALUES (4);');
    expect(await run()).toEqual(['4_fourth']);
    expect(await steps(pool())).toEqual([1, 2, 3, 4]);
  });

  it('given eight that start at once, each is applied by one of them, and all return when all are there', async () => {
    const applied = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const mine = await run();
        expect(await steps(pool())).toEqual([1, 2, 3]);
        return mine;
      }),
    );
    expect(applied.flat().sort()).toEqual(NAMES);
  });

  it('given one that fails, nothing of it stays, those before it do, and it can be mended', async () => {
    await add('2_second', 'INSERT INTO steps VALUES (2); SELECT nonsense;');
    await expect(run()).rejects.toMatchObject({
      kind: 'broken',
      message: expect.stringContaining('2_second'),
    });
    expect(await steps(pool())).toEqual([1]);
    await add('2_second', 'INSERT INTO steps VALUES (2);');
    expect(await run()).toEqual(['2_second', '3_third']);
    expect(await steps(pool())).toEqual([1, 2, 3]);
  });

  it('given one that was changed after it was applied, and one that is unknown, it warns and names them', async () => {
    await run();
    await add('2_second', 'INSERT INTO steps VALUES (22);');
    await rm(join(migrations, '3_third'), { recursive: true });
    const { log, lines } = recordedLog();
    expect(await run(log)).toEqual([]);
    const warned = lines.filter(({ level }) => level === 'warn').map(({ fields }) => fields['migration']);
    expect(warned).toEqual(expect.arrayContaining(['2_second', '3_third']));
    expect(warned).not.toContain('1_first');
  });

  it('given one that Prisma Migrate began and did not end, it stops and says what to do', async () => {
    await run();
    await pool().query(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '2_second'`);
    await expect(run()).rejects.toMatchObject({
      kind: 'conflict',
      remedy: expect.stringContaining('resolve'),
    });
    await pool().query(
      `UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = '2_second'`,
    );
    expect(await run()).toEqual(['2_second']);
  });
});

describe.skipIf(TEST_DATABASE_URL === undefined)('migrations by processes, on PostgreSQL', () => {
  async function onServer(work: (database: Database, url: string) => Promise<void>): Promise<void> {
    const server = await createDatabase({ migrated: false });
    const database = await openDatabase({ databaseUrl: server.url, dataDir: '', role: 'owner' });
    try {
      await work(database, server.url);
    } finally {
      await database.close();
      await killAll();
      await server.drop();
    }
  }

  it(
    'given eight processes that start together, each migration is applied once',
    async () => {
      await onServer(async ({ pool }, url) => {
        const programs = Array.from({ length: 8 }, () => start('migrate-program.ts', [url, migrations]));
        const lines = await Promise.all(programs.map((program) => program.line('applied', 2 * MINUTES)));
        expect(lines.flatMap(({ applied }) => applied as string[]).sort()).toEqual(NAMES);
        expect(await steps(pool)).toEqual([1, 2, 3]);
      });
    },
    3 * MINUTES,
  );

  it(
    'given one that is killed with the lock in its hand, the next takes over',
    async () => {
      await add('3_third', 'INSERT INTO steps VALUES (3); SELECT pg_sleep(30);');
      await onServer(async ({ pool }, url) => {
        const first = start('migrate-program.ts', [url, migrations]);
        const sleeping = `SELECT pid FROM pg_stat_activity WHERE query LIKE '%pg_sleep(30)%' AND pid <> pg_backend_pid() AND datname = current_database()`;
        await eventually(
          'it to be in the middle',
          async () => (await pool.query(sleeping)).rowCount === 1,
          MINUTES,
        );
        await first.kill();

        await add('3_third', 'INSERT INTO steps VALUES (3);');
        expect(await migrate(pool, undefined, migrations)).toEqual(['3_third']);
        expect(await steps(pool)).toEqual([1, 2, 3]);
      });
    },
    3 * MINUTES,
  );
});

describe('migrations by processes, on the embedded store', () => {
  it(
    'given four processes that start together on a new store, each migration is applied once',
    async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'afterword-migrate-'));
      const database = await openDatabase({ databaseUrl: null, dataDir, role: 'owner' });
      const programs = Array.from({ length: 4 }, () => start('migrate-program.ts', [dataDir, migrations]));
      const lines = await Promise.all(programs.map((program) => program.line('applied', MINUTES)));
      expect(lines.flatMap(({ applied }) => applied as string[]).sort()).toEqual(NAMES);
      expect(await steps(database.pool)).toEqual([1, 2, 3]);
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
    3 * MINUTES,
  );
});
