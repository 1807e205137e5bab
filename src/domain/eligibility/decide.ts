// May this person be asked now? Eligible with a survey and a time, or suppressed with exactly one reason.
//
// Where several reasons hold, the first of this order is the one that is given; it runs from what cannot change to what
// tomorrow may change, and ends with what needs the most looking up:
//   workspace_uninstalled, not_a_customer, opted_out, reopened, duplicate, auto_closed, survey_off, too_old,
//   no_reachable_channel, declined_recently, throttled, sampled_out, daily_cap.
// An explicit `ask` passes auto_closed, too_old, declined_recently, throttled and sampled_out, and does not wait for the
// delay after an interaction: somebody wants it now. It passes no opt-out, no cap, and quiet hours still defer it.
import type { Instant } from '../basics.ts';
import { type LocalDate, localDay, type Span } from '../calendar.ts';
import type { SurveyKind } from '../survey/kind.ts';
import { type SurveyPolicy, TOO_OLD } from '../survey/policy.ts';
import { chooseSurvey } from './choose-survey.ts';
import { type InteractionFacts, type PersonFacts, type WorkspaceFacts, zoneOf } from './facts.ts';
import { deferPastQuietHours } from './quiet-hours.ts';
import type { SuppressionReason } from './reason.ts';
import { restOf } from './rest.ts';
import { sampled } from './sampling.ts';

export interface Eligible {
  readonly kind: 'eligible';
  readonly survey: SurveyKind;
  readonly dueAt: Instant;
}

export interface Suppressed {
  readonly kind: 'suppressed';
  readonly reason: SuppressionReason;
  /** Where time alone lifts the reason: when. */
  readonly until?: Instant;
}

export type Decision = Eligible | Suppressed;

/** Eligible but for the daily cap: how many prompts there are on `day` is still to be counted. */
export interface Planned {
  readonly kind: 'planned';
  readonly survey: SurveyKind;
  readonly dueAt: Instant;
  readonly dailyCap: number | null;
  /** The day of `dueAt` in the workspace's zone. */
  readonly day: Span & { readonly date: LocalDate };
}

export interface EligibilityInput {
  readonly workspace: WorkspaceFacts;
  readonly person: PersonFacts;
  readonly interaction: InteractionFacts;
  readonly now: Instant;
}

/** The whole decision. `promptsThatDay`: prompts scheduled for or sent on the workspace's local day of the due time. */
export function decideEligibility(input: EligibilityInput & { readonly promptsThatDay: number }): Decision {
  const plan = planPrompt(input);
  return plan.kind === 'planned' ? applyDailyCap(plan, input.promptsThatDay) : plan;
}

/** The decision up to the daily cap, for a shell that counts only the day that matters and only where a cap is set. */
export function planPrompt(input: EligibilityInput): Planned | Suppressed {
  const { workspace, person, interaction, now } = input;
  if (!workspace.installed) return suppressed('workspace_uninstalled');
  if (interaction.isBot || interaction.isTeam) return suppressed('not_a_customer');
  if (person.optedOut) return suppressed('opted_out');
  if (interaction.reopened) return suppressed('reopened');
  if (interaction.duplicate) return suppressed('duplicate');
  const { explicit } = interaction;
  if (interaction.closedBy === 'inactivity' && !explicit) return suppressed('auto_closed');

  // A closing time ahead of ours comes from a clock that runs ahead.
  const closedAt = explicit ? now : Math.min(interaction.closedAt, now);
  const survey = chooseSurvey(interaction.survey, workspace.policies, person.lastNpsAt, closedAt);
  if (survey === null || workspace.paused) return suppressed('survey_off');
  const policy = workspace.policies[survey];

  const wish = explicit ? now : closedAt + (interaction.delay ?? policy.delay);
  if (now - wish > TOO_OLD) return suppressed('too_old');
  if (!interaction.reachable) return suppressed('no_reachable_channel');
  const dueAt = deferPastQuietHours(Math.max(wish, now), policy.quietHours, zoneOf(person, workspace));
  if (!explicit) {
    const rest = restOf(person, policy, dueAt);
    if (rest !== null) return suppressed(rest.reason, rest.until);
    if (!sampled(workspace.id, interaction.key, policy.sampling)) return suppressed('sampled_out');
  }
  return planned(survey, dueAt, policy, workspace);
}

/** The last step: whether the workspace's day still has room. */
export function applyDailyCap(plan: Planned, promptsThatDay: number): Decision {
  if (plan.dailyCap !== null && promptsThatDay >= plan.dailyCap) return suppressed('daily_cap', plan.day.end);
  return { kind: 'eligible', survey: plan.survey, dueAt: plan.dueAt };
}

function planned(
  survey: SurveyKind,
  dueAt: Instant,
  policy: SurveyPolicy,
  workspace: WorkspaceFacts,
): Planned {
  return { kind: 'planned', survey, dueAt, dailyCap: policy.dailyCap, day: localDay(dueAt, workspace.zone) };
}

function suppressed(reason: SuppressionReason, until?: Instant): Suppressed {
  return until === undefined ? { kind: 'suppressed', reason } : { kind: 'suppressed', reason, until };
}
