import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/cli/import/csv.ts';
import { LONGEST_RECORD } from '../../src/cli/import/split.ts';
import type { Cell } from '../../src/domain/response/import-row.ts';

interface Read {
  readonly columns: readonly string[];
  /** A line and its cells, or its damage. */
  readonly lines: readonly (readonly [number, ...Cell[]] | readonly [number, { damage: string }])[];
}

async function read(file: string | Uint8Array, chunk = Number.POSITIVE_INFINITY): Promise<Read> {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  const chunks = (async function* () {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  })();
  let columns: readonly string[] = [];
  const lines: Read['lines'][number][] = [];
  for await (const entries of readCsv(chunks, (header) => {
    columns = header.columns;
  })) {
    for (const entry of entries) {
      if ('damage' in entry) lines.push([entry.line, { damage: entry.damage }]);
      else lines.push([entry.line, ...columns.map((column) => entry.cellOf(column))]);
    }
  }
  return { columns, lines };
}

describe('a CSV file', () => {
  it('given quotes, doubled quotes and line ends in quotes, then each record knows the line where it begins', async () => {
    const { columns, lines } = await read('a,"b ""b"""\n1,"x\ny"\n"",3\r\n"4","5,\r\n""6"""');
    expect(columns).toEqual(['a', 'b "b"']);
    expect(lines).toEqual([
      [2, '1', 'x\ny'],
      [4, null, '3'],
      [5, '4', '5,\r\n"6"'],
    ]);
  });

  it('given a byte-order mark, CRLF, blank lines and no line end at its end, then nothing of them is data', async () => {
    const { columns, lines } = await read('\uFEFFa,b\r\n\r\n1,2\r\n\n3,4\r');
    expect(columns).toEqual(['a', 'b']);
    expect(lines).toEqual([
      [3, '1', '2'],
      [5, '3', '4'],
    ]);
  });

  it('given a quote inside an unquoted field, then it is a character like others', async () => {
    expect((await read('a,b\n5" disk,x"y"\n')).lines).toEqual([[2, '5" disk', 'x"y"']]);
  });

  it.each([
    ['semicolons', 'a;b;"c,d"\n1;2,5;3\n', ['1', '2,5', '3']],
    ['tabs', 'a\tb\tc\n1\t2,5\t3;4\n', ['1', '2,5', '3;4']],
  ])('given %s in its first line, then they part the fields', async (_, file, cells) => {
    expect((await read(file)).lines).toEqual([[2, ...cells]]);
  });

  it('given bytes that are not UTF-8, then that field cannot be read and all else can', async () => {
    const file = Buffer.concat([
      Buffer.from('a,b\n1,ok\n2,'),
      Buffer.from([0xe9, 0x20]),
      Buffer.from('\n3,好\n'),
    ]);
    expect((await read(file)).lines).toEqual([
      [2, '1', 'ok'],
      [3, '2', { problem: 'is not valid UTF-8' }],
      [4, '3', '好'],
    ]);
  });

  it('given a megabyte in one field, then its size is told and the other lines are read', async () => {
    const long = 'x'.repeat(1_048_576);
    for (const field of [long, `"${long}"`]) {
      expect((await read(`a,b\n1,${field}\n2,y\n`, 65_536)).lines).toEqual([
        [2, '1', { problem: 'has 1,048,576 bytes: too long to be kept' }],
        [3, '2', 'y'],
      ]);
    }
  });

  it('given a line too long to hold, then its size is told and the next line is read', async () => {
    const size = LONGEST_RECORD + 3_000_000;
    const { lines } = await read(`a,b\n1,${'x'.repeat(size - 2)}\n2,y\n`, 1 << 20);
    expect(lines).toEqual([
      [2, { damage: `has ${size.toLocaleString('en')} bytes: too long for a line` }],
      [3, '2', 'y'],
    ]);
  });

  it('given too few or too many fields, then that line is damaged', async () => {
    expect((await read('a,b\n1\n1,2,3\n4,5\n')).lines).toEqual([
      [2, { damage: 'has 1 fields, the header has 2' }],
      [3, { damage: 'has 3 fields, the header has 2' }],
      [4, '4', '5'],
    ]);
  });

  it('given a quote that is never closed, then it costs its own line only', async () => {
    expect((await read('a,b\n1,"open\n2,y\n3,z\n')).lines).toEqual([
      [2, { damage: 'a quote opens here and is never closed' }],
      [3, '2', 'y'],
      [4, '3', 'z'],
    ]);
  });

  it('given a quote that only the next quoted field would close, then it costs its own line only', async () => {
    expect((await read('a,b\n1,"open\n2,y\n3,"z"\n')).lines).toEqual([
      [2, { damage: 'a quote opens here and is not closed before line 4' }],
      [3, '2', 'y'],
      [4, '3', 'z'],
    ]);
  });

  it('given a quote whose closing makes a record of another width, then the lines after the first are read', async () => {
    expect((await read('a,b\n"1,x\n2,""\n3,z"\n4,y\n')).lines).toEqual([
      [2, { damage: 'has 1 fields (lines 2 to 4), the header has 2' }],
      [3, '2', null],
      [4, '3', 'z"'],
      [5, '4', 'y'],
    ]);
  });

  it('given text behind a closing quote, then that line is damaged', async () => {
    expect((await read('a,b\n1,"x"y\n2,z\n')).lines).toEqual([
      [2, { damage: 'a closing quote is followed by more text: a quote within quotes is written twice' }],
      [3, '2', 'z'],
    ]);
  });

  it('given a quote that is not closed for longer than a record may be, then reading goes on with its next line', async () => {
    const rows = 'x'.repeat(99).concat('\n').repeat(90_000);
    const { lines } = await read(`a\n"open\n${rows}`, 1 << 20);
    expect(lines[0]).toEqual([
      2,
      { damage: expect.stringMatching(/a quote opens here and is not closed within/) },
    ]);
    expect(lines).toHaveLength(90_001);
  });

  it.each([
    ['nothing in it', '', /empty/],
    ['two columns of one name', 'a,a\n1,2\n', /two columns/],
    ['UTF-16', Buffer.from('\uFEFFa,b\n', 'utf16le'), /UTF-16/],
    ['a first line that is not UTF-8', Buffer.from([0x61, 0xff, 0x0a]), /column 1/],
  ])('given %s, then the file is refused as a whole', async (_, file, reason) => {
    await expect(read(file)).rejects.toThrow(reason);
  });

  it('reads what an independent reader reads, however the bytes arrive', async () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', ';', '好', "'", '=') }),
      fc.string({ unit: 'binary' }),
    );
    const table = fc
      .integer({ min: 2, max: 4 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width })));
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 7 }),
        async (rows, end, chunk) => {
          const header = (rows[0] ?? ['', '']).map((_, i) => `column ${i}`);
          const csv = [header, ...rows].map((row) => row.map(quoted).join(',') + end).join('');
          const { lines } = await read(csv, chunk);
          const peer: string[][] = parse(csv, { record_delimiter: end, relax_column_count: true });
          // csv-parse leaves apostrophes alone.
          expect(lines.map(([, ...cells]) => cells)).toEqual(peer.slice(1).map((row) => row.map(plain)));
        },
      ),
      { numRuns: 300 },
    );
  });
});

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

/** Empty is nothing, and an apostrophe before a formula is `export`'s own. */
function plain(cell: string): string | null {
  if (cell === '') return null;
  return /^''*[=+\-@\t\r\n＝＋－＠]/u.test(cell) ? cell.slice(1) : cell;
}
