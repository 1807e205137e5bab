// CSV (RFC 4180, and what spreadsheets make of it) as records that know their lines. A quote that is never closed costs
// its own line, not the rest of the file: reading goes on with the line after it.
import { AfterwordError } from '../../domain/basics.ts';
import { unguarded } from '../../domain/response/formula-guard.ts';
import type { Cell } from '../../domain/response/import-row.ts';
import type { Entry } from './entry.ts';
import { type Damage, decode, type Scan, type Scanned, split } from './split.ts';

const QUOTE = 34;
const CR = 13;
const LF = 10;

/** Longer than the longest words in any script; a field beyond it is measured, not read. */
const LONGEST_FIELD = 100_000;

/** Where a field stands in its window. */
interface Span {
  readonly from: number;
  readonly to: number;
  /** Quotes in it are doubled. */
  readonly doubled: boolean;
}

interface CsvRecord {
  readonly line: number;
  readonly window: Buffer;
  readonly fields: readonly Span[];
}

export interface CsvHeader {
  readonly columns: readonly string[];
}

/** The header, then every record under it. Throws `invalid` when the first line can be no header. */
export async function* readCsv(
  chunks: AsyncIterable<Uint8Array>,
  onHeader: (header: CsvHeader) => void,
): AsyncGenerator<readonly (Entry | Damage)[]> {
  const format: Format = { delimiter: null, width: null };
  let positions: ReadonlyMap<string, number> | null = null;
  for await (const records of split(chunks, scanner(format))) {
    const entries: (Entry | Damage)[] = [];
    for (const record of records) {
      if (positions === null) {
        const columns = headerOf(record);
        positions = positionsOf(columns);
        onHeader({ columns: columns.filter((name) => name !== '') });
      } else {
        entries.push('damage' in record ? record : entryOf(record, positions));
      }
    }
    yield entries;
  }
  if (positions === null)
    throw new AfterwordError(
      'invalid',
      'the file is empty',
      'give a file whose first line names its columns',
    );
}

function headerOf(record: CsvRecord | Damage): string[] {
  const remedy = 'the first line must name the columns, in UTF-8';
  if ('damage' in record)
    throw new AfterwordError('invalid', `line ${record.line}: ${record.damage}`, remedy);
  return record.fields.map((field, i) => {
    const cell = cellAt(record, field);
    if (cell === null || typeof cell === 'string') return cell?.trim() ?? '';
    throw new AfterwordError('invalid', `column ${i + 1} of the first line cannot be read`, remedy);
  });
}

function positionsOf(columns: readonly string[]): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  for (const [i, name] of columns.entries()) {
    if (name !== '' && positions.has(name))
      throw new AfterwordError(
        'invalid',
        `two columns are called ${JSON.stringify(name)}`,
        'rename one of them',
      );
    positions.set(name, i);
  }
  return positions;
}

function entryOf(record: CsvRecord, positions: ReadonlyMap<string, number>): Entry {
  return {
    line: record.line,
    cellOf(column) {
      const field = record.fields[positions.get(column) ?? -1];
      const cell = field ? cellAt(record, field) : null;
      return typeof cell === 'string' ? unguarded(cell) : cell;
    },
  };
}

function cellAt({ window }: CsvRecord, { from, to, doubled }: Span): Exclude<Cell, number> {
  if (from === to) return null;
  if (to - from > LONGEST_FIELD)
    return { problem: `has ${(to - from).toLocaleString('en')} bytes: too long to be kept` };
  const text = decode(window.subarray(from, to));
  if (text === null) return { problem: 'is not valid UTF-8' };
  return doubled ? text.replaceAll('""', '"') : text;
}

interface Format {
  /** Found in the first line. */
  delimiter: number | null;
  /** Fields of the header. */
  width: number | null;
}

function scanner(format: Format): Scan<CsvRecord> {
  return (window, start, line, ended) => {
    if (format.delimiter === null) {
      const end = window.indexOf(LF, start);
      if (end < 0 && !ended) return 'more';
      format.delimiter = delimiterOf(window.subarray(start, end < 0 ? window.length : end));
    }
    const scanned = scanRecord(window, start, line, ended, format.delimiter, format.width);
    if (scanned !== 'more' && scanned.entry !== null && 'fields' in scanned.entry)
      format.width ??= scanned.entry.fields.length;
    return scanned;
  };
}

