// The queue's contract in a real PostgreSQL.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { describe, it } from 'vitest';
import { queueContract } from '../../contracts/queue.ts';
import { type PostgresUnderTest, queueOfPostgres } from './queue-of-postgres.ts';

const url = process.env['TEST_DATABASE_URL'];

if (url) {
  queueContract('BullMQ in PostgreSQL', async () => queueOfPostgres(await newDatabase(url)));
} else {
  describe.skip('the queue: BullMQ in PostgreSQL (TEST_DATABASE_URL is not set)', () => {
    it.todo('keeps the contract');
  });
}

async function newDatabase(address: string): Promise<PostgresUnderTest> {
  const admin = new pg.Client({ connectionString: address });
  await admin.connect();
  const database = `test_queue_${randomUUID().replaceAll('-', '')}`;
  await admin.query(`CREATE DATABASE ${database}`);
  const { hostname, port, username, password } = new URL(address);
  return {
    connection: { user: username || 'postgres', database, ...(password ? { password } : {}) },
    server: { host: hostname, port: Number(port || 5432) },
    notify: true,
    async dispose() {
      await admin.query(`DROP DATABASE ${database} WITH (FORCE)`);
      await admin.end();
    },
  };
}
