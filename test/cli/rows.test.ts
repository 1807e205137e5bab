import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMap } from '../../src/cli/import/mapping.ts';
import { createRowReader, type RowOrBad } from '../../src/cli/import/rows.ts';
import type { Cell } from '../../src/domain/response/import-row.ts';

type Line = Readonly<Record<string, Cell>>;

const SENT = '2026-11-20T10:00:00Z';

function readAll(lines: readonly Line[], map = 'survey:nps'): readonly RowOrBad[] {
  const read = createRowReader(parseMap(map), 'UTC');
  return lines.map((cells, i) => read({ line: i + 2, cellOf: (column) => cells[column] ?? null }));
}

function ids(read: readonly RowOrBad[]): readonly string[] {
  return read.map((result) => ('row' in result ? result.row.id : 'bad'));
}

describe('the rows of a file', () => {
  it('given an id twice, then the second line is bad and names the first', () => {
    const read = readAll([
      { id: 'a', sentAt: SENT },
      { id: 'b', sentAt: SENT },
      { id: 'a', sentAt: SENT, score: '9' },
    ]);
    expect(read[2]).toEqual({
      bad: { line: 4, field: 'id', value: 'a', reason: 'is the id of line 2 already' },
    });
  });

  it('given an id twice with different sources, then they are two', () => {
    const read = readAll([
      { id: 'a', source: 'zendesk', sentAt: SENT },
      { id: 'a', source: 'intercom', sentAt: SENT },
    ]);
    expect(ids(read)).toEqual(['a', 'a']);
  });

  it('given rows without an id, then equal ones are told apart by how often they came before', () => {
    const row = { sentAt: SENT, score: '9', person: 'U1' };
    const [first, second, other, third] = ids(readAll([row, row, { ...row, score: '8' }, row]));
    expect(new Set([first, second, other, third]).size).toBe(4);
    expect(second).toBe(`${first}-2`);
    expect(third).toBe(`${first}-3`);
  });

  it('given the same facts written in another way, then the row has the same name', () => {
    const name = (line: Line, map?: string) => ids(readAll([line], map))[0];
    const plain = name({ sentAt: SENT, score: '9', locale: 'zh-CN' });
    expect(name({ sentAt: '2026-11-20T11:00:00+01:00', score: 9, locale: 'zh_cn', answeredAt: SENT })).toBe(
      plain,
    );
    expect(
      name({ sentAt: '2026-11-20 10:00', stars: ' 9 ', locale: 'zh-CN' }, 'survey:nps,score=stars'),
    ).toBe(plain);
    expect(name({ sentAt: SENT, score: '9', locale: 'zh-TW' })).not.toBe(plain);
  });

  it('given a bad line among equal ones, then it does not count', () => {
    const row = { sentAt: SENT, score: '9' };
    expect(ids(readAll([row, { ...row, sentAt: 'x' }, row]))).toEqual(
      ids(readAll([row, row])).flatMap((name, i) => (i === 1 ? ['bad', name] : [name])),
    );
  });

  it('gives every good line a name of its own, the same in every run', () => {
    const line = fc.record({
      id: fc.option(fc.constantFrom('a', 'b', 'c', 'row-x'), { nil: null }),
      score: fc.constantFrom('', '9', '8', 'bad'),
      sentAt: fc.constantFrom(SENT, '2026-11-21', ''),
      person: fc.option(fc.constantFrom('U1', 'U2'), { nil: null }),
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const names = ids(readAll(lines));
        const good = names.filter((name) => name !== 'bad');
        expect(new Set(good).size).toBe(good.length);
        expect(ids(readAll(lines))).toEqual(names);
      }),
    );
  });
});
