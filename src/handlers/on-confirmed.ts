// The customer says whether their case is solved. If it is not, it is opened again and the team is told anew.
import type { Duration, Id } from '../domain/basics.ts';
import { answerConfirmation } from '../domain/follow-up/confirmation.ts';
import { type FollowUp, isClosed, reopenFollowUp } from '../domain/follow-up/follow-up.ts';
import type { Actor, InboundOutcome } from '../ports/platform.ts';
import type { Wake } from '../ports/queue.ts';
import type { FollowUpDossier } from '../ports/store/follow-ups.ts';
import type { StoreTx } from '../ports/store/index.ts';
import { confirmedSharedView, confirmedView } from '../views/confirm.ts';
import { goneView, notYoursView } from '../views/replies.ts';
import { textsFor } from './asking.ts';
import { deadlinesOf } from './case-timers.ts';
import { follow } from './close-loop.ts';
import { type Context, wake } from './context.ts';

export async function onConfirmed(
  ctx: Context,
  workspaceId: Id,
  followUpId: Id,
  by: Actor,
  solved: boolean,
): Promise<InboundOutcome> {
  const { workspace } = await ctx.directory.of(workspaceId);
  const answered = await ctx.store.transaction(workspaceId, async (tx) => {
    const dossier = await tx.followUps.lock(followUpId);
    if (!dossier) return { kind: 'gone' as const };
    const { followUp } = dossier;
    const [theirs] = await tx.people.owns({ personId: followUp.personId, identity: by.identity });
    if (!theirs) return { kind: 'not_theirs' as const };
    const prompt = await tx.prompts.find(dossier.response.promptId);
    const confirmation = answerConfirmation(followUp.confirmation, solved, ctx.clock.now());
    if (confirmation === followUp.confirmation) return { kind: 'done' as const, prompt, wakes: [] };
    const wakes = await save(ctx, tx, workspace.settings.followUps.deadline, dossier, {
      ...followUp,
      confirmation,
    });
    return { kind: 'done' as const, prompt, wakes };
  });
  const spoken = ctx.texts(by.profile.locale ?? null);
  if (answered.kind === 'gone') return { kind: 'rejected', reply: goneView(spoken) };
  if (answered.kind === 'not_theirs') return { kind: 'rejected', reply: notYoursView(spoken) };
  wake(ctx, answered.wakes);
  const t = answered.prompt ? await textsFor(ctx, answered.prompt) : spoken;
  const reply = confirmedView(t, { followUpId, solved });
  return { kind: 'done', shared: confirmedSharedView(t), reply, subject: followUpId };
}

/** What is not solved is open again: this case, or the newer one that there is of the same person. */
async function save(
  ctx: Context,
  tx: StoreTx,
  usual: Duration,
  { account }: FollowUpDossier,
  next: FollowUp,
): Promise<readonly Wake[]> {
  const isUnsolved = next.confirmation?.status === 'answered' && !next.confirmation.solved;
  const newest = (await tx.followUps.latestOf([next.personId])).get(next.personId) ?? next;
  const one = newest.id === next.id ? next : newest;
  const reopens = isUnsolved && isClosed(one);
  const deadline = await deadlinesOf(tx, usual, [account]);
  const after = reopens ? reopenFollowUp(one, ctx.clock.now(), deadline(account)) : one;
  const changed = [after, ...(one === next ? [] : [next])];
  await tx.followUps.save(...changed);
  const wakes: Wake[] = [];
  for (const followUp of changed) {
    const before = followUp === after ? one : next;
    wakes.push(...(await follow(ctx, tx, before, followUp, false)));
  }
  return wakes;
}
