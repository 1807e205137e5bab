// The fake's time: real, plus what a test moved it on by. Timestamps of messages are unique and grow.

export class Clock {
  #ahead = 0;
  #last = 0n;

  /** Milliseconds since 1970. */
  now(): number {
    return Date.now() + this.#ahead;
  }

  /** Hours pass for tokens, limits, triggers and response URLs; timers of deliveries stay real. */
  advance(milliseconds: number): void {
    this.#ahead += milliseconds;
  }

  /** A message's `ts`: seconds, a point, six digits. */
  ts(): string {
    const now = BigInt(this.now()) * 1000n;
    this.#last = now > this.#last ? now : this.#last + 100n;
    return `${this.#last / 1_000_000n}.${String(this.#last % 1_000_000n).padStart(6, '0')}`;
  }
}
