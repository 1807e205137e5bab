import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AfterwordError, HOUR } from '../../src/domain/basics.ts';
import {
  claimFollowUp,
  closeFollowUp,
  type FollowUp,
  type FollowUpStatus,
  followUpMayBecome,
  followUpMustBecome,
  isClaimed,
  isClosed,
  isOverdue,
  needsFollowUp,
  type Owner,
  releaseFollowUp,
  reopenFollowUp,
} from '../../src/domain/follow-up/follow-up.ts';
import { type BadAnswer, joinFollowUp } from '../../src/domain/follow-up/join.ts';
import { type SURVEY_KINDS, scoresOf, segmentOf } from '../../src/domain/survey/kind.ts';

const answer = (responseId: string, id = 'f1'): BadAnswer => ({
  id,
  workspaceId: 'w1',
  personId: 'a1',
  responseId,
});
const BOB: Owner = { by: 'bob', who: { platform: 'chat', installation: 'I1', externalId: 'U-bob' } };
const open = joinFollowUp(null, answer('r1'), 0).followUp;

const steps: { readonly [S in FollowUpStatus]: (followUp: FollowUp, now: number) => FollowUp } = {
  open: (followUp, now) => {
    const from = followUpMustBecome(followUp, 'open');
    return isClosed(from) ? reopenFollowUp(from, now) : isClaimed(from) ? releaseFollowUp(from) : from;
  },
  claimed: (followUp, now) => claimFollowUp(followUpMustBecome(followUp, 'claimed'), BOB, now),
  closed: (followUp, now) => closeFollowUp(followUpMustBecome(followUp, 'closed'), 'bob', 'called her', now),
};
const inStatus: { readonly [S in FollowUpStatus]: FollowUp } = {
  open,
  claimed: steps.claimed(open, 1),
  closed: steps.closed(steps.claimed(open, 1), 2),
};
const ALLOWED = ['open>claimed', 'claimed>claimed', 'claimed>open', 'claimed>closed', 'closed>open'];
const statuses = Object.keys(inStatus) as FollowUpStatus[];

describe('a follow-up', () => {
  it.each(statuses.flatMap((from) => statuses.map((to) => [from, to] as const)))(
    'that is %s becomes %s, or the refusal names both',
    (from, to) => {
      const allowed = ALLOWED.includes(`${from}>${to}`);
      expect(followUpMayBecome(inStatus[from], to)).toBe(allowed);
      if (allowed) return expect(steps[to](inStatus[from], 3).state.status).toBe(to);
      const step = () => steps[to](inStatus[from], 3);
      expect(step).toThrowError(AfterwordError);
      expect(step).toThrowError(`a follow-up that is ${from} cannot become ${to}`);
    },
  );

  it('that takes an impossible step does not compile', () => {
    const impossible = (followUp: FollowUp) => {
      // @ts-expect-error nobody knows whether it was claimed
      closeFollowUp(followUp, 'bob', 'note', 0);
      if (followUpMayBecome(followUp, 'closed')) {
        // @ts-expect-error what is claimed is not reopened
        reopenFollowUp(followUp, 0);
        const closed = closeFollowUp(followUp, 'bob', 'note', 0);
        // @ts-expect-error what is closed is not claimed
        claimFollowUp(closed, BOB, 0);
      }
    };
    expect(impossible).toBeTypeOf('function');
  });

  it('says who claimed it, who closed it and how', () => {
    expect(inStatus.claimed.state).toEqual({ status: 'claimed', ...BOB, claimedAt: 1 });
    expect(inStatus.closed.state).toEqual({ status: 'closed', by: 'bob', closedAt: 2, note: 'called her' });
  });

  it('is opened by exactly the negative scores of each survey', () => {
    const bad = (kind: (typeof SURVEY_KINDS)[number]) =>
      scoresOf(kind).filter((score) => needsFollowUp(segmentOf(kind, score)));
    expect(bad('nps')).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(bad('ces')).toEqual([1, 2, 3]);
    expect(bad('csat')).toEqual([1, 2]);
  });

  it('is overdue from its deadline on, 24 hours by default, unless it is closed', () => {
    expect(isOverdue(open, 24 * HOUR - 1)).toBe(false);
    expect(isOverdue(open, 24 * HOUR)).toBe(true);
    expect(isOverdue(inStatus.claimed, 24 * HOUR)).toBe(true);
    expect(isOverdue(inStatus.closed, 48 * HOUR)).toBe(false);
    expect(joinFollowUp(null, answer('r1'), 5, HOUR).followUp.dueAt).toBe(5 + HOUR);
  });

  it('that is opened again has a new deadline', () => {
    expect(steps.open(inStatus.closed, 50 * HOUR)).toEqual({ ...open, dueAt: 74 * HOUR });
  });
});

describe('a bad answer', () => {
  it('opens a case', () => {
    expect(joinFollowUp(null, answer('r1'), 7)).toEqual({
      kind: 'opened',
      followUp: {
        id: 'f1',
        workspaceId: 'w1',
        personId: 'a1',
        responseIds: ['r1'],
        openedAt: 7,
        dueAt: 7 + 24 * HOUR,
        state: { status: 'open' },
        confirmation: null,
      },
    });
  });

  it.each(['open', 'claimed'] as const)(
    'joins the case of the same person that is %s, which keeps its deadline and owner',
    (status) => {
      const joined = joinFollowUp(inStatus[status], answer('r2', 'f2'), 20 * HOUR);
      expect(joined).toEqual({
        kind: 'joined',
        followUp: { ...inStatus[status], responseIds: ['r1', 'r2'] },
      });
    },
  );

  it('edited while its case is worked on changes nothing', () => {
    expect(joinFollowUp(inStatus.claimed, answer('r1', 'f2'), 9)).toEqual({
      kind: 'unchanged',
      followUp: inStatus.claimed,
    });
  });

  it('edited after its case was closed opens that case again', () => {
    const again = joinFollowUp(inStatus.closed, answer('r1', 'f2'), 50 * HOUR);
    expect(again).toEqual({ kind: 'reopened', followUp: { ...open, dueAt: 74 * HOUR } });
  });

  it('of its own after the last case was closed opens a new one', () => {
    const next = joinFollowUp(inStatus.closed, answer('r2', 'f2'), 50 * HOUR);
    expect(next).toMatchObject({
      kind: 'opened',
      followUp: { id: 'f2', responseIds: ['r2'], openedAt: 50 * HOUR },
    });
  });

  it('is in exactly one case, in whatever order answers come and the team works', () => {
    const event = fc.oneof(
      fc.constantFrom('r1', 'r2', 'r3').map((r) => ['answer', r] as const),
      fc.constantFrom(...statuses).map((s) => ['step', s] as const),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const cases = new Map<string, FollowUp>();
        let latest: FollowUp | null = null;
        for (const [now, event] of events.entries()) {
          if (event[0] === 'answer') latest = joinFollowUp(latest, answer(event[1], `f${now}`), now).followUp;
          else if (latest !== null && followUpMayBecome(latest, event[1]))
            latest = steps[event[1]](latest, now);
          if (latest !== null) cases.set(latest.id, latest);
          const notClosed = [...cases.values()].filter((followUp) => followUp.state.status !== 'closed');
          expect(notClosed.length).toBeLessThanOrEqual(1);
          if (event[0] === 'answer')
            expect(latest?.responseIds.filter((id) => id === event[1])).toHaveLength(1);
        }
      }),
    );
  });
});
