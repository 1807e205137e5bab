// The period that a report is compared with: as long, and just before.

import { Temporal } from 'temporal-polyfill';
import { AfterwordError, type Instant, type ZoneName } from '../basics.ts';

/** From `from` up to, but without, `to`. */
export interface Period {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * The period of equal length that ends where this one begins.
 *
 * A period of whole local days (both ends begin a day in `zone`) is as many calendar days long, however many hours
 * daylight saving makes of them; any other is as much time long. Throws `invalid` when it ends before it begins.
 */
export function previousPeriod(period: Period, zone: ZoneName): Period {
  const { from, to } = period;
  if (to <= from) {
    throw new AfterwordError(
      'invalid',
      'the period ends before it begins',
      'give a --to that is after --from',
    );
  }
  const first = localDate(from, zone);
  const end = localDate(to, zone);
  if (first === null || end === null) return { from: from - (to - from), to: from };
  const { days } = first.until(end, { largestUnit: 'days' });
  return { from: first.subtract({ days }).toZonedDateTime(zone).epochMilliseconds, to: from };
}

/**
 * The period whose answers the groups of a report are compared with: for weeks from the Monday (in `zone`) before the
 * week that the period begins in, up to the period; for every other dimension the period before.
 */
export function previousGroupsPeriod(period: Period, by: string, zone: ZoneName): Period {
  if (by !== 'week') return previousPeriod(period, zone);
  const first = Temporal.Instant.fromEpochMilliseconds(period.from).toZonedDateTimeISO(zone).toPlainDate();
  const monday = first.subtract({ days: first.dayOfWeek - 1 + 7 });
  return { from: monday.toZonedDateTime(zone).epochMilliseconds, to: period.from };
}

/** The local date that begins at this instant; null when the instant is in the middle of a day. */
function localDate(at: Instant, zone: ZoneName): Temporal.PlainDate | null {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return local.startOfDay().epochMilliseconds === at ? local.toPlainDate() : null;
}