/** The likeliest of comma, semicolon and tab: the one most frequent outside quotes. */
function delimiterOf(header: Buffer): number {
  const text = header.toString('latin1').replace(/"[^"]*"/g, '');
  const frequency = (mark: string) => text.split(mark).length;
  const [best] = [',', ';', '\t'].sort((a, b) => frequency(b) - frequency(a));
  return (best ?? ',').charCodeAt(0);
}

function scanRecord(
  window: Buffer,
  start: number,
  line: number,
  ended: boolean,
  delimiter: number,
  width: number | null,
): Scanned<CsvRecord> | 'more' {
  /** Only this line is lost. */
  const lost = (damage: string): Scanned<CsvRecord> => {
    const lf = window.indexOf(LF, start);
    return { entry: { line, damage }, end: lf < 0 ? window.length : lf + 1, lines: 1 };
  };
  const fields: Span[] = [];
  let lines = 1;
  let at = start;
  for (;;) {
    let next: number;
    if (window[at] === QUOTE) {
      const quoted = endOfQuoted(window, at + 1, ended);
      if (quoted === 'more') return 'more';
      if (quoted === null) return lost('a quote opens here and is never closed');
      fields.push({ from: at + 1, to: quoted.close, doubled: quoted.doubled });
      lines += linesIn(window, at, quoted.close);
      next = quoted.close + 1;
      const after = window[next];
      const more = after === undefined || (after === CR && next + 1 === window.length);
      if (more && !ended) return 'more';
      if (!more && after !== delimiter && lineEnd(window, next) === 0)
        return lost(
          lines === 1
            ? 'a closing quote is followed by more text: a quote within quotes is written twice'
            : `a quote opens here and is not closed before line ${line + lines - 1}`,
        );
    } else {
      next = at;
      while (next < window.length && window[next] !== delimiter && window[next] !== LF) next += 1;
      if (next === window.length && !ended) return 'more';
      const isEnd = window[next] !== delimiter;
      const to = isEnd && next > at && window[next - 1] === CR ? next - 1 : next;
      fields.push({ from: at, to, doubled: false });
      if (isEnd) next = to;
    }
    if (window[next] === delimiter) {
      at = next + 1;
      if (at === window.length && !ended) return 'more';
      continue;
    }
    const end = next + lineEnd(window, next);
    if (fields.length === 1 && fields[0]?.from === start && fields[0].to === start)
      return { entry: null, end, lines };
    if (width !== null && fields.length !== width) {
      // Of several lines: most likely a quote that was not closed. Then the lines after the first are records.
      const across = lines === 1 ? '' : ` (lines ${line} to ${line + lines - 1})`;
      const damage = `has ${fields.length} fields${across}, the header has ${width}`;
      return lines === 1 ? { entry: { line, damage }, end, lines } : lost(damage);
    }
    return { entry: { line, window, fields }, end, lines };
  }
}

function endOfQuoted(
  window: Buffer,
  begin: number,
  ended: boolean,
): { readonly close: number; readonly doubled: boolean } | 'more' | null {
  let from = begin;
  for (;;) {
    const close = window.indexOf(QUOTE, from);
    if (close < 0) return ended ? null : 'more';
    if (close + 1 === window.length && !ended) return 'more';
    if (window[close + 1] !== QUOTE) return { close, doubled: from !== begin };
    from = close + 2;
  }
}

/** How many bytes end the line here: LF, CRLF, the end of the file or a CR just before it; 0 when none does. */
function lineEnd(window: Buffer, at: number): number {
  if (window[at] === LF) return 1;
  if (window[at] === CR && (window[at + 1] === LF || at + 1 === window.length))
    return at + 1 === window.length ? 1 : 2;
  return 0;
}

function linesIn(window: Buffer, from: number, to: number): number {
  let lines = 0;
  for (let at = window.indexOf(LF, from); at >= 0 && at < to; at = window.indexOf(LF, at + 1)) lines += 1;
  return lines;
}
