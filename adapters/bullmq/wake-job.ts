// How a wake looks as a BullMQ job: an id that makes the same wake one job, and nothing but the work's id inside.
import type { Id, Instant } from '../../src/domain/basics.ts';
import type { Wake } from '../../src/ports/queue.ts';

/** The one queue that every process of an installation shares. */
export const QUEUE_NAME = 'afterword';

export interface WakeData {
  readonly workId: Id;
}

/**
 * A job whose id BullMQ still keeps makes it ignore an add, so finished jobs must not be kept;
 * and a wake is tried once, because what must be tried again is a row of the work table.
 */
export const JOB_OPTIONS = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const;

/** BullMQ refuses ids that are integers or hold a colon. */
export function jobId(wake: Wake): string {
  return `w-${wake.workId.replaceAll(':', '_')}-${Math.ceil(wake.dueAt)}`;
}

/** The job to add at `now`: a wake that is already due has no delay. */
export function toJob(wake: Wake, now: Instant) {
  const delay = Math.max(0, Math.ceil(wake.dueAt) - now);
  const data: WakeData = { workId: wake.workId };
  return {
    name: 'wake',
    data,
    opts: { jobId: jobId(wake), timestamp: now, ...(delay > 0 ? { delay } : {}) },
  };
}

export type WakeJob = ReturnType<typeof toJob>;
