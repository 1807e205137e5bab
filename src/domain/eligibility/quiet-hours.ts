// When nobody is disturbed: a moment inside the quiet hours moves to the first moment outside them.
import { AfterwordError, DAY, type Instant, MINUTE, type ZoneName } from '../basics.ts';
import { localMillis, localMinutes, nextClockChange } from '../calendar.ts';
import type { QuietHours } from '../survey/policy.ts';

/** Whether clocks in the zone read a quiet time. `from` is quiet, `to` is not; `from > to` runs over midnight. */
export function isQuiet(at: Instant, quiet: QuietHours | null, zone: ZoneName): boolean {
  if (quiet === null || quiet.from === quiet.to) return false;
  const minutes = localMinutes(at, zone);
  return quiet.from < quiet.to
    ? minutes >= quiet.from && minutes < quiet.to
    : minutes >= quiet.from || minutes < quiet.to;
}

/**
 * The first moment at or after `at` when clocks in the zone read no quiet time. It walks from one change of the clocks to
 * the next, so that a quiet end that daylight saving skips ends with the gap, and one that comes twice ends the first time.
 */
export function deferPastQuietHours(at: Instant, quiet: QuietHours | null, zone: ZoneName): Instant {
  if (quiet === null) return at;
  if (quiet.from <= 0 && quiet.to >= 1440) {
    throw new AfterwordError(
      'invalid',
      'quiet hours of the whole day',
      'leave an hour free, or turn the survey off',
    );
  }
  let moment = at;
  while (isQuiet(moment, quiet, zone)) {
    const untilEnd = (quiet.to * MINUTE - localMillis(moment, zone) + DAY) % DAY;
    const end = moment + untilEnd;
    const change = nextClockChange(moment, zone);
    moment = change !== null && change < end ? change : end;
  }
  return moment;
}
