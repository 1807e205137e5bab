import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../src/domain/basics.ts';
import { formatClock, momentOf } from '../../src/domain/calendar.ts';
import { momentReader } from '../../src/domain/timestamp.ts';

const utc = momentReader('UTC');
const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

describe('a moment as people write it', () => {
  it.each([
    ['2026-11-20T10:00:00Z', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20t10:00:00z', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20T10:00:00+01:00', '2026-11-20T09:00:00.000Z'],
    ['2026-11-20 10:00:00 +0100', '2026-11-20T09:00:00.000Z'],
    ['2026-11-20T10:00-08', '2026-11-20T18:00:00.000Z'],
    ['2026-11-20 10:00:00 UTC', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20 10:00:00', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20 10:00', '2026-11-20T10:00:00.000Z'],
    ['  2026-11-20  ', '2026-11-20T00:00:00.000Z'],
    ['2026-11-20T10:00:00.5Z', '2026-11-20T10:00:00.500Z'],
    ['2026-11-20T10:00:00,123456789Z', '2026-11-20T10:00:00.123Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['1970-01-01', '1970-01-01T00:00:00.000Z'],
  ])('given %s, then it is %s', (text, expected) => {
    expect(iso(utc(text))).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    '20.11.2026',
    '11/20/2026',
    '2026-13-01',
    '2026-02-29',
    '2026-11-31',
    '2026-11-20T24:00:00Z',
    '2026-11-20T10:60:00Z',
    '2026-11-20T10:00:60Z',
    '2026-11-20T10:00:00+24:00',
    '2026-11-20T',
    '2026-11-20 10',
    '1700000000',
    '1969-12-31',
    '0026-11-20',
    `2026-11-20${' '.repeat(100)}`,
    '2026-11-20T10:00:00Z2026-11-20T10:00:00Z',
  ])('given %j, then it is none', (text) => {
    expect(utc(text)).toBeNull();
  });

  it('given no offset, then it is what clocks in the zone show, seconds and milliseconds too', () => {
    expect(iso(momentReader('America/Sao_Paulo')('2018-08-15 04:10:37.25'))).toBe('2018-08-15T07:10:37.250Z');
  });

  it('given a time that daylight saving skips, then it is the first moment after, whatever its seconds', () => {
    const berlin = momentReader('Europe/Berlin');
    expect(iso(berlin('2026-03-29 02:30:15'))).toBe('2026-03-29T01:00:00.000Z');
    expect(iso(berlin('2026-03-29 03:00:15'))).toBe('2026-03-29T01:00:15.000Z');
  });

  it('given a time that comes twice, then it is the first', () => {
    expect(iso(momentReader('Europe/Berlin')('2026-10-25 02:30:15'))).toBe('2026-10-25T00:30:15.000Z');
  });

  it('given a day that has no midnight, then its date means its first moment', () => {
    expect(iso(momentReader('America/Sao_Paulo')('2017-10-15'))).toBe('2017-10-15T03:00:00.000Z');
  });

  it('reads every minute as the calendar does, in zones that change their clocks', () => {
    const zones = [
      'UTC',
      'Europe/Berlin',
      'America/Sao_Paulo',
      'Asia/Shanghai',
      'Australia/Lord_Howe',
      'America/New_York',
    ];
    const readers = new Map(zones.map((zone) => [zone, momentReader(zone)]));
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 15_000, max: 22_000 }),
        fc.integer({ min: 0, max: 1439 }),
        (zone, day, minutes) => {
          const date = new Date(day * DAY).toISOString().slice(0, 10);
          const read = readers.get(zone)!(`${date} ${formatClock(minutes)}`);
          expect(read).toBe(momentOf(date, minutes, zone));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('given any moment in ISO 8601 with any offset, then it is that moment', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-03'), max: new Date('9999-01-01'), noInvalidDate: true }),
        fc.integer({ min: -14 * 60, max: 14 * 60 }),
        (date, offset) => {
          const wall = new Date(date.getTime() + offset * MINUTE).toISOString().slice(0, -1);
          const text = `${wall}${offset < 0 ? '-' : '+'}${formatClock(Math.abs(offset))}`;
          expect(utc(text)).toBe(date.getTime());
        },
      ),
    );
  });
});
