// Schedules and the issues that were posted.
import type { Id, Instant, Locale } from '../../domain/basics.ts';
import type { ToldIssue } from '../../domain/digest/corrections.ts';
import type { Digest } from '../../domain/digest/digest.ts';
import type { Schedule } from '../../domain/digest/schedule.ts';
import type { MessageRef } from '../../domain/prompt/prompt.ts';

export interface DigestSchedule {
  readonly id: Id;
  readonly platform: string;
  readonly installation: string;
  readonly channel: string;
  readonly locale: Locale;
  readonly schedule: Schedule;
  readonly enabled: boolean;
  readonly nextDueAt: Instant;
}

export interface DigestIssue {
  readonly id: Id;
  readonly scheduleId: Id;
  readonly dueAt: Instant;
  readonly from: Instant;
  readonly to: Instant;
  readonly status: 'posting' | 'posted' | 'refused' | 'uncertain';
  readonly content: Digest;
  readonly ref: MessageRef | null;
  readonly postedAt: Instant | null;
}

export interface PostedDigest {
  readonly schedule: DigestSchedule;
  readonly content: Digest;
  readonly ref: MessageRef;
}

export interface DigestTx {
  /** Locks the schedule. */
  lock(scheduleId: Id): Promise<DigestSchedule | null>;
  list(): Promise<readonly DigestSchedule[]>;
  saveSchedule(schedule: DigestSchedule): Promise<void>;
  /** The issue of that due time, locked. */
  issueOf(scheduleId: Id, dueAt: Instant): Promise<DigestIssue | null>;
  lastIssue(scheduleId: Id, before: Instant): Promise<DigestIssue | null>;
  /** What readers may have seen of the issues before, the newest first. */
  told(scheduleId: Id, before: Instant, limit: number): Promise<readonly ToldIssue[]>;
  /** A new one, or what became of one; its content stays as it was written, or as it was scrubbed since. */
  saveIssue(issue: DigestIssue, now: Instant): Promise<void>;
  /** What a message that was posted shows, and where it is; null where nothing was posted. */
  posted(issueId: Id): Promise<PostedDigest | null>;
}
