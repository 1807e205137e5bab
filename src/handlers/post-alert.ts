// follow-up → team: tells the team of an unhappy answer, and shows on that very message how the case stands. Rather twice than never: whoever
// was unhappy waits for somebody.
import { AfterwordError, type Duration, HOUR, type Instant, MINUTE } from '../domain/basics.ts';
import type { Outgoing, Platform, SendOutcome } from '../ports/platform.ts';
import type { FollowUpDossier } from '../ports/store/follow-ups.ts';
import type { StoreTx } from '../ports/store/index.ts';
import type { LeasedWork } from '../ports/store/work.ts';
import { alertMovedView, alertView, type CaseFacts } from '../views/alert.ts';
import { type Context, wake } from './context.ts';
import type { WorkspaceCard } from './directory.ts';
import { settleUpdate, waitAfter } from './sending.ts';
import { alertPlaces, type TeamPlace } from './team-places.ts';
import { raise } from './tell-lead.ts';

/** While there is no channel for alerts: look again when as much time has passed as the case has waited, within these. */
const SOONEST: Duration = 5 * MINUTE;
const LATEST: Duration = 6 * HOUR;

export async function postAlert(ctx: Context, work: LeasedWork): Promise<void> {
  const card = await ctx.directory.of(work.workspaceId);
  const { dossier, schedules } = await ctx.store.transaction(work.workspaceId, async (tx) => ({
    dossier: await tx.followUps.find(work.subjectId),
    schedules: await tx.digests.list(),
  }));
  if (!dossier || dossier.followUp.state.status === 'closed')
    return await ctx.store.transaction(work.workspaceId, (tx) => tx.work.finish(work));
  const places = alertPlaces(ctx, card, schedules, dossier);
  if (places.length === 0) {
    ctx.log.warn(
      { workspace: work.workspaceId, case: dossier.number },
      'there is no channel for alerts: set one with `/nps settings alerts`; until then cases are in `/nps open` alone',
    );
    const now = ctx.clock.now();
    return await postpone(
      ctx,
      work,
      now + Math.min(LATEST, Math.max(SOONEST, now - dossier.followUp.openedAt)),
    );
  }
  const view = await alertOf(ctx, card, dossier);
  const { outcome, place } = await postSomewhere(ctx, work, places, { key: keyOf(dossier), view });
  switch (outcome.kind) {
    case 'sent':
      await retire(ctx, card, dossier);
      return await note(ctx, work, dossier, { ...place, ref: outcome.ref });
    case 'unknown':
      if (work.attempts === 1)
        throw new AfterwordError('broken', outcome.detail, 'look whether it was posted');
      ctx.log.error(
        { followUp: work.subjectId, detail: outcome.detail },
        'nobody can tell whether an alert was posted; its case is in `/nps open`',
      );
      return await ctx.store.transaction(work.workspaceId, (tx) => tx.work.finish(work));
    case 'refused': {
      const wait = waitAfter(outcome);
      if (wait !== null) return await postpone(ctx, work, ctx.clock.now() + wait);
      throw new AfterwordError(
        'invalid',
        `the alert of case #${dossier.number} was refused: ${outcome.reason} (${outcome.detail})`,
        'see to the channel for alerts, then `afterword doctor --revive`',
      );
    }
  }
}

/** Brings the alert up to date. One that is still to be posted will show how things stand then. */
export async function refreshAlert(ctx: Context, work: LeasedWork): Promise<void> {
  const card = await ctx.directory.of(work.workspaceId);
  const dossier = await ctx.store.transaction(work.workspaceId, (tx) => tx.followUps.find(work.subjectId));
  const platform = dossier?.alert && ctx.platforms.get(dossier.alert.platform);
  const outcome =
    dossier?.alert && platform
      ? await platform.update(
          dossier.alert.installation,
          dossier.alert.ref,
          await alertOf(ctx, card, dossier),
        )
      : null;
  await settleUpdate(ctx, work, outcome);
}

/** What a case's alert shows now. */
export async function alertOf(ctx: Context, card: WorkspaceCard, dossier: FollowUpDossier) {
  const { settings, zone, locale } = card.workspace;
  const facts = await factsOfCase(ctx, card, dossier);
  return alertView(ctx.texts(locale), facts, { showNames: settings.showNames, zone, now: ctx.clock.now() });
}

