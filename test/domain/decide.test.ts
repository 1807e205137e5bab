import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/domain/basics.ts';
import { applyDailyCap, decideEligibility, planPrompt } from '../../src/domain/eligibility/decide.ts';
import { zoneOf } from '../../src/domain/eligibility/facts.ts';
import { isQuiet } from '../../src/domain/eligibility/quiet-hours.ts';
import type { SuppressionReason } from '../../src/domain/eligibility/reason.ts';
import { allPolicies, type FactChanges, facts, NOON, policies } from './facts.ts';
import { ZONES } from './zones.ts';

const decide = (change: FactChanges = {}) => decideEligibility(facts(change));
const survey = (change: FactChanges) => {
  const decision = decide(change);
  return decision.kind === 'eligible' ? decision.survey : decision.reason;
};
const at = (iso: string) => Date.parse(iso);

describe('an ordinary interaction', () => {
  it('brings NPS ten minutes later to somebody who was never asked', () => {
    expect(decide()).toEqual({ kind: 'eligible', survey: 'nps', dueAt: NOON + 10 * MINUTE });
  });

  it('brings CES to somebody who was asked NPS in the last 90 days, and NPS again from the 90th day on', () => {
    const asked = (ago: number) => survey({ person: { lastNpsAt: NOON + 10 * MINUTE - ago } });
    expect(asked(31 * DAY)).toBe('ces');
    expect(asked(90 * DAY - 1)).toBe('ces');
    expect(asked(90 * DAY)).toBe('nps');
  });

  it('brings the survey that was wanted, or nothing', () => {
    expect(survey({ interaction: { survey: 'csat' } })).toBe('csat');
    expect(survey({ interaction: { survey: 'ces' } })).toBe('ces');
    expect(
      survey({
        interaction: { survey: 'ces' },
        workspace: { policies: policies({ ces: { enabled: false } }) },
      }),
    ).toBe('survey_off');
  });

  it('brings what is on, when the first choice is off', () => {
    const off = { enabled: false };
    const recently = { lastNpsAt: NOON - 40 * DAY };
    expect(survey({ workspace: { policies: policies({ nps: off }) } })).toBe('ces');
    expect(survey({ workspace: { policies: policies({ ces: off }) }, person: recently })).toBe('nps');
    expect(survey({ workspace: { policies: policies({ ces: off, nps: off }) } })).toBe('csat');
  });

  it('that ended a while ago is asked about now, and one that ends "in the future" as if it ended now', () => {
    expect(decide({ interaction: { closedAt: NOON - 2 * HOUR } })).toMatchObject({ dueAt: NOON });
    expect(decide({ interaction: { closedAt: NOON + 365 * DAY } })).toMatchObject({
      dueAt: NOON + 10 * MINUTE,
    });
  });
});

describe('a throttle of nothing', () => {
  const none = { workspace: { policies: allPolicies({ throttle: 0, declineThrottle: 0 }) } };

  it('lets somebody be asked again at once, even before a prompt that still waits for its time', () => {
    const person = { lastPromptAt: NOON + HOUR, lastDeclineAt: NOON + HOUR };
    expect(decide({ ...none, person })).toMatchObject({ kind: 'eligible' });
  });
});

describe('an explicit ask', () => {
  const explicit = { explicit: true, survey: 'ces' } as const;

  it('passes throttle, decline, sampling, age and delay', () => {
    const decision = decide({
      interaction: { ...explicit, closedAt: NOON - 5 * DAY, closedBy: 'inactivity' },
      person: { lastPromptAt: NOON - DAY, lastDeclineAt: NOON - DAY },
      workspace: { policies: allPolicies({ sampling: 0 }) },
    });
    expect(decision).toEqual({ kind: 'eligible', survey: 'ces', dueAt: NOON });
  });

  it.each([
    ['opted_out', { person: { optedOut: true } }],
    ['not_a_customer', { interaction: { isBot: true } }],
    ['duplicate', { interaction: { duplicate: true } }],
    ['survey_off', { workspace: { policies: policies({ ces: { enabled: false } }) } }],
    ['no_reachable_channel', { interaction: { reachable: false } }],
    ['daily_cap', { workspace: { policies: allPolicies({ dailyCap: 1 }) }, promptsThatDay: 1 }],
  ] satisfies [SuppressionReason, FactChanges][])('does not pass %s', (reason, change: FactChanges) => {
    expect(decide({ ...change, interaction: { ...explicit, ...change.interaction } })).toMatchObject({
      reason,
    });
  });

  it('waits for the end of the quiet hours', () => {
    const workspace = { policies: allPolicies({ quietHours: { from: 11 * 60, to: 13 * 60 } }) };
    expect(decide({ interaction: explicit, workspace })).toMatchObject({
      kind: 'eligible',
      dueAt: NOON + HOUR,
    });
  });
});

