import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AfterwordError, DAY, HOUR, MINUTE } from '../../src/domain/basics.ts';
import {
  addDays,
  dayStart,
  formatClock,
  isZone,
  localDate,
  localDay,
  localMillis,
  localMinutes,
  localWeek,
  momentOf,
  nextClockChange,
  parseClock,
  weekdayOf,
  zoneNamed,
} from '../../src/domain/calendar.ts';
import { anyMoment, anyZone, changesOf, readClock, ZONES } from './zones.ts';

const at = (iso: string) => Date.parse(iso);
const iso = (instant: number) => new Date(instant).toISOString();

describe('a local date and time', () => {
  it('means the first moment after the gap when daylight saving skips it', () => {
    expect(iso(momentOf('2026-03-29', 150, 'Europe/Berlin'))).toBe('2026-03-29T01:00:00.000Z'); // 03:00, not 03:30
    expect(iso(momentOf('2026-03-29', 120, 'Europe/Berlin'))).toBe('2026-03-29T01:00:00.000Z');
    expect(iso(momentOf('2026-03-29', 179, 'Europe/Berlin'))).toBe('2026-03-29T01:00:00.000Z');
    expect(iso(momentOf('2026-03-29', 180, 'Europe/Berlin'))).toBe('2026-03-29T01:00:00.000Z');
    expect(iso(momentOf('2026-03-08', 150, 'America/New_York'))).toBe('2026-03-08T07:00:00.000Z');
    expect(iso(momentOf('2026-10-04', 135, 'Australia/Lord_Howe'))).toBe('2026-10-03T15:30:00.000Z'); // 02:30 at +11
    expect(iso(momentOf('2018-11-04', 30, 'America/Sao_Paulo'))).toBe('2018-11-04T03:00:00.000Z'); // 01:00
    expect(iso(momentOf('2026-04-24', 0, 'Africa/Cairo'))).toBe('2026-04-23T22:00:00.000Z'); // 01:00
  });

  it('means the first of the two when it comes twice', () => {
    expect(iso(momentOf('2026-10-25', 150, 'Europe/Berlin'))).toBe('2026-10-25T00:30:00.000Z');
    expect(iso(momentOf('2026-11-01', 90, 'America/New_York'))).toBe('2026-11-01T05:30:00.000Z');
    expect(iso(momentOf('2026-11-01', 30, 'America/Havana'))).toBe('2026-11-01T04:30:00.000Z');
  });

  it('moves on to the next day when a whole day is skipped', () => {
    expect(iso(momentOf('2011-12-30', 600, 'Pacific/Apia'))).toBe('2011-12-30T10:00:00.000Z'); // Saturday, 00:00 at +14
  });

  it('reads back as it was written, unless it was skipped: then nothing lies between it and the time before the gap', () => {
    fc.assert(
      fc.property(anyMoment, fc.integer({ min: 0, max: 1439 }), ({ zone, at }, minutes) => {
        const { date } = readClock(at, zone);
        const moment = momentOf(date, minutes, zone);
        const shown = readClock(moment, zone);
        const before = readClock(moment - 1, zone);
        const text = (clock: { date: string; minutes: number }) =>
          `${clock.date} ${formatClock(clock.minutes)}`;
        const wish = text({ date, minutes });
        if (text(shown) !== wish) {
          expect(text(shown) > wish && text(before) < wish, `${wish} in ${zone} became ${text(shown)}`).toBe(
            true,
          );
        } else {
          // The first such moment: not shown an hour, half an hour or two hours before.
          for (const back of [MINUTE, 30 * MINUTE, HOUR, 2 * HOUR])
            expect(text(readClock(moment - back, zone))).not.toBe(wish);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('of an unknown zone is refused with the name and a remedy', () => {
    for (const use of [
      () => momentOf('2026-01-01', 0, 'Mars/Base'),
      () => localDate(0, 'Mars/Base'),
      () => dayStart('2026-01-01', 'Mars/Base'),
    ]) {
      expect(use).toThrowError(AfterwordError);
      expect(use).toThrowError('"Mars/Base"');
    }
  });
});

describe('a moment', () => {
  it('reads on the wall clock what Intl reads', () => {
    fc.assert(
      fc.property(anyMoment, ({ zone, at }) => {
        expect({ date: localDate(at, zone), minutes: localMinutes(at, zone) }).toEqual(readClock(at, zone));
        expect(Math.floor(localMillis(at, zone) / MINUTE)).toBe(readClock(at, zone).minutes);
        expect(localMillis(at, zone) % MINUTE).toBe(at % MINUTE);
      }),
      { numRuns: 2000 },
    );
  });

  it('lies in its local day, and the days follow each other without gap or overlap', () => {
    fc.assert(
      fc.property(anyMoment, ({ zone, at }) => {
        const day = localDay(at, zone);
        expect(day.start <= at && at < day.end).toBe(true);
        expect(localDay(day.end, zone).start).toBe(day.end);
        expect(localDay(day.end - 1, zone)).toEqual(day);
        expect(localDay(day.start, zone)).toEqual(day);
        expect(readClock(day.start, zone).date).toBe(day.date);
        expect(readClock(day.start - 1, zone).date < day.date).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('lies in the next day where clocks went back over midnight and the end of a day came twice', () => {
    // 2010-11-07 00:01 became 2010-11-06 23:01.
    const again = localDay(at('2010-11-07T02:45:00Z'), 'America/St_Johns');
    expect(readClock(at('2010-11-07T02:45:00Z'), 'America/St_Johns').date).toBe('2010-11-06');
    expect(again).toMatchObject({ date: '2010-11-07', start: at('2010-11-07T02:30:00Z') });
  });

  it('has a day of 23, 24 and 25 hours in Berlin, and of 23.5 and 24.5 on Lord Howe', () => {
    const hours = (date: string, zone: string) => {
      const { start, end } = localDay(dayStart(date, zone), zone);
      return (end - start) / HOUR;
    };
    expect(hours('2026-03-29', 'Europe/Berlin')).toBe(23);
    expect(hours('2026-07-01', 'Europe/Berlin')).toBe(24);
    expect(hours('2026-10-25', 'Europe/Berlin')).toBe(25);
    expect(hours('2026-10-04', 'Australia/Lord_Howe')).toBe(23.5);
    expect(hours('2026-04-05', 'Australia/Lord_Howe')).toBe(24.5);
    expect(iso(dayStart('2018-11-04', 'America/Sao_Paulo'))).toBe('2018-11-04T03:00:00.000Z');
  });

  it('lies in its local week, Monday to Monday', () => {
    fc.assert(
      fc.property(anyMoment, ({ zone, at }) => {
        const week = localWeek(at, zone);
        expect(week.start <= at && at < week.end).toBe(true);
        expect(weekdayOf(week.date)).toBe(1);
        expect(localWeek(week.end, zone).start).toBe(week.end);
        expect(localWeek(week.end, zone).date).toBe(addDays(week.date, 7));
      }),
    );
    expect(localWeek(at('2026-03-29T21:59:59Z'), 'Europe/Berlin')).toEqual({
      date: '2026-03-23',
      start: at('2026-03-22T23:00:00Z'),
      end: at('2026-03-29T22:00:00Z'),
    });
  });

  it('knows the next change of the clocks', () => {
    for (const zone of ZONES) {
      const changes = changesOf(zone);
      for (const change of changes) {
        expect(nextClockChange(change - 1, zone), `${zone} ${iso(change)}`).toBe(change);
        expect(nextClockChange(change, zone)).not.toBe(change);
      }
    }
    expect(nextClockChange(at('2026-01-01T00:00:00Z'), 'UTC')).toBeNull();
  });
});

describe('dates', () => {
  it('count on over months, leap days and years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2025-02-28', 1)).toBe('2025-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(weekdayOf('2026-03-29')).toBe(7);
    expect(weekdayOf('2026-03-30')).toBe(1);
  });

  it('in text order are in time order', () => {
    fc.assert(
      fc.property(anyZone, fc.integer({ min: 0, max: 10_000 }), (zone, n) => {
        const date = addDays('2005-01-01', n);
        expect(addDays(date, 1) > date).toBe(true);
        expect(dayStart(addDays(date, 1), zone)).toBeGreaterThanOrEqual(dayStart(date, zone));
      }),
    );
  });
});

describe('zone names', () => {
  it('are IANA names in any case', () => {
    for (const zone of ZONES) expect(zoneNamed(zone)).toBe(zone);
    expect(zoneNamed('europe/berlin')).toBe('Europe/Berlin');
    expect(zoneNamed('EUROPE/BERLIN')).toBe('Europe/Berlin');
    expect(isZone('Etc/GMT+5')).toBe(true);
  });

  it('are not offsets, timestamps, blanks or inventions', () => {
    const wrong = [
      '',
      ' ',
      'Mars/Base',
      '+01:00',
      '-0500',
      'Z',
      'Europe/Berlin ',
      '2020-01-01T00:00[Europe/Berlin]',
      'a'.repeat(1e6),
      '柏林',
    ];
    for (const name of wrong) expect(isZone(name), name.slice(0, 40)).toBe(false);
  });

  it('never make it throw', () => {
    fc.assert(fc.property(fc.string(), (name) => typeof isZone(name) === 'boolean'));
  });
});

describe('times of day', () => {
  it('are read and written as HH:MM', () => {
    expect(parseClock('00:00')).toBe(0);
    expect(parseClock('9:05')).toBe(545);
    expect(parseClock('23:59')).toBe(1439);
    for (const text of ['24:00', '12:60', '12', '12:5', '-1:00', '1e1:00', '', 'noon'])
      expect(parseClock(text), text).toBeNull();
    fc.assert(fc.property(fc.integer({ min: 0, max: 1439 }), (n) => parseClock(formatClock(n)) === n));
  });
});

it('thousands of local days a second are found', () => {
  const started = performance.now();
  for (let i = 0; i < 2000; i++)
    localDay(Date.UTC(2026, 0, 1) + i * 7 * HOUR + DAY, ZONES[i % ZONES.length] ?? 'UTC');
  expect(performance.now() - started).toBeLessThan(1000);
});
