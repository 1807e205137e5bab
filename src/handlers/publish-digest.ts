// → digest: posts a channel's digest when it is due, once. The issue is written before it is posted, under a lock on its schedule; the next due
// time is a row of the same transaction.
import { type Duration, type Instant, MINUTE } from '../domain/basics.ts';
import { type Digest, keepingWords, quotedIn, silenceOf } from '../domain/digest/digest.ts';
import { dueNow, nextDue, periodOf } from '../domain/digest/schedule.ts';
import type { Outgoing, SendOutcome, Where } from '../ports/platform.ts';
import type { Installation } from '../ports/store/administration.ts';
import type { DigestIssue, DigestSchedule } from '../ports/store/digests.ts';
import type { LeasedWork } from '../ports/store/work.ts';
import { digestView } from '../views/digest.ts';
import { type Context, wake } from './context.ts';
import { countDigest, summarisedDigest } from './count-digest.ts';
import { isAt } from './digest-schedules.ts';
import type { WorkspaceCard } from './directory.ts';
import { takeTurn } from './larger-calls.ts';
import { assertAwake } from './lease.ts';
import { toldBefore } from './restate-digest.ts';
import { lookAgain, sendAnywhere, settle, waitAfter } from './sending.ts';
import { raise } from './tell-lead.ts';

export async function publishDigest(ctx: Context, work: LeasedWork): Promise<void> {
  const card = await ctx.directory.of(work.workspaceId);
  const larger = card.workspace.settings.summaries ? ctx.larger : null;
  const giveBack = larger && takeTurn(larger);
  try {
    await publish(ctx, work, card, larger === null ? 'unasked' : giveBack ? 'its turn' : 'crowded');
  } finally {
    giveBack?.();
  }
}

/** Whether a larger model is to sum up what was said: nobody wishes for it, it may be called, or it is busy with others. */
type Summarising = 'unasked' | 'its turn' | 'crowded';

async function publish(
  ctx: Context,
  work: LeasedWork,
  card: WorkspaceCard,
  summarising: Summarising,
): Promise<void> {
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
    const waits = issue === null && summarising === 'crowded' && now < dueAt + PATIENCE;
    if (waits) await tx.work.postpone(work, now + PATIENCE / 40);
    return waits ? { again: now + PATIENCE / 40 } : { schedule, dueAt, issue };
  });
  if (taken === null) return;
  if ('again' in taken) return wake(ctx, [{ workId: work.id, dueAt: taken.again }]);

  const { schedule, dueAt } = taken;
  if (taken.issue !== null)
    return await note(
      ctx,
      work,
      schedule,
      taken.issue,
      await post(ctx, schedule, taken.issue, work.attempts > 1),
    );
  if (summarising === 'crowded')
    ctx.log.warn(
      { schedule: schedule.id },
      'the larger model was busy for too long; the digest goes without a summary',
    );
  const { issue, fresh, began } = await prepare(ctx, card, schedule, dueAt, summarising === 'its turn');
  if (fresh) assertAwake(ctx, began);
  const outcome = await post(ctx, schedule, issue, !fresh);
  await note(ctx, work, schedule, issue, outcome);
}

/** So long a digest waits for a larger model that writes the summaries of others; then it goes without. */
const PATIENCE: Duration = 10 * MINUTE;

function whereOf({ platform, externalId }: Installation): Where {
  return { platform, installation: externalId };
}

/** null: it was settled before. `again`: it may have been posted; a first attempt, and one after a refusal, has nothing to look for. */
async function post(
  ctx: Context,
  schedule: DigestSchedule,
  issue: DigestIssue,
  again: boolean,
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
    const attempted = await (again ? settle(platform, [outgoing]) : sendAnywhere(platform, [outgoing]));
    return (await lookAgain(platform, [outgoing], attempted)).outcome;
  }
  const detail = `${schedule.platform} is off`;
  return { kind: 'refused', reason: 'workspace_uninstalled', retryAfter: null, detail };
}

/**
 * Counts, and writes the issue down before anything is posted: a crash later posts this very issue, not another. `fresh`: it is this process that wrote
 * it, at `began`. What was erased since it was counted is not in it.
 */
async function prepare(
  ctx: Context,
  card: WorkspaceCard,
  schedule: DigestSchedule,
  dueAt: Instant,
  summarising: boolean,
): Promise<{ readonly issue: DigestIssue; readonly fresh: boolean; readonly began: Instant }> {
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
  const counted = summarising
    ? await summarisedDigest(ctx, card, span, told, schedule.locale)
    : await countDigest(ctx, card, span, told);
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
    const began = ctx.clock.now();
    const other = await tx.digests.issueOf(schedule.id, dueAt);
    if (other) return { issue: other, fresh: false, began };
    const kept = await tx.responses.holdWords(quotedIn(content));
    const written = { ...issue, content: keepingWords(content, kept) };
    await tx.digests.saveIssue(written, began);
    return { issue: written, fresh: true, began };
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
    const stored = await tx.digests.issueOf(schedule.id, issue.dueAt);
    if (outcome) await tx.digests.saveIssue(settled(issue, outcome, now), now);
    // Of somebody who was forgotten while it was being posted.
    const scrubbed = outcome?.kind === 'sent' && stored !== null && !isSame(stored.content, issue.content);
    const anew = scrubbed
      ? await tx.work.add([{ id: ctx.ids.next(), kind: 'reprint', subjectId: issue.id, dueAt: now }], now)
      : [];
    const trouble = outcome?.kind === 'refused' ? outcome.trouble : undefined;
    const told = trouble ? await raise(ctx, tx, schedule, [trouble]) : [];
    if (!current) {
      await tx.work.finish(work);
      return [...told, ...anew];
    }
    const nextDueAt = nextDue(current.schedule, Math.max(now, issue.dueAt));
    await tx.digests.saveSchedule({ ...current, nextDueAt });
    await tx.work.postpone(work, nextDueAt);
    return [...told, ...anew, { workId: work.id, dueAt: nextDueAt }];
  });
  wake(ctx, wakes);
}

/** As JSON, whatever the order of its fields: stores have one of their own. */
function isSame(stored: Digest, content: Digest): boolean {
  const written = (digest: Digest) =>
    JSON.stringify(digest, (_, value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    );
  return written(stored) === written(content);
}

function settled(issue: DigestIssue, outcome: SendOutcome, now: Instant): DigestIssue {
  if (outcome.kind === 'sent') return { ...issue, status: 'posted', ref: outcome.ref, postedAt: now };
  return { ...issue, status: outcome.kind === 'refused' ? 'refused' : 'uncertain' };
}
