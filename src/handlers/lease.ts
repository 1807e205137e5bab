// How long work stays in the hands of a process that fell silent, and what one does that was silent itself.
import { AfterwordError, type Duration, type Instant, SECOND } from '../domain/basics.ts';
import type { LeasedWork } from '../ports/store/work.ts';
import type { Context } from './context.ts';

/** How long after its holder fell silent work is free for another; until then the holder renews it. */
export const LEASE: Duration = 20 * SECOND;
export const RENEW_EVERY: Duration = LEASE / 4;

/** To be called every `RENEW_EVERY`: however long a platform takes to answer, nobody takes over from a holder that lives. */
export async function renewLeases(ctx: Context, inHand: ReadonlySet<LeasedWork>): Promise<void> {
  if (inHand.size > 0) await ctx.store.work.renew([...inHand], ctx.clock.now() + LEASE);
}

/**
 * Right before a message is sent: throws `busy` when this process has stood still since `began` (a suspended machine, a frozen container), for
 * then another may have taken over and sent it. The next attempt looks before it sends.
 */
export function assertAwake(ctx: Context, began: Instant): void {
  if (ctx.clock.now() - began < LEASE / 2) return;
  const remedy = 'nothing needs to be done: it is looked for, and sent where it is not found';
  throw new AfterwordError('busy', 'this process stood still while it was about to send', remedy);
}
