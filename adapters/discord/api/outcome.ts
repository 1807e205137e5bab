// What came of a call, out of what Discord's client throws: only what proves that nothing was done is refused.
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { type Duration, SECOND } from '../../../src/domain/basics.ts';
import type { Called } from '../parts.ts';
import { refused } from './caution.ts';

/** What is known of a call beside its answer. */
export interface Trace {
  /** It left us. */
  began: boolean;
  /** Of the newest answer; 0: there was none. */
  status: number;
  /** How often it was answered 429. */
  tooOften: number;
  /** What the newest 429 said. */
  retryAfter: Duration | null;
  /** The 429 was about somebody else's calls too, and is not counted against us. */
  shared: boolean;
}

/** Where Discord does not say how long to wait. */
const UNSAID: Duration = 5 * SECOND;

export function outcomeOf(error: unknown, trace: Trace): Exclude<Called, { kind: 'ok' }> {
  if (error instanceof RateLimitError) {
    const wait = Math.max(error.timeToReset, error.retryAfter, error.sublimitTimeout, 0);
    return tooMany(wait || UNSAID);
  }
  if (error instanceof DiscordAPIError) {
    // What something in between says that waited in vain for whoever does it.
    if (error.status === 408) return { kind: 'unknown', detail: 'HTTP 408' };
    const code = typeof error.code === 'number' ? error.code : 0;
    return refused(error.status, detailOf(error), null, code);
  }
  if (error instanceof HTTPError) return { kind: 'unknown', detail: `HTTP ${error.status}` };
  if (!trace.began) return tooMany(UNSAID);
  // It was asked to wait, and its time was over before the wait was.
  if (trace.status === 429) return tooMany(trace.retryAfter ?? UNSAID);
  const code = causeOf(error);
  return code !== null && trace.status === 0 && BEFORE_ANYTHING_WAS_SENT.test(code)
    ? refused(0, code)
    : { kind: 'unknown', detail: code ?? (error instanceof Error ? error.name : 'no answer') };
}

function tooMany(retryAfter: Duration) {
  return refused(429, 'Discord was called too often', retryAfter);
}

/** Its own message, and which fields were wrong: never what stood in them. */
function detailOf({ rawError }: DiscordAPIError): string {
  const { message, errors } = rawError as { readonly message?: unknown; readonly errors?: unknown };
  const said = typeof message === 'string' ? message : '';
  const fields = pathsIn(errors, []).slice(0, 5);
  return [said, ...fields]
    .filter((one) => one !== '')
    .join('; ')
    .slice(0, 200);
}

function pathsIn(errors: unknown, path: readonly string[]): readonly string[] {
  if (typeof errors !== 'object' || errors === null || path.length > 8) return [];
  return Object.entries(errors).flatMap(([key, inside]) => {
    if (key !== '_errors') return pathsIn(inside, [...path, key]);
    const code = (inside as readonly { readonly code?: unknown }[] | null)?.[0]?.code;
    return [`${path.join('.')} ${typeof code === 'string' ? code : ''}`.trim()];
  });
}

/** The name cannot be resolved, nobody listens, no connection comes about, or the other side's certificate will not do. */
const BEFORE_ANYTHING_WAS_SENT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_CERT_ALTNAME_INVALID|CERT_[A-Z_]+|(?:DEPTH_ZERO_)?SELF_SIGNED_CERT[A-Z_]*|UNABLE_TO_[A-Z_]+)$/;

function causeOf(error: unknown): string | null {
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth += 1) {
    const { code, cause } = at as { readonly code?: unknown; readonly cause?: unknown };
    if (typeof code === 'string') return code;
    at = cause;
  }
  return null;
}
