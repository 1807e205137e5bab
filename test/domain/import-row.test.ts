import { describe, expect, it } from 'vitest';
import { type Cell, type ImportField, readImportRow } from '../../src/domain/response/import-row.ts';
import { momentReader } from '../../src/domain/timestamp.ts';

const utc = momentReader('UTC');
const at = (text: string) => Date.parse(text);

const GOOD: Partial<Record<ImportField, Cell>> = {
  id: 'T-1',
  survey: 'nps',
  score: '9',
  verbatim: 'Quick!',
  sentAt: '2026-11-20T10:00:00Z',
  answeredAt: '2026-11-20T11:00:00Z',
  person: 'U1',
  locale: 'zh_cn',
  agent: 'bob',
  channel: 'C1',
  account: 'acme',
  source: 'zendesk',
};

function read(changes: Partial<Record<ImportField, Cell>>) {
  const cells = { ...GOOD, ...changes };
  return readImportRow((field) => cells[field] ?? null, utc);
}

function rowOf(changes: Partial<Record<ImportField, Cell>>) {
  const result = read(changes);
  if (!result.ok) throw new Error(result.bad.reason);
  return result.row;
}

function badOf(changes: Partial<Record<ImportField, Cell>>) {
  const result = read(changes);
  if (result.ok) throw new Error('it was kept');
  return result.bad;
}

describe('a line of an import', () => {
  it('given every field, then all of them are facts', () => {
    expect(rowOf({})).toEqual({
      id: 'T-1',
      survey: 'nps',
      score: 9,
      verbatim: 'Quick!',
      sentAt: at('2026-11-20T10:00:00Z'),
      answeredAt: at('2026-11-20T11:00:00Z'),
      person: 'U1',
      locale: 'zh-CN',
      agent: 'bob',
      channel: 'C1',
      account: 'acme',
      source: 'zendesk',
    });
  });

  it('given nothing but what is required, then the rest is not known', () => {
    const cells: Partial<Record<ImportField, Cell>> = { survey: ' CSAT ', sentAt: '2026-11-20' };
    const result = readImportRow((field) => cells[field] ?? null, utc);
    expect(result).toMatchObject({
      ok: true,
      row: { survey: 'csat', score: null, verbatim: null, answeredAt: null, id: null },
    });
  });

  it('given an answer without a time, then it came when the question was asked', () => {
    expect(rowOf({ answeredAt: null }).answeredAt).toBe(at('2026-11-20T10:00:00Z'));
  });

  it('given a score of 0 for NPS, then it is a score', () => {
    expect(rowOf({ score: '0' }).score).toBe(0);
    expect(rowOf({ score: 0 }).score).toBe(0);
  });

  it('given words with NUL, then they are kept without it, and with everything else', () => {
    expect(rowOf({ verbatim: ' a\0b\r\n好 ' }).verbatim).toBe(' ab\r\n好 ');
    expect(rowOf({ verbatim: ' \0 ' }).verbatim).toBeNull();
  });

  it('given words of 20,000 characters, then all are kept; of one more, the line is refused with their number', () => {
    expect(rowOf({ verbatim: '🎉'.repeat(20_000) }).verbatim).toHaveLength(40_000);
    expect(badOf({ verbatim: 'x'.repeat(20_001) })).toEqual({
      field: 'verbatim',
      value: null,
      reason: 'has 20,001 characters: at most 20,000 are kept',
    });
  });

  it.each<[string, Partial<Record<ImportField, Cell>>, ImportField, RegExp]>([
    ['a score off the scale', { score: '11' }, 'score', /NPS takes a whole number from 0 to 10/],
    [
      'a score of another scale',
      { survey: 'ces', score: '8' },
      'score',
      /CES takes a whole number from 1 to 7/,
    ],
    ['letters for a score', { score: 'nine' }, 'score', /whole number/],
    ['half a score', { score: 9.5 }, 'score', /whole number/],
    ['no survey', { survey: null }, 'survey', /missing/],
    ['an unknown survey', { survey: 'stars' }, 'survey', /nps, ces, csat/],
    ['no time of sending', { sentAt: ' ' }, 'sentAt', /missing/],
    ['a date in another order', { sentAt: '20.11.2026' }, 'sentAt', /not a date/],
    ['an answer before the question', { answeredAt: '2026-11-19' }, 'answeredAt', /before sentAt/],
    ['a time of an answer without a score', { score: '', verbatim: null }, 'score', /there was an answer/],
    ['words without a score', { score: null, answeredAt: null }, 'score', /words/],
    ['a language that is none', { locale: 'English!' }, 'locale', /language tag/],
    ['NUL in an id', { id: 'T\0' }, 'id', /NUL/],
    ['half a character', { verbatim: 'a\ud800' }, 'verbatim', /half a character/],
    ['a long name', { agent: 'x'.repeat(256) }, 'agent', /256 characters/],
    [
      'a field that could not be read',
      { person: { problem: 'is not valid UTF-8' } },
      'person',
      /^is not valid UTF-8$/,
    ],
  ])('given %s, then the line is refused with the field and the reason', (_, changes, field, reason) => {
    const bad = badOf(changes);
    expect(bad.field).toBe(field);
    expect(bad.reason).toMatch(reason);
  });

  it('given a long bad value, then it is shown shortened', () => {
    expect(badOf({ score: 'x'.repeat(1_000) }).value).toBe(`${'x'.repeat(40)}…`);
  });
});
