// follow-up: the team claims and closes cases; pressing twice, or again after an answer that did not come through, changes nothing more.
import type { Id } from '../domain/basics.ts';
import {
  claimFollowUp,
  closeFollowUp,
  type FollowUp,
  followUpMayBecome,
} from '../domain/follow-up/follow-up.ts';
import type { FollowUpDossier } from '../ports/store/follow-ups.ts';
import { type Context, wake } from './context.ts';

export type Handled =
  | { readonly kind: 'done'; readonly dossier: FollowUpDossier }
  | { readonly kind: 'taken'; readonly dossier: FollowUpDossier }
  | { readonly kind: 'not_found' };

/** Somebody takes a case. One that somebody else has, or that is closed, stays as it is; taken twice by the same, it is theirs. */
export async function claim(ctx: Context, workspaceId: Id, followUpId: Id, by: string): Promise<Handled> {
  return await change(ctx, workspaceId, followUpId, (followUp) => {
    if (followUpMayBecome(followUp, 'claimed')) return claimFollowUp(followUp, by, ctx.clock.now());
    return followUp.state.status === 'claimed' && followUp.state.by === by ? followUp : null;
  });
}

/** Closes a case with a note of how; an unclaimed one is claimed by whoever closes it. */
export async function close(
  ctx: Context,
  workspaceId: Id,
  followUpId: Id,
  by: string,
  note: string,
): Promise<Handled> {
  return await change(ctx, workspaceId, followUpId, (followUp) => {
    const { state } = followUp;
    if (state.status === 'closed') return state.by === by && state.note === note ? followUp : null;
    const now = ctx.clock.now();
    const claimed = followUpMayBecome(followUp, 'claimed') ? claimFollowUp(followUp, by, now) : followUp;
    return followUpMayBecome(claimed, 'closed') ? closeFollowUp(claimed, by, note, now) : null;
  });
}

async function change(
  ctx: Context,
  workspaceId: Id,
  followUpId: Id,
  step: (followUp: FollowUp) => FollowUp | null,
): Promise<Handled> {
  const { handled, wakes } = await ctx.store.transaction(workspaceId, async (tx) => {
    const dossier = await tx.followUps.lock(followUpId);
    if (!dossier) return { handled: { kind: 'not_found' } as const, wakes: [] };
    const next = step(dossier.followUp);
    if (next === null) return { handled: { kind: 'taken', dossier } as const, wakes: [] };
    if (next === dossier.followUp) return { handled: { kind: 'done', dossier } as const, wakes: [] };
    await tx.followUps.save(next);
    const now = ctx.clock.now();
    const wakes = await tx.work.add(
      [{ id: ctx.ids.next(), kind: 'refresh', subjectId: followUpId, dueAt: now }],
      now,
    );
    return { handled: { kind: 'done', dossier: { ...dossier, followUp: next } } as const, wakes };
  });
  wake(ctx, wakes);
  return handled;
}
