// Errors as problem+json (RFC 9457): what was wrong and what to do, never anything from inside.
import { AfterwordError } from '../../src/domain/basics.ts';

export type Status = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 429 | 500 | 503;

const TITLES: Readonly<Record<Status, string>> = {
  400: 'Bad request',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available',
};

export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** The body alone, for one of many answers. */
export function problemBody(status: Status, detail: string, errors?: readonly FieldError[]) {
  return { type: 'about:blank', title: TITLES[status], status, detail, ...(errors ? { errors } : {}) };
}

export function problem(
  status: Status,
  detail: string,
  extra: {
    readonly errors?: readonly FieldError[];
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Response {
  return new Response(JSON.stringify(problemBody(status, detail, extra.errors)), {
    status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      ...extra.headers,
    },
  });
}

const AWAY = 'this cannot be done just now; nothing is lost by sending it again';

const TOLD: Readonly<Record<Exclude<AfterwordError['kind'], 'broken'>, readonly [Status, string]>> = {
  invalid: [400, 'there is something in this request that cannot be stored'],
  forbidden: [403, 'this is not allowed'],
  not_found: [404, 'this is not there'],
  conflict: [409, 'this has changed in the meantime; load it again'],
  busy: [503, AWAY],
  unavailable: [503, AWAY],
};

/** What a caller is told of an error that was thrown: its kind, and nothing of its words, which are for the log. */
export function problemOf(error: unknown): Response {
  if (!(error instanceof AfterwordError) || error.kind === 'broken') {
    return problem(500, 'something went wrong on our side; it was logged');
  }
  const [status, detail] = TOLD[error.kind];
  return problem(status, detail, status === 503 ? { headers: { 'retry-after': '2' } } : {});
}
