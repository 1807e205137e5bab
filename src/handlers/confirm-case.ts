// follow-up → customer: once, when their case is closed and the policy says so, they are asked whether it is solved. The attempt is noted before the
// platform is called; what cannot be proven is not sent again.
import { deferPastQuietHours } from '../domain/eligibility/quiet-hours.ts';
import type { Confirmation } from '../domain/follow-up/confirmation.ts';
import { type FollowUp, isClosed } from '../domain/follow-up/follow-up.ts';
import type { FollowUpDossier } from '../ports/store/follow-ups.ts';
import type { StoreTx } from '../ports/store/index.ts';
import type { PromptDossier } from '../ports/store/prompts.ts';
import type { LeasedWork } from '../ports/store/work.ts';
import { confirmView } from '../views/confirm.ts';
import { type Context, wake } from './context.ts';
import type { WorkspaceCard } from './directory.ts';
import {
  type Attempted,
  lookAgain,
  outgoingOf,
  sendAnywhere,
  settle,
  waitAfter,
  workspaceFacts,
} from './sending.ts';

export async function confirmCase(ctx: Context, work: LeasedWork): Promise<void> {
  const card = await ctx.directory.of(work.workspaceId);
  const begun = await ctx.store.transaction(work.workspaceId, (tx) => begin(ctx, tx, card, work));
  if (begun === null) return;
  const { prompt } = begun.asked;
  const platform = ctx.platforms.get(prompt.place.platform);
  const view = confirmView(ctx.texts(prompt.locale, card.workspace.locale), { followUpId: work.subjectId });
  const messages = outgoingOf(ctx, card, begun.asked).map((one) => ({
    ...one,
    key: `confirm-${work.subjectId}`,
    view,
  }));
  const attempted: Attempted | null =
    !platform || messages.length === 0
      ? null
      : begun.again
        ? await settle(platform, messages)
        : await lookAgain(platform, messages, await sendAnywhere(platform, messages));
  await note(ctx, work, attempted?.outcome ?? null);
}

/** Under the locks: null when there is nothing to ask (any more), else the attempt is noted. `again`: it was noted before. */
async function begin(
  ctx: Context,
  tx: StoreTx,
  card: WorkspaceCard,
  work: LeasedWork,
): Promise<{ asked: PromptDossier; again: boolean } | null> {
  const now = ctx.clock.now();
  // Prompts are locked before cases, as where answers are recorded.
  const found = await tx.followUps.find(work.subjectId);
  const asked = found && (await tx.prompts.lock(found.response.promptId));
  const dossier = asked && (await tx.followUps.lock(work.subjectId));
  const before = dossier?.followUp.confirmation ?? null;
  const isDue = dossier && isClosed(dossier.followUp) && (before === null || before.status === 'asking');
  if (!asked || !dossier || !isDue) {
    await tx.work.finish(work);
    return null;
  }
  const facts = workspaceFacts(card, asked.prompt);
  if (before === null && (asked.personOptedOut || !facts.installed || facts.paused)) {
    await keep(tx, dossier.followUp, { status: 'not_asked', at: now });
    await tx.work.finish(work);
    return null;
  }
  // Whether they were asked before they opted out nobody knows; they are not asked after.
  if (before !== null && asked.personOptedOut) {
    await keep(tx, dossier.followUp, { status: 'asked', at: before.at, ref: null });
    await tx.work.finish(work);
    return null;
  }
  const { quietHours } = card.policies[asked.prompt.survey];
  const until = deferPastQuietHours(now, quietHours, asked.personZone ?? card.workspace.zone);
  if (before === null && until > now) {
    await tx.work.postpone(work, until);
    return null;
  }
  if (before === null) await keep(tx, dossier.followUp, { status: 'asking', at: now });
  return { asked, again: before !== null };
}

async function note(ctx: Context, work: LeasedWork, outcome: Attempted['outcome'] | null): Promise<void> {
  const now = ctx.clock.now();
  const wait = outcome?.kind === 'refused' ? waitAfter(outcome) : null;
  const wakes = await ctx.store.transaction(work.workspaceId, async (tx) => {
    const dossier = await tx.followUps.lock(work.subjectId);
    if (dossier) await settleOn(tx, dossier, outcome, wait !== null, now);
    if (wait !== null) {
      await tx.work.postpone(work, now + wait);
      return [{ workId: work.id, dueAt: now + wait }];
    }
    await tx.work.finish(work);
    if (!dossier) return [];
    const refresh = { id: ctx.ids.next(), kind: 'refresh' as const, subjectId: work.subjectId, dueAt: now };
    return await tx.work.add([refresh], now);
  });
  wake(ctx, wakes);
}

async function settleOn(
  tx: StoreTx,
  { followUp }: FollowUpDossier,
  outcome: Attempted['outcome'] | null,
  comesAgain: boolean,
  now: number,
): Promise<void> {
  const { confirmation } = followUp;
  const ref = outcome?.kind === 'sent' ? outcome.ref : null;
  // Whoever is quick has answered before it was noted that they were asked.
  if (confirmation?.status === 'answered') return await keep(tx, followUp, { ...confirmation, ref });
  if (confirmation?.status !== 'asking') return;
  if (outcome === null || outcome.kind === 'refused')
    return await keep(tx, followUp, comesAgain ? null : { status: 'not_asked', at: now });
  await keep(tx, followUp, { status: 'asked', at: confirmation.at, ref });
}

async function keep(tx: StoreTx, followUp: FollowUp, confirmation: Confirmation | null): Promise<void> {
  await tx.followUps.save({ ...followUp, confirmation });
}
