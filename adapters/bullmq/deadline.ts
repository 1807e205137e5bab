// Waiting with an end: nothing in this folder may hang because a server does not answer.
import type { Duration } from '../../src/domain/basics.ts';

/** How long a producer or a health check waits for an answer. */
export const ANSWER_WITHIN: Duration = 2_000;

/** Settles as `promise` does, or rejects after `ms`. What comes later is dropped, also when it is a rejection. */
export async function within<T>(ms: Duration, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves when one of `promises` settles, or after `ms`. Never rejects. */
export async function settledWithin(ms: Duration, ...promises: readonly Promise<unknown>[]): Promise<void> {
  const settled = promises.map((promise) => promise.then(() => undefined).catch(() => undefined));
  await within(ms, Promise.race(settled)).catch(() => undefined);
}

/** Pauses that can all be cut short. */
export class Doze {
  readonly #sleepers = new Set<() => void>();

  /** Resolves after `ms`, or at the next `stir`. */
  rest(ms: Duration): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#sleepers.delete(end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.#sleepers.add(end);
    });
  }

  stir(): void {
    for (const end of this.#sleepers) end();
  }
}
