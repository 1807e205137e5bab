// One call of the Web API, made once: Slack's own client without its retries, its waiting and its log.
import { type Logger, LogLevel, WebClient } from '@slack/web-api';
import type { Duration } from '../../../src/domain/basics.ts';
import type { Called } from '../parts.ts';
import { outcomeOf } from './outcome.ts';

export type Wire = (
  method: string,
  args: Readonly<Record<string, unknown>>,
  options: { readonly token: string | null; readonly timeout: Duration },
) => Promise<Called>;

export function createWire(apiUrl: string): Wire {
  return async (method, args, { token, timeout }) => {
    // The client knows one timeout; a new one costs a tenth of a millisecond.
    const client = new WebClient(token ?? undefined, {
      slackApiUrl: apiUrl,
      timeout: Math.max(1, Math.round(timeout)),
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
      fetch: readable429,
      logger: SILENT,
    });
    try {
      const body = await client.apiCall(method, wellFormed(args));
      return { kind: 'ok', body: { ...body } };
    } catch (error) {
      return outcomeOf(error);
    }
  };
}

/** The client takes a 429 that does not say how long to wait for a broken call; it is an answer like any other. */
const readable429: typeof fetch = async (url, init) => {
  const response = await fetch(url, init);
  if (response.status !== 429 || /^\s*\d+/.test(response.headers.get('retry-after') ?? '')) return response;
  const headers = new Headers(response.headers);
  headers.set('retry-after', '5');
  return new Response(response.body, { status: 429, headers });
};

/** Half a character cannot be put into a form. What lies deeper goes as JSON, which writes it as `\uXXXX`. */
function wellFormed(args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fix = (value: unknown) => (typeof value === 'string' ? Buffer.from(value).toString() : value);
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, fix(value)]));
}

/** It would log whole answers, and what our callers must not say is for them to decide. */
const SILENT: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};
