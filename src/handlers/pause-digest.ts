// A channel's digest pauses and comes again, by the buttons on it: for everybody to see, noted in the trail, and pressing twice is pressing once.
import type { Id } from '../domain/basics.ts';
import type { Actor, InboundOutcome } from '../ports/platform.ts';
import { digestPausedView, digestResumedView } from '../views/digest-pause.ts';
import { goneView } from '../views/replies.ts';
import { trail } from './audit.ts';
import { type Context, wake } from './context.ts';
import { endDigest, planDigest } from './digest-schedules.ts';

export async function pauseDigest(
  ctx: Context,
  workspaceId: Id,
  scheduleId: Id,
  by: Actor,
  wish: 'pause' | 'resume',
): Promise<InboundOutcome> {
  const resume = wish === 'resume';
  const { schedule, changed, wakes } = await ctx.store.transaction(workspaceId, async (tx) => {
    const schedule = await tx.digests.lock(scheduleId);
    const changed = schedule !== null && schedule.enabled !== resume;
    if (schedule === null || !changed) return { schedule, changed, wakes: [] };
    if (resume) return { schedule, changed, wakes: await planDigest(ctx, tx, schedule, schedule.schedule) };
    await endDigest(tx, schedule);
    return { schedule, changed, wakes: [] };
  });
  if (schedule === null) return { kind: 'rejected', reply: goneView(ctx.texts(by.profile.locale ?? null)) };
  wake(ctx, wakes);
  if (changed)
    await trail(ctx, workspaceId, by.identity, resume ? 'digest.resume' : 'digest.pause', schedule.channel);
  const t = ctx.texts(schedule.locale);
  const view = resume ? digestResumedView(t, scheduleId, schedule.schedule) : digestPausedView(t, scheduleId);
  return { kind: 'done', shared: view, reply: view, subject: scheduleId };
}
