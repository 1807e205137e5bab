// Reminds once, never after an answer or a decline. The reminder carries the scale, and the first message gives it up: there is one place to answer.
import { recheckReminder } from '../domain/eligibility/recheck.ts';
import { mustBecome, remind } from '../domain/prompt/transition.ts';
import type { StoreTx } from '../ports/store/index.ts';
import type { PromptDossier } from '../ports/store/prompts.ts';
import type { LeasedWork } from '../ports/store/work.ts';
import { movedView, reminderView } from '../views/prompt.ts';
import { askingOf } from './asking.ts';
import { type Context, wake } from './context.ts';
import type { WorkspaceCard } from './directory.ts';
import { presentView } from './repaint-prompt.ts';
import {
  type Attempted,
  lookAgain,
  outgoingOf,
  sendAnywhere,
  settle,
  waitAfter,
  workspaceFacts,
} from './sending.ts';
import { raise } from './tell-lead.ts';

export async function remindPrompt(ctx: Context, work: LeasedWork): Promise<void> {
  const card = await ctx.directory.of(work.workspaceId);
  const dossier = await ctx.store.transaction(work.workspaceId, (tx) => begin(ctx, tx, card, work));
  if (dossier === null) return;

  const { prompt } = dossier;
  const platform = ctx.platforms.get(prompt.place.platform);
  const outgoing = outgoingOf(ctx, card, dossier);
  if (!platform || outgoing.length === 0)
    return await ctx.store.transaction(work.workspaceId, (tx) => tx.work.finish(work));
  const t = ctx.texts(prompt.locale, card.workspace.locale);
  const view = reminderView(t, askingOf(card, prompt, dossier.subject));
  // The key is the reminder's own: a second attempt after a crash is the same message.
  const messages = outgoing.map((one) => ({ ...one, key: `remind-${prompt.id}`, view }));
  const sending = work.attempts > 1 ? settle(platform, messages) : sendAnywhere(platform, messages);
  const attempted = await lookAgain(platform, messages, await sending);
  const { outcome } = attempted;
  const first = prompt.state.status === 'sent' ? prompt.state.ref : null;
  if (outcome.kind === 'sent' && first)
    await platform.update(prompt.place.installation, first, movedView(t)).catch(() => undefined);
  await note(ctx, work, attempted);
}

/** The decision under the lock: null when this work is done or put off. */
async function begin(
  ctx: Context,
  tx: StoreTx,
  card: WorkspaceCard,
  work: LeasedWork,
): Promise<PromptDossier | null> {
  const now = ctx.clock.now();
  const dossier = await tx.prompts.lock(work.subjectId);
  const state = dossier?.prompt.state;
  if (!dossier || (state?.status !== 'sent' && state?.status !== 'uncertain')) {
    await tx.work.finish(work);
    return null;
  }
  const verdict = recheckReminder({
    workspace: workspaceFacts(card, dossier.prompt),
    person: { optedOut: dossier.personOptedOut, zone: dossier.personZone },
    reopened: dossier.reopened,
    survey: dossier.prompt.survey,
    dueAt: work.dueAt,
    sentAt: state.status === 'sent' ? state.sentAt : state.attemptedAt,
    now,
  });
  if (verdict.kind === 'defer') await tx.work.postpone(work, verdict.until);
  if (verdict.kind === 'skip') await tx.work.finish(work);
  return verdict.kind === 'send' ? dossier : null;
}

async function note(
  ctx: Context,
  work: LeasedWork,
  { outcome, directClosed, troubles }: Attempted,
): Promise<void> {
  const crossed = await ctx.store.transaction(work.workspaceId, async (tx) => {
    const now = ctx.clock.now();
    const dossier = await tx.prompts.lock(work.subjectId);
    if (dossier && directClosed) await tx.people.markUnreachable(dossier.identity, now);
    const told = dossier ? await raise(ctx, tx, dossier.prompt.place, troubles) : [];
    const wait = outcome.kind === 'refused' ? waitAfter(outcome) : null;
    if (wait !== null) {
      await tx.work.postpone(work, now + wait);
      return { wakes: [...told, { workId: work.id, dueAt: now + wait }] };
    }
    await tx.work.finish(work);
    if (!dossier || outcome.kind !== 'sent') return { wakes: told };
    const { prompt } = dossier;
    if (prompt.state.status === 'sent' || prompt.state.status === 'uncertain') {
      const reminded = remind(mustBecome(prompt.state, 'reminded'), outcome.ref, now);
      await tx.prompts.save({ ...prompt, state: reminded });
      return { wakes: told };
    }
    // It was settled while the reminder was on its way: now two messages stand there, and both are to say so.
    const repaint = { id: ctx.ids.next(), kind: 'repaint' as const, subjectId: prompt.id, dueAt: now };
    const response = await tx.responses.ofPrompt(prompt.id);
    return { wakes: [...told, ...(await tx.work.add([repaint], now))], prompt, response, ref: outcome.ref };
  });
  wake(ctx, crossed.wakes);
  if (!crossed.prompt) return;
  const { prompt, response, ref } = crossed;
  const view = await presentView(ctx, prompt, response);
  const platform = ctx.platforms.get(prompt.place.platform);
  if (view) await platform?.update(prompt.place.installation, ref, view).catch(() => undefined);
}
