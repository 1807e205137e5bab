// What may become of a prompt. One table says it; the types of the functions below are made from the table, so that an
// impossible step does not compile, and where a status is only known at run time it throws, naming both.
import { AfterwordError, type Duration, type Instant } from '../basics.ts';
import type { SuppressionReason } from '../eligibility/reason.ts';
import type { MessageRef, PromptState, PromptStatus } from './prompt.ts';

/** From each status, the statuses that may follow. */
export const TRANSITIONS = {
  /** To itself: deferred. */
  scheduled: ['sending', 'suppressed', 'scheduled'],
  /** Back to scheduled: the platform refused, or nothing is there, and it may be tried again. */
  sending: ['sent', 'scheduled', 'undeliverable', 'uncertain', 'answered', 'declined', 'suppressed'],
  /** To sent: it was found after all. To reminded: the reminder carries the scale itself. */
  uncertain: ['sent', 'reminded', 'answered', 'declined', 'expired'],
  sent: ['reminded', 'answered', 'declined', 'expired'],
  reminded: ['answered', 'declined', 'expired'],
  /** A changed mind. */
  declined: ['answered'],
  /** A late answer. */
  expired: ['answered'],
  /** To itself: an edit. */
  answered: ['answered'],
  suppressed: [],
  undeliverable: [],
} as const satisfies Readonly<Record<PromptStatus, readonly PromptStatus[]>>;

/** The statuses that may follow `S`. */
export type Next<S extends PromptStatus> = (typeof TRANSITIONS)[S][number];

/** The state with the status `S`. */
export type StateOf<S extends PromptStatus> = Extract<PromptState, { readonly status: S }>;

/** Every state that `N` may follow. */
export type Before<N extends PromptStatus> = StateOf<
  { [S in PromptStatus]: N extends Next<S> ? S : never }[PromptStatus]
>;

/** Whether a state may become `next`; narrows it for the functions below. */
export function mayBecome<N extends PromptStatus>(state: PromptState, next: N): state is Before<N> {
  return (TRANSITIONS[state.status] as readonly PromptStatus[]).includes(next);
}

/** The same state, known to allow `next`; else throws `conflict` and names both. */
export function mustBecome<N extends PromptStatus>(state: PromptState, next: N): Before<N> {
  if (mayBecome(state, next)) return state;
  const remedy = 'load the prompt again: something else has moved it on';
  throw new AfterwordError('conflict', `a prompt that is ${state.status} cannot become ${next}`, remedy);
}

/** Notes the attempt, before the platform is called. */
export function attempt(from: Before<'sending'>, now: Instant): StateOf<'sending'> {
  return { status: 'sending', dueAt: from.dueAt, attemptedAt: now };
}

/** Waits (longer) for `dueAt`: deferred, or to be tried again after a proven refusal. */
export function reschedule(_from: Before<'scheduled'>, dueAt: Instant): StateOf<'scheduled'> {
  return { status: 'scheduled', dueAt };
}

/** Will not be sent, and why. */
export function suppress(
  _from: Before<'suppressed'>,
  reason: SuppressionReason,
  now: Instant,
): StateOf<'suppressed'> {
  return { status: 'suppressed', reason, at: now };
}

/** The platform has it: it said so, or it was found there. */
export function deliver(_from: Before<'sent'>, ref: MessageRef, sentAt: Instant): StateOf<'sent'> {
  return { status: 'sent', sentAt, ref };
}

/** The platform refused for good. */
export function giveUp(
  _from: Before<'undeliverable'>,
  reason: string,
  now: Instant,
): StateOf<'undeliverable'> {
  return { status: 'undeliverable', reason, at: now };
}

/** Neither proven nor refused. */
export function loseTrack(from: Before<'uncertain'>): StateOf<'uncertain'> {
  return { status: 'uncertain', attemptedAt: from.attemptedAt };
}

/** Reminded once. `ref` is the reminder: from here on it alone carries the scale. */
export function remind(from: Before<'reminded'>, ref: MessageRef, now: Instant): StateOf<'reminded'> {
  return { status: 'reminded', sentAt: sentAtOf(from), ref, remindedAt: now };
}

/**
 * Answered; late when it had expired or when `expiry` had passed before anybody noticed. An edit keeps the time and the
 * lateness of the first answer.
 */
export function answer(from: Before<'answered'>, now: Instant, expiry: Duration): StateOf<'answered'> {
  if (from.status === 'answered') return from;
  const sentAt = sentAtOf(from);
  const late = from.status === 'expired' || now - sentAt >= expiry;
  return { status: 'answered', sentAt, ref: refOf(from), answeredAt: now, late };
}

/** An explicit "not now". */
export function decline(from: Before<'declined'>, now: Instant): StateOf<'declined'> {
  return { status: 'declined', sentAt: sentAtOf(from), ref: refOf(from), declinedAt: now };
}

/** Its time to answer is over. */
export function expire(from: Before<'expired'>, now: Instant): StateOf<'expired'> {
  return { status: 'expired', sentAt: sentAtOf(from), ref: refOf(from), expiredAt: now };
}

/** The platform's word where the message is, come after the customer's tap: noted without a change of status. */
export function locate<S extends StateOf<'answered' | 'declined' | 'expired'>>(state: S, ref: MessageRef): S {
  return state.ref === null ? { ...state, ref } : state;
}

/** When it went out; where that is not known, when it was attempted. */
function sentAtOf(state: Before<'reminded' | 'answered' | 'declined' | 'expired'>): Instant {
  return state.status === 'sending' || state.status === 'uncertain' ? state.attemptedAt : state.sentAt;
}

function refOf(state: Before<'answered' | 'declined' | 'expired'>): MessageRef | null {
  return state.status === 'sending' || state.status === 'uncertain' ? null : state.ref;
}
