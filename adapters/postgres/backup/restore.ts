// Puts a backup into an empty store of either kind: all of it or, if anything is not right, nothing.
import type pg from 'pg';
import { AfterwordError } from '../../../src/domain/basics.ts';
import { apply, BOOKS, LOCK, type Migration, readMigrations } from '../migrate.ts';
import type { BackupSummary, Progress } from './backup.ts';
import { countRows, liftForeignKeys, quoted, readApplied, readTables, restTriggers } from './catalogue.ts';
import { type End, type Header, readParts } from './format.ts';

export interface RestoreOptions {
  /** Replaces what the store holds. */
  readonly force?: boolean;
  readonly progress?: Progress;
  /** Where the migrations are, when not in their usual place. */
  readonly migrations?: string;
}

const BATCH_BYTES = 1024 * 1024;

/**
 * Restores in one transaction, and brings an older backup up to date. Throws `invalid` for a file that is not a whole
 * backup, `conflict` when the store holds rows (unless forced), or is of a newer version than the file, or the file of a
 * newer version than the program.
 */
export async function restore(
  pool: pg.Pool,
  file: string,
  options: RestoreOptions = {},
): Promise<BackupSummary> {
  const { header } = await check(file);
  const [before, after] = split(header, await readMigrations(options.migrations));
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0');
    await client.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
    await client.query(BOOKS);
    await bringTo(client, before, file);
    await makeRoom(client, options.force ?? false);
    const replaceKeys = await liftForeignKeys(client);
    const wakeTriggers = await restTriggers(client);
    const end = await load(client, file, header, options.progress ?? (() => {}));
    for (const { name, last, called } of end.sequences) {
      await client.query('SELECT setval($1::regclass, $2::bigint, $3)', [quoted(name), last, called]);
    }
    await replaceKeys();
    await wakeTriggers();
    await compareCounts(client, header);
    for (const migration of after) await apply(client, migration);
    await client.query('COMMIT');
    return { tables: header.tables.length, rows: end.rows };
  } finally {
    client.release(true); // and with it, if it did not end well, the transaction
  }
}

/** Reads the file to its end before anything is touched. */
async function check(file: string): Promise<{ header: Header }> {
  let header: Header | undefined;
  for await (const part of readParts(file)) if (part.kind === 'header') header = part.header;
  return { header: header! };
}

/** The migrations that the backup has, and those that it has yet to get. */
function split(header: Header, known: readonly Migration[]): [before: Migration[], after: Migration[]] {
  const count = header.migrations.length;
  const unknown = header.migrations.find((name, i) => known[i]?.name !== name);
  if (unknown === undefined) return [known.slice(0, count), known.slice(count)];
  throw new AfterwordError(
    'conflict',
    `the backup has the migration ${unknown}, which this version does not know`,
    'restore it with the version that made it, or a newer one',
  );
}

/** Applies what the store lacks of the migrations that the backup has. */
async function bringTo(client: pg.ClientBase, before: readonly Migration[], file: string): Promise<void> {
  const applied = await readApplied(client);
  const newer = applied.find((name, i) => before[i]?.name !== name);
  if (newer !== undefined) {
    throw new AfterwordError(
      'conflict',
      `the store is newer than ${file}: it has the migration ${newer}`,
      'restore into a store that is new: an empty database, or another AFTERWORD_DATA_DIR; it is then brought up to date',
    );
  }
  for (const migration of before.slice(applied.length)) await apply(client, migration);
}

async function makeRoom(client: pg.ClientBase, force: boolean): Promise<void> {
  const full: string[] = [];
  for (const { name } of await readTables(client)) if ((await countRows(client, name)) > 0) full.push(name);
  if (full.length === 0) return;
  if (!force) {
    throw new AfterwordError(
      'conflict',
      `the store is not empty: there are rows in ${full.join(', ')}`,
      'restore into an empty database or another AFTERWORD_DATA_DIR, or give --force to replace everything in this one',
    );
  }
  await client.query(`TRUNCATE ${full.map(quoted).join(', ')} CASCADE`);
}

async function load(client: pg.ClientBase, file: string, header: Header, progress: Progress): Promise<End> {
  const total = header.tables.reduce((sum, { rows }) => sum + rows, 0);
  const inserts = await insertStatements(client, header);
  let insert = '';
  let batch: string[] = [];
  let size = 0;
  let done = 0;
  const flush = async () => {
    if (batch.length > 0) await client.query(insert, [`[${batch.join(',')}]`]);
    done += batch.length;
    progress(done, total);
    batch = [];
    size = 0;
  };
  for await (const part of readParts(file)) {
    if (part.kind === 'row') {
      batch.push(part.row);
      size += part.row.length;
      if (size >= BATCH_BYTES) await flush();
    } else if (part.kind === 'table') {
      await flush();
      insert = inserts.get(part.table)!;
    } else if (part.kind === 'end') {
      await flush();
      return part.end;
    }
  }
  throw new AfterwordError('broken', `${file} changed while it was read`, 'try again');
}

/** For each table, an insert of an array of rows, whose values are cast to the types that the store's columns have. */
async function insertStatements(client: pg.ClientBase, header: Header): Promise<ReadonlyMap<string, string>> {
  const tables = new Map((await readTables(client)).map((table) => [table.name, table.columns]));
  return new Map(
    header.tables.map(({ name, columns }) => {
      const types = new Map(tables.get(name)?.map((column) => [column.name, column.type]));
      const values = columns.map((column, i) => `(row->>${i})::${types.get(column)}`);
      const into = `${quoted(name)} (${columns.map(quoted).join(', ')})`;
      const from = 'FROM json_array_elements($1::json) AS row';
      return [name, `INSERT INTO ${into} OVERRIDING SYSTEM VALUE SELECT ${values.join(', ')} ${from}`];
    }),
  );
}

async function compareCounts(client: pg.ClientBase, header: Header): Promise<void> {
  for (const { name, rows } of header.tables) {
    const found = await countRows(client, name);
    if (found === rows) continue;
    throw new AfterwordError(
      'broken',
      `${name} has ${found} rows and should have ${rows}`,
      'report this as a bug',
    );
  }
}
