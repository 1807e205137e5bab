import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/domain/basics.ts';
import { formatClock, type Weekday, weekdayOf } from '../../src/domain/calendar.ts';
import { dueNow, nextDue, periodOf, previousDue, type Schedule } from '../../src/domain/digest/schedule.ts';
import { anyInstantIn, anyZone, readClock } from './zones.ts';

const at = (iso: string) => Date.parse(iso);
const iso = (instant: number) => new Date(instant).toISOString();
const monday9 = (zone: string): Schedule => ({ weekday: 1, time: 540, zone });

const anySchedule: fc.Arbitrary<Schedule> = fc.record({
  weekday: fc.integer({ min: 1, max: 7 }) as fc.Arbitrary<Weekday>,
  // Half of them in the small hours, where clocks change.
  time: fc.oneof(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 200 })),
  zone: anyZone,
});
const scheduleAndMoment = anySchedule.chain((schedule) =>
  anyInstantIn(schedule.zone).map((moment) => ({ schedule, moment })),
);

describe('the next digest', () => {
  it('is due on the wished day at the wished wall clock time, across daylight saving', () => {
    const due: string[] = [];
    for (let after = at('2026-03-15T00:00:00Z'); due.length < 3; ) {
      after = nextDue(monday9('Europe/Berlin'), after);
      due.push(iso(after));
    }
    expect(due).toEqual(['2026-03-16T08:00:00.000Z', '2026-03-23T08:00:00.000Z', '2026-03-30T07:00:00.000Z']);
  });

  it('is strictly after the moment asked about', () => {
    const due = at('2026-03-16T08:00:00Z');
    expect(nextDue(monday9('Europe/Berlin'), due - 1)).toBe(due);
    expect(iso(nextDue(monday9('Europe/Berlin'), due))).toBe('2026-03-23T08:00:00.000Z');
  });

  it('at a skipped time is due the first moment after, at a doubled one the first time, and only once', () => {
    const sunday = { weekday: 7, time: 150, zone: 'Europe/Berlin' } as const;
    const spring = nextDue(sunday, at('2026-03-28T12:00:00Z'));
    expect(iso(spring)).toBe('2026-03-29T01:00:00.000Z');
    expect(iso(nextDue(sunday, spring))).toBe('2026-04-05T00:30:00.000Z');
    const autumn = nextDue(sunday, at('2026-10-24T12:00:00Z'));
    expect(iso(autumn)).toBe('2026-10-25T00:30:00.000Z');
    expect(iso(nextDue(sunday, autumn))).toBe('2026-11-01T01:30:00.000Z');
  });

  it('at a midnight that comes twice is due, and past, from the first on', () => {
    const midnight = { weekday: 7, time: 0, zone: 'America/St_Johns' } as const;
    const due = at('2010-11-07T02:30:00Z');
    const again = at('2010-11-07T02:45:00Z'); // Saturday, 23:15 for the second time
    expect(nextDue(midnight, due - 1)).toBe(due);
    expect(previousDue(midnight, again)).toBe(due);
    expect(dueNow(midnight, due - 7 * DAY, again)).toBe(due);
    expect(nextDue(midnight, again)).toBe(at('2010-11-14T03:30:00Z'));
  });

  it('on a day that the calendar left out is due when the next day begins', () => {
    const friday = { weekday: 5, time: 600, zone: 'Pacific/Apia' } as const;
    const due = nextDue(friday, at('2011-12-29T00:00:00Z'));
    expect(iso(due)).toBe('2011-12-30T10:00:00.000Z');
    expect(iso(nextDue(friday, due))).toBe('2012-01-05T20:00:00.000Z');
  });

  it('reads the wish on the wall clock in every zone, unless the wish was skipped', () => {
    fc.assert(
      fc.property(scheduleAndMoment, ({ schedule, moment }) => {
        const due = nextDue(schedule, moment);
        expect(due).toBeGreaterThan(moment);
        expect(due - moment).toBeLessThanOrEqual(8 * DAY + HOUR);
        const shown = readClock(due, schedule.zone);
        if (shown.minutes === schedule.time && weekdayOf(shown.date) === schedule.weekday) return;
        // The clock jumped over the wish at this very moment.
        const before = readClock(due - 1, schedule.zone);
        const text = ({ date, minutes }: typeof shown) => `${date} ${formatClock(minutes)}`;
        const wished = [before.date, shown.date].find((date) => weekdayOf(date) === schedule.weekday);
        const wish = wished === undefined ? undefined : text({ date: wished, minutes: schedule.time });
        const whole = schedule.zone === 'Pacific/Apia' && due === at('2011-12-30T10:00:00Z');
        expect(
          whole || (wish !== undefined && text(before) < wish && wish < text(shown)),
          `${iso(due)} ${text(before)} ${wish} ${text(shown)}`,
        ).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it('is the same for every moment of the week before it, and none is left out or comes twice', () => {
    fc.assert(
      fc.property(
        scheduleAndMoment,
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        ({ schedule, moment }, share) => {
          const first = nextDue(schedule, moment);
          const second = nextDue(schedule, first);
          expect(nextDue(schedule, first + Math.floor((second - first) * share))).toBe(second);
          expect(previousDue(schedule, second)).toBe(first);
          expect(previousDue(schedule, first + 1 + Math.floor((second - first - 1) * share))).toBe(first);
          expect(second - first).toBeGreaterThanOrEqual(6 * DAY - 3 * HOUR);
          expect(second - first).toBeLessThanOrEqual(8 * DAY + 3 * HOUR);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('the period of a digest', () => {
  it('is the week up to its due time; the weeks follow each other without gap or overlap', () => {
    expect(periodOf(monday9('Europe/Berlin'), at('2026-03-30T07:00:00Z'))).toEqual({
      start: at('2026-03-23T08:00:00Z'),
      end: at('2026-03-30T07:00:00Z'),
    });
    fc.assert(
      fc.property(scheduleAndMoment, ({ schedule, moment }) => {
        const due = nextDue(schedule, moment);
        const next = nextDue(schedule, due);
        expect(periodOf(schedule, next)).toEqual({ start: due, end: next });
        expect(periodOf(schedule, due).end).toBe(periodOf(schedule, next).start);
      }),
    );
  });
});

describe('a digest that nobody published', () => {
  const schedule = monday9('Europe/Berlin');
  const due = at('2026-03-30T07:00:00Z');
  const before = at('2026-03-23T08:00:00Z');

  it('is due now from its due time on', () => {
    expect(dueNow(schedule, before, due - 1)).toBeNull();
    expect(dueNow(schedule, before, due)).toBe(due);
    expect(dueNow(schedule, before, due + 3 * DAY)).toBe(due);
  });

  it('is due no more once it is published', () => {
    expect(dueNow(schedule, due, due)).toBeNull();
    expect(dueNow(schedule, due, due + 6 * DAY)).toBeNull();
  });

  it('for several weeks is caught up once, with the latest', () => {
    const now = due + 2 * DAY + 5 * MINUTE;
    expect(dueNow(schedule, at('2026-01-05T08:00:00Z'), now)).toBe(due);
    expect(dueNow(schedule, due, now)).toBeNull();
  });

  it('before the schedule was set is not caught up', () => {
    expect(dueNow(schedule, due + HOUR, due + 2 * HOUR)).toBeNull();
    expect(dueNow(schedule, null, due + 2 * HOUR)).toBe(due);
  });

  it('is published once per week, however often somebody looks', () => {
    fc.assert(
      fc.property(
        scheduleAndMoment,
        fc.array(fc.integer({ min: 0, max: 5 * DAY }), { minLength: 1, maxLength: 30 }),
        ({ schedule, moment }, waits) => {
          let published = moment;
          let now = moment;
          const issues: number[] = [];
          for (const wait of waits) {
            now += wait;
            const due = dueNow(schedule, published, now);
            if (due === null) continue;
            published = due;
            issues.push(due);
          }
          expect(new Set(issues).size).toBe(issues.length);
          // Looking at least every five days misses none.
          const expected: number[] = [];
          for (let due = nextDue(schedule, moment); due <= now; due = nextDue(schedule, due))
            expected.push(due);
          expect(issues).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });
});
