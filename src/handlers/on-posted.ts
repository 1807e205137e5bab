// The platform itself showed us a message of ours. Where nobody had answered its sending, that is the proof that it was sent.
import type { Id } from '../domain/basics.ts';
import type { MessageRef, PromptState } from '../domain/prompt/prompt.ts';
import { deliver, locate, type StateOf } from '../domain/prompt/transition.ts';
import type { Where } from '../ports/platform.ts';
import { type Context, wake } from './context.ts';

/** What every key of a prompt begins with (see sending.ts). */
const PROMPT = /^prompt-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** True when that told where a prompt stands of which nobody knew. */
export async function onPosted(
  ctx: Context,
  workspaceId: Id,
  posted: { readonly at: Where; readonly key: string; readonly ref: MessageRef },
): Promise<boolean> {
  const { at, key, ref } = posted;
  await ctx.store.conversations(at.platform).noteEcho(at.installation, key, ref);
  const promptId = PROMPT.exec(key)?.[1];
  if (promptId === undefined) return false;
  const wakes = await ctx.store.transaction(workspaceId, async (tx) => {
    if (!isLost((await tx.prompts.find(promptId))?.state)) return null;
    const prompt = (await tx.prompts.lock(promptId))?.prompt;
    if (!prompt || !isLost(prompt.state)) return null;
    const { state } = prompt;
    if (state.status === 'uncertain') {
      // Reminder and expiry were planned when it was lost sight of.
      await tx.prompts.save({ ...prompt, state: deliver(state, ref, state.attemptedAt) });
      return [];
    }
    await tx.prompts.save({ ...prompt, state: locate(state, ref) });
    const now = ctx.clock.now();
    return await tx.work.add([{ id: ctx.ids.next(), kind: 'repaint', subjectId: promptId, dueAt: now }], now);
  });
  wake(ctx, wakes ?? []);
  return wakes !== null;
}

/** Sent for all that is known, and nobody knows where. One that is on its way is noted by whoever sends it. */
function isLost(
  state: PromptState | undefined,
): state is StateOf<'uncertain' | 'answered' | 'declined' | 'expired'> {
  return state?.status === 'uncertain' || (state !== undefined && 'ref' in state && state.ref === null);
}
