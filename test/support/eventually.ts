// Waiting for something that a real process does, with a deadline instead of a guess.
import { setTimeout as delay } from 'node:timers/promises';

/** Asks again until it is so, and returns what it then is; after `within` milliseconds throws, naming what was waited for. */
export async function eventually<T>(
  what: string,
  isSo: () => T | Promise<T>,
  within = 10_000,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + within;
  for (;;) {
    const answer = await isSo();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${within} ms in vain for: ${what}`);
    await delay(10);
  }
}
