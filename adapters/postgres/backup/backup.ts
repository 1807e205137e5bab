// Copies a running store into one file: what was committed at one moment, from every table there is.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { flushDirectory } from '../embedded/flush.ts';
import { countRows, quoted, readApplied, readSequences, readTables, type Table } from './catalogue.ts';
import { addLine, type End, FORMAT, type Header, VERSION } from './format.ts';

/** How far it has come. */
export type Progress = (rows: number, of: number) => void;

export interface BackupSummary {
  readonly tables: number;
  readonly rows: number;
}

const BATCH_BYTES = 1024 * 1024;

/**
 * Writes the backup, which only its user may read, and puts it in the place of `file` when it is whole and on disk.
 * Memory does not grow with the size. On the embedded store everybody else waits meanwhile.
 */
export async function backup(
  pool: pg.Pool,
  file: string,
  progress: Progress = () => {},
): Promise<BackupSummary> {
  const path = resolve(file);
  const draft = `${path}.${process.pid}.partial`;
  const client = await pool.connect();
  try {
    const summary = { tables: 0, rows: 0 };
    await pipeline(
      Readable.from(content(client, summary, progress)),
      createGzip({ level: 4 }),
      createWriteStream(draft, { mode: 0o600, flags: 'w' }),
    );
    const written = await open(draft, 'r');
    await written.sync().finally(() => written.close());
    await rename(draft, path);
    flushDirectory(dirname(path));
    client.release();
    return summary;
  } catch (error) {
    client.release(true); // and with it the transaction
    await rm(draft, { force: true });
    throw error;
  }
}

async function* content(
  client: pg.ClientBase,
  summary: { tables: number; rows: number },
  progress: Progress,
): AsyncGenerator<string> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  await client.query(PLAIN_TEXT);
  const tables = await readTables(client);
  const header = await describe(client, tables);
  const total = header.tables.reduce((sum, { rows }) => sum + rows, 0);
  summary.tables = tables.length;
  const hash = createHash('sha256');
  const whole = (lines: readonly string[]) => {
    for (const line of lines) addLine(hash, line);
    return lines.map((line) => `${line}\n`).join('');
  };
  yield whole([JSON.stringify(header)]);
  for (const table of tables) {
    yield whole([JSON.stringify({ table: table.name })]);
    for await (const rows of read(client, table)) {
      summary.rows += rows.length;
      progress(summary.rows, total);
      yield whole(rows);
    }
  }
  const sequences = await readSequences(client);
  const end: End = { rows: summary.rows, sequences, sha256: hash.digest('hex') };
  yield `${JSON.stringify({ end })}\n`;
  await client.query('COMMIT');
}

/** Text that means the same wherever it is read, and time to write it all. */
const PLAIN_TEXT = `
  SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'iso_8601';
  SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1;
  SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0`;

async function describe(client: pg.ClientBase, tables: readonly Table[]): Promise<Header> {
  const described = [];
  for (const { name, columns } of tables) {
    described.push({
      name,
      columns: columns.map((column) => column.name),
      rows: await countRows(client, name),
    });
  }
  return {
    format: FORMAT,
    version: VERSION,
    createdAt: new Date().toISOString(),
    migrations: await readApplied(client),
    tables: described,
  };
}

/** The rows of a table, about a megabyte at a time. */
async function* read(client: pg.ClientBase, { name, columns }: Table): AsyncGenerator<string[]> {
  const values = columns.map((column) => `${quoted(column.name)}::text`).join(', ');
  await client.query(
    `DECLARE rows NO SCROLL CURSOR FOR SELECT json_build_array(${values})::text AS row FROM ${quoted(name)}`,
  );
  for (let count = 100; ; ) {
    const { rows } = await client.query<{ row: string }>(`FETCH ${count} FROM rows`);
    if (rows.length === 0) break;
    const lines = rows.map(({ row }) => row);
    yield lines;
    const bytes = lines.reduce((sum, line) => sum + line.length, 0);
    count = Math.min(5_000, Math.max(10, Math.round((rows.length * BATCH_BYTES) / bytes)));
  }
  await client.query('CLOSE rows');
}
