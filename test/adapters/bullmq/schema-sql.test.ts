// Every statement of BullMQ finds its tables and functions without a search_path.
import { createRequire } from 'node:module';
import pg from 'pg';
import { expect, it } from 'vitest';
import { createQueue } from '../../../adapters/bullmq/index.ts';
import { LIST_NAMES, qualifier } from '../../../adapters/bullmq/schema-sql.ts';
import { recordedLog } from '../../support/recorded-log.ts';
import { embeddedPostgres } from './embedded-postgres.ts';

const require = createRequire(import.meta.url);
const { SQL_COMMANDS } = require('bullmq/dist/cjs/postgres/sql-scripts.js') as {
  SQL_COMMANDS: Record<string, string>;
};

it('given the schema of BullMQ, when its statements are qualified, then each can be prepared', async () => {
  const postgres = await embeddedPostgres(false);
  const pool = new pg.Pool({ ...postgres.connection, max: 1 });
  try {
    await createQueue({ kind: 'postgres', pool, notify: false }, { log: recordedLog().log }).health();
    const { rows } = await pool.query<{ kind: string; name: string }>(LIST_NAMES, ['bullmq']);
    const list = (kind: string) => rows.filter((row) => row.kind === kind).map((row) => row.name);
    const qualify = qualifier('bullmq', {
      tables: list('table'),
      functions: list('function'),
      types: list('type'),
    });
    const refused: string[] = [];
    const commands = Object.entries(SQL_COMMANDS).filter(([name]) => !name.startsWith('listen_'));
    for (const [name, sql] of commands) {
      const statement = qualify(sql.replaceAll(/^--.*$/gm, ''));
      await pool.query(`PREPARE it AS ${statement}`).then(
        () => pool.query('DEALLOCATE it'),
        (error: Error) => refused.push(`${name}: ${error.message}`),
      );
    }
    expect(commands.length).toBeGreaterThan(80);
    expect(refused).toEqual([]);
  } finally {
    await pool.end();
    await postgres.dispose();
  }
}, 60_000);

it('given words that are also columns and comments, when qualified, then only tables and calls are', () => {
  const qualify = qualifier('q', {
    tables: ['event', 'job'],
    functions: ['drain', 'job_ids'],
    types: ['job_state'],
  });
  expect(qualify('SELECT id, event FROM event WHERE event = $1')).toBe(
    'SELECT id, event FROM q.event WHERE event = $1',
  );
  expect(qualify('SELECT drain FROM drain($1, $2)')).toBe('SELECT drain FROM q.drain($1, $2)');
  expect(qualify("UPDATE job SET state = 'x'::job_state")).toBe("UPDATE q.job SET state = 'x'::q.job_state");
  expect(qualify('INSERT INTO job (id) SELECT job_ids (1) FROM unnest($1)')).toBe(
    'INSERT INTO q.job (id) SELECT q.job_ids (1) FROM unnest($1)',
  );
  expect(qualify('SELECT job.id FROM other JOIN job j ON true')).toBe(
    'SELECT job.id FROM other JOIN q.job j ON true',
  );
});
