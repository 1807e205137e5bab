// Trouble that a person can see to is told once, to whoever looks after the product there: where alerts go, else directly to who installed it.
import { DAY, type Duration } from '../domain/basics.ts';
import type { ChannelRef } from '../domain/survey/settings.ts';
import type { Destination, SendOutcome, Trouble, Where } from '../ports/platform.ts';
import type { Wake } from '../ports/queue.ts';
import type { DigestSchedule } from '../ports/store/digests.ts';
import type { StoreTx } from '../ports/store/index.ts';
import type { Notice } from '../ports/store/notices.ts';
import type { LeasedWork } from '../ports/store/work.ts';
import { noticeView } from '../views/notice.ts';
import { type Context, wake } from './context.ts';
import { isAt } from './digest-schedules.ts';
import type { WorkspaceCard } from './directory.ts';
import { waitAfter } from './sending.ts';

/** The same trouble is told again when it still stands after so long. */
const QUIET: Duration = 7 * DAY;

/** Notes the troubles of an installation, in the transaction of what they came with; what is told already wakes nobody. */
export async function raise(
  ctx: Context,
  tx: StoreTx,
  at: Where,
  troubles: readonly Trouble[],
): Promise<readonly Wake[]> {
  const now = ctx.clock.now();
  const wakes: Wake[] = [];
  for (const trouble of troubles) {
    const { platform, installation } = at;
    const wish = { id: ctx.ids.next(), platform, installation, trouble, raisedAt: now };
    const notice = await tx.notices.raise(wish, QUIET);
    if (notice === null) continue;
    wakes.push(
      ...(await tx.work.add([{ id: ctx.ids.next(), kind: 'notice', subjectId: notice.id, dueAt: now }], now)),
    );
  }
  return wakes;
}

/** Tells it. What cannot be told anywhere is in the log and in `doctor`; it brings no trouble of its own. */
export async function tellNotice(ctx: Context, work: LeasedWork): Promise<void> {
  const card = await ctx.directory.of(work.workspaceId);
  const { notice, digests } = await ctx.store.transaction(work.workspaceId, async (tx) => ({
    notice: await tx.notices.find(work.subjectId),
    digests: await tx.digests.list(),
  }));
  const outcome = notice && (await tell(ctx, work, notice, leadPlaces(ctx, card, digests, notice)));
  const wait = outcome?.kind === 'refused' ? waitAfter(outcome) : null;
  const dueAt = ctx.clock.now() + (wait ?? 0);
  await ctx.store.transaction(work.workspaceId, (tx) =>
    wait === null ? tx.work.finish(work) : tx.work.postpone(work, dueAt),
  );
  if (wait !== null) wake(ctx, [{ workId: work.id, dueAt }]);
}

/** In the first place that takes it. After an attempt of which nobody knows the end, it is looked for first. */
async function tell(
  ctx: Context,
  work: LeasedWork,
  notice: Notice,
  places: readonly LeadPlace[],
): Promise<SendOutcome | null> {
  const { workspace } = await ctx.directory.of(work.workspaceId);
  ctx.log.warn({ ...notice.trouble, installation: notice.installation }, 'somebody has to see to this');
  const view = noticeView(ctx.texts(workspace.locale), notice.trouble);
  // Told again a week later, it is another message.
  const key = `notice-${notice.id}-${notice.raisedAt.toString(36)}`;
  let outcome: SendOutcome | null = null;
  for (const { platform: name, installation, to } of places) {
    const platform = ctx.platforms.get(name)!;
    const outgoing = { installation, to, key, view };
    const found = work.attempts > 1 ? await platform.find(outgoing) : null;
    if (found?.kind === 'found') return { kind: 'sent', ref: found.ref };
    outcome = await platform.send(outgoing);
    if (outcome.kind !== 'refused' || waitAfter(outcome) !== null) return outcome;
  }
  return outcome;
}

interface LeadPlace extends Where {
  readonly to: Destination;
}

/** The channel for alerts, whoever installed the product there, whoever did elsewhere; where there is nobody, the channels of digests. */
function leadPlaces(
  ctx: Context,
  { workspace, installations }: WorkspaceCard,
  digests: readonly DigestSchedule[],
  at: Where,
): readonly LeadPlace[] {
  const { alerts } = workspace.settings;
  const inChannel = ({ platform, installation, channel }: ChannelRef): LeadPlace => ({
    platform,
    installation,
    to: { kind: 'channel', channel },
  });
  const installers = installations.flatMap(({ platform, externalId, active, installer }): LeadPlace[] =>
    active && installer !== null && ctx.platforms.get(platform)?.capabilities.direct
      ? [{ platform, installation: externalId, to: { kind: 'person', externalId: installer } }]
      : [],
  );
  const nearestFirst = (a: Where, b: Where) => Number(isAt(b, at)) - Number(isAt(a, at));
  const places = [
    ...(alerts ? [inChannel(alerts)] : []),
    ...installers.sort(nearestFirst),
    ...digests
      .filter((one) => one.enabled)
      .map(inChannel)
      .sort(nearestFirst),
  ];
  return places.filter((one) => ctx.platforms.has(one.platform));
}
