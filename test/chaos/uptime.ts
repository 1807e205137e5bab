// The time of a run: it passes only while some process serves, so that a slow machine gets the same run as a quick one.
import { setTimeout as delay } from 'node:timers/promises';

const TICK = 25;

export class Uptime {
  readonly #isUp: () => boolean;
  readonly #over: AbortSignal;
  #passed = 0;

  constructor(isUp: () => boolean, over: AbortSignal) {
    this.#isUp = isUp;
    this.#over = over;
  }

  /** In ms. */
  get passed(): number {
    return this.#passed;
  }

  async run(): Promise<void> {
    let before = Date.now();
    while (!this.#over.aborted) {
      await delay(TICK);
      const now = Date.now();
      if (this.#isUp()) this.#passed += now - before;
      before = now;
    }
  }

  /** Resolves when so much of it has passed; at once when the run is over. */
  async until(at: number): Promise<void> {
    while (this.#passed < at && !this.#over.aborted) await delay(TICK);
  }
}
