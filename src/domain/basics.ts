// The few words that every stage shares: time, identity, what is broken, and exhaustive choice.

/** A moment: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A length of time in milliseconds. */
export type Duration = number;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** An IANA time zone name, such as `Europe/Berlin`. */
export type ZoneName = string;

/** A BCP 47 language tag, such as `zh-CN`. */
export type Locale = string;

/** A UUID in its canonical text form. */
export type Id = string;

/** Why something broke. `retry` says whether doing the same again later may help. */
export type ErrorKind =
  | 'invalid'
  | 'not_found'
  | 'conflict'
  | 'forbidden'
  | 'busy'
  | 'unavailable'
  | 'broken';

/** What is broken, said with its kind, its cause, and what the reader can do about it. */
export class AfterwordError extends Error {
  readonly kind: ErrorKind;
  readonly remedy: string;

  constructor(kind: ErrorKind, message: string, remedy: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'AfterwordError';
    this.kind = kind;
    this.remedy = remedy;
  }
}

/** The `default` of a switch over a union: a forgotten case does not compile. */
export function assertNever(value: never): never {
  throw new AfterwordError('broken', `unexpected value ${JSON.stringify(value)}`, 'report this as a bug');
}
