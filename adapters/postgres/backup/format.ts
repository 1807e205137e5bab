// A backup file: lines of JSON, compressed. A header, then for each table a line that names it and one line a row, then
// an end that says how much there was and its checksum. Values are PostgreSQL's own text, which every version reads.
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { AfterwordError } from '../../../src/domain/basics.ts';
import type { Sequence } from './catalogue.ts';

export const FORMAT = 'afterword-backup';
export const VERSION = 1;
const LINE_FEED = 10;

export interface Header {
  readonly format: typeof FORMAT;
  readonly version: number;
  readonly createdAt: string;
  /** Names, in the order in which they were applied. */
  readonly migrations: readonly string[];
  readonly tables: readonly {
    readonly name: string;
    readonly columns: readonly string[];
    readonly rows: number;
  }[];
}

export interface End {
  readonly rows: number;
  readonly sequences: readonly Sequence[];
  /** SHA-256 of every line before this one, in hex. */
  readonly sha256: string;
}

/** What a reader meets, in the order of the file. A row is the JSON text of an array of texts and nulls. */
export type Part =
  | { readonly kind: 'header'; readonly header: Header }
  | { readonly kind: 'table'; readonly table: string }
  | { readonly kind: 'row'; readonly row: string }
  | { readonly kind: 'end'; readonly end: End };

/**
 * Reads a backup from its beginning, in little memory. Throws `not_found` when there is no such file, `invalid` when it
 * is not a backup, is of a newer format, is cut short, or was changed: the end comes last, and only when all was right.
 */
export async function* readParts(file: string): AsyncGenerator<Part> {
  const hash = createHash('sha256');
  let header: Header | undefined;
  let rows = 0;
  try {
    for await (const line of lines(file)) {
      const text = line.toString('utf8');
      if (header === undefined) {
        header = checkedHeader(text);
        yield { kind: 'header', header };
      } else if (text.startsWith('[')) {
        rows += 1;
        yield { kind: 'row', row: text };
      } else {
        const { table, end } = JSON.parse(text) as { table?: string; end?: End };
        if (table !== undefined) yield { kind: 'table', table };
        if (end !== undefined) {
          if (end.rows !== rows || end.sha256 !== hash.copy().digest('hex')) throw damaged(file);
          yield { kind: 'end', end };
          return;
        }
      }
      addLine(hash, line);
    }
  } catch (error) {
    throw explained(error, file);
  }
  throw damaged(file);
}

export function addLine(hash: Hash, line: Buffer | string): void {
  hash.update(line).update('\n');
}

/** Cut at line feeds and nothing else: readline would also cut at U+2028, which people's words may hold. */
async function* lines(file: string): AsyncGenerator<Buffer> {
  const input = createReadStream(file);
  const unpacked = createGunzip();
  input.once('error', (error) => unpacked.destroy(error));
  let rest: Buffer[] = [];
  for await (const chunk of input.pipe(unpacked) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      rest.push(chunk.subarray(start, end));
      yield rest.length === 1 ? rest[0]! : Buffer.concat(rest);
      rest = [];
      start = end + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  }
}

function checkedHeader(text: string): Header {
  const header = JSON.parse(text) as Header;
  if (header.format !== FORMAT) throw new SyntaxError('no header');
  if (header.version === VERSION) return header;
  throw new AfterwordError(
    'invalid',
    `the backup is of format ${header.version}, and this version reads ${VERSION}`,
    'restore it with the version that made it, or a newer one',
  );
}

function damaged(file: string): AfterwordError {
  return new AfterwordError(
    'invalid',
    `${file} is cut short or was changed`,
    'take another copy of the backup',
  );
}

function explained(error: unknown, file: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT')
    return new AfterwordError('not_found', `${file} is not there`, 'correct the name', error);
  if (code === 'Z_BUF_ERROR') return damaged(file);
  if (error instanceof SyntaxError || code?.startsWith('Z_')) {
    return new AfterwordError(
      'invalid',
      `${file} is not a backup`,
      'name a file that afterword backup made',
      error,
    );
  }
  return error;
}
