// The time to answer is over: the prompt is closed and its message loses its buttons. A late answer is still kept.
import { expire, mayBecome } from '../domain/prompt/transition.ts';
import type { LeasedWork } from '../ports/store/work.ts';
import { type Context, wake } from './context.ts';

export async function expirePrompt(ctx: Context, work: LeasedWork): Promise<void> {
  const wakes = await ctx.store.transaction(work.workspaceId, async (tx) => {
    const now = ctx.clock.now();
    const dossier = await tx.prompts.lock(work.subjectId);
    const state = dossier?.prompt.state;
    await tx.work.finish(work);
    if (!dossier || !state || !mayBecome(state, 'expired')) return [];
    await tx.prompts.save({ ...dossier.prompt, state: expire(state, now) });
    return await tx.work.add(
      [{ id: ctx.ids.next(), kind: 'repaint', subjectId: dossier.prompt.id, dueAt: now }],
      now,
    );
  });
  wake(ctx, wakes);
}
