// The second look, when a prompt or its reminder falls due: much may have changed since it was scheduled. Both run under
// the lock on the person, in the transaction that notes the attempt, so that two workers cannot both see a free way.
import type { Instant } from '../basics.ts';
import type { SurveyKind } from '../survey/kind.ts';
import { TOO_OLD } from '../survey/policy.ts';
import { type InteractionFacts, type PersonFacts, type WorkspaceFacts, zoneOf } from './facts.ts';
import { deferPastQuietHours } from './quiet-hours.ts';
import type { SuppressionReason } from './reason.ts';
import { restOf } from './rest.ts';

export type RecheckReason = Extract<
  SuppressionReason,
  | 'workspace_uninstalled'
  | 'opted_out'
  | 'reopened'
  | 'survey_off'
  | 'too_old'
  | 'declined_recently'
  | 'throttled'
  | 'daily_cap'
>;

export type Recheck =
  | { readonly kind: 'send' }
  /** Not now: look again at `until`, which becomes the new due time. */
  | { readonly kind: 'defer'; readonly until: Instant }
  | { readonly kind: 'suppress'; readonly reason: RecheckReason };

export interface RecheckInput {
  readonly workspace: WorkspaceFacts;
  /** `lastPromptAt` counts only other prompts that sending began for: two that wait must not keep each other back. */
  readonly person: PersonFacts;
  readonly interaction: Pick<InteractionFacts, 'explicit' | 'reopened'>;
  readonly survey: SurveyKind;
  /** The due time as it stands, after any deferral. */
  readonly dueAt: Instant;
  /** Other prompts that went out on the workspace's local day of `now`; those that only wait do not count. */
  readonly promptsThatDay: number;
  readonly now: Instant;
}

/**
 * Send now, defer or suppress; the reasons in the order of the type above. A deferral moves the due time, and `too_old`
 * counts from there: it says that nobody was there to send for a day, not that the prompt waited for the morning.
 */
export function recheckBeforeSend(input: RecheckInput): Recheck {
  const { workspace, person, interaction, survey, dueAt, now } = input;
  const policy = workspace.policies[survey];
  if (!workspace.installed) return suppress('workspace_uninstalled');
  if (person.optedOut) return suppress('opted_out');
  if (interaction.reopened) return suppress('reopened');
  if (workspace.paused || !policy.enabled) return suppress('survey_off');
  if (now - dueAt > TOO_OLD) return suppress('too_old');
  const sendAt = deferPastQuietHours(Math.max(dueAt, now), policy.quietHours, zoneOf(person, workspace));
  if (!interaction.explicit) {
    const rest = restOf(person, policy, sendAt);
    if (rest !== null) return suppress(rest.reason);
  }
  if (sendAt > now) return { kind: 'defer', until: sendAt };
  if (policy.dailyCap !== null && input.promptsThatDay >= policy.dailyCap) return suppress('daily_cap');
  return { kind: 'send' };
}

export interface ReminderInput {
  readonly workspace: WorkspaceFacts;
  readonly person: Pick<PersonFacts, 'optedOut' | 'zone'>;
  readonly reopened: boolean;
  readonly survey: SurveyKind;
  /** When the reminder is due, after any deferral. */
  readonly dueAt: Instant;
  /** When the prompt was sent; for an uncertain one, when that was attempted. */
  readonly sentAt: Instant;
  readonly now: Instant;
}

export type ReminderRecheck =
  | { readonly kind: 'send' }
  | { readonly kind: 'defer'; readonly until: Instant }
  | { readonly kind: 'skip'; readonly reason: RecheckReason | 'expired' };

/** The like for the reminder of a prompt that still waits for its answer. Quiet hours defer it, but never past expiry. */
export function recheckReminder(input: ReminderInput): ReminderRecheck {
  const { workspace, person, survey, dueAt, now } = input;
  const policy = workspace.policies[survey];
  const expiresAt = input.sentAt + policy.expiry;
  if (!workspace.installed) return skip('workspace_uninstalled');
  if (person.optedOut) return skip('opted_out');
  if (input.reopened) return skip('reopened');
  if (workspace.paused || !policy.enabled || policy.reminder === null) return skip('survey_off');
  if (now - dueAt > TOO_OLD) return skip('too_old');
  const sendAt = deferPastQuietHours(Math.max(dueAt, now), policy.quietHours, zoneOf(person, workspace));
  if (sendAt >= expiresAt) return skip('expired');
  return sendAt > now ? { kind: 'defer', until: sendAt } : { kind: 'send' };
}

function suppress(reason: RecheckReason): Recheck {
  return { kind: 'suppress', reason };
}

function skip(reason: RecheckReason | 'expired'): ReminderRecheck {
  return { kind: 'skip', reason };
}
