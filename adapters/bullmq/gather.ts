// Many small wakes at once become few larger ones: while one add is under way, the next ones are gathered.
import type { Wake } from '../../src/ports/queue.ts';

interface Waiting {
  readonly wakes: readonly Wake[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export class Gather {
  readonly #send: (wakes: readonly Wake[]) => Promise<void>;
  #waiting: Waiting[] = [];
  #busy = false;

  constructor(send: (wakes: readonly Wake[]) => Promise<void>) {
    this.#send = send;
  }

  /** Settles as the add does that carried these wakes. When one fails, so do those that wait behind it. */
  add(wakes: readonly Wake[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ wakes, resolve, reject });
      if (!this.#busy) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#send(batch.flatMap((waiting) => waiting.wakes));
        for (const waiting of batch) waiting.resolve();
      } catch (error) {
        for (const waiting of batch.concat(this.#waiting)) waiting.reject(error);
        this.#waiting = [];
      }
    }
    this.#busy = false;
  }
}
