// What is still to be done, and who is doing it: outbox, timer, lease, retry and dead letter in one table.
import type { Duration, Id, Instant } from '../../domain/basics.ts';

/**
 * `deliver` a prompt, `remind`, `expire` it, `repaint` its message after a change from elsewhere; post an `alert` of a follow-up and `refresh`
 * what it says; `nudge` the team before its deadline and `escalate` it after, `confirm` with the customer that it is solved; publish a `digest` (the
 * subject is the schedule), and `reprint` one that was posted (the subject is the issue); tell a `notice`; `reconsider` what a response says,
 * by a larger model.
 */
export const WORK_KINDS = [
  'deliver',
  'remind',
  'expire',
  'repaint',
  'alert',
  'refresh',
  'digest',
  'reprint',
  'notice',
  'nudge',
  'escalate',
  'confirm',
  'reconsider',
] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

/** One thing to do; `(kind, subjectId)` is unique while it is not done. */
export interface NewWork {
  readonly id: Id;
  readonly kind: WorkKind;
  readonly subjectId: Id;
  readonly dueAt: Instant;
}

/** Work in hand: only the holder of the token may finish it. */
export interface LeasedWork extends NewWork {
  readonly workspaceId: Id;
  /** Counts this attempt: 1 is the first. */
  readonly attempts: number;
  readonly token: Id;
}

export interface DeadWork {
  readonly id: Id;
  readonly workspaceId: Id;
  readonly kind: WorkKind;
  readonly subjectId: Id;
  readonly attempts: number;
  readonly error: string;
  readonly dueAt: Instant;
}

export interface WorkTx {
  /**
   * Adds work; where the same `(kind, subjectId)` is pending or dead, its due time becomes this one and it starts anew. Where somebody has it in
   * hand, it is done once more after them: `finish` brings it back at this time instead of deleting it, so that neither a next run that the work
   * itself asks for nor a change that its holder has not seen is lost, whichever of the two comes first. Answers with what is to be woken.
   */
  add(items: readonly NewWork[], now: Instant): Promise<readonly { workId: Id; dueAt: Instant }[]>;
  /** Deletes the row; throws `conflict` when the lease was lost, so that the whole transaction is undone. */
  finish(work: LeasedWork): Promise<void>;
  /** Gives it back for later (sooner where it was asked for sooner meanwhile) and starts counting attempts anew; throws as `finish`. */
  postpone(work: LeasedWork, dueAt: Instant): Promise<void>;
  /** Takes back work that nobody has in hand (a reminder after the answer), dead work, and wishes to do once more what somebody has in hand. */
  cancel(kinds: readonly WorkKind[], subjectIds: readonly Id[]): Promise<void>;
}

export interface WorkLedger {
  /** Takes the row in hand if it is due (one second of tolerance for clocks) and free. */
  lease(workId: Id, token: Id, now: Instant, duration: Duration): Promise<LeasedWork | null>;
  /** Takes in hand others of the same kind and workspace that are due before `until`, with the same token, the most overdue first. */
  leaseMore(
    work: LeasedWork,
    until: Instant,
    now: Instant,
    duration: Duration,
    limit: number,
  ): Promise<readonly LeasedWork[]>;
  /** Keeps work in hand until a time, unless its lease was lost or it is being finished at this moment. */
  renew(works: readonly LeasedWork[], until: Instant): Promise<void>;
  /** Takes everything out of everybody's hands, and every name from its owner. Only for whoever knows that all of them are dead. */
  release(now: Instant): Promise<void>;
  /** Work with an error: again at `dueAt`, or dead when that is null. Nothing happens if the lease was lost. */
  fail(work: LeasedWork, error: string, dueAt: Instant | null): Promise<void>;
  /** Pending and free, due before `until`, the most overdue first: what the sweeper wakes. A lease that ran out is due from its end. */
  due(until: Instant, now: Instant, limit: number): Promise<readonly { workId: Id; dueAt: Instant }[]>;
  dead(limit: number): Promise<readonly DeadWork[]>;
  /** Dead work becomes pending again, due now. */
  revive(workIds: readonly Id[], now: Instant): Promise<number>;
  counts(
    now: Instant,
  ): Promise<{ pending: number; overdue: number; dead: number; oldestDueAt: Instant | null }>;
  /** Takes or renews ownership of a name until a time; false while another holds it. */
  own(name: string, holder: Id, now: Instant, until: Instant): Promise<boolean>;
  disown(name: string, holder: Id): Promise<void>;
  /** Whether this delivery was handled before. */
  hasSeen(platform: string, installation: string, eventId: string): Promise<boolean>;
  /** After it was handled, so that one whose handling failed is handled when it comes again. Old ones are forgotten by `forgetEvents`. */
  markSeen(platform: string, installation: string, eventId: string, now: Instant): Promise<void>;
  forgetEvents(before: Instant): Promise<number>;
}
