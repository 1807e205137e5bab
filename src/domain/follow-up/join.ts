// One person, one case: a second bad answer joins the case that is still being worked on rather than opening another.
import type { Duration, Id, Instant } from '../basics.ts';
import { FOLLOW_UP_DEADLINE } from './deadline.ts';
import { type FollowUp, isClosed, reopenFollowUp } from './follow-up.ts';

/** A bad answer that wants seeing to; `id` is the case's if it opens one. */
export interface BadAnswer {
  readonly id: Id;
  readonly workspaceId: Id;
  readonly personId: Id;
  readonly responseId: Id;
}

export type Joined = {
  readonly kind: 'opened' | 'joined' | 'reopened' | 'unchanged';
  readonly followUp: FollowUp;
};

/**
 * What a bad answer does, given the person's latest case. A case that is not closed takes it in and keeps its deadline and
 * its owner. A closed one is opened again when the answer it was about got worse (the same response again), and left alone
 * by a new answer, which opens a case of its own.
 */
export function joinFollowUp(
  latest: FollowUp | null,
  answer: BadAnswer,
  now: Instant,
  deadline: Duration = FOLLOW_UP_DEADLINE,
): Joined {
  if (latest === null) return { kind: 'opened', followUp: opened(answer, now, deadline) };
  const known = latest.responseIds.includes(answer.responseId);
  if (isClosed(latest)) {
    if (known) return { kind: 'reopened', followUp: reopenFollowUp(latest, now, deadline) };
    return { kind: 'opened', followUp: opened(answer, now, deadline) };
  }
  if (known) return { kind: 'unchanged', followUp: latest };
  return { kind: 'joined', followUp: { ...latest, responseIds: [...latest.responseIds, answer.responseId] } };
}

function opened(answer: BadAnswer, now: Instant, deadline: Duration): FollowUp {
  const { responseId, ...rest } = answer;
  return {
    ...rest,
    responseIds: [responseId],
    openedAt: now,
    dueAt: now + deadline,
    state: { status: 'open' },
    confirmation: null,
  };
}
