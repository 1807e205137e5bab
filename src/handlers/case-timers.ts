// When the team is told about a case again: before its time is up and after, the sooner the more its account weighs.
import type { Duration, Instant } from '../domain/basics.ts';
import { deadlineFor, reminderAt } from '../domain/follow-up/deadline.ts';
import type { FollowUp } from '../domain/follow-up/follow-up.ts';
import type { StoreTx } from '../ports/store/index.ts';
import type { NewWork } from '../ports/store/work.ts';
import type { Context } from './context.ts';

/** How long the team has, by account, where it usually has so long. */
export async function deadlinesOf(
  tx: StoreTx,
  usual: Duration,
  accounts: readonly (string | null)[],
): Promise<(account: string | null) => Duration> {
  const named = new Set(accounts.filter((account) => account !== null));
  const weights = await tx.followUps.weightsOf([...named]);
  const weightOf = (account: string | null) => (account === null ? 1 : (weights.get(account) ?? 1));
  return (account) => deadlineFor(usual, weightOf(account));
}

/** What a case that was opened now is going to need. */
export function timersOf(
  ctx: Pick<Context, 'ids'>,
  { id, dueAt }: FollowUp,
  now: Instant,
): readonly NewWork[] {
  return [
    { id: ctx.ids.next(), kind: 'nudge', subjectId: id, dueAt: reminderAt(now, dueAt) },
    { id: ctx.ids.next(), kind: 'escalate', subjectId: id, dueAt },
  ];
}
