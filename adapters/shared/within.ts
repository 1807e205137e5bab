// Waiting for something no longer than it is worth. What is late goes on by itself.
import type { Duration } from '../../src/domain/basics.ts';

/** Null when it is late. What fails in time, fails. */
export async function within<T>(limit: Duration, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  // Late failures belong to nobody.
  work.catch(() => undefined);
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), limit);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
