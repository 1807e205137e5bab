import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AfterwordError, DAY, HOUR } from '../../src/domain/basics.ts';
import type { PromptState, PromptStatus } from '../../src/domain/prompt/prompt.ts';
import {
  answer,
  attempt,
  decline,
  deliver,
  expire,
  giveUp,
  locate,
  loseTrack,
  mayBecome,
  mustBecome,
  remind,
  reschedule,
  type StateOf,
  suppress,
  TRANSITIONS,
} from '../../src/domain/prompt/transition.ts';

const ref = { channel: 'C1', message: 'm1' };
const other = { channel: 'C1', message: 'm2' };
const EXPIRY = 7 * DAY;

const states: { readonly [S in PromptStatus]: StateOf<S> } = {
  scheduled: { status: 'scheduled', dueAt: 10 },
  sending: { status: 'sending', dueAt: 10, attemptedAt: 11 },
  sent: { status: 'sent', sentAt: 12, ref },
  reminded: { status: 'reminded', sentAt: 12, ref, remindedAt: DAY },
  answered: { status: 'answered', sentAt: 12, ref, answeredAt: 2 * DAY, late: false },
  declined: { status: 'declined', sentAt: 12, ref, declinedAt: 2 * DAY },
  expired: { status: 'expired', sentAt: 12, ref, expiredAt: 12 + EXPIRY },
  suppressed: { status: 'suppressed', reason: 'throttled', at: 11 },
  undeliverable: { status: 'undeliverable', reason: 'closed', at: 11 },
  uncertain: { status: 'uncertain', attemptedAt: 11 },
};
const statuses = Object.keys(states) as PromptStatus[];

/** One step towards each status, as the shell takes it when the status it comes from is only known at run time. */
const steps: { readonly [N in PromptStatus]: (state: PromptState, now: number) => PromptState } = {
  scheduled: (state, now) => reschedule(mustBecome(state, 'scheduled'), now + HOUR),
  sending: (state, now) => attempt(mustBecome(state, 'sending'), now),
  sent: (state, now) => deliver(mustBecome(state, 'sent'), ref, now),
  reminded: (state, now) => remind(mustBecome(state, 'reminded'), other, now),
  answered: (state, now) => answer(mustBecome(state, 'answered'), now, EXPIRY),
  declined: (state, now) => decline(mustBecome(state, 'declined'), now),
  expired: (state, now) => expire(mustBecome(state, 'expired'), now),
  suppressed: (state, now) => suppress(mustBecome(state, 'suppressed'), 'reopened', now),
  undeliverable: (state, now) => giveUp(mustBecome(state, 'undeliverable'), 'gone', now),
  uncertain: (state) => loseTrack(mustBecome(state, 'uncertain')),
};

/** Written down a second time, by hand, so that a change of the table is a change of mind. */
const ALLOWED = new Set([
  'scheduled>sending',
  'scheduled>suppressed',
  'scheduled>scheduled',
  'sending>sent',
  'sending>scheduled',
  'sending>undeliverable',
  'sending>uncertain',
  'sending>answered',
  'sending>declined',
  'sending>suppressed',
  'uncertain>sent',
  'uncertain>reminded',
  'uncertain>answered',
  'uncertain>declined',
  'uncertain>expired',
  'sent>reminded',
  'sent>answered',
  'sent>declined',
  'sent>expired',
  'reminded>answered',
  'reminded>declined',
  'reminded>expired',
  'declined>answered',
  'expired>answered',
  'answered>answered',
]);

const pairs = statuses.flatMap((from) => statuses.map((to) => [from, to] as const));