describe('quiet hours', () => {
  const night = allPolicies({ quietHours: { from: 22 * 60, to: 8 * 60 } });

  it("hold in the person's zone, and in the workspace's where the person's is not known or makes no sense", () => {
    const workspace = { policies: night, zone: 'America/New_York' };
    expect(
      decide({
        workspace,
        person: { zone: 'Asia/Shanghai' },
        now: at('2026-06-10T15:00:00Z'),
        interaction: { closedAt: at('2026-06-10T15:00:00Z') },
      }),
    ).toMatchObject({ dueAt: at('2026-06-11T00:00:00Z') });
    for (const zone of [null, 'Mars/Base']) {
      expect(
        decide({
          workspace,
          person: { zone },
          now: at('2026-06-11T03:00:00Z'),
          interaction: { closedAt: at('2026-06-11T03:00:00Z') },
        }),
      ).toMatchObject({ dueAt: at('2026-06-11T12:00:00Z') });
    }
  });

  it('move the prompt to the day whose cap it counts against', () => {
    const now = at('2026-06-10T23:00:00Z');
    const plan = planPrompt(
      facts({
        workspace: { policies: allPolicies({ dailyCap: 1, quietHours: { from: 22 * 60, to: 8 * 60 } }) },
        now,
        interaction: { closedAt: now },
      }),
    );
    expect(plan).toMatchObject({
      kind: 'planned',
      day: { date: '2026-06-11', start: at('2026-06-11T00:00:00Z'), end: at('2026-06-12T00:00:00Z') },
    });
    if (plan.kind !== 'planned') throw new Error('not planned');
    expect(applyDailyCap(plan, 0)).toEqual({
      kind: 'eligible',
      survey: 'nps',
      dueAt: at('2026-06-11T08:00:00Z'),
    });
    expect(applyDailyCap(plan, 1)).toMatchObject({ reason: 'daily_cap' });
  });
});

it('whatever the facts, an eligible person is asked neither in the past, nor in quiet hours, nor against a rule', () => {
  const moment = fc.integer({ min: NOON - 200 * DAY, max: NOON + DAY });
  const maybe = fc.option(moment);
  const input = fc.record({
    lastPromptAt: maybe,
    lastDeclineAt: maybe,
    lastNpsAt: maybe,
    zone: fc.option(fc.constantFrom<string>(...ZONES, 'Mars/Base')),
    closedAt: moment,
    explicit: fc.boolean(),
    optedOut: fc.boolean(),
    sampling: fc.integer({ min: 0, max: 100 }),
    quietHours: fc.option(
      fc.record({ from: fc.integer({ min: 0, max: 1439 }), to: fc.integer({ min: 0, max: 1439 }) }),
    ),
    key: fc.string(),
  });
  fc.assert(
    fc.property(input, (given) => {
      const { lastPromptAt, lastDeclineAt, lastNpsAt, zone, optedOut, sampling, quietHours, ...interaction } =
        given;
      const change = {
        person: { lastPromptAt, lastDeclineAt, lastNpsAt, zone, optedOut },
        workspace: { policies: allPolicies({ sampling, quietHours }), zone: 'Europe/Berlin' },
        interaction,
      };
      const decision = decide(change);
      expect(decide(change)).toEqual(decision);
      if (decision.kind === 'suppressed') return;
      const { dueAt } = decision;
      expect(optedOut).toBe(false);
      expect(dueAt).toBeGreaterThanOrEqual(NOON);
      expect(isQuiet(dueAt, quietHours, zoneOf({ zone }, { zone: 'Europe/Berlin' }))).toBe(false);
      if (given.explicit) return;
      if (lastPromptAt !== null) expect(dueAt - lastPromptAt).toBeGreaterThanOrEqual(30 * DAY);
      if (lastDeclineAt !== null) expect(dueAt - lastDeclineAt).toBeGreaterThanOrEqual(90 * DAY);
      expect(NOON - given.closedAt).toBeLessThanOrEqual(DAY + 10 * MINUTE);
    }),
    { numRuns: 3000 },
  );
});
