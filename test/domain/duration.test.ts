import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AfterwordError, DAY, HOUR, MINUTE, SECOND } from '../../src/domain/basics.ts';
import { formatDuration, parseDuration } from '../../src/domain/duration.ts';

describe('a duration', () => {
  it('is read as it is written', () => {
    expect(parseDuration('90s')).toBe(90 * SECOND);
    expect(parseDuration('15m')).toBe(15 * MINUTE);
    expect(parseDuration('24h')).toBe(24 * HOUR);
    expect(parseDuration('90d')).toBe(90 * DAY);
    expect(parseDuration('0s')).toBe(0);
    expect(parseDuration(' 10m ')).toBe(10 * MINUTE);
  });

  it('is written in the largest unit that holds it, a single day as 24h', () => {
    expect(formatDuration(90 * SECOND)).toBe('90s');
    expect(formatDuration(15 * MINUTE)).toBe('15m');
    expect(formatDuration(24 * HOUR)).toBe('24h');
    expect(formatDuration(25 * HOUR)).toBe('25h');
    expect(formatDuration(90 * DAY)).toBe('90d');
    expect(formatDuration(0)).toBe('0s');
  });

  it('is the same after writing and reading', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 36_500 * 86_400 }),
        (n) => parseDuration(formatDuration(n * SECOND)) === n * SECOND,
      ),
    );
  });

  it('that makes no sense is refused with its value and what to write instead', () => {
    for (const text of [
      '',
      ' ',
      '10',
      'm',
      '1.5h',
      '-1d',
      '+1d',
      '1w',
      '1H',
      '1 h',
      '1h30m',
      '１h',
      '1e3s',
      'NaNs',
      '99999999999d',
    ]) {
      const thrown = capture(() => parseDuration(text));
      expect(thrown, text).toBeInstanceOf(AfterwordError);
      expect(thrown?.kind).toBe('invalid');
      expect(thrown?.message).toContain(JSON.stringify(text));
      expect(thrown?.remedy).toContain('15m');
    }
  });

  it('longer than a century is refused', () => {
    expect(parseDuration('36500d')).toBe(36_500 * DAY);
    expect(() => parseDuration('36501d')).toThrowError('"36501d" is longer than 36500d');
    expect(() => parseDuration('9'.repeat(1e6))).toThrowError(/^"9{40}…" is not a duration$/);
  });
});

function capture(run: () => unknown): AfterwordError | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error as AfterwordError;
  }
}
