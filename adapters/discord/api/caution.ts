// What keeps us far from the 10,000 invalid requests in ten minutes for which Discord shuts out an address: after a 401 nothing is asked for some
// minutes, what is forbidden is asked ever less often, and of all refusals together there are never more than some hundreds.
import { type Duration, type Instant, MINUTE, SECOND } from '../../../src/domain/basics.ts';
import type { Called } from '../parts.ts';

export type Refused = Extract<Called, { kind: 'refused' }>;

export interface Caution {
  /** What is said in Discord's place, without asking it; null: it may be asked. */
  before(call: string): Refused | null;
  /** What it answered; 2xx too. `shared`: a 429 that is not counted against us. */
  after(call: string, status: number, shared: boolean, answer: Called): void;
}

const WINDOW: Duration = 10 * MINUTE;
/** Together with other processes on this address it stays far below 10,000. */
const MOST_REFUSED = 600;
const TOKEN_REST: Duration = 5 * MINUTE;
/** What is forbidden may have been permitted by now: a few times it is asked at once. */
const ASKED_AT_ONCE = 3;
const FIRST_REST: Duration = 5 * SECOND;
const LONGEST_REST: Duration = 10 * MINUTE;
const MOST_REMEMBERED = 5_000;

interface Forbidden {
  readonly times: number;
  readonly until: Instant;
  readonly answer: Refused;
}

export function createCaution(now: () => Instant): Caution {
  const forbidden = new Map<string, Forbidden>();
  const refusals: Instant[] = [];
  let tokenRest: { readonly until: Instant; readonly answer: Refused } | null = null;

  const remember = (call: string, answer: Refused) => {
    const times = (forbidden.get(call)?.times ?? 0) + 1;
    const rest = times < ASKED_AT_ONCE ? 0 : FIRST_REST * 2 ** Math.min(times - ASKED_AT_ONCE, 10);
    forbidden.delete(call);
    forbidden.set(call, { times, until: now() + Math.min(rest, LONGEST_REST), answer });
    for (const oldest of forbidden.keys()) {
      if (forbidden.size <= MOST_REMEMBERED) break;
      forbidden.delete(oldest);
    }
  };

  return {
    before(call) {
      const at = now();
      if (tokenRest && at < tokenRest.until) return tokenRest.answer;
      const known = forbidden.get(call);
      if (known && at < known.until) return known.answer;
      while (refusals.length > 0 && at - refusals[0]! >= WINDOW) refusals.shift();
      if (refusals.length < MOST_REFUSED) return null;
      const retryAfter = Math.max(SECOND, refusals[0]! + WINDOW - at);
      return refused(429, 'Discord refused too much of late', retryAfter);
    },

    after(call, status, shared, answer) {
      if (status === 401 || status === 403 || (status === 429 && !shared)) refusals.push(now());
      if (status === 401 && answer.kind === 'refused') tokenRest = { until: now() + TOKEN_REST, answer };
      else if (status === 403 && answer.kind === 'refused') remember(call, answer);
      else if (answer.kind === 'ok') {
        tokenRest = null;
        forbidden.delete(call);
      }
    },
  };
}

export function refused(
  status: number,
  detail: string,
  retryAfter: Duration | null = null,
  code = 0,
): Refused {
  return { kind: 'refused', status, code, retryAfter, detail };
}
