import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/domain/basics.ts';
import { decideEligibility } from '../../src/domain/eligibility/decide.ts';
import type { SuppressionReason } from '../../src/domain/eligibility/reason.ts';
import { allPolicies, type FactChanges, facts, NOON, policies } from './facts.ts';

const decide = (change: FactChanges = {}) => decideEligibility(facts(change));
const survey = (change: FactChanges) => {
  const decision = decide(change);
  return decision.kind === 'eligible' ? decision.survey : decision.reason;
};
const at = (iso: string) => Date.parse(iso);
const merged = (a: FactChanges, b: FactChanges): FactChanges => ({
  ...a,
  ...b,
  workspace: { ...a.workspace, ...b.workspace },
  person: { ...a.person, ...b.person },
  interaction: { ...a.interaction, ...b.interaction },
});

describe('somebody is not asked', () => {
  const reasons: readonly (readonly [SuppressionReason, string, FactChanges])[] = [
    ['workspace_uninstalled', 'when the installation is gone', { workspace: { installed: false } }],
    ['not_a_customer', 'when it is a bot', { interaction: { isBot: true } }],
    ['not_a_customer', 'when it is somebody of the team', { interaction: { isTeam: true } }],
    ['opted_out', 'after opting out', { person: { optedOut: true } }],
    ['reopened', 'when the conversation was opened again', { interaction: { reopened: true } }],
    ['duplicate', 'when the conversation has an open prompt already', { interaction: { duplicate: true } }],
    ['auto_closed', 'when inactivity closed the conversation', { interaction: { closedBy: 'inactivity' } }],
    ['survey_off', 'when every survey is off', { workspace: { policies: allPolicies({ enabled: false }) } }],
    ['survey_off', 'while the workspace pauses', { workspace: { paused: true } }],
    [
      'too_old',
      'when the news comes more than a day after the prompt was due',
      { interaction: { closedAt: NOON - DAY - 10 * MINUTE - 1 } },
    ],
    ['no_reachable_channel', 'when there is no way to reach them', { interaction: { reachable: false } }],
    [
      'declined_recently',
      'within 90 days of a decline',
      { person: { lastDeclineAt: NOON - 89 * DAY, lastPromptAt: NOON - 89 * DAY } },
    ],
    ['throttled', 'within 30 days of a prompt', { person: { lastPromptAt: NOON - 29 * DAY } }],
    ['sampled_out', 'outside the sample', { workspace: { policies: allPolicies({ sampling: 0 }) } }],
    [
      'daily_cap',
      "when the day's prompts are used up",
      { workspace: { policies: allPolicies({ dailyCap: 5 }) }, promptsThatDay: 5 },
    ],
  ];

  it.each(reasons)('%s: %s', (reason, _when, change) => {
    expect(decide(change)).toMatchObject({ kind: 'suppressed', reason });
  });

  it('for the first reason of the documented order, where several hold', () => {
    fc.assert(
      fc.property(fc.subarray([...reasons], { minLength: 2 }), (several) => {
        // From the last to the first, so that the earlier reason has the last word on a fact that both change.
        const change = several.reduceRight<FactChanges>((sum, [, , next]) => merged(sum, next), {});
        expect(decide(change)).toMatchObject({ kind: 'suppressed', reason: several[0]?.[0] });
      }),
    );
  });

  it('until the throttle ends to the millisecond, counted at the due time', () => {
    const last = (ago: number) => decide({ person: { lastPromptAt: NOON + 10 * MINUTE - ago } });
    expect(last(30 * DAY)).toMatchObject({ kind: 'eligible' });
    expect(last(30 * DAY - 1)).toEqual({
      kind: 'suppressed',
      reason: 'throttled',
      until: NOON + 10 * MINUTE + 1,
    });
  });

  it('by a prompt that is only scheduled: it reserves the throttle', () => {
    expect(decide({ person: { lastPromptAt: NOON + 5 * HOUR } })).toMatchObject({
      reason: 'throttled',
      until: NOON + 5 * HOUR + 30 * DAY,
    });
  });

  it('until both a decline and a prompt are long enough ago', () => {
    const decision = decide({ person: { lastDeclineAt: NOON - 80 * DAY, lastPromptAt: NOON - DAY } });
    expect(decision).toEqual({ kind: 'suppressed', reason: 'declined_recently', until: NOON + 29 * DAY });
    expect(
      decide({ person: { lastDeclineAt: NOON - 90 * DAY, lastPromptAt: NOON - 90 * DAY } }),
    ).toMatchObject({ kind: 'eligible' });
  });

  it('more often than the chosen survey allows, whatever the others allow', () => {
    const workspace = { policies: policies({ nps: { throttle: 60 * DAY } }) };
    const person = { lastPromptAt: NOON - 40 * DAY };
    expect(survey({ workspace, person: { ...person, lastNpsAt: null } })).toBe('throttled');
    expect(survey({ workspace, person: { ...person, lastNpsAt: NOON - 40 * DAY } })).toBe('ces');
  });

  it('until the next local day of the workspace, when the cap is reached', () => {
    const workspace = { zone: 'America/New_York', policies: allPolicies({ dailyCap: 3 }) };
    expect(decide({ workspace, promptsThatDay: 2 })).toMatchObject({ kind: 'eligible' });
    expect(decide({ workspace, promptsThatDay: 3 })).toEqual({
      kind: 'suppressed',
      reason: 'daily_cap',
      until: at('2026-06-11T04:00:00Z'),
    });
    expect(decide({ workspace: { policies: allPolicies({ dailyCap: 0 }) } })).toMatchObject({
      reason: 'daily_cap',
    });
  });
});
