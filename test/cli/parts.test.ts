import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Seen } from '../../src/cli/import/seen.ts';
import { table } from '../../src/cli/table.ts';
import { guarded, unguarded } from '../../src/domain/response/formula-guard.ts';

describe('the guard against formulas', () => {
  it.each(['=1+1', '+1', '-1', '@me', '\tx', '\rx', "'=1+1", "''@", '＝1'])(
    'given %j, then it is not run, and comes back',
    (cell) => {
      expect(guarded(cell)).toMatch(/^'/);
      expect(unguarded(guarded(cell))).toBe(cell);
    },
  );

  it.each(['', 'plain', "it's", "'tis", "'", '1=1', '好'])(
    'given %j, then it stays as it is, both ways',
    (cell) => {
      expect(guarded(cell)).toBe(cell);
      expect(unguarded(cell)).toBe(cell);
    },
  );

  it('loses nothing, whatever is written', () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom("'", '=', '-', 'a', '\t', '＠') }),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(cell, (text) => {
        expect(unguarded(guarded(text))).toBe(text);
        expect(guarded(text)).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
    );
  });
});

describe('what a file said already', () => {
  it('is remembered as a map would, through many growths', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 2 ** 32 - 1 })), {
          maxLength: 200,
        }),
        (puts) => {
          const seen = new Seen();
          const model = new Map<string, number>();
          for (let i = 0; i < 6_000; i++) {
            seen.put(`fill ${i}`, i + 1);
            model.set(`fill ${i}`, i + 1);
          }
          for (const [key, value] of puts) {
            seen.put(`fill ${key}`, value);
            model.set(`fill ${key}`, value);
          }
          for (const [key, value] of model) if (seen.get(key) !== value) throw new Error(`${key} was lost`);
          expect(seen.get('never said')).toBe(0);
        },
      ),
      { numRuns: 5 },
    );
  });
});

describe('a table', () => {
  it('has columns as wide as they must be, wide characters counted as two', () => {
    const rows = [
      { name: '支持', n: 7 },
      { name: 'a\u0007\nb', n: 1234 },
    ];
    const text = table(
      [
        { title: 'name', cell: (row) => row.name },
        { title: 'n', align: 'right', cell: (row) => String(row.n) },
      ],
      rows,
    );
    expect(text).toBe('name     n\n支持     7\na b   1234\n');
  });
});
