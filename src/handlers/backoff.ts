// How long to wait before trying again, by how often it failed.
import { type Duration, HOUR, SECOND } from '../domain/basics.ts';

/** 2 s, 4 s, 8 s … at most an hour; `attempts` is at least 1. */
export function backoff(attempts: number): Duration {
  return Math.min(HOUR, 2 ** Math.min(attempts, 20) * SECOND);
}
