// → digest: posts a channel's digest when it is due, once. The issue is written before it is posted, under a lock on its schedule; the next due
// time is a row of the same transaction.
import { type Duration, type Instant, MINUTE } from '../domain/basics.ts';
import { silenceOf } from '../domain/digest/digest.ts';
import { dueNow, nextDue, periodOf } from '../domain/digest/schedule.ts';
import type { Outgoing, SendOutcome, Where } from '../ports/platform.ts';
import type { Installation } from '../ports/store/administration.ts';
import type { DigestIssue, DigestSchedule } from '../ports/store/digests.ts';
import type { LeasedWork } from '../ports/store/work.ts';
import { digestView } from '../views/digest.ts';
import { type Context, wake } from './context.ts';
import { summarisedDigest } from './count-digest.ts';
import { isAt } from './digest-schedules.ts';
import type { WorkspaceCard } from './directory.ts';
import { isCrowded } from './larger-calls.ts';
import { toldBefore } from './restate-digest.ts';
import { lookAgain, sendAnywhere, settle, waitAfter } from './sending.ts';
import { raise } from './tell-lead.ts';

export async function publishDigest(ctx: Context, work: LeasedWork): Promise<void> {
  const card = await ctx.directory.of(work.workspaceId);
  const taken = await ctx.store.transaction(work.workspaceId, async (tx) => {
    const schedule = await tx.digests.lock(work.subjectId);
    const now = ctx.clock.now();
    // A digest of an installation that joined another workspace is that one's.
    if (!schedule?.enabled || !card.installations.some((one) => isAt(whereOf(one), schedule))) {
      await tx.work.finish(work);
      return null;
    }
    if (schedule.nextDueAt > now) {
      await tx.work.postpone(work, schedule.nextDueAt);
      return null;
    }
    // Of several missed ones only the latest is caught up.
    const dueAt = dueNow(schedule.schedule, schedule.nextDueAt - 1, now) ?? schedule.nextDueAt;
    const issue = await tx.digests.issueOf(schedule.id, dueAt);
    const waits = issue === null && waitsForSummary(ctx, card) && now < dueAt + PATIENCE;
    if (waits) await tx.work.postpone(work, now + PATIENCE / 40);
    return waits ? { again: now + PATIENCE / 40 } : { schedule, dueAt, issue };
  });
  if (taken === null) return;
  if ('again' in taken) return wake(ctx, [{ workId: work.id, dueAt: taken.again }]);

  const { schedule, dueAt } = taken;
  const issue = taken.issue ?? (await prepare(ctx, card, schedule, dueAt));
  const outcome = await post(ctx, work, schedule, issue, taken.issue === null);
  await note(ctx, work, schedule, issue, outcome);
}

/** So long a digest waits for a larger model that writes the summaries of others; then it goes without. */
const PATIENCE: Duration = 10 * MINUTE;

function waitsForSummary({ larger }: Context, { workspace }: WorkspaceCard): boolean {
  return workspace.settings.summaries && larger !== null && isCrowded(larger);
}

function whereOf({ platform, externalId }: Installation): Where {
  return { platform, installation: externalId };
}

/** null: it was settled before. A first attempt, and one after a refusal, has nothing to look for. */
async function post(
  ctx: Context,
  work: LeasedWork,
  schedule: DigestSchedule,
  issue: DigestIssue,
  fresh: boolean,
): Promise<SendOutcome | null> {
  if (issue.status !== 'posting') return null;
  const platform = ctx.platforms.get(schedule.platform);
  const outgoing: Outgoing = {
    installation: schedule.installation,
    to: { kind: 'channel', channel: schedule.channel },
    key: `digest-${issue.id}`,
    view: digestView(ctx.texts(schedule.locale), issue.content, schedule.id),
  };
  if (platform) {
    const attempted = await (fresh || work.attempts === 1
      ? sendAnywhere(platform, [outgoing])
      : settle(platform, [outgoing]));
    return (await lookAgain(platform, [outgoing], attempted)).outcome;
  }
  const detail = `${schedule.platform} is off`;
  return { kind: 'refused', reason: 'workspace_uninstalled', retryAfter: null, detail };
}

/** Counts, and writes the issue down before anything is posted: a crash later posts this very issue, not another. */
async function prepare(
  ctx: Context,
  card: WorkspaceCard,
  schedule: DigestSchedule,
  dueAt: Instant,
): Promise<DigestIssue> {
  const period = periodOf(schedule.schedule, dueAt);
  const last = await ctx.store.transaction(card.workspace.id, (tx) =>
    tx.digests.lastIssue(schedule.id, dueAt),
  );
  const before = periodOf(schedule.schedule, period.start);
  const span = {
    from: period.start,
    to: period.end,
    previousFrom: before.start,
    zone: schedule.schedule.zone,
  };
  const told = await toldBefore(ctx, card.workspace.id, schedule.id, dueAt);
  const counted = await summarisedDigest(ctx, card, span, told, schedule.locale);
  // A pause in between is a new beginning.
  const weekBefore = last?.to === period.start ? last.content : null;
  const content = { ...counted, silentWeeks: silenceOf(counted, weekBefore) };
  const issue: DigestIssue = {
    id: ctx.ids.next(),
    scheduleId: schedule.id,
    dueAt,
    from: period.start,
    to: period.end,
    status: 'posting',
    content,
    ref: null,
    postedAt: null,
  };
  return await ctx.store.transaction(card.workspace.id, async (tx) => {
    await tx.digests.lock(schedule.id);
    const other = await tx.digests.issueOf(schedule.id, dueAt);
    if (other) return other;
    await tx.digests.saveIssue(issue, ctx.clock.now());
    return issue;
  });
}

async function note(
  ctx: Context,
  work: LeasedWork,
  schedule: DigestSchedule,
  issue: DigestIssue,
  outcome: SendOutcome | null,
): Promise<void> {
  const wait = outcome?.kind === 'refused' ? waitAfter(outcome) : null;
  if (wait === null && outcome && outcome.kind !== 'sent')
    ctx.log.error(
      { schedule: schedule.id, channel: schedule.channel, outcome: outcome.kind, detail: outcome.detail },
      outcome.kind === 'refused'
        ? 'a digest was refused; the next one is tried when it is due'
        : 'nobody can tell whether a digest was posted; it is not posted again',
    );
  const wakes = await ctx.store.transaction(work.workspaceId, async (tx) => {
    const now = ctx.clock.now();
    const current = await tx.digests.lock(schedule.id);
    if (wait !== null) {
      await tx.work.postpone(work, now + wait);
      return [{ workId: work.id, dueAt: now + wait }];
    }
    if (outcome) await tx.digests.saveIssue(settled(issue, outcome, now), now);
    const trouble = outcome?.kind === 'refused' ? outcome.trouble : undefined;
    const told = trouble ? await raise(ctx, tx, schedule, [trouble]) : [];
    if (!current) {
      await tx.work.finish(work);
      return told;
    }
    const nextDueAt = nextDue(current.schedule, Math.max(now, issue.dueAt));
    await tx.digests.saveSchedule({ ...current, nextDueAt });
    await tx.work.postpone(work, nextDueAt);
    return [...told, { workId: work.id, dueAt: nextDueAt }];
  });
  wake(ctx, wakes);
}

function settled(issue: DigestIssue, outcome: SendOutcome, now: Instant): DigestIssue {
  if (outcome.kind === 'sent') return { ...issue, status: 'posted', ref: outcome.ref, postedAt: now };
  return { ...issue, status: outcome.kind === 'refused' ? 'refused' : 'uncertain' };
}
