// prompt → platform: sends a due prompt once. The attempt is noted before the platform is called, so that a crash in between is seen, and
// what cannot be proven either way is never sent again.
import type { Instant } from '../domain/basics.ts';
import { localDay } from '../domain/calendar.ts';
import { type Recheck, recheckBeforeSend } from '../domain/eligibility/recheck.ts';
import { attempt, reschedule, type StateOf, suppress } from '../domain/prompt/transition.ts';
import type { Outgoing, Platform } from '../ports/platform.ts';
import type { StoreTx } from '../ports/store/index.ts';
import type { PromptDossier } from '../ports/store/prompts.ts';
import type { LeasedWork } from '../ports/store/work.ts';
import type { Context } from './context.ts';
import type { WorkspaceCard } from './directory.ts';
import { assertAwake } from './lease.ts';
import { noteDelivery, simply, unreachable } from './note-delivery.ts';
import { onPosted } from './on-posted.ts';
import { findAnywhere, outgoingOf, sendAnywhere, untold, workspaceFacts } from './sending.ts';

export async function deliverPrompt(ctx: Context, work: LeasedWork): Promise<void> {
  const card = await ctx.directory.of(work.workspaceId);
  const began = ctx.clock.now();
  const begun = await ctx.store.transaction(work.workspaceId, (tx) => begin(ctx, tx, card, work));
  if (begun === null) return;

  const { dossier } = begun;
  const platform = ctx.platforms.get(dossier.prompt.place.platform);
  const outgoing = outgoingOf(ctx, card, dossier);
  if (!platform || outgoing.length === 0)
    return await noteDelivery(
      ctx,
      work,
      dossier.prompt.id,
      simply(begun.step === 'find' ? untold : unreachable),
    );
  if (begun.step === 'find') return await resume(ctx, work, card, platform, outgoing);
  assertAwake(ctx, began);
  await send(ctx, work, platform, outgoing);
}

/** Sends, and notes what came of it. Where nobody answered, the platform may show the message all the same: then it was sent. */
async function send(
  ctx: Context,
  work: LeasedWork,
  platform: Platform,
  outgoing: readonly Outgoing[],
): Promise<void> {
  const attempted = await sendAnywhere(platform, outgoing);
  await noteDelivery(ctx, work, work.subjectId, attempted);
  if (attempted.outcome.kind !== 'unknown') return;
  const found = await findAnywhere(platform, outgoing);
  const [{ installation, key }] = outgoing as readonly [Outgoing];
  const at = { platform: platform.name, installation };
  if (found.kind === 'found') await onPosted(ctx, work.workspaceId, { at, key, ref: found.ref });
}

/**
 * A crash came between the attempt and its outcome. What is found was sent. What is not there, or can be sent again without being sent twice, is
 * decided about anew: by now the person may have opted out, or it may be night. What nobody can tell is never sent again.
 */
async function resume(
  ctx: Context,
  work: LeasedWork,
  card: WorkspaceCard,
  platform: Platform,
  outgoing: readonly Outgoing[],
): Promise<void> {
  const found = await findAnywhere(platform, outgoing);
  if (found.kind === 'found') return await noteDelivery(ctx, work, work.subjectId, simply(found));
  const absent = found.kind === 'absent';
  const began = ctx.clock.now();
  const step = await ctx.store.transaction(work.workspaceId, async (tx) => {
    const dossier = await tx.prompts.lock(work.subjectId);
    const state = dossier?.prompt.state;
    if (!dossier || state?.status !== 'sending' || !(absent || platform.capabilities.idempotentSend))
      return 'untold';
    const verdict = await recheck(tx, card, dossier, state.dueAt, began);
    // It may have been sent after all, which is not to be called suppressed.
    if (verdict.kind === 'suppress' && !absent) return 'untold';
    return await settleOn(tx, work, dossier, reschedule(state, state.dueAt), verdict, began);
  });
  if (step === null) return;
  if (step === 'untold') return await noteDelivery(ctx, work, work.subjectId, simply(untold));
  assertAwake(ctx, began);
  await send(ctx, work, platform, outgoing);
}

/** The decision under the lock: null when this work is done or put off, else whether to send (the attempt is noted) or to look for what was sent. */
async function begin(
  ctx: Context,
  tx: StoreTx,
  card: WorkspaceCard,
  work: LeasedWork,
): Promise<{ dossier: PromptDossier; step: 'send' | 'find' } | null> {
  const now = ctx.clock.now();
  const dossier = await tx.prompts.lock(work.subjectId);
  const state = dossier?.prompt.state;
  // Also what was answered before anybody noted that it was sent: where it stands is still to be found out.
  if (dossier && state && (state.status === 'sending' || ('ref' in state && state.ref === null)))
    return { dossier, step: 'find' };
  if (!dossier || state?.status !== 'scheduled') {
    await tx.work.finish(work);
    return null;
  }
  const verdict = await recheck(tx, card, dossier, state.dueAt, now);
  const step = await settleOn(tx, work, dossier, state, verdict, now);
  return step && { dossier, step };
}

/** Writes down what was decided. */
async function settleOn(
  tx: StoreTx,
  work: LeasedWork,
  { prompt }: PromptDossier,
  state: StateOf<'scheduled'>,
  verdict: Recheck,
  now: Instant,
): Promise<'send' | null> {
  switch (verdict.kind) {
    case 'send':
      await tx.prompts.save({ ...prompt, state: attempt(state, now) });
      return 'send';
    case 'defer':
      await tx.prompts.save({ ...prompt, state: reschedule(state, verdict.until) });
      await tx.work.postpone(work, verdict.until);
      return null;
    case 'suppress':
      await tx.prompts.save({ ...prompt, state: suppress(state, verdict.reason, now) });
      await tx.work.finish(work);
      return null;
  }
}

async function recheck(
  tx: StoreTx,
  card: WorkspaceCard,
  dossier: PromptDossier,
  dueAt: Instant,
  now: Instant,
) {
  const { prompt } = dossier;
  const others = { except: prompt.id, begunOnly: true };
  const history = (await tx.people.history([prompt.personId], others)).get(prompt.personId);
  const capped = card.policies[prompt.survey].dailyCap !== null;
  const today = localDay(now, card.workspace.zone);
  return recheckBeforeSend({
    workspace: workspaceFacts(card, prompt),
    person: {
      optedOut: dossier.personOptedOut,
      zone: dossier.personZone,
      lastPromptAt: history?.lastPromptAt ?? null,
      lastDeclineAt: history?.lastDeclinedAt ?? null,
      lastNpsAt: history?.lastNpsAt ?? null,
    },
    interaction: { explicit: prompt.explicit, reopened: dossier.reopened },
    survey: prompt.survey,
    dueAt,
    promptsThatDay: capped ? await tx.prompts.countReserved(today.start, today.end, others) : 0,
    now,
  });
}
