// comments → what many of them have in common, by a larger model. Whatever goes wrong, a digest is posted without.
import type { Id, Locale } from '../domain/basics.ts';
import type { Summary } from '../domain/digest/digest.ts';
import { maskPerson } from '../domain/digest/mask-names.ts';
import type { QuoteCandidate } from '../domain/digest/quotes.ts';
import { pointsFrom, type SummarisedComment } from '../domain/digest/summary.ts';
import type { LargerModel } from '../ports/larger-model.ts';
import type { Context } from './context.ts';
import { restAfter, takeCall } from './larger-calls.ts';

/** null where there is nothing to say, or nobody to say it. For whoever has a turn to call. */
export async function summarise(
  ctx: Context,
  workspaceId: Id,
  candidates: readonly QuoteCandidate[],
  locale: Locale,
): Promise<Summary | null> {
  const { larger } = ctx;
  if (larger === null || candidates.length === 0) return null;
  const comments = await masked(ctx, workspaceId, candidates);
  const { taken } = await takeCall(ctx, larger, workspaceId);
  if (taken) return await ask(ctx, larger, workspaceId, comments, locale);
  ctx.log.warn(
    { workspace: workspaceId, comments: comments.length },
    'the larger model may not be called now (MODEL_CALLS_PER_DAY, or it wished for a pause); the digest goes without a summary',
  );
  return null;
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
    return text === undefined ? [] : [{ responseId, personId, text: maskPerson(text, names) }];
  });
}
