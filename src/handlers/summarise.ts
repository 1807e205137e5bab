// comments → what many of them have in common, by a larger model. Whatever goes wrong, a digest is posted without.
import type { Id, Locale } from '../domain/basics.ts';
import type { Summary } from '../domain/digest/digest.ts';
import { maskNames } from '../domain/digest/mask-names.ts';
import { maskPersonalData, type QuoteCandidate } from '../domain/digest/quotes.ts';
import { pointsFrom, type SummarisedComment } from '../domain/digest/summary.ts';
import type { LargerModel } from '../ports/larger-model.ts';
import type { Context } from './context.ts';
import { isCrowded, restAfter, takeCall, whileCalling } from './larger-calls.ts';

/** null where there is nothing to say, or nobody to say it. */
export async function summarise(
  ctx: Context,
  workspaceId: Id,
  candidates: readonly QuoteCandidate[],
  locale: Locale,
): Promise<Summary | null> {
  const { larger } = ctx;
  if (larger === null || candidates.length === 0 || isCrowded(larger)) return null;
  return await whileCalling(larger, async () => {
    const comments = await masked(ctx, workspaceId, candidates);
    if (!(await takeCall(ctx, larger, workspaceId)).taken) return null;
    return await ask(ctx, larger, workspaceId, comments, locale);
  });
}

async function ask(
  ctx: Context,
  larger: LargerModel,
  workspaceId: Id,
  comments: readonly SummarisedComment[],
  locale: Locale,
): Promise<Summary | null> {
  const texts = comments.map(({ text }) => text);
  const answer = await larger.summarise(texts, locale);
  if (answer.kind === 'said') {
    const points = pointsFrom(answer.points, comments);
    return points.length === 0 ? null : { by: larger.name, read: comments.length, points };
  }
  await restAfter(ctx, answer);
  ctx.log.warn(
    { workspace: workspaceId, comments: comments.length, detail: answer.detail },
    'the larger model gave no summary; the digest goes without',
  );
  return null;
}

/** Without the names of those who wrote, each other's included, and as the words stand now. */
async function masked(
  ctx: Context,
  workspaceId: Id,
  candidates: readonly QuoteCandidate[],
): Promise<readonly SummarisedComment[]> {
  const ids = candidates.map(({ responseId }) => responseId);
  const found = await ctx.store.transaction(workspaceId, (tx) => tx.responses.withWords(ids));
  const names = [...new Set(found.flatMap((one) => one.names))];
  const texts = new Map(found.map(({ responseId, text }) => [responseId, text]));
  return candidates.flatMap(({ responseId, personId }) => {
    const text = texts.get(responseId);
    return text === undefined
      ? []
      : [{ responseId, personId, text: maskNames(maskPersonalData(text), names) }];
  });
}
