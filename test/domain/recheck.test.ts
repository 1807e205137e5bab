import { describe, expect, it } from 'vitest';
import { DAY, HOUR, type Instant } from '../../src/domain/basics.ts';
import {
  type RecheckReason,
  recheckBeforeSend,
  recheckReminder,
} from '../../src/domain/eligibility/recheck.ts';
import { allPolicies, type FactChanges, facts, NOON } from './facts.ts';

type Change = FactChanges & { readonly dueAt?: Instant };

function recheck({ dueAt = NOON, ...change }: Change = {}) {
  return recheckBeforeSend({ ...facts(change), survey: 'ces', dueAt });
}

describe('a prompt that falls due', () => {
  it('is sent when nothing stands in the way any more than before', () => {
    expect(recheck()).toEqual({ kind: 'send' });
    expect(recheck({ dueAt: NOON - DAY })).toEqual({ kind: 'send' });
  });

  it('waits on when it is not due yet', () => {
    expect(recheck({ dueAt: NOON + HOUR })).toEqual({ kind: 'defer', until: NOON + HOUR });
  });

  const reasons: readonly (readonly [RecheckReason, string, Change])[] = [
    ['workspace_uninstalled', 'the installation is gone', { workspace: { installed: false } }],
    ['opted_out', 'the person opted out meanwhile', { person: { optedOut: true } }],
    ['reopened', 'the conversation was opened again', { interaction: { reopened: true } }],
    ['survey_off', 'the survey was turned off', { workspace: { policies: allPolicies({ enabled: false }) } }],
    ['survey_off', 'the workspace pauses', { workspace: { paused: true } }],
    ['too_old', 'it was due over a day ago', { dueAt: NOON - DAY - 1 }],
    ['declined_recently', 'the person declined another prompt', { person: { lastDeclineAt: NOON - HOUR } }],
    ['throttled', 'another prompt went out meanwhile', { person: { lastPromptAt: NOON - HOUR } }],
    [
      'daily_cap',
      'others used up the day',
      { workspace: { policies: allPolicies({ dailyCap: 2 }) }, promptsThatDay: 2 },
    ],
  ];

  it.each(reasons)('is suppressed as %s when %s', (reason, _when, change) => {
    expect(recheck(change)).toEqual({ kind: 'suppress', reason });
  });

  it('and was asked for explicitly passes throttle and decline, never an opt-out', () => {
    const explicit = { explicit: true };
    const person = { lastPromptAt: NOON - HOUR, lastDeclineAt: NOON - HOUR };
    expect(recheck({ interaction: explicit, person })).toEqual({ kind: 'send' });
    expect(recheck({ interaction: explicit, person: { ...person, optedOut: true } })).toEqual({
      kind: 'suppress',
      reason: 'opted_out',
    });
  });
});

describe('a prompt that falls due in quiet hours', () => {
  const quiet = { workspace: { policies: allPolicies({ quietHours: { from: 10 * 60, to: 9 * 60 } }) } };
  const nine = NOON + 21 * HOUR;

  it('waits for their end', () => {
    expect(recheck(quiet)).toEqual({ kind: 'defer', until: nine });
  });

  it('is not too old after it waited, however long it waited in all', () => {
    // Due 23 hours ago, nobody was there; now it waits for 21 more.
    expect(recheck({ ...quiet, dueAt: NOON - 23 * HOUR })).toEqual({ kind: 'defer', until: nine });
    expect(recheck({ ...quiet, now: nine, dueAt: nine })).toEqual({ kind: 'send' });
    // The new due time was missed by more than a day again: that is too old.
    expect(recheck({ ...quiet, now: nine + DAY + 1, dueAt: nine })).toEqual({
      kind: 'suppress',
      reason: 'too_old',
    });
  });

  it('is suppressed at once when it could not be sent at their end either', () => {
    expect(recheck({ ...quiet, person: { lastPromptAt: NOON - HOUR } })).toEqual({
      kind: 'suppress',
      reason: 'throttled',
    });
    expect(recheck({ ...quiet, person: { lastPromptAt: nine - 30 * DAY } })).toEqual({
      kind: 'defer',
      until: nine,
    });
  });

  it('does not ask the cap of a day on which it will not be sent', () => {
    const workspace = { policies: allPolicies({ quietHours: { from: 10 * 60, to: 9 * 60 }, dailyCap: 1 }) };
    expect(recheck({ workspace, promptsThatDay: 1 })).toEqual({ kind: 'defer', until: nine });
  });
});

describe('a reminder that falls due', () => {
  function remind({
    dueAt = NOON,
    sentAt = NOON - DAY,
    ...change
  }: Change & { readonly sentAt?: Instant } = {}) {
    const { workspace, person, interaction, now } = facts(change);
    return recheckReminder({
      workspace,
      person,
      reopened: interaction.reopened,
      survey: 'ces',
      dueAt,
      sentAt,
      now,
    });
  }

  it('is sent', () => {
    expect(remind()).toEqual({ kind: 'send' });
  });

  it('waits for the end of the quiet hours, but not past expiry', () => {
    const quietHours = { from: 11 * 60, to: 13 * 60 };
    expect(remind({ workspace: { policies: allPolicies({ quietHours }) } })).toEqual({
      kind: 'defer',
      until: NOON + HOUR,
    });
    const short = allPolicies({ quietHours, expiry: 25 * HOUR });
    expect(remind({ workspace: { policies: short } })).toEqual({ kind: 'skip', reason: 'expired' });
    expect(remind({ sentAt: NOON - 7 * DAY })).toEqual({ kind: 'skip', reason: 'expired' });
    expect(remind({ sentAt: NOON - 7 * DAY + 1 })).toEqual({ kind: 'send' });
  });

  it.each([
    ['workspace_uninstalled', { workspace: { installed: false } }],
    ['opted_out', { person: { optedOut: true } }],
    ['reopened', { interaction: { reopened: true } }],
    ['survey_off', { workspace: { policies: allPolicies({ reminder: null }) } }],
    ['survey_off', { workspace: { paused: true } }],
    ['too_old', { dueAt: NOON - DAY - 1 }],
  ] satisfies [RecheckReason, Change][])('is skipped as %s', (reason, change: Change) => {
    expect(remind(change)).toEqual({ kind: 'skip', reason });
  });
});
