// Trouble that a person can see to is told once, to whoever looks after the product there: where alerts go, else directly to who installed it.
import { DAY, type Duration } from '../domain/basics.ts';
import type { SendOutcome, Trouble, Where } from '../ports/platform.ts';
import type { Wake } from '../ports/queue.ts';
import type { StoreTx } from '../ports/store/index.ts';
import type { Notice } from '../ports/store/notices.ts';
import type { LeasedWork } from '../ports/store/work.ts';
import { noticeView } from '../views/notice.ts';
import { type Context, wake } from './context.ts';
import { waitAfter } from './sending.ts';
import { leadPlaces, type TeamPlace, tellTeam } from './team-places.ts';

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

async function tell(
  ctx: Context,
  work: LeasedWork,
  notice: Notice,
  places: readonly TeamPlace[],
): Promise<SendOutcome | null> {
  const { workspace } = await ctx.directory.of(work.workspaceId);
  ctx.log.warn({ ...notice.trouble, installation: notice.installation }, 'somebody has to see to this');
  const view = noticeView(ctx.texts(workspace.locale), notice.trouble);
  // Told again a week later, it is another message.
  const key = `notice-${notice.id}-${notice.raisedAt.toString(36)}`;
  return await tellTeam(ctx, work, places, { key, view });
}
