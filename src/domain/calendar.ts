// Wall clocks: what an instant reads in a time zone, and which instant a local date and time means. Two promises hold
// everywhere: a time that daylight saving skips means the first moment after the gap, a doubled one the first.
import { Temporal } from 'temporal-polyfill';
import { AfterwordError, type Instant, MINUTE, type ZoneName } from './basics.ts';

/** A day on a calendar and in no zone: `2026-03-29`. Text order is time order. */
export type LocalDate = string;

/** Minutes since local midnight as a clock shows them, 0–1439. */
export type ClockMinutes = number;

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** From `start` on, up to but without `end`. */
export interface Span {
  readonly start: Instant;
  readonly end: Instant;
}

const zones = new Map<string, ZoneName>();

/** The zone in its proper spelling (`europe/berlin` → `Europe/Berlin`), or null when there is none of that name. */
export function zoneNamed(name: string): ZoneName | null {
  // Temporal also takes offsets and whole timestamps as a zone; neither follows daylight saving.
  if (name.length > 64 || !/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return null;
  const key = name.toLowerCase();
  const known = zones.get(key);
  if (known !== undefined) return known;
  try {
    const id = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
    zones.set(key, id);
    return id;
  } catch {
    return null;
  }
}

/** Whether this is the name of an IANA time zone; upper and lower case do not matter. */
export function isZone(name: string): boolean {
  return zoneNamed(name) !== null;
}

/** `HH:MM` or `H:MM` as minutes since midnight; null when it is no time of day. */
export function parseClock(text: string): ClockMinutes | null {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim()) ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
}

/** Minutes since midnight as `HH:MM`. */
export function formatClock(minutes: ClockMinutes): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The date that calendars in the zone show at this moment. */
export function localDate(at: Instant, zone: ZoneName): LocalDate {
  return zoned(at, zone).toPlainDate().toString();
}

/** What clocks in the zone show at this moment, in minutes since midnight. */
export function localMinutes(at: Instant, zone: ZoneName): ClockMinutes {
  const { hour, minute } = zoned(at, zone);
  return hour * 60 + minute;
}

/** What clocks in the zone show at this moment, in milliseconds since midnight. */
export function localMillis(at: Instant, zone: ZoneName): number {
  const { hour, minute, second, millisecond } = zoned(at, zone);
  return (hour * 60 + minute) * MINUTE + second * 1000 + millisecond;
}

/** The date so many days later (earlier when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return plain(date).add({ days }).toString();
}

/** The day of the week of a date. */
export function weekdayOf(date: LocalDate): Weekday {
  return plain(date).dayOfWeek as Weekday;
}

/** The moment when clocks in the zone show this time of this date; skipped: the first moment after, doubled: the first. */
export function momentOf(date: LocalDate, minutes: ClockMinutes, zone: ZoneName): Instant {
  const wish = plain(date).toPlainDateTime({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
  const found = inZone(zone, () => wish.toZonedDateTime(zone));
  if (found.toPlainDateTime().equals(wish)) return found.epochMilliseconds;
  // In a gap Temporal moves on by the gap's length (02:30 becomes 03:30); the first moment after it is the change itself.
  const change = wish.toZonedDateTime(zone, { disambiguation: 'earlier' }).getTimeZoneTransition('next');
  return (change ?? found).epochMilliseconds;
}

/** The first moment of a date in the zone; not always 00:00. */
export function dayStart(date: LocalDate, zone: ZoneName): Instant {
  return inZone(zone, () => plain(date).toZonedDateTime(zone).epochMilliseconds);
}

interface LocalDay extends Span {
  readonly date: LocalDate;
}

/** Days do not overlap, so that the day last found in a zone answers for every moment in it: most look at the same day. */
const lastDays = new Map<ZoneName, LocalDay>();

/** The local day around a moment: 23, 24 or 25 hours as a rule. Always `start <= at < end`. */
export function localDay(at: Instant, zone: ZoneName): LocalDay {
  const last = lastDays.get(zone);
  if (last !== undefined && at >= last.start && at < last.end) return last;
  const found = findLocalDay(at, zone);
  lastDays.set(zone, found);
  return found;
}

function findLocalDay(at: Instant, zone: ZoneName): LocalDay {
  const date = localDate(at, zone);
  const end = dayStart(addDays(date, 1), zone);
  if (at < end) return { date, start: dayStart(date, zone), end };
  // Where clocks once went back just after midnight, the end of a day came twice; its repeat belongs to the next day.
  return { date: addDays(date, 1), start: end, end: dayStart(addDays(date, 2), zone) };
}

/** The local week around a moment, Monday to Monday (ISO 8601); `date` is its Monday. */
export function localWeek(at: Instant, zone: ZoneName): Span & { readonly date: LocalDate } {
  const day = localDay(at, zone).date;
  const monday = addDays(day, 1 - weekdayOf(day));
  return { date: monday, start: dayStart(monday, zone), end: dayStart(addDays(monday, 7), zone) };
}

/** The next moment, strictly after this one, when the zone changes its distance from UTC; null when none is known. */
export function nextClockChange(after: Instant, zone: ZoneName): Instant | null {
  return zoned(after, zone).getTimeZoneTransition('next')?.epochMilliseconds ?? null;
}

function zoned(at: Instant, zone: ZoneName): Temporal.ZonedDateTime {
  return inZone(zone, () => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone));
}

/** A zone that nobody knows is said by its name, not by the name of a class in a library. */
function inZone<T>(zone: ZoneName, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (isZone(zone)) throw cause;
    const remedy = 'use an IANA name such as Europe/Berlin';
    throw new AfterwordError('invalid', `unknown time zone ${JSON.stringify(zone)}`, remedy, cause);
  }
}

function plain(date: LocalDate): Temporal.PlainDate {
  return Temporal.PlainDate.from(date);
}
