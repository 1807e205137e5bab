import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/domain/basics.ts';
import { parseClock } from '../../src/domain/calendar.ts';
import { deferPastQuietHours, isQuiet } from '../../src/domain/eligibility/quiet-hours.ts';
import type { QuietHours } from '../../src/domain/survey/policy.ts';
import { anyMoment, anyZone, changesOf, readClock } from './zones.ts';

const quiet = (from: string, to: string): QuietHours => ({
  from: parseClock(from) ?? -1,
  to: parseClock(to) ?? -1,
});
const deferred = (iso: string, hours: QuietHours, zone: string) =>
  new Date(deferPastQuietHours(Date.parse(iso), hours, zone)).toISOString();

/** What is quiet, by Intl's clock and the words of the rule. */
function reallyQuiet(at: number, { from, to }: QuietHours, zone: string): boolean {
  const { minutes } = readClock(at, zone);
  if (from === to) return false;
  return from < to ? minutes >= from && minutes < to : !(minutes >= to && minutes < from);
}

const anyQuiet = fc.record({
  from: fc.integer({ min: 0, max: 1439 }),
  to: fc.integer({ min: 0, max: 1439 }),
});

describe('quiet hours', () => {
  const night = quiet('22:00', '08:00');

  it('over midnight defer an evening to the next morning and a morning to its end', () => {
    expect(deferred('2026-06-10T19:59:59Z', night, 'Europe/Berlin')).toBe('2026-06-10T19:59:59.000Z');
    expect(deferred('2026-06-10T20:00:00Z', night, 'Europe/Berlin')).toBe('2026-06-11T06:00:00.000Z');
    expect(deferred('2026-06-10T23:30:00Z', night, 'Europe/Berlin')).toBe('2026-06-11T06:00:00.000Z');
    expect(deferred('2026-06-11T05:59:59Z', night, 'Europe/Berlin')).toBe('2026-06-11T06:00:00.000Z');
    expect(deferred('2026-06-11T06:00:00Z', night, 'Europe/Berlin')).toBe('2026-06-11T06:00:00.000Z');
  });

  it('within a day defer to its end on that day', () => {
    expect(deferred('2026-06-10T10:15:00Z', quiet('12:00', '14:00'), 'Europe/Berlin')).toBe(
      '2026-06-10T12:00:00.000Z',
    );
    expect(deferred('2026-06-10T12:00:00Z', quiet('12:00', '14:00'), 'Europe/Berlin')).toBe(
      '2026-06-10T12:00:00.000Z',
    );
  });

  it('that begin where they end, or are not set, are never quiet', () => {
    expect(deferred('2026-06-10T01:00:00Z', quiet('08:00', '08:00'), 'UTC')).toBe('2026-06-10T01:00:00.000Z');
    expect(isQuiet(0, null, 'UTC')).toBe(false);
    expect(deferPastQuietHours(12_345, null, 'UTC')).toBe(12_345);
  });

  it('of the whole day, which no setting can make, are refused rather than waited for', () => {
    expect(() => deferPastQuietHours(0, { from: 0, to: 1440 }, 'UTC')).toThrowError(
      'quiet hours of the whole day',
    );
  });

  it('end at the same wall clock time in the night when the clocks change', () => {
    expect(deferred('2026-03-28T22:00:00Z', night, 'Europe/Berlin')).toBe('2026-03-29T06:00:00.000Z');
    expect(deferred('2026-10-24T22:00:00Z', night, 'Europe/Berlin')).toBe('2026-10-25T07:00:00.000Z');
    expect(deferred('2026-10-03T13:00:00Z', night, 'Australia/Lord_Howe')).toBe('2026-10-03T21:00:00.000Z');
  });

  it('whose end is skipped end with the gap, and whose end comes twice end the first time', () => {
    expect(deferred('2026-03-29T00:00:00Z', quiet('22:00', '02:30'), 'Europe/Berlin')).toBe(
      '2026-03-29T01:00:00.000Z',
    );
    expect(deferred('2026-10-25T00:10:00Z', quiet('22:00', '02:30'), 'Europe/Berlin')).toBe(
      '2026-10-25T00:30:00.000Z',
    );
    expect(deferred('2026-10-25T01:10:00Z', quiet('22:00', '02:30'), 'Europe/Berlin')).toBe(
      '2026-10-25T01:30:00.000Z',
    );
  });

  it('of all but a skipped half hour go on until it comes again', () => {
    expect(deferred('2026-03-28T12:00:00Z', quiet('02:30', '02:00'), 'Europe/Berlin')).toBe(
      '2026-03-30T00:00:00.000Z',
    );
  });

  it('never leave a result inside them, nor one that is earlier than asked', () => {
    fc.assert(
      fc.property(anyMoment, anyQuiet, ({ zone, at }, hours) => {
        const until = deferPastQuietHours(at, hours, zone);
        expect(until).toBeGreaterThanOrEqual(at);
        expect(reallyQuiet(until, hours, zone)).toBe(false);
        expect(isQuiet(at, hours, zone)).toBe(reallyQuiet(at, hours, zone));
        if (!reallyQuiet(at, hours, zone)) expect(until).toBe(at);
        expect(deferPastQuietHours(until, hours, zone)).toBe(until);
      }),
      { numRuns: 3000 },
    );
  });

  it('end at the first minute that a clock shows outside them, around every change of the clocks', () => {
    const aroundChanges = anyZone.chain((zone) => {
      const changes = changesOf(zone);
      const base = changes.length === 0 ? fc.constant(Date.UTC(2026, 2, 29)) : fc.constantFrom(...changes);
      return fc.record({ zone: fc.constant(zone), base, before: fc.integer({ min: -120, max: 600 }) });
    });
    fc.assert(
      fc.property(aroundChanges, anyQuiet, ({ zone, base, before }, hours) => {
        const at = base - before * MINUTE;
        let expected = at;
        while (reallyQuiet(expected, hours, zone)) expected += MINUTE;
        expect(deferPastQuietHours(at, hours, zone)).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });
});
