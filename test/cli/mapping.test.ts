import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/cli/errors.ts';
import { fieldOf, mappedColumns, parseMap, usedColumns } from '../../src/cli/import/mapping.ts';
import type { Cell, ImportField } from '../../src/domain/response/import-row.ts';

const FILE: Readonly<Record<string, Cell>> = {
  review_id: 'r1',
  order_id: 'o1',
  stars: '5',
  day: '2026-11-20',
  time: '10:00',
  title: 'Good',
  text: 'Really',
  empty: null,
  'a,b': 'comma',
  'a+b': 'plus',
  'say "hi"': 'quotes',
  agent: 'bob',
  broken: { problem: 'is not valid UTF-8' },
};

function field(map: string, name: ImportField): Cell {
  return fieldOf(parseMap(map), name, (column) => FILE[column] ?? null);
}

describe('--map', () => {
  it('given the columns of a foreign file, then each field is read from its own', () => {
    const map = 'id=review_id+order_id,score=stars,survey:csat';
    expect(field(map, 'id')).toBe('r1+o1');
    expect(field(map, 'score')).toBe('5');
    expect(field(map, 'survey')).toBe('csat');
  });

  it('given a field that it leaves out, then the column of that name', () => {
    expect(field('score=stars', 'agent')).toBe('bob');
  });

  it('given joined columns, then times join by a space, words by a line, an id by + with its empty parts', () => {
    expect(field('sentAt=day+time', 'sentAt')).toBe('2026-11-20 10:00');
    expect(field('verbatim=title+text', 'verbatim')).toBe('Good\nReally');
    expect(field('verbatim=title+empty', 'verbatim')).toBe('Good');
    expect(field('id=review_id+empty', 'id')).toBe('r1+');
    expect(field('id=empty+empty', 'id')).toBeNull();
  });

  it('given a part that cannot be read, then the field cannot', () => {
    expect(field('id=review_id+broken', 'id')).toEqual({ problem: 'is not valid UTF-8' });
  });

  it('given names in quotes, then they may hold the marks', () => {
    expect(field('agent="a,b"', 'agent')).toBe('comma');
    expect(field('agent="a+b"', 'agent')).toBe('plus');
    expect(field('agent="a,b"+"a+b",score=stars', 'agent')).toBe('comma plus');
    expect(field('agent="say ""hi"""', 'agent')).toBe('quotes');
    expect(field('survey:"nps" , agent = "a,b"', 'survey')).toBe('nps');
  });

  it('given a constant with marks in it, then it ends at the comma', () => {
    expect(field('source:https://x.test/a=b+c,score=stars', 'source')).toBe('https://x.test/a=b+c');
  });

  it('tells which columns it names and which are used', () => {
    const mapping = parseMap('id=review_id+order_id,survey:csat');
    expect([...mappedColumns(mapping)]).toEqual(['review_id', 'order_id']);
    expect(usedColumns(mapping)).toContain('score');
    expect(usedColumns(mapping)).not.toContain('survey');
  });

  it.each([
    ['', /cannot be read/],
    ['id', /"id" cannot be read/],
    ['id=', /names no column/],
    ['id=a,,score=b', /"" cannot be read/],
    ['id=a,', /cannot be read/],
    ['id=a+', /names no column/],
    ['id=+a', /names no column/],
    ['id="a', /not closed/],
    ['stars=a', /no field "stars"/],
    ['id=a,id=b', /names id twice/],
  ])('given %j, then it is wrong use', (map, reason) => {
    expect(() => parseMap(map)).toThrow(UsageError);
    expect(() => parseMap(map)).toThrow(reason);
  });
});
