// Brings a prompt's message up to date after something happened elsewhere: an answer by the API, an expiry, an opt-out.
import type { Prompt } from '../domain/prompt/prompt.ts';
import type { Response } from '../domain/response/response.ts';
import type { LeasedWork } from '../ports/store/work.ts';
import { answeredSharedView, answeredView, declinedView, expiredView } from '../views/prompt.ts';
import type { View } from '../views/view.ts';
import { textsFor } from './asking.ts';
import type { Context } from './context.ts';
import { settleUpdate } from './sending.ts';

export async function repaintPrompt(ctx: Context, work: LeasedWork): Promise<void> {
  const { prompt, response } = await ctx.store.transaction(work.workspaceId, async (tx) => {
    const prompt = await tx.prompts.find(work.subjectId);
    return { prompt, response: prompt ? await tx.responses.ofPrompt(prompt.id) : null };
  });
  const platform = prompt && ctx.platforms.get(prompt.place.platform);
  const ref = prompt && 'ref' in prompt.state ? prompt.state.ref : null;
  const view = prompt && (await presentView(ctx, prompt, response));
  const outcome =
    prompt && platform && ref && view ? await platform.update(prompt.place.installation, ref, view) : null;
  await settleUpdate(ctx, work, outcome);
}

/** What a prompt's message says now, as far as all who see it may know; null while it still asks. */
export async function presentView(
  ctx: Context,
  prompt: Prompt,
  response: Response | null,
): Promise<View | null> {
  const t = await textsFor(ctx, prompt);
  // Without a conversation it was asked directly.
  const seenByGiverAlone =
    prompt.place.thread === null || ctx.platforms.get(prompt.place.platform)?.capabilities.privateThreads;
  switch (prompt.state.status) {
    case 'answered':
      if (!response || !seenByGiverAlone) return answeredSharedView(t);
      return answeredView(t, {
        promptId: prompt.id,
        survey: prompt.survey,
        score: response.score,
        verbatim: response.verbatim,
        late: response.late,
      });
    case 'declined':
      return declinedView(t, { promptId: prompt.id });
    case 'expired':
      return expiredView(t);
    default:
      return null;
  }
}
