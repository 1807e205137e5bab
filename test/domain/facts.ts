// Ordinary facts for decisions about asking, in which one thing at a time is made unusual.
import type { Instant } from '../../src/domain/basics.ts';
import type { EligibilityInput } from '../../src/domain/eligibility/decide.ts';
import type {
  InteractionFacts,
  PersonFacts,
  Policies,
  WorkspaceFacts,
} from '../../src/domain/eligibility/facts.ts';
import { defaultPolicy, type SurveyPolicy } from '../../src/domain/survey/policy.ts';

/** A Wednesday noon, no daylight saving near. */
export const NOON: Instant = Date.parse('2026-06-10T12:00:00Z');

export function policies(change: { readonly [K in keyof Policies]?: Partial<SurveyPolicy> } = {}): Policies {
  return {
    nps: { ...defaultPolicy('nps'), ...change.nps },
    ces: { ...defaultPolicy('ces'), ...change.ces },
    csat: { ...defaultPolicy('csat'), ...change.csat },
  };
}

/** The same change to all three. */
export function allPolicies(change: Partial<SurveyPolicy>): Policies {
  return policies({ nps: change, ces: change, csat: change });
}

export interface FactChanges {
  readonly workspace?: Partial<WorkspaceFacts>;
  readonly person?: Partial<PersonFacts>;
  readonly interaction?: Partial<InteractionFacts>;
  readonly now?: Instant;
  readonly promptsThatDay?: number;
}

/** Somebody who was helped a moment ago, was never asked anything, and may be asked. */
export function facts(change: FactChanges = {}): EligibilityInput & { promptsThatDay: number } {
  return {
    workspace: {
      id: 'workspace',
      zone: 'UTC',
      installed: true,
      paused: false,
      policies: policies(),
      ...change.workspace,
    },
    person: {
      optedOut: false,
      zone: null,
      lastPromptAt: null,
      lastDeclineAt: null,
      lastNpsAt: null,
      ...change.person,
    },
    interaction: {
      key: 'zendesk:T-1',
      closedAt: NOON,
      closedBy: 'person',
      survey: null,
      explicit: false,
      isTeam: false,
      isBot: false,
      reopened: false,
      duplicate: false,
      reachable: true,
      ...change.interaction,
    },
    now: change.now ?? NOON,
    promptsThatDay: change.promptsThatDay ?? 0,
  };
}
