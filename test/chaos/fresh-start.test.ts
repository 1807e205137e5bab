// Many processes that start together on one fresh database: the migrations are applied once, the defaults are there once, and all of them serve.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { type PostgresProcess, postgresInstalled, postgresProcess } from '../support/postgres-process.ts';
import { Instance } from './instance.ts';

const COUNT = 20;
const LIMIT = 180_000;
const WHY = postgresInstalled ? '' : ' (PostgreSQL is not installed)';

describe.skipIf(WHY !== '')(`given a fresh database${WHY}`, () => {
  let postgres: PostgresProcess;
  let directory: string;
  let instances: Instance[] = [];

  beforeEach(async () => {
    // Each process keeps four connections or so; together they need more than a server usually has.
    postgres = await postgresProcess(['-c', 'max_connections=300']);
    directory = await mkdtemp(join(tmpdir(), 'afterword-fresh-'));
  });

  afterEach(async () => {
    await Promise.all(instances.map((instance) => instance.kill()));
    await postgres.dispose();
    await rm(directory, { recursive: true, force: true });
  });

  it(
    `when ${COUNT} processes start together, all of them serve, and everything is there once`,
    async () => {
      const key = randomBytes(32).toString('base64');
      const environment = (port: number) => ({
        PATH: process.env['PATH'] ?? '',
        HOST: '127.0.0.1',
        PORT: String(port),
        AFTERWORD_DATA_DIR: join(directory, 'data'),
        DATABASE_URL: postgres.url,
        ENCRYPTION_KEY: key,
      });
      const ports = await Promise.all(Array.from({ length: COUNT }, freePort));
      instances = ports.map(
        (port, i) => new Instance({ directory, environment }, `process-${i}`, port, ['main']),
      );
      for (const instance of instances) instance.start();
      await eventually(
        'all to serve',
        () => instances.every((one) => one.isRunning || one.surprises.length > 0),
        LIMIT,
      );
      expect(instances.flatMap((instance) => instance.surprises)).toEqual([]);
      expect(instances.flatMap((instance) => [...instance.errors.keys()])).toEqual([]);

      const client = new pg.Client({ connectionString: postgres.url });
      await client.connect();
      const count = async (what: string) =>
        (await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${what}`)).rows[0]?.n;
      const once = `(SELECT migration_name FROM _prisma_migrations GROUP BY 1 HAVING count(*) > 1) AS twice`;
      expect(await count(once)).toBe(0);
      expect(await count('_prisma_migrations WHERE finished_at IS NULL')).toBe(0);
      for (const table of ['workspaces', 'installations', 'schedules', 'work', 'mail_threads'])
        expect([table, await count(table)]).toEqual([table, 1]);
      await client.end();

      const departures = await Promise.all(instances.map((instance) => instance.terminate()));
      expect(departures.map(({ code }) => code)).toEqual(departures.map(() => 0));
    },
    LIMIT,
  );
});
