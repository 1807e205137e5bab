// Connections outlive what happens to the server, and what cannot be used is refused with what to do about it.
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../adapters/postgres/database.ts';
import { createDatabase, describeOnEachStore, TEST_DATABASE_URL } from '../../support/database.ts';

const open = (databaseUrl: string) => openDatabase({ databaseUrl, dataDir: '', role: 'owner', max: 3 });

describeOnEachStore('a pool', (database) => {
  it('says which database it is', () => {
    expect(database().describe()).toMatch(
      /^(Embedded PostgreSQL 1\d\.\d+ in \/|PostgreSQL 1\d\.\d+ at [^@]+$)/,
    );
  });

  it('may have siblings whose commits do not wait for the disk', async () => {
    const sibling = database().openPool({ max: 1, searchPath: 'public', durable: false });
    const setting = 'SHOW synchronous_commit';
    expect((await sibling.query(setting)).rows).toEqual([{ synchronous_commit: 'off' }]);
    expect((await database().pool.query(setting)).rows).toEqual([{ synchronous_commit: 'on' }]);
    expect((await sibling.query(setting)).rows).toEqual([{ synchronous_commit: 'off' }]);
  });

  it('may have siblings, whose queries mean another schema', async () => {
    await database().pool.query('CREATE SCHEMA IF NOT EXISTS "A sibling"');
    const sibling = database().openPool({ max: 2, searchPath: 'A sibling' });
    await sibling.query('CREATE TABLE only_here (n int)');
    await Promise.all(
      Array.from({ length: 10 }, async (_, n) => {
        await sibling.query('INSERT INTO only_here VALUES ($1)', [n]);
        await expect(database().pool.query('SELECT FROM only_here')).rejects.toMatchObject({ code: '42P01' });
      }),
    );
    await sibling.query('DROP TABLE only_here');
    await database().pool.query('DROP SCHEMA "A sibling"');
  });
});

describe.skipIf(TEST_DATABASE_URL === undefined)('a server', () => {
  async function onServer(work: (database: Database, url: string) => Promise<void>): Promise<void> {
    const server = await createDatabase({ migrated: false });
    const database = await open(server.url);
    await work(database, server.url).finally(async () => {
      await database.close();
      await server.drop();
    });
  }

  const cutAll = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                   WHERE datname = current_database() AND pid <> pg_backend_pid()`;

  it('given that it cuts every connection, in use or idle, the process lives and the next query is answered', async () => {
    await onServer(async ({ pool }, url) => {
      const inUse = await pool.connect();
      const busy = pool.query('SELECT pg_sleep(30)');
      const cut = expect(busy).rejects.toThrow();
      await pool.query('SELECT 1');
      const administrator = new pg.Client({ connectionString: url });
      await administrator.connect();
      await administrator.query(cutAll);
      await administrator.end();
      await cut;
      await expect(inUse.query('SELECT 1')).rejects.toThrow();
      inUse.release(true);
      expect((await pool.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
    });
  });

  it('given work that does not end, it closes all the same after two seconds', async () => {
    await onServer(async (database) => {
      const busy = expect(database.pool.query('SELECT pg_sleep(4)')).rejects.toThrow();
      const begun = Date.now();
      await database.close();
      await busy;
      expect(Date.now() - begun).toBeLessThan(4_000);
    });
  });

  it('given a database that is not there, it is refused, and no password is told', async () => {
    const url = new URL(TEST_DATABASE_URL!);
    url.pathname = '/afterword_no_such_database';
    url.password = 'Tr0ub4dor';
    const error = await open(url.href).catch((e) => e);
    expect(error).toMatchObject({ kind: 'unavailable', remedy: expect.stringContaining('createdb') });
    expect(`${error.message} ${error.remedy}`).not.toContain('Tr0ub4dor');
  });
});

describe('what cannot be used', () => {
  it('given a port where nobody listens, it is refused with the remedy', async () => {
    await expect(open('postgres://someone@127.0.0.1:9/none')).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('127.0.0.1:9/none'),
      remedy: expect.stringContaining('DATABASE_URL'),
    });
  });

  it.each(['mysql://root@localhost/x', 'not an address', ''])(
    'given the address %j, it is refused',
    async (url) => {
      await expect(open(url)).rejects.toMatchObject({
        kind: 'invalid',
        remedy: expect.stringContaining('postgresql://'),
      });
    },
  );
});