/** A case with what the platform knows of its people and its place. */
export async function factsOfCase(
  ctx: Context,
  { workspace: { settings } }: WorkspaceCard,
  dossier: FollowUpDossier,
): Promise<CaseFacts> {
  const { place, agent } = dossier;
  const platform = ctx.platforms.get(place.platform);
  const [link, known] = await Promise.all([
    // The conversation says who it is with.
    settings.showNames ? platform?.link(place) : null,
    agent === null ? null : platform?.lookUp(place.installation, agent),
  ]);
  const name = known?.kind === 'found' ? known.profile.name : undefined;
  return { ...dossier, agent: name ?? agent, link: link ?? null };
}

/** A case that has an alert already was opened again, and is told of anew. */
function keyOf({ followUp, alert }: FollowUpDossier): string {
  return alert === null ? `alert-${followUp.id}` : `again-${followUp.id}-${followUp.dueAt.toString(36)}`;
}

/** After an attempt of which nobody knows the end, looks first; where that cannot be told, posts all the same. */
async function post(platform: Platform, work: LeasedWork, outgoing: Outgoing): Promise<SendOutcome> {
  const found = work.attempts > 1 ? await platform.find(outgoing) : null;
  return found?.kind === 'found' ? { kind: 'sent', ref: found.ref } : await platform.send(outgoing);
}

/** The alert of the time before gives its place up: there is one message to act on, and one to forget words on. */
async function retire(ctx: Context, card: WorkspaceCard, { alert, number }: FollowUpDossier): Promise<void> {
  if (!alert) return;
  const view = alertMovedView(ctx.texts(card.workspace.locale), { number });
  const platform = ctx.platforms.get(alert.platform);
  await platform?.update(alert.installation, alert.ref, view).catch(() => undefined);
}

async function note(
  ctx: Context,
  work: LeasedWork,
  shown: FollowUpDossier,
  { platform, installation, ref }: NonNullable<FollowUpDossier['alert']>,
): Promise<void> {
  const wakes = await ctx.store.transaction(work.workspaceId, async (tx) => {
    const now = ctx.clock.now();
    const dossier = await tx.followUps.lock(work.subjectId);
    await tx.followUps.noteAlert(work.subjectId, { platform, installation, ref });
    await tx.work.finish(work);
    // What happened while it was on its way had no message to show on.
    return dossier && looksOf(dossier) !== looksOf(shown) ? await refresh(ctx, tx, work, now) : [];
  });
  wake(ctx, wakes);
}

async function refresh(ctx: Context, tx: StoreTx, { subjectId }: LeasedWork, now: Instant) {
  return await tx.work.add([{ id: ctx.ids.next(), kind: 'refresh', subjectId, dueAt: now }], now);
}

function looksOf({ followUp, response }: FollowUpDossier): string {
  return JSON.stringify([followUp, response.id, response.revision]);
}

async function postpone(ctx: Context, work: LeasedWork, dueAt: Instant): Promise<void> {
  await ctx.store.transaction(work.workspaceId, (tx) => tx.work.postpone(work, dueAt));
  wake(ctx, [{ workId: work.id, dueAt }]);
}

/** Posts to the first place that takes it; what is wrong with the others somebody is told. */
async function postSomewhere(
  ctx: Context,
  work: LeasedWork,
  places: readonly TeamPlace[],
  message: Pick<Outgoing, 'key' | 'view'>,
): Promise<{ outcome: SendOutcome; place: TeamPlace }> {
  for (const [index, place] of places.entries()) {
    const platform = ctx.platforms.get(place.platform)!;
    const { installation, to } = place;
    const outcome = await post(platform, work, { installation, to, ...message });
    const { trouble } = outcome.kind === 'refused' ? outcome : {};
    if (trouble)
      wake(ctx, await ctx.store.transaction(work.workspaceId, (tx) => raise(ctx, tx, place, [trouble])));
    const last = index === places.length - 1;
    if (outcome.kind !== 'refused' || last || waitAfter(outcome) !== null) return { outcome, place };
  }
  throw new AfterwordError('broken', 'an alert had no place to go', 'report this as a bug');
}
