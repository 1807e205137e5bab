// A stretch of time as people say it ("last month", `90d`, `2026-10-01..2026-10-31`), and what it means at a moment in a zone.
import { Temporal } from 'temporal-polyfill';
import type { Instant, ZoneName } from '../basics.ts';
import { dayStart, type LocalDate, localDate } from '../calendar.ts';

export const PERIOD_UNITS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type PeriodUnit = (typeof PERIOD_UNITS)[number];

export type Period =
  /** The last so many, up to now. */
  | { readonly kind: 'last'; readonly amount: number; readonly unit: PeriodUnit }
  /** A whole one by the calendar: 0 back is this one, 1 the one before. */
  | { readonly kind: 'calendar'; readonly unit: PeriodUnit; readonly back: number }
  /** Without a year: the latest that has begun. */
  | { readonly kind: 'month'; readonly year: number | null; readonly month: number }
  | { readonly kind: 'quarter'; readonly year: number | null; readonly quarter: number }
  | { readonly kind: 'year'; readonly year: number }
  /** Both days included. */
  | { readonly kind: 'dates'; readonly from: LocalDate; readonly to: LocalDate };

/** A hundred years of each. */
const MOST: Readonly<Record<PeriodUnit, number>> = {
  day: 36_500,
  week: 5_200,
  month: 1_200,
  quarter: 400,
  year: 100,
};

const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;

/** Null for none, and for more than anybody has. */
export function lastOf(amount: number, unit: PeriodUnit): Period | null {
  return Number.isInteger(amount) && amount >= 1 && amount <= MOST[unit]
    ? { kind: 'last', amount, unit }
    : null;
}

export function isPlausibleYear(year: number): boolean {
  return Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR;
}

/** A day of the calendar; null when there is none such. */
export function dateOf(year: number, month: number, day: number): LocalDate | null {
  if (!isPlausibleYear(year)) return null;
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}

/** From which moment up to which; what is still going on ends now. */
export function resolvePeriod(
  period: Period,
  now: Instant,
  zone: ZoneName,
): { readonly from: Instant; readonly to: Instant } {
  if (period.kind === 'last') {
    const { amount, unit } = period;
    const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
    const [length, of] = unit === 'quarter' ? [amount * 3, 'month' as const] : [amount, unit];
    return { from: local.subtract({ [`${of}s`]: length }).epochMilliseconds, to: now };
  }
  const [first, end] = daysOf(period, Temporal.PlainDate.from(localDate(now, zone)));
  const from = dayStart(first.toString(), zone);
  const to = dayStart(end.toString(), zone);
  return { from, to: from < now ? Math.min(to, now) : to };
}

/** The first day, and the one after the last. */
function daysOf(
  period: Exclude<Period, { kind: 'last' }>,
  today: Temporal.PlainDate,
): readonly [Temporal.PlainDate, Temporal.PlainDate] {
  switch (period.kind) {
    case 'calendar': {
      const { unit, back } = period;
      const steps = stepOf(unit);
      const length = { [`${steps.of}s`]: steps.each };
      const first = startOf(unit, today).subtract({ [`${steps.of}s`]: steps.each * back });
      return [first, first.add(length)];
    }
    case 'month': {
      const { month } = period;
      const year = period.year ?? (month > today.month ? today.year - 1 : today.year);
      const first = Temporal.PlainDate.from({ year, month, day: 1 });
      return [first, first.add({ months: 1 })];
    }
    case 'quarter': {
      const month = (period.quarter - 1) * 3 + 1;
      const year = period.year ?? (month > today.month ? today.year - 1 : today.year);
      const first = Temporal.PlainDate.from({ year, month, day: 1 });
      return [first, first.add({ months: 3 })];
    }
    case 'year': {
      const first = Temporal.PlainDate.from({ year: period.year, month: 1, day: 1 });
      return [first, first.add({ years: 1 })];
    }
    case 'dates':
      return [Temporal.PlainDate.from(period.from), Temporal.PlainDate.from(period.to).add({ days: 1 })];
  }
}

function stepOf(unit: PeriodUnit): { readonly of: Exclude<PeriodUnit, 'quarter'>; readonly each: number } {
  return unit === 'quarter' ? { of: 'month', each: 3 } : { of: unit, each: 1 };
}

function startOf(unit: PeriodUnit, day: Temporal.PlainDate): Temporal.PlainDate {
  switch (unit) {
    case 'day':
      return day;
    case 'week':
      return day.subtract({ days: day.dayOfWeek - 1 });
    case 'month':
      return day.with({ day: 1 });
    case 'quarter':
      return day.with({ month: Math.floor((day.month - 1) / 3) * 3 + 1, day: 1 });
    case 'year':
      return day.with({ month: 1, day: 1 });
  }
}
