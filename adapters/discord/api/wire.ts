// One call by discord.js's own client: its buckets, its headers, none of its retries. Where its buckets would make a call wait long, the call comes
// back refused.
import { AsyncLocalStorage } from 'node:async_hooks';
import { DefaultRestOptions, REST, type RESTOptions, type RequestMethod, type RouteLike } from 'discord.js';
import { type Duration, SECOND } from '../../../src/domain/basics.ts';
import type { Called, CallOptions } from '../parts.ts';
import { refused } from './caution.ts';
import { outcomeOf, type Trace } from './outcome.ts';

export interface Wire {
  call(
    method: string,
    path: `/${string}`,
    options: CallOptions & { readonly timeout: Duration },
  ): Promise<{ readonly called: Called; readonly trace: Trace }>;
}

/** A call waits so long for its bucket; whoever called knows better what to do meanwhile. */
const PATIENCE: Duration = 2 * SECOND;
/** As often a call that was answered 429 is asked again, where it need not wait long. */
const MOST_TOO_OFTEN = 2;
/** Of the fifty a second that Discord allows; the rest is for other processes with this token. */
const CALLS_A_SECOND = 40;

export function createWire(apiUrl: string, token: string): Wire {
  const traces = new AsyncLocalStorage<Trace>();

  const makeRequest: RESTOptions['makeRequest'] = async (url, init) => {
    const trace = traces.getStore();
    if (trace) trace.began = true;
    const response = await DefaultRestOptions.makeRequest(url, init);
    if (trace) trace.status = response.status;
    if (response.status !== 429) return response;
    // The client asks again at once where the answer does not say how long to wait.
    const said = response.headers.get('retry-after') ?? '';
    const seconds = /^\s*\d+(?:\.\d+)?\s*$/u.test(said) ? Number(said) : 5;
    const headers = new Headers([...response.headers]);
    headers.set('retry-after', String(seconds));
    if (trace) {
      trace.tooOften += 1;
      trace.retryAfter = seconds * SECOND;
      trace.shared = headers.get('x-ratelimit-scope') === 'shared';
    }
    return {
      body: response.body,
      headers,
      status: response.status,
      statusText: response.statusText,
      ok: false,
      bodyUsed: response.bodyUsed,
      arrayBuffer: () => response.arrayBuffer(),
      json: () => response.json(),
      text: () => response.text(),
    };
  };
  const options = {
    api: apiUrl,
    version: '10',
    retries: 0,
    // Each call has its own.
    timeout: 60 * SECOND,
    makeRequest,
    rejectOnRateLimit: ({ timeToReset, retryAfter, sublimitTimeout }) =>
      Math.max(timeToReset, retryAfter, sublimitTimeout) > PATIENCE ||
      (traces.getStore()?.tooOften ?? 0) >= MOST_TOO_OFTEN,
  } satisfies Partial<RESTOptions>;
  const rest = new REST({ ...options, globalRequestsPerSecond: CALLS_A_SECOND });
  /** Answers to interactions are not counted among the fifty. */
  const answers = new REST({ ...options, globalRequestsPerSecond: Number.MAX_SAFE_INTEGER });

  return {
    async call(method, path, { body, files, query, auth = true, timeout }) {
      const trace: Trace = { began: false, status: 0, tooOften: 0, retryAfter: null, shared: false };
      // After a 401 the client forgets its token.
      if (auth) rest.setToken(token);
      const request = {
        method: method as RequestMethod,
        fullRoute: path as RouteLike,
        auth,
        signal: AbortSignal.timeout(Math.max(1, Math.round(timeout))),
        ...(body === undefined ? {} : { body }),
        ...(query && { query: new URLSearchParams(query) }),
        ...(files && {
          files: files.map(({ name, data, contentType }) => ({
            name,
            data: Buffer.from(data),
            contentType,
          })),
        }),
      };
      const called = await traces.run(trace, async (): Promise<Called> => {
        try {
          const answer = await (auth ? rest : answers).request(request);
          if (trace.status >= 300) return refused(trace.status, 'an answer from somewhere else');
          return { kind: 'ok', body: answer };
        } catch (error) {
          return outcomeOf(error, trace);
        }
      });
      return { called, trace };
    },
  };
}