describe('a prompt', () => {
  it.each(pairs)('that is %s becomes %s, or the refusal names both', (from, to) => {
    const state = states[from];
    if (ALLOWED.has(`${from}>${to}`)) {
      expect(mayBecome(state, to)).toBe(true);
      expect(steps[to](state, 3 * DAY).status).toBe(to);
      return;
    }
    expect(mayBecome(state, to)).toBe(false);
    const step = () => steps[to](state, 3 * DAY);
    expect(step).toThrowError(AfterwordError);
    expect(step).toThrowError(`a prompt that is ${from} cannot become ${to}`);
  });

  it('on any walk visits only allowed pairs, and ends for good only as suppressed, undeliverable or answered', () => {
    const walk = fc.array(fc.tuple(fc.constantFrom(...statuses), fc.integer({ min: 1, max: DAY })), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(walk, (wishes) => {
        let state: PromptState = states.scheduled;
        let now = 0;
        for (const [wish, passed] of wishes) {
          now += passed;
          const before: PromptState = state;
          try {
            state = steps[wish](before, now);
            expect(ALLOWED.has(`${before.status}>${state.status}`)).toBe(true);
            expect(state.status).toBe(wish);
          } catch (error) {
            if (!(error instanceof AfterwordError)) throw error;
            expect(ALLOWED.has(`${before.status}>${wish}`)).toBe(false);
          }
          // What was once answered stays answered, and what is over stays over.
          if (before.status === 'answered') expect(state).toEqual(before);
          if (before.status === 'suppressed' || before.status === 'undeliverable') expect(state).toBe(before);
        }
      }),
    );
    const ends = statuses.filter((status) => TRANSITIONS[status].every((next) => next === status));
    expect(ends.toSorted()).toEqual(['answered', 'suppressed', 'undeliverable']);
  });

  it('never goes back to a state from which it would be sent again, once sending was not refused', () => {
    const reachable = new Set<PromptStatus>();
    const visit = (status: PromptStatus) => {
      if (reachable.has(status)) return;
      reachable.add(status);
      for (const next of TRANSITIONS[status]) visit(next);
    };
    for (const status of ['sent', 'uncertain'] as const) visit(status);
    expect(reachable.has('scheduled')).toBe(false);
    expect(reachable.has('sending')).toBe(false);
  });

  it('that takes an impossible step does not compile', () => {
    // Never called: tsc reads it.
    const impossible = (state: PromptState, sent: StateOf<'sent'>, answered: StateOf<'answered'>) => {
      // @ts-expect-error a sent prompt cannot be suppressed
      suppress(sent, 'reopened', 0);
      // @ts-expect-error an answered prompt cannot be sent
      attempt(answered, 0);
      // @ts-expect-error an answered prompt is not reminded
      remind(answered, ref, 0);
      // @ts-expect-error an answered prompt does not expire
      expire(answered, 0);
      // @ts-expect-error nobody knows yet what this one is
      decline(state, 0);
      if (mayBecome(state, 'declined')) decline(state, 0);
    };
    expect(impossible).toBeTypeOf('function');
  });
});

describe('what a prompt remembers', () => {
  it('is when it went out, through reminder, decline and expiry to the answer', () => {
    const reminded = remind(states.sent, other, DAY);
    expect(reminded).toEqual({ status: 'reminded', sentAt: 12, ref: other, remindedAt: DAY });
    const declined = decline(reminded, 2 * DAY);
    expect(declined).toEqual({ status: 'declined', sentAt: 12, ref: other, declinedAt: 2 * DAY });
    expect(answer(declined, 3 * DAY, EXPIRY)).toEqual({
      status: 'answered',
      sentAt: 12,
      ref: other,
      answeredAt: 3 * DAY,
      late: false,
    });
  });

  it('is the time of the attempt where the customer was quicker than the platform, and then where the message is', () => {
    const answered = answer(states.sending, 20, EXPIRY);
    expect(answered).toEqual({ status: 'answered', sentAt: 11, ref: null, answeredAt: 20, late: false });
    expect(locate(answered, ref).ref).toEqual(ref);
    expect(locate(locate(answered, ref), other).ref).toEqual(ref);
    expect(decline(states.uncertain, 20)).toMatchObject({ sentAt: 11, ref: null });
  });

  it('is the reminder as its message, whatever became of the first', () => {
    expect(remind(states.sent, other, DAY).ref).toEqual(other);
    expect(remind(states.uncertain, other, DAY)).toEqual({
      status: 'reminded',
      sentAt: 11,
      ref: other,
      remindedAt: DAY,
    });
  });

  it('is that the answer was late: after it expired, or after it should have', () => {
    expect(answer(states.expired, 8 * DAY, EXPIRY).late).toBe(true);
    expect(answer(states.expired, 8 * DAY, 30 * DAY).late).toBe(true);
    expect(answer(states.sent, 12 + EXPIRY - 1, EXPIRY).late).toBe(false);
    expect(answer(states.sent, 12 + EXPIRY, EXPIRY).late).toBe(true);
    expect(answer(states.declined, 12 + EXPIRY, EXPIRY).late).toBe(true);
  });

  it('is the first answer: an edit, however late, moves neither its time nor its lateness', () => {
    expect(answer(states.answered, 100 * DAY, EXPIRY)).toEqual(states.answered);
  });

  it('is a new due time after a deferral or a refusal', () => {
    expect(reschedule(states.scheduled, 99)).toEqual({ status: 'scheduled', dueAt: 99 });
    expect(reschedule(states.sending, 99)).toEqual({ status: 'scheduled', dueAt: 99 });
  });
});
