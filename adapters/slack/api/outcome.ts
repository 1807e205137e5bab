// What an error of the Web API's client proves: that nothing was done, or nothing at all. Knows no body's text but Slack's own short codes.
import { SECOND } from '../../../src/domain/basics.ts';
import type { Called } from '../parts.ts';

export type Failed = Exclude<Called, { kind: 'ok' }>;

/** Our own codes, for what Slack never got to see. */
export const UNREACHABLE = 'unreachable';
export const STORE_AWAY = 'store_away';

/** Slack says of these that "some aspect of the operation" may have succeeded, or nothing about it: then it may have. */
const PROVES_NOTHING = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'unknown_error']);

const TOO_OFTEN = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);

/** Where Slack says "too often" and not for how long. */
const UNSAID = 5 * SECOND;

export function outcomeOf(error: unknown): Failed {
  const { code } = error as { readonly code?: unknown };
  switch (code) {
    case 'slack_webapi_rate_limited_error':
      return tooOften((error as { retryAfter: number }).retryAfter * SECOND);
    case 'slack_webapi_platform_error':
      return answered((error as { data: unknown }).data);
    case 'slack_webapi_http_error':
      return ofStatus(error as { statusCode: number; body: unknown });
    case 'slack_webapi_request_error':
      return ofNetwork((error as { original: unknown }).original);
    default:
      return { kind: 'unknown', detail: nameOf(error) };
  }
}

/** An answer that says no. */
function answered(data: unknown): Failed {
  const body = (typeof data === 'object' && data !== null ? data : {}) as {
    readonly error?: unknown;
    readonly needed?: unknown;
    readonly response_metadata?: { readonly messages?: unknown; readonly retryAfter?: unknown };
  };
  const error = codeOf(body.error);
  // The client puts a text that it could not read in the place of the code.
  if (error === null) return { kind: 'unknown', detail: 'an answer that cannot be read' };
  if (PROVES_NOTHING.has(error)) return { kind: 'unknown', detail: error };
  const { messages, retryAfter } = body.response_metadata ?? {};
  if (TOO_OFTEN.has(error)) return tooOften(typeof retryAfter === 'number' ? retryAfter * SECOND : UNSAID);
  if (typeof body.needed === 'string') return refused(error, body.needed.slice(0, 200));
  const said = Array.isArray(messages) ? messages.filter((one) => typeof one === 'string') : [];
  return refused(error, said.join('; ').slice(0, 200) || error);
}

function ofStatus({ statusCode, body }: { readonly statusCode: number; readonly body: unknown }): Failed {
  const inside =
    typeof body === 'object' && body !== null ? codeOf((body as { error?: unknown }).error) : null;
  // 408 is what something in between says that waited in vain for whoever does it.
  if (statusCode >= 500 || statusCode < 400 || statusCode === 408)
    return { kind: 'unknown', detail: `HTTP ${statusCode}` };
  return inside === null ? refused(`http_${statusCode}`, `HTTP ${statusCode}`) : answered(body);
}

function ofNetwork(original: unknown): Failed {
  const code = causeOf(original);
  return code !== null && BEFORE_ANYTHING_WAS_SENT.test(code)
    ? refused(UNREACHABLE, code)
    : { kind: 'unknown', detail: code ?? nameOf(original) };
}

/** The name cannot be resolved, nobody listens, no connection comes about, or the other side's certificate will not do. */
const BEFORE_ANYTHING_WAS_SENT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_CERT_ALTNAME_INVALID|CERT_[A-Z_]+|(?:DEPTH_ZERO_)?SELF_SIGNED_CERT[A-Z_]*|UNABLE_TO_[A-Z_]+)$/;

function causeOf(error: unknown): string | null {
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth += 1) {
    const { code, cause } = at as { readonly code?: unknown; readonly cause?: unknown };
    if (typeof code === 'string') return code;
    at = cause;
  }
  return null;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'no answer';
}

function codeOf(error: unknown): string | null {
  return typeof error === 'string' && /^[A-Za-z0-9_.:-]{1,80}$/.test(error) ? error : null;
}

function tooOften(retryAfter: number): Failed {
  return { kind: 'refused', error: 'ratelimited', retryAfter, detail: 'Slack was called too often' };
}

function refused(error: string, detail: string): Failed {
  return { kind: 'refused', error, retryAfter: null, detail };
}
