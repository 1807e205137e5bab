// The conversation went on after all: whatever was not sent yet is not sent.
import type { Id, Instant } from '../domain/basics.ts';
import type { Prompt } from '../domain/prompt/prompt.ts';
import { mayBecome, suppress } from '../domain/prompt/transition.ts';
import type { Place } from '../domain/trigger/interaction.ts';
import type { StoreTx } from '../ports/store/index.ts';
import type { Context } from './context.ts';

/** null when there is no such interaction. */
export async function reopenInteraction(
  ctx: Context,
  workspaceId: Id,
  interactionId: Id,
): Promise<{ readonly prompt: Prompt | null; readonly cancelled: boolean } | null> {
  return await ctx.store.transaction(workspaceId, async (tx) => {
    const known = await tx.prompts.reopen(interactionId, ctx.clock.now());
    return known === null ? null : await cancel(ctx, tx, known.prompt);
  });
}

/**
 * Every interaction of a conversation, when the trigger is taken back, or those with one person, when they write again after it had ended; true when
 * something was cancelled.
 */
export async function reopenPlace(
  ctx: Context,
  workspaceId: Id,
  place: Place,
  only: { readonly personId?: Id; readonly closedBy?: Instant | undefined } = {},
): Promise<boolean> {
  return await ctx.store.transaction(workspaceId, async (tx) => {
    let cancelled = false;
    for (const interactionId of await tx.prompts.interactionsAt(place, only)) {
      const known = await tx.prompts.reopen(interactionId, ctx.clock.now());
      if (known && (await cancel(ctx, tx, known.prompt)).cancelled) cancelled = true;
    }
    return cancelled;
  });
}

async function cancel(ctx: Context, tx: StoreTx, prompt: Prompt | null) {
  if (prompt?.state.status !== 'scheduled' || !mayBecome(prompt.state, 'suppressed'))
    return { prompt, cancelled: false };
  const cancelled: Prompt = { ...prompt, state: suppress(prompt.state, 'reopened', ctx.clock.now()) };
  await tx.prompts.save(cancelled);
  await tx.work.cancel(['deliver'], [prompt.id]);
  return { prompt: cancelled, cancelled: true };
}
