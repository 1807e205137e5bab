// Moments read from PostgreSQL's text are exact, in every zone that a session can have.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, parseInstant } from '../../../adapters/postgres/store/values.ts';

/** As PostgreSQL writes a timestamptz(3): trailing zeros dropped, minutes of the offset only where there are any. */
function written(instant: number, offsetMinutes: number): string {
  const local = new Date(instant + offsetMinutes * 60_000).toISOString();
  const fraction = local.slice(19, 23).replace(/\.?0+$/, '');
  const [hours, minutes] = [Math.trunc(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  const offset = `${offsetMinutes < 0 ? '-' : '+'}${two(hours)}${minutes > 0 ? `:${two(minutes)}` : ''}`;
  return `${local.slice(0, 10)} ${local.slice(11, 19)}${fraction}${offset}`;
}

describe('a moment from the database', () => {
  it('is read to the millisecond, whatever the session’s zone', () => {
    const instants = fc.integer({ min: Date.UTC(1000, 0, 2), max: Date.UTC(9999, 11, 30) });
    const offsets = fc.integer({ min: -15 * 60 + 1, max: 15 * 60 - 1 });
    fc.assert(
      fc.property(instants, offsets, (instant, offset) => {
        expect(parseInstant(written(instant, offset))).toBe(instant);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['2026-11-21 19:37:00+00', Date.UTC(2026, 10, 21, 19, 37)],
    ['2026-11-21 19:37:00.12+00', Date.UTC(2026, 10, 21, 19, 37, 0, 120)],
    ['2026-11-22 01:07:00.003+05:30', Date.UTC(2026, 10, 21, 19, 37, 0, 3)],
    ['2026-11-21 16:07:00-03:30', Date.UTC(2026, 10, 21, 19, 37)],
    ['2026-11-21 19:37:00.123456+00', Date.UTC(2026, 10, 21, 19, 37, 0, 123)],
    ['12026-01-01 00:00:00+00', Date.UTC(12_026, 0, 1)],
    ['infinity', Number.POSITIVE_INFINITY],
    ['-infinity', Number.NEGATIVE_INFINITY],
  ])('such as %s', (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });

  it('goes back as it came', () => {
    expect(parseInstant(at(1_700_000_000_001).replace('T', ' ').replace('Z', '+00'))).toBe(1_700_000_000_001);
  });
});
