// follow-up → team, again: before a case's time is up whoever has it is reminded, and when it is up somebody above hears of it. Rather twice than
// never.
import { AfterwordError } from '../domain/basics.ts';
import type { LeasedWork } from '../ports/store/work.ts';
import { caseReminderView } from '../views/alert.ts';
import { type Context, wake } from './context.ts';
import { factsOfCase } from './post-alert.ts';
import { waitAfter } from './sending.ts';
import { alertPlaces, directly, escalationPlaces, tellTeam } from './team-places.ts';

/** Whoever has the case, directly; where nobody has it or they cannot be reached, where alerts go. */
export async function nudge(ctx: Context, work: LeasedWork): Promise<void> {
  await tell(ctx, work, 'nudge');
}

/** Whoever looks after the team; and the alert shows that the case is overdue. */
export async function escalate(ctx: Context, work: LeasedWork): Promise<void> {
  await tell(ctx, work, 'escalate');
}

async function tell(ctx: Context, work: LeasedWork, what: 'nudge' | 'escalate'): Promise<void> {
  const card = await ctx.directory.of(work.workspaceId);
  const { dossier, digests } = await ctx.store.transaction(work.workspaceId, async (tx) => ({
    dossier: await tx.followUps.find(work.subjectId),
    digests: await tx.digests.list(),
  }));
  if (!dossier || dossier.followUp.state.status === 'closed')
    return await ctx.store.transaction(work.workspaceId, (tx) => tx.work.finish(work));
  const { state, dueAt: deadline, id } = dossier.followUp;
  const places =
    what === 'escalate'
      ? escalationPlaces(ctx, card, digests, dossier)
      : [
          ...directly(ctx, state.status === 'claimed' ? state.who : null),
          ...alertPlaces(ctx, card, digests, dossier),
        ];
  const { settings, zone, locale } = card.workspace;
  const facts = await factsOfCase(ctx, card, dossier);
  const reader = { showNames: settings.showNames, zone, now: ctx.clock.now() };
  const view = caseReminderView(ctx.texts(locale), facts, reader);
  // Opened again with a new deadline, it is another message.
  const key = `${what}-${id}-${deadline.toString(36)}`;
  const outcome = await tellTeam(ctx, work, places, { key, view });
  if (outcome?.kind === 'unknown' && work.attempts === 1)
    throw new AfterwordError('broken', outcome.detail, 'look whether it was posted');
  if (outcome === null || outcome.kind === 'refused')
    ctx.log.warn(
      { workspace: work.workspaceId, case: dossier.number, detail: outcome?.detail ?? 'nowhere to say it' },
      'nobody could be told that the time of a case is running out: it is in `/nps open`',
    );
  const wait = outcome?.kind === 'refused' ? waitAfter(outcome) : null;
  const now = ctx.clock.now();
  const wakes = await ctx.store.transaction(work.workspaceId, async (tx) => {
    if (wait !== null) {
      await tx.work.postpone(work, now + wait);
      return [{ workId: work.id, dueAt: now + wait }];
    }
    await tx.work.finish(work);
    if (what === 'nudge') return [];
    return await tx.work.add([{ id: ctx.ids.next(), kind: 'refresh', subjectId: id, dueAt: now }], now);
  });
  wake(ctx, wakes);
}
