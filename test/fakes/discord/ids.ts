// Snowflakes: 42 bits of time since 2015, then a counter, so that they grow and are unique.
import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

const EPOCH = 1_420_070_400_000n;

export class Ids {
  readonly #clock: Clock;
  #last = 0n;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  next(): string {
    const now = (BigInt(this.#clock.now()) - EPOCH) << 22n;
    this.#last = now > this.#last ? now : this.#last + 1n;
    return String(this.#last);
  }

  /** Something nobody can guess. */
  secret(bytes = 24): string {
    return randomBytes(bytes).toString('base64url');
  }
}

export const isSnowflake = (value: string): boolean => /^\d{1,20}$/.test(value);
