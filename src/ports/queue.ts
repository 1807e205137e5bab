// The queue only wakes us: it carries ids of work rows that the database keeps, never state.
import type { Id, Instant } from '../domain/basics.ts';
import type { Health } from './health.ts';

/** "Look at this work row at this time." The same pair twice is one wake. */
export interface Wake {
  readonly workId: Id;
  readonly dueAt: Instant;
}

export interface Queue {
  /** For logs and `doctor`: `redis` or `postgres`. */
  readonly name: string;
  /**
   * Asks to be woken. May lose wakes (the sweeper puts them back) and may wake twice (leases make that harmless).
   * Settles within about two seconds even when the queue is away, then throwing `unavailable`.
   */
  wake(wakes: readonly Wake[]): Promise<void>;
  /** Starts calling `perform` for every wake that falls due, at most `concurrency` at once. A throw is logged, not retried: retries are work rows. */
  consume(perform: (workId: Id) => Promise<void>, concurrency: number): Promise<void>;
  health(): Promise<Health>;
  /** Takes nothing new, lets work in hand and wakes under way end (at most `graceMs`), closes its connections. */
  close(graceMs: number): Promise<void>;
}
