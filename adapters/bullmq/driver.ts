// What the queue needs of a server: Redis and PostgreSQL each give one of these.
import type { Processor } from 'bullmq';
import type { Id } from '../../src/domain/basics.ts';
import type { Health } from '../../src/ports/health.ts';
import type { Outage } from './outage.ts';
import type { WakeData, WakeJob } from './wake-job.ts';

export type WakeProcessor = Processor<WakeData, void>;

export interface WakeWorker {
  on(event: 'error', listener: (error: Error) => void): unknown;
  /** Takes nothing new, and settles when what is in hand has ended and the server knows; never, if it is away. */
  close(): Promise<void>;
  /** Stops the timers of a worker that did not end by itself. */
  abandon(): Promise<void>;
}

export interface Driver {
  readonly name: 'redis' | 'postgres';
  /** What to do when it is away. */
  readonly remedy: string;
  readonly outage: Outage;
  /** Makes what the server needs, the first time; rejects within about two seconds when it is away. */
  prepare(): Promise<void>;
  /** Adds all jobs, or rejects; may hang when the server does. */
  add(jobs: readonly WakeJob[]): Promise<void>;
  /** A worker that goes on through every outage by itself. */
  work(process: WakeProcessor, concurrency: number): WakeWorker;
  health(): Promise<Health>;
  /** Cuts every connection of its own, at once. */
  cut(): Promise<void>;
}

/** What a wake is for. */
export type Perform = (workId: Id) => Promise<void>;
