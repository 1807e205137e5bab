// The case that a bad answer opens, and its life: open → claimed → closed, and open again when it has to be.
import { AfterwordError, type Duration, type Id, type Instant } from '../basics.ts';
import type { Segment } from '../survey/kind.ts';
import type { IdentityRef } from '../trigger/interaction.ts';
import type { Confirmation } from './confirmation.ts';
import { FOLLOW_UP_DEADLINE } from './deadline.ts';

export type FollowUpState =
  | { readonly status: 'open' }
  /** `by`: the team member who will see to it, by name; `who`: where they can be reached, null: nobody knows. */
  | {
      readonly status: 'claimed';
      readonly by: string;
      readonly who: IdentityRef | null;
      readonly claimedAt: Instant;
    }
  | { readonly status: 'closed'; readonly by: string; readonly closedAt: Instant; readonly note: string };

export type FollowUpStatus = FollowUpState['status'];

/** Who has a case. */
export type Owner = Pick<Extract<FollowUpState, { status: 'claimed' }>, 'by' | 'who'>;

export interface FollowUp {
  readonly id: Id;
  readonly workspaceId: Id;
  readonly personId: Id;
  /** The bad answers that it is about, oldest first, each once. */
  readonly responseIds: readonly Id[];
  readonly openedAt: Instant;
  /** By when somebody should have closed it. */
  readonly dueAt: Instant;
  readonly state: FollowUpState;
  /** Whether the customer was asked if it is solved, and what they said; null: not asked. */
  readonly confirmation: Confirmation | null;
}

/** From each status, the statuses that may follow. Closing an open case claims it first; a claimed one may change hands or be given back. */
const FOLLOW_UP_TRANSITIONS = {
  open: ['claimed'],
  claimed: ['claimed', 'open', 'closed'],
  closed: ['open'],
} as const satisfies Readonly<Record<FollowUpStatus, readonly FollowUpStatus[]>>;

type Before<N extends FollowUpStatus> = {
  [S in FollowUpStatus]: N extends (typeof FOLLOW_UP_TRANSITIONS)[S][number] ? S : never;
}[FollowUpStatus];

/** A follow-up that is in this status. */
export type FollowUpIn<S extends FollowUpStatus> = FollowUp & { readonly state: { readonly status: S } };

/** A follow-up from which `N` may follow. */
export type FollowUpBefore<N extends FollowUpStatus> = FollowUpIn<Before<N>>;

/** Whether an answer of this segment opens a case. */
export function needsFollowUp(segment: Segment): boolean {
  return segment === 'negative';
}

/** Whether it may become `next`; narrows it for the functions below. */
export function followUpMayBecome<N extends FollowUpStatus>(
  followUp: FollowUp,
  next: N,
): followUp is FollowUpBefore<N> {
  return (FOLLOW_UP_TRANSITIONS[followUp.state.status] as readonly FollowUpStatus[]).includes(next);
}

export function isClosed(followUp: FollowUp): followUp is FollowUpIn<'closed'> {
  return followUp.state.status === 'closed';
}

export function isClaimed(followUp: FollowUp): followUp is FollowUpIn<'claimed'> {
  return followUp.state.status === 'claimed';
}

/** The same follow-up, known to allow `next`; else throws `conflict` and names both. */
export function followUpMustBecome<N extends FollowUpStatus>(followUp: FollowUp, next: N): FollowUpBefore<N> {
  if (followUpMayBecome(followUp, next)) return followUp;
  const message = `a follow-up that is ${followUp.state.status} cannot become ${next}`;
  throw new AfterwordError('conflict', message, 'load the follow-up again: somebody else has moved it on');
}

/** Somebody of the team takes it, from whoever had it. */
export function claimFollowUp(
  from: FollowUpBefore<'claimed'>,
  { by, who }: Owner,
  now: Instant,
): FollowUpIn<'claimed'> {
  return { ...from, state: { status: 'claimed', by, who, claimedAt: now } };
}

/** Whoever has it cannot see to it: it is anybody's again, and due when it was. */
export function releaseFollowUp(from: FollowUpIn<'claimed'>): FollowUpIn<'open'> {
  return { ...from, state: { status: 'open' } };
}

/** It is seen to; the note says how. */
export function closeFollowUp(
  from: FollowUpBefore<'closed'>,
  by: string,
  note: string,
  now: Instant,
): FollowUpIn<'closed'> {
  return { ...from, state: { status: 'closed', by, closedAt: now, note } };
}

/** It was not settled after all: open, with a new deadline. */
export function reopenFollowUp(
  from: FollowUpIn<'closed'>,
  now: Instant,
  deadline: Duration = FOLLOW_UP_DEADLINE,
): FollowUpIn<'open'> {
  return { ...from, dueAt: now + deadline, state: { status: 'open' } };
}

/** Whether its deadline passed before anybody closed it. */
export function isOverdue(followUp: FollowUp, now: Instant): boolean {
  return followUp.state.status !== 'closed' && now >= followUp.dueAt;
}
