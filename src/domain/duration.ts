// Lengths of time as people write them: `90s`, `15m`, `24h`, `90d`.
import { AfterwordError, DAY, type Duration, HOUR, MINUTE, SECOND } from './basics.ts';

const UNITS = { s: SECOND, m: MINUTE, h: HOUR, d: DAY } as const;

/** Longer than anybody means, and far inside what a timestamp can hold. */
const LONGEST = 36_500 * DAY;

/** Reads `90s`, `15m`, `24h`, `90d` or `0s`, in milliseconds. Throws `invalid`, naming the value and the remedy. */
export function parseDuration(text: string): Duration {
  const [, digits, unit] = /^(\d{1,10})([smhd])$/.exec(text.trim()) ?? [];
  if (digits === undefined || unit === undefined) {
    throw new AfterwordError(
      'invalid',
      `${quoted(text)} is not a duration`,
      'write a whole number and one of s, m, h, d, such as 90s, 15m, 24h or 90d',
    );
  }
  const length = Number(digits) * UNITS[unit as keyof typeof UNITS];
  if (length > LONGEST) {
    throw new AfterwordError(
      'invalid',
      `${quoted(text)} is longer than ${formatDuration(LONGEST)}`,
      'write a shorter one',
    );
  }
  return length;
}

/** Writes a duration in the largest unit that holds it exactly, a single day as `24h`; `parseDuration` reads it back. */
export function formatDuration(duration: Duration): string {
  const seconds = Math.round(duration / SECOND);
  if (seconds !== 0 && seconds % 86_400 === 0 && seconds !== 86_400) return `${seconds / 86_400}d`;
  if (seconds !== 0 && seconds % 3_600 === 0) return `${seconds / 3_600}h`;
  if (seconds !== 0 && seconds % 60 === 0) return `${seconds / 60}m`;
  return `${seconds}s`;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
