// The truth. Everything is scoped to a workspace; what a transaction changes commits together or not at all.
import type { Id, Instant } from '../../domain/basics.ts';
import type { Budget } from '../budget.ts';
import type { Conversations } from '../conversations.ts';
import type { Credentials } from '../credentials.ts';
import type { Health } from '../health.ts';
import type { Mailbox } from '../mailbox.ts';
import type { Administration } from './administration.ts';
import type { Archive } from './archive.ts';
import type { DigestTx } from './digests.ts';
import type { FollowUpTx } from './follow-ups.ts';
import type { NoticeTx } from './notices.ts';
import type { PeopleTx } from './people.ts';
import type { PromptTx } from './prompts.ts';
import type { Readings } from './readings.ts';
import type { Reports } from './reports.ts';
import type { ResponseTx } from './responses.ts';
import type { Retention } from './retention.ts';
import type { Tallies } from './tallies.ts';
import type { Voices } from './voices.ts';
import type { WorkLedger, WorkTx } from './work.ts';

/** What can be read and written together, in one workspace. No call waits for anything but the store. */
export interface StoreTx {
  readonly people: PeopleTx;
  readonly prompts: PromptTx;
  readonly responses: ResponseTx;
  readonly followUps: FollowUpTx;
  readonly digests: DigestTx;
  readonly notices: NoticeTx;
  readonly work: WorkTx;
}

export interface Store {
  /** Runs `body` in one transaction, again (up to three times) when the database says that two got in each other's way. */
  transaction<T>(workspaceId: Id, body: (tx: StoreTx) => Promise<T>): Promise<T>;
  /** Across workspaces: leasing, sweeping, dead letters, ownership. */
  readonly work: WorkLedger;
  readonly reports: Reports;
  readonly voices: Voices;
  readonly tallies: Tallies;
  readonly readings: Readings;
  readonly admin: Administration;
  /** Import, export, erasure: long streams. */
  readonly archive: Archive;
  readonly retention: Retention;
  readonly mailbox: Mailbox;
  /** Shared by all processes. */
  readonly budget: Budget;
  /** Of one platform. */
  conversations(platform: string): Conversations;
  credentials(platform: string): Credentials;
  /** Now and then: forgets conversations after a month, echoes and unused budgets after a day, and codes that are too old. */
  tidy(now: Instant): Promise<void>;
  health(): Promise<Health>;
}
