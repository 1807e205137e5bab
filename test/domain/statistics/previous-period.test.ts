import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../../src/domain/basics.ts';
import { previousGroupsPeriod, previousPeriod } from '../../../src/domain/statistics/previous-period.ts';

function at(local: string, zone: string): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds;
}

function days(from: string, to: string, zone: string) {
  return { from: at(from, zone), to: at(to, zone) };
}

describe('The period before', () => {
  it('of a week is the week before', () => {
    const week = days('2026-11-09', '2026-11-16', 'UTC');
    expect(previousPeriod(week, 'UTC')).toEqual(days('2026-11-02', '2026-11-09', 'UTC'));
  });

  it('given daylight saving ended in the week, when the week after is compared, then local days count, not hours', () => {
    const zone = 'Europe/Berlin';
    const previous = previousPeriod(days('2026-10-26', '2026-11-02', zone), zone);
    expect(previous).toEqual(days('2026-10-19', '2026-10-26', zone));
    expect(previous.to - previous.from).toBe(7 * DAY + HOUR);
  });

  it('given the same instants in a zone where they are not midnights, then it is as much time', () => {
    const week = days('2026-10-26', '2026-11-02', 'Europe/Berlin');
    expect(previousPeriod(week, 'UTC')).toEqual({ from: week.from - 7 * DAY, to: week.from });
  });

  it('knows a day that begins at 01:00 because its midnight is skipped', () => {
    // Lebanon: clocks went from 00:00 to 01:00 on 2026-03-29.
    const zone = 'Asia/Beirut';
    const previous = previousPeriod(days('2026-03-30', '2026-03-31', zone), zone);
    expect(previous).toEqual({ from: at('2026-03-29T01:00', zone), to: at('2026-03-30', zone) });
    expect(previousPeriod(previous, zone)).toEqual(days('2026-03-28', '2026-03-29', zone));
  });

  it('of a month is as many days, not the month before', () => {
    const previous = previousPeriod(days('2026-11-01', '2026-12-01', 'UTC'), 'UTC');
    expect(previous).toEqual(days('2026-10-02', '2026-11-01', 'UTC'));
  });

  it('ends where the period begins and, without whole days, is exactly as long', () => {
    const zones = fc.constantFrom('UTC', 'Asia/Shanghai', 'America/New_York', 'Asia/Kathmandu');
    fc.assert(
      fc.property(fc.nat(2e12), fc.integer({ min: 1, max: 4e10 }), zones, (from, length, zone) => {
        const previous = previousPeriod({ from, to: from + length }, zone);
        expect(previous.to).toBe(from);
        const drift = Math.abs(previous.to - previous.from - length);
        expect(drift).toBeLessThanOrEqual(length % DAY === 0 ? HOUR : 0);
      }),
    );
  });

  it('refuses a period that does not end after it begins', () => {
    expect(() => previousPeriod({ from: 5, to: 5 }, 'UTC')).toThrow('ends before it begins');
  });
});

describe('The period that groups are compared with', () => {
  const zone = 'Asia/Shanghai';

  it('of weeks begins on the Monday before the first of them', () => {
    const weeks = days('2026-11-09', '2026-11-16', zone);
    expect(previousGroupsPeriod(weeks, 'week', zone)).toEqual(days('2026-11-02', '2026-11-09', zone));
    const middle = days('2026-11-11T15:00', '2026-11-20', zone);
    const before = { from: at('2026-11-02', zone), to: middle.from };
    expect(previousGroupsPeriod(middle, 'week', zone)).toEqual(before);
  });

  it('of all else is the period before', () => {
    const month = days('2026-11-01', '2026-12-01', zone);
    expect(previousGroupsPeriod(month, 'agent', zone)).toEqual(previousPeriod(month, zone));
  });
});
