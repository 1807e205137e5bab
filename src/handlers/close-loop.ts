// follow-up: the team takes cases, hands them over, gives them back, closes them and opens them again. Pressing twice, or again after an answer that
// did not come through, changes nothing more.
import type { Id } from '../domain/basics.ts';
import {
  claimFollowUp,
  closeFollowUp,
  type FollowUp,
  followUpMayBecome,
  isClaimed,
  isClosed,
  type Owner,
  releaseFollowUp,
  reopenFollowUp,
} from '../domain/follow-up/follow-up.ts';
import type { Actor } from '../ports/platform.ts';
import type { FollowUpDossier } from '../ports/store/follow-ups.ts';
import type { StoreTx } from '../ports/store/index.ts';
import type { NewWork, WorkKind } from '../ports/store/work.ts';
import { deadlinesOf, timersOf } from './case-timers.ts';
import { type Context, wake } from './context.ts';

export type Handled =
  | { readonly kind: 'done'; readonly dossier: FollowUpDossier }
  | { readonly kind: 'taken'; readonly dossier: FollowUpDossier }
  | { readonly kind: 'not_found' };

/** Whoever acts, as the owner of a case. */
export function ownerOf({ identity, profile }: Actor): Owner {
  return { by: profile.name ?? identity.externalId, who: identity };
}

/** Somebody takes a case. One that somebody else has, or that is closed, stays as it is; taken twice by the same, it is theirs. */
export async function claim(ctx: Context, workspaceId: Id, followUpId: Id, owner: Owner): Promise<Handled> {
  return await change(ctx, workspaceId, followUpId, (followUp) => {
    if (followUp.state.status === 'open' && followUpMayBecome(followUp, 'claimed'))
      return claimFollowUp(followUp, owner, ctx.clock.now());
    return has(followUp, owner) ? followUp : null;
  });
}

/** A case gets another owner, whoever had it; one that is closed stays so. */
export async function handOver(
  ctx: Context,
  workspaceId: Id,
  followUpId: Id,
  owner: Owner,
): Promise<Handled> {
  return await change(ctx, workspaceId, followUpId, (followUp) => {
    if (has(followUp, owner)) return followUp;
    return followUpMayBecome(followUp, 'claimed') ? claimFollowUp(followUp, owner, ctx.clock.now()) : null;
  });
}

/** Its owner cannot see to it: it is anybody's again. */
export async function release(ctx: Context, workspaceId: Id, followUpId: Id): Promise<Handled> {
  return await change(ctx, workspaceId, followUpId, (followUp) => {
    if (followUp.state.status === 'open') return followUp;
    return isClaimed(followUp) ? releaseFollowUp(followUp) : null;
  });
}

/** Closes a case with a note of how; an unclaimed one is claimed by whoever closes it. */
export async function close(
  ctx: Context,
  workspaceId: Id,
  followUpId: Id,
  owner: Owner,
  note: string,
): Promise<Handled> {
  return await change(ctx, workspaceId, followUpId, (followUp) => {
    const { state } = followUp;
    if (state.status === 'closed') return state.by === owner.by && state.note === note ? followUp : null;
    const now = ctx.clock.now();
    const claimed = state.status === 'open' ? claimFollowUp({ ...followUp, state }, owner, now) : followUp;
    return followUpMayBecome(claimed, 'closed') ? closeFollowUp(claimed, owner.by, note, now) : null;
  });
}

/** It was not settled after all: open again, with a new deadline, and told of anew. */
export async function reopen(ctx: Context, workspaceId: Id, followUpId: Id): Promise<Handled> {
  const { workspace } = await ctx.directory.of(workspaceId);
  const usual = workspace.settings.followUps.deadline;
  return await change(ctx, workspaceId, followUpId, async (followUp, tx, { account }) => {
    if (!isClosed(followUp)) return followUp;
    // A newer case of the same person is where it goes on.
    const newest = (await tx.followUps.latestOf([followUp.personId])).get(followUp.personId);
    if (newest?.id !== followUpId) return null;
    const deadline = await deadlinesOf(tx, usual, [account]);
    return reopenFollowUp(followUp, ctx.clock.now(), deadline(account));
  });
}

type Step = (
  followUp: FollowUp,
  tx: StoreTx,
  dossier: FollowUpDossier,
) => FollowUp | null | Promise<FollowUp | null>;

async function change(ctx: Context, workspaceId: Id, followUpId: Id, step: Step): Promise<Handled> {
  const { workspace } = await ctx.directory.of(workspaceId);
  const { handled, wakes } = await ctx.store.transaction(workspaceId, async (tx) => {
    const dossier = await tx.followUps.lock(followUpId);
    if (!dossier) return { handled: { kind: 'not_found' } as const, wakes: [] };
    const before = dossier.followUp;
    const next = await step(before, tx, dossier);
    if (next === null) return { handled: { kind: 'taken', dossier } as const, wakes: [] };
    if (next === before) return { handled: { kind: 'done', dossier } as const, wakes: [] };
    await tx.followUps.save(next);
    const wakes = await follow(ctx, tx, before, next, workspace.settings.followUps.confirm);
    return { handled: { kind: 'done', dossier: { ...dossier, followUp: next } } as const, wakes };
  });
  wake(ctx, wakes);
  return handled;
}

/** The work that a change of a case brings, or makes needless. */
export async function follow(
  ctx: Pick<Context, 'ids' | 'clock'>,
  tx: StoreTx,
  before: FollowUp,
  next: FollowUp,
  confirm: boolean,
) {
  const now = ctx.clock.now();
  const work = (kind: WorkKind): NewWork => ({ id: ctx.ids.next(), kind, subjectId: next.id, dueAt: now });
  if (isClosed(next)) {
    await tx.work.cancel(['nudge', 'escalate'], [next.id]);
    const asks = confirm && next.confirmation === null;
    return await tx.work.add([work('refresh'), ...(asks ? [work('confirm')] : [])], now);
  }
  if (!isClosed(before)) return await tx.work.add([work('refresh')], now);
  await tx.work.cancel(['confirm'], [next.id]);
  return await tx.work.add([work('alert'), ...timersOf(ctx, next, now)], now);
}

function has({ state }: FollowUp, { by, who }: Owner): boolean {
  if (state.status !== 'claimed') return false;
  if (state.who === null || who === null) return state.by === by;
  return (
    state.who.platform === who.platform &&
    state.who.installation === who.installation &&
    state.who.externalId === who.externalId
  );
}
