// How long somebody is left in peace: after a prompt, answered or not, and longer after an explicit "not now".
import type { Duration, Instant } from '../basics.ts';
import type { SurveyPolicy } from '../survey/policy.ts';
import type { PersonFacts } from './facts.ts';

export interface Rest {
  readonly reason: 'declined_recently' | 'throttled';
  /** From here on neither a decline nor a prompt stands in the way. */
  readonly until: Instant;
}

/** Why the person may not be asked at this moment; null: they may. A decline is named before a throttle. */
export function restOf(
  person: Pick<PersonFacts, 'lastPromptAt' | 'lastDeclineAt'>,
  policy: Pick<SurveyPolicy, 'throttle' | 'declineThrottle'>,
  at: Instant,
): Rest | null {
  const afterDecline = restsFrom(person.lastDeclineAt, policy.declineThrottle) ?? at;
  const afterPrompt = restsFrom(person.lastPromptAt, policy.throttle) ?? at;
  const until = Math.max(afterDecline, afterPrompt);
  if (afterDecline > at) return { reason: 'declined_recently', until };
  return afterPrompt > at ? { reason: 'throttled', until } : null;
}

/** A throttle of nothing keeps nobody, not even from what another prompt, still to come, has reserved. */
function restsFrom(last: Instant | null, throttle: Duration): Instant | null {
  return last === null || throttle === 0 ? null : last + throttle;
}
