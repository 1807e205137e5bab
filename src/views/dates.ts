// Dates, periods and lengths of time, written the reader's way.
import { DAY, type Duration, HOUR, type Instant, MINUTE, type ZoneName } from '../domain/basics.ts';
import { memo } from './memo.ts';
import type { Speak } from './speak.ts';

/** `–` for what is no moment. */
export interface Dates {
  /** `Nov 20, 2026` */
  date(at: Instant, zone: ZoneName): string;
  /** `Monday`, of a moment in UTC. */
  weekday(at: Instant): string;
  /** `Nov 20` */
  day(at: Instant, zone: ZoneName): string;
  /** `Nov 20, 2026, 10:00 AM` */
  dateTime(at: Instant, zone: ZoneName): string;
  /** The days from `from` up to, but without, `to`: `Nov 9 – Nov 16, 2026`. */
  period(from: Instant, to: Instant, zone: ZoneName): string;
  /** The largest whole unit of a length of time: `3 days`, `5 hours`, `1 minute`. */
  duration(length: Duration): string;
}

export function createDates(speak: Speak, tag: string): Dates {
  const days = { month: 'short', day: 'numeric' } as const;
  const date = writer(tag, { year: 'numeric', ...days });
  const day = writer(tag, days);
  const dateTime = writer(tag, { year: 'numeric', ...days, hour: 'numeric', minute: '2-digit' });
  const weekday = writer(tag, { weekday: 'long' });
  const yearOf = writer('en', { year: 'numeric' });
  return {
    date,
    weekday: (at) => weekday(at, 'UTC'),
    day,
    dateTime,
    period(from, to, zone) {
      const last = Math.max(from, to - 1);
      if (date(from, zone) === date(last, zone)) return date(from, zone);
      const year = yearOf(last, zone);
      return yearOf(from, zone) === year
        ? speak('period.withinYear', { from: day(from, zone), to: day(last, zone), year })
        : speak('period.acrossYears', { from: date(from, zone), to: date(last, zone) });
    },
    duration(exact) {
      // What was 24 hours a moment ago is not 23.
      const length = exact + HALF_MINUTE;
      if (length >= DAY) return speak('duration.day', { n: Math.floor(length / DAY) });
      if (length >= HOUR) return speak('duration.hour', { n: Math.floor(length / HOUR) });
      return speak('duration.minute', { n: Math.max(0, Math.floor(length / MINUTE)) });
    },
  };
}

const HALF_MINUTE = MINUTE / 2;

/** The furthest moments from 1970 that a date can be. */
const FURTHEST = 8.64e15;

function writer(tag: string, options: Intl.DateTimeFormatOptions): (at: Instant, zone: ZoneName) => string {
  const format = memo((timeZone: ZoneName) => new Intl.DateTimeFormat(tag, { ...options, timeZone }));
  return (at, zone) => {
    if (!(Math.abs(at) <= FURTHEST)) return '–';
    // Which of its thin spaces ICU uses differs from one Node to the next.
    return format(zone)
      .format(at)
      .replace(/[\u2009\u202F]/gu, ' ');
  };
}
