// Counts and values as people read them.
import { cut } from '../domain/words.ts';

/** Longer values are shortened where they are shown again. */
const LONGEST_SHOWN = 40;

/** `8,225` */
export function number(n: number): string {
  return n.toLocaleString('en');
}

/** `1 line`, `8,225 lines` */
export function counted(n: number, noun: string, plural = `${noun}s`): string {
  return `${number(n)} ${n === 1 ? noun : plural}`;
}

/** A value as it came in, short enough for an error. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(cut(value, LONGEST_SHOWN));
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return String(value);
}
