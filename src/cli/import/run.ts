// An import from beginning to end: bytes become lines, lines rows, rows facts, a batch at a time. What is bad is told, all else kept.
import { extname } from 'node:path';
import { AfterwordError, type Id, type ZoneName } from '../../domain/basics.ts';
import type { Context } from '../../handlers/context.ts';
import type { ArchiveRow } from '../../ports/store/archive.ts';
import { readCsv } from './csv.ts';
import type { Entry } from './entry.ts';
import { readJsonl } from './jsonl.ts';
import { type Mapping, mappedColumns, usedColumns } from './mapping.ts';
import { type BadLine, createRowReader } from './rows.ts';
import type { Damage } from './split.ts';

export const FORMATS = ['csv', 'jsonl'] as const;
export type ImportFormat = (typeof FORMATS)[number];

export interface ImportJob {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Null: found out by its first character. */
  readonly format: ImportFormat | null;
  readonly mapping: Mapping;
  readonly zone: ZoneName;
  readonly workspaceId: Id;
  /** Whose ids `person` holds. */
  readonly platform: string;
  onBad(bad: BadLine): Promise<void>;
  /** Columns that nothing is made of; each is told once. */
  onUnused(columns: readonly string[]): void;
  onProgress(counts: ImportCounts): void;
  /** Stops after the batch in hand. */
  readonly signal: AbortSignal;
}

export interface ImportCounts {
  /** Records read: those added, known and bad together. */
  readonly lines: number;
  readonly added: number;
  /** Were there already, from an earlier import. */
  readonly known: number;
  readonly bad: number;
}

/** Rows in one transaction. */
const BATCH = 1_000;
/** Or as many characters of words. */
const BATCH_WORDS = 2_000_000;
/** So that a file of random keys does not fill the memory. */
const MOST_UNUSED = 100;

/** Throws `invalid` when the file cannot be what it should be, or what the store throws: then all batches before are kept. */
export async function runImport(
  ctx: Pick<Context, 'store' | 'classify' | 'ids' | 'clock'>,
  job: ImportJob,
): Promise<ImportCounts> {
  const { mapping, workspaceId, platform } = job;
  const read = createRowReader(mapping, job.zone);
  const unused = unusedColumns(mapping, job);
  const counts = { lines: 0, added: 0, known: 0, bad: 0 };
  let batch: ArchiveRow[] = [];
  let words = 0;

  const save = async (rows: readonly ArchiveRow[]) => {
    const { added, known } = await ctx.store.archive.addRows(
      workspaceId,
      platform,
      rows.map((row) => ({ row, classification: classificationOf(ctx, row) })),
      () => ctx.ids.next(),
      ctx.clock.now(),
    );
    counts.added += added;
    counts.known += known;
    job.onProgress(counts);
  };
  // One batch is saved while the next is read.
  let saving: Promise<void> = Promise.resolve();
  const flush = async () => {
    const rows = batch;
    batch = [];
    words = 0;
    await saving;
    if (rows.length > 0) saving = save(rows);
    // Its error is thrown where it is waited for.
    saving.catch(() => {});
  };

  try {
    for await (const entries of await entriesOf(job, unused)) {
      for (const entry of entries) {
        if (job.signal.aborted) return counts;
        if (!('damage' in entry) && entry.columns) unused(entry.columns);
        const result = read(entry);
        counts.lines += 1;
        if ('bad' in result) {
          counts.bad += 1;
          await job.onBad(result.bad);
          continue;
        }
        batch.push(result.row);
        words += result.row.verbatim?.length ?? 0;
        if (batch.length === BATCH || words > BATCH_WORDS) await flush();
      }
      job.onProgress(counts);
    }
    await flush();
  } finally {
    await saving;
  }
  return counts;
}

function classificationOf({ classify }: Pick<Context, 'classify'>, row: ArchiveRow) {
  const { survey, score, verbatim, locale } = row;
  return score === null ? null : classify({ survey, score, text: verbatim, locale });
}

async function entriesOf(
  job: ImportJob,
  unused: (columns: readonly string[]) => void,
): Promise<AsyncIterable<readonly (Entry | Damage)[]>> {
  const chunks = job.chunks[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  let format = job.format;
  while (format === null) {
    const { value, done } = await chunks.next();
    if (!done) head.push(value);
    format = sniff(Buffer.concat(head), done === true);
  }
  const all = (async function* () {
    yield* head;
    yield* { [Symbol.asyncIterator]: () => chunks };
  })();
  if (format === 'jsonl') return readJsonl(all);
  return readCsv(all, ({ columns }) => {
    for (const column of mappedColumns(job.mapping)) {
      if (!columns.includes(column))
        throw new AfterwordError(
          'invalid',
          `the file has no column ${JSON.stringify(column)}, which --map names`,
          `its columns are ${columns.join(', ')}`,
        );
    }
    for (const field of ['survey', 'sentAt'] as const) {
      if (!job.mapping.has(field) && !columns.includes(field))
        throw new AfterwordError(
          'invalid',
          `the file has no column ${field}`,
          `say which one it is, such as --map ${field}${field === 'survey' ? ':nps' : '=date'}; its columns are ${columns.join(', ')}`,
        );
    }
    unused(columns);
  });
}

/** By the name of the file; null when that does not tell. */
export function formatOf(file: string): ImportFormat | null {
  const extension = extname(file).toLowerCase();
  if (['.jsonl', '.ndjson', '.json'].includes(extension)) return 'jsonl';
  return ['.csv', '.tsv', '.txt'].includes(extension) ? 'csv' : null;
}

/** By its first character; null when there is none yet. */
function sniff(head: Buffer, ended: boolean): ImportFormat | null {
  const [first] = head
    .toString('latin1')
    .replace(/^\u00EF\u00BB\u00BF/, '')
    .trimStart();
  if (first === undefined) return ended ? 'csv' : null;
  return first === '{' || first === '[' ? 'jsonl' : 'csv';
}

function unusedColumns(mapping: Mapping, job: ImportJob): (columns: readonly string[]) => void {
  const told = new Set(usedColumns(mapping));
  const most = told.size + MOST_UNUSED;
  return (columns) => {
    const fresh = columns.filter((column) => !told.has(column) && told.size < most);
    if (fresh.length === 0) return;
    for (const column of fresh) told.add(column);
    job.onUnused(fresh);
  };
}
