// When the weekly digest is due: a wish on the wall clock of a zone, kept across daylight saving, and caught up once when
// nobody was there.
import type { Instant, ZoneName } from '../basics.ts';
import {
  addDays,
  type ClockMinutes,
  localDate,
  momentOf,
  type Span,
  type Weekday,
  weekdayOf,
} from '../calendar.ts';

/** "Every week on this day at this time in this zone." A skipped time means the first moment after, a doubled one the first. */
export interface Schedule {
  readonly weekday: Weekday;
  readonly time: ClockMinutes;
  readonly zone: ZoneName;
}

/** The first due time strictly after a moment. */
export function nextDue(schedule: Schedule, after: Instant): Instant {
  let date = weekdayOnOrBefore(schedule, after);
  let due = momentOf(date, schedule.time, schedule.zone);
  while (due <= after) {
    date = addDays(date, 7);
    due = momentOf(date, schedule.time, schedule.zone);
  }
  return due;
}

/** The last due time strictly before a moment. */
export function previousDue(schedule: Schedule, before: Instant): Instant {
  // From a week ahead: where clocks go back over midnight, tomorrow has been here before.
  let date = addDays(weekdayOnOrBefore(schedule, before), 7);
  let due = momentOf(date, schedule.time, schedule.zone);
  while (due >= before) {
    date = addDays(date, -7);
    due = momentOf(date, schedule.time, schedule.zone);
  }
  return due;
}

/** What a digest due at this moment tells of: from the due time before it up to, but without, its own. */
export function periodOf(schedule: Schedule, dueAt: Instant): Span {
  return { start: previousDue(schedule, dueAt), end: dueAt };
}

/**
 * The latest due time, up to and with `now`, that is not published yet; null when there is none. Of several missed ones only
 * the latest is caught up. `published`: the due time published last or, when none was, the moment the schedule was set; null
 * also publishes one that was due before anybody wished for it.
 */
export function dueNow(schedule: Schedule, published: Instant | null, now: Instant): Instant | null {
  const latest = previousDue(schedule, now + 1);
  return published !== null && published >= latest ? null : latest;
}

/** The date of the schedule's weekday that is today or within the six days before. */
function weekdayOnOrBefore(schedule: Schedule, at: Instant): string {
  const today = localDate(at, schedule.zone);
  return addDays(today, -((weekdayOf(today) - schedule.weekday + 7) % 7));
}
