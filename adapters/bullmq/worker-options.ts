// How BullMQ's worker is set up, on either server.
import { type Duration, SECOND } from '../../src/domain/basics.ts';

// After `kill -9` a wake in hand belongs to nobody until its lock has run out and two rounds of the check have seen it.
const LOCK: Duration = 10 * SECOND;
const STALLED_EVERY: Duration = 5 * SECOND;

/** PostgreSQL keeps it in an `integer`. */
const FOR_EVER = 2_147_483_647;

export function workerOptions(concurrency: number) {
  return {
    concurrency,
    lockDuration: LOCK,
    stalledInterval: STALLED_EVERY,
    // A stalled wake goes back to the queue, always: failing it would be loud, and the work's row counts the tries.
    maxStalledCount: FOR_EVER,
    // How soon to look again after an error of the connection.
    runRetryDelay: 1 * SECOND,
    // Seconds without work after which it looks by itself, should a notice have been lost.
    drainDelay: 5,
  };
}

/** BullMQ also writes a stream of events, which nobody here reads. 0 would mean without end. */
export const EVENTS_KEPT = 100;
