// Puts back what the queue lost: every pending row that is due soon and in nobody's hands is woken again; and changes of the tallies are folded. One process
// sweeps at a time.
import { DAY, type Duration, type Id, MINUTE, SECOND } from '../domain/basics.ts';
import type { Context } from './context.ts';

/** How often to sweep, and how far ahead: what is due later need not be in the queue yet. */
export const SWEEP_EVERY: Duration = 5 * SECOND;
const AHEAD: Duration = MINUTE;
const OWNERSHIP: Duration = 2 * SWEEP_EVERY;
const BATCH = 5_000;
const REMEMBER_EVENTS: Duration = 3 * DAY;

/**
 * One pass; answers with how many were woken, or null when another process sweeps. `afresh`: the holder's first pass, which wakes what is
 * overdue as of now, because the queue may still hold, and take for the same, the wake of a process that died with it.
 */
export async function sweep(ctx: Context, holder: Id, afresh: boolean): Promise<number | null> {
  const now = ctx.clock.now();
  if (!(await ctx.store.work.own('sweeper', holder, now, now + OWNERSHIP))) return null;
  const due = await ctx.store.work.due(now + AHEAD, now, BATCH);
  const wakes = afresh ? due.map(({ workId, dueAt }) => ({ workId, dueAt: Math.max(dueAt, now) })) : due;
  if (wakes.length > 0) await ctx.queue.wake(wakes);
  await ctx.store.tallies.fold();
  return wakes.length;
}

/** Now and then: forgets deliveries so old that no platform repeats them, and what else has served its time. */
export async function tidy(ctx: Context): Promise<void> {
  const now = ctx.clock.now();
  await ctx.store.work.forgetEvents(now - REMEMBER_EVENTS);
  await ctx.store.tidy(now);
}
