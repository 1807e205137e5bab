// How fast a platform may be called: budgets that every process shares.
import type { Duration } from '../domain/basics.ts';

/** One budget: `interval` between two calls on the average, and as many as `burst` at once after a rest. */
export interface Rate {
  /** Who is called for what, such as `slack T1 chat.postMessage C1`. At most 200 characters. */
  readonly name: string;
  readonly interval: Duration;
  /** At least 1. */
  readonly burst: number;
}

export interface Budget {
  /**
   * Takes one call out of every one of these budgets, or, when the longest wait exceeds `patience`, out of none. Answers with how long to wait before
   * calling: 0 is now.
   */
  take(
    rates: readonly Rate[],
    patience: Duration,
  ): Promise<{ readonly taken: boolean; readonly wait: Duration }>;
  /** The platform said how long nobody may call (a 429 with Retry-After): what is taken from now on waits at least so long. */
  pause(name: string, wait: Duration): Promise<void>;
}
