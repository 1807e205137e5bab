// Moments as files and people write them: ISO 8601 with or without an offset, or a date alone. What names no offset is
// what clocks in a zone show.
import { DAY, type Instant, MINUTE, SECOND, type ZoneName } from './basics.ts';
import { addDays, dayStart, type LocalDate, localDate, localMinutes, momentOf } from './calendar.ts';

const DATE = String.raw`(\d{4}-\d{2}-\d{2})`;
const CLOCK = String.raw`(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?`;
const OFFSET = String.raw`\s?(?:(Z|UTC|GMT)|([+-])(\d{2})(?::?(\d{2}))?)`;
const MOMENT = new RegExp(`^${DATE}(?:[T ]${CLOCK}(?:${OFFSET})?)?$`, 'i');

/** What a reader is told to write instead. */
export const MOMENT_FORMS = '2026-11-20, 2026-11-20 10:00:00 or 2026-11-20T10:00:00+01:00';

/** Days that a reader remembers: a file has many moments of few days. */
const MOST_DAYS = 4_000;

/** Reads a moment; null for what is none. */
export type MomentReader = (text: string) => Instant | null;

/**
 * A reader of `2026-11-20T10:00:00Z`, `2026-11-20 10:00`, `2026-11-20` (the beginning of that day) and the like, from 1970
 * on. Digits beyond milliseconds are cut off. A time that daylight saving skips is the first moment after, a doubled one
 * the first.
 */
export function momentReader(zone: ZoneName): MomentReader {
  const clockIn = clockReader(zone);
  return (text) => {
    const found = text.length <= 60 ? MOMENT.exec(text.trim()) : null;
    if (found === null) return null;
    const [, date = '', hour = '0', minute = '0', second = '0', fraction = ''] = found;
    const [utc, sign, offsetHours = '0', offsetMinutes = '0'] = found.slice(6);
    if (date < '1970' || !isDate(date)) return null;
    if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
    if (Number(offsetHours) > 23 || Number(offsetMinutes) > 59) return null;

    const minutes = Number(hour) * 60 + Number(minute);
    const rest = Number(second) * SECOND + Number(fraction.slice(0, 3).padEnd(3, '0'));
    if (utc === undefined && sign === undefined) return clockIn(date, minutes, rest);
    const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === '-' ? -1 : 1);
    return midnight(date) + (minutes - offset) * MINUTE + rest;
  };
}

/** When clocks in the zone show so many minutes and then so many milliseconds of a date. */
function clockReader(zone: ZoneName): (date: LocalDate, minutes: number, rest: number) => Instant {
  /** Where a day begins if it has 24 hours; null for the few in which clocks change. */
  const days = new Map<LocalDate, Instant | null>();
  const ordinary = (date: LocalDate): Instant | null => {
    let start = days.get(date);
    if (start === undefined) {
      const begin = dayStart(date, zone);
      start =
        dayStart(addDays(date, 1), zone) - begin === DAY && localMinutes(begin, zone) === 0 ? begin : null;
      if (days.size >= MOST_DAYS) days.clear();
      days.set(date, start);
    }
    return start;
  };
  return (date, minutes, rest) => {
    const start = ordinary(date);
    if (start !== null) return start + minutes * MINUTE + rest;
    const moment = momentOf(date, minutes, zone);
    // Where that minute was skipped, its seconds were too.
    const isThere = localMinutes(moment, zone) === minutes && localDate(moment, zone) === date;
    return isThere ? moment + rest : moment;
  };
}

function isDate(date: string): boolean {
  const at = midnight(date);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date);
}

function midnight(date: string): Instant {
  return Date.parse(`${date}T00:00:00Z`);
}
