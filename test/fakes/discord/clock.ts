// The fake's time: real, plus what a test moved it on by.

export class Clock {
  #ahead = 0;

  /** Milliseconds since 1970. */
  now(): number {
    return Date.now() + this.#ahead;
  }

  /** Hours pass for tokens, limits, nonces and commands; timers of connections stay real. */
  advance(milliseconds: number): void {
    this.#ahead += milliseconds;
  }

  iso(at = this.now()): string {
    return new Date(at).toISOString().replace('Z', '000+00:00');
  }
}
