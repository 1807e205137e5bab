// By when somebody should have seen to a case, and when the team is told that the time is running out.
import { type Duration, HOUR, type Instant } from '../basics.ts';

/** How long the team has for an ordinary customer, where nothing else was set. */
export const FOLLOW_UP_DEADLINE: Duration = 24 * HOUR;

/** Nobody is asked to be quicker than this. */
const SHORTEST: Duration = HOUR;

/** The weights that an account can have; 1 is an ordinary one. */
export const HEAVIEST_ACCOUNT = 10;

/** How long the team has for a customer of an account of this weight: twice the weight, half the time. */
export function deadlineFor(usual: Duration, weight: number): Duration {
  return Math.max(Math.min(SHORTEST, usual), Math.round(usual / Math.max(1, weight)));
}

/** When the team is reminded of a case that is due then: when a quarter of its time is left, as counted from `from`. */
export function reminderAt(from: Instant, dueAt: Instant): Instant {
  return dueAt - Math.floor(Math.max(0, dueAt - from) / 4);
}
