// How moments travel to the database and back: exact to the millisecond.
import pg from 'pg';
import type { Instant } from '../../../src/domain/basics.ts';

const TIMESTAMPTZ = 1184;
const INT8 = 20;

/** A moment as a parameter. */
export function at(instant: Instant): string {
  return new Date(instant).toISOString();
}

export function maybeAt(instant: Instant | null | undefined): string | null {
  return instant === null || instant === undefined ? null : at(instant);
}

/** `column = parameter` where null equals null, and an index still helps. */
export function same(column: string, parameter: string, value: string | null): string {
  return value === null ? `(${column} IS NULL AND ${parameter}::text IS NULL)` : `${column} = ${parameter}`;
}

/** The digits of `text` from `from` up to `to`. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value = value * 10 + text.charCodeAt(i) - 48;
  return value;
}

/**
 * Reads `2026-11-21 19:37:00.123+00`, in whatever zone the session has, to epoch milliseconds. By hand, because a batch reads
 * thousands, and `Date.parse` does not promise this format.
 */
export function parseInstant(text: string): Instant {
  if (text.charCodeAt(4) !== 45 || text.endsWith('C')) return parseRare(text);
  let end = 19;
  let ms = 0;
  if (text.charCodeAt(end) === 46) {
    const begin = end + 1;
    for (end = begin; text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57; ) end++;
    ms = Math.round(digits(text, begin, end) / 10 ** (end - begin - 3));
  }
  const sign = text.charCodeAt(end) === 45 ? -1 : 1;
  const offset =
    digits(text, end + 1, end + 3) * 60 +
    (text.charCodeAt(end + 3) === 58 ? digits(text, end + 4, end + 6) : 0);
  const date = Date.UTC(
    digits(text, 0, 4),
    digits(text, 5, 7) - 1,
    digits(text, 8, 10),
    digits(text, 11, 13),
    digits(text, 14, 16),
    digits(text, 17, 19),
  );
  return date + ms - sign * offset * 60_000;
}

/** Infinities, and years that no customer was ever helped in. */
function parseRare(text: string): Instant {
  if (text === 'infinity') return Number.POSITIVE_INFINITY;
  if (text === '-infinity') return Number.NEGATIVE_INFINITY;
  return pg.types.getTypeParser(TIMESTAMPTZ, 'text')(text).getTime();
}

/** For every query of the store: moments are numbers, and so are counts. */
export const TYPES: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === TIMESTAMPTZ) return parseInstant;
    if (oid === INT8) return Number;
    return pg.types.getTypeParser(oid, format as 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};
