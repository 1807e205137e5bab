// response → classification, once more: what the built-in classifier was not sure of, a larger model is asked, many answers in one call. Whatever goes
// wrong, what the built-in one said stands, and nothing is left to be done by hand.
import { DAY, type Duration, HOUR, type Instant, MINUTE, SECOND } from '../domain/basics.ts';
import { type Classification, THEMES } from '../domain/classification/classification.ts';
import { isWorthAsking } from '../domain/classification/reconsider.ts';
import { maskPerson } from '../domain/digest/mask-names.ts';
import { segmentOf } from '../domain/survey/kind.ts';
import type { Labels, LargerModel } from '../ports/larger-model.ts';
import type { Workspace } from '../ports/store/administration.ts';
import type { ReadAnew, ReadResponse } from '../ports/store/responses.ts';
import type { LeasedWork, NewWork } from '../ports/store/work.ts';
import type { Change } from './answer.ts';
import { backoff } from './backoff.ts';
import { type Context, wake } from './context.ts';
import { restAfter, takeCall, takeTurn } from './larger-calls.ts';

/** Answers gather for so long, and their givers have second thoughts. */
const GATHER: Duration = 15 * SECOND;
const MOST_IN_A_CALL = 20;
/** Longer than a call may take. */
const IN_HAND: Duration = MINUTE;
const MOST_ATTEMPTS = 4;
/** What waits for longer, for lack of calls, is left as it is. */
const TOO_OLD: Duration = DAY;
/** What is planned with an answer that is not clear; nothing where no larger model may be asked. */
export function secondThoughts(
  { larger, ids }: Pick<Context, 'larger' | 'ids'>,
  given: readonly { readonly response: Change['response']; readonly classification: Classification }[],
  now: Instant,
): readonly NewWork[] {
  if (larger === null) return [];
  return given
    .filter(({ response, classification }) => isWorthAsking(response.verbatim, classification))
    .map(({ response }) => ({
      id: ids.next(),
      kind: 'reconsider',
      subjectId: response.id,
      dueAt: now + GATHER,
    }));
}

export async function reconsider(ctx: Context, first: LeasedWork): Promise<void> {
  const { larger } = ctx;
  if (larger === null) return await finish(ctx, [first]);
  const giveBack = takeTurn(larger);
  if (giveBack === null) return await postpone(ctx, [first], GATHER);
  try {
    await ask(ctx, larger, first);
  } finally {
    giveBack();
  }
}

async function ask(ctx: Context, larger: LargerModel, first: LeasedWork): Promise<void> {
  const now = ctx.clock.now();
  const more = await ctx.store.work.leaseMore(first, now + GATHER, now, IN_HAND, MOST_IN_A_CALL - 1);
  await ctx.store.work.renew([first], now + IN_HAND);
  const works = [first, ...more];
  const found = await ctx.store.transaction(first.workspaceId, (tx) =>
    tx.responses.withWords(works.map((work) => work.subjectId)),
  );
  const asked = found.filter((one) => isWorthAsking(one.text, one) && now - one.revisedAt < TOO_OLD);
  const open = new Set(asked.map(({ responseId }) => responseId));
  const [left, settled] = [
    works.filter((work) => open.has(work.subjectId)),
    works.filter((work) => !open.has(work.subjectId)),
  ];
  await finish(ctx, settled);
  if (asked.length === 0) return;

  const { taken, wait } = await takeCall(ctx, larger, first.workspaceId);
  if (!taken) return await postpone(ctx, left, Math.min(Math.max(wait, SECOND), HOUR));
  const answer = await larger.label(asked.map((one) => maskPerson(one.text, one.names)));
  if (answer.kind === 'said') {
    const { workspace } = await ctx.directory.of(first.workspaceId);
    const anew = asked.flatMap((of, i) =>
      anewOf(larger, workspace.settings.themes, of, answer.labels[i] ?? null),
    );
    return await save(ctx, left, anew);
  }
  ctx.log.warn(
    { workspace: first.workspaceId, answers: asked.length, detail: answer.detail },
    'the larger model could not be asked; what the built-in classifier said stands for now',
  );
  await tryLater(ctx, left, answer.detail, await restAfter(ctx, answer));
}

/** Nothing where nothing usable was said. Themes for which a workspace has words of its own stay: the model does not know these. */
function anewOf(
  larger: LargerModel,
  words: Workspace['settings']['themes'],
  of: ReadResponse,
  labels: Labels | null,
): readonly ReadAnew[] {
  if (labels === null) return [];
  const { sentiment } = labels;
  const segment = segmentOf(of.survey, of.score);
  const conflict =
    (segment === 'positive' && sentiment === 'negative') ||
    (segment === 'negative' && sentiment === 'positive');
  const own = of.themes.filter(
    ({ theme }) => theme in words || !(THEMES as readonly string[]).includes(theme),
  );
  const classification: Classification = {
    sentiment,
    // It does not say how often it is right.
    confidence: null,
    language: labels.language,
    themes: [...labels.themes.filter(({ theme }) => !own.some((one) => one.theme === theme)), ...own],
    segment,
    conflict,
    classifier: larger.classifier,
  };
  return [{ of, classification }];
}

async function save(ctx: Context, works: readonly LeasedWork[], anew: readonly ReadAnew[]): Promise<void> {
  const now = ctx.clock.now();
  const wakes = await ctx.store.transaction(works[0]!.workspaceId, async (tx) => {
    const saved = new Set(await tx.responses.saveReadings(anew, now));
    for (const work of works) await tx.work.finish(work);
    const cases = anew.flatMap(({ of, classification }) =>
      saved.has(of.responseId) && of.followUpId !== null && of.conflict !== classification.conflict
        ? [of.followUpId]
        : [],
    );
    const refreshes = [...new Set(cases)].map(
      (subjectId): NewWork => ({ id: ctx.ids.next(), kind: 'refresh', subjectId, dueAt: now }),
    );
    return await tx.work.add(refreshes, now);
  });
  wake(ctx, wakes);
}

async function tryLater(
  ctx: Context,
  works: readonly LeasedWork[],
  detail: string,
  pause: Duration,
): Promise<void> {
  await finish(
    ctx,
    works.filter((work) => work.attempts >= MOST_ATTEMPTS),
  );
  const again = works.filter((work) => work.attempts < MOST_ATTEMPTS);
  const now = ctx.clock.now();
  const due = (work: LeasedWork) => now + Math.max(pause, MINUTE / 2, backoff(work.attempts + 4));
  for (const work of again) await ctx.store.work.fail(work, detail, due(work));
  wake(
    ctx,
    again.map((work) => ({ workId: work.id, dueAt: due(work) })),
  );
}

async function finish(ctx: Context, works: readonly LeasedWork[]): Promise<void> {
  if (works.length === 0) return;
  await ctx.store.transaction(works[0]!.workspaceId, async (tx) => {
    for (const work of works) await tx.work.finish(work);
  });
}

async function postpone(ctx: Context, works: readonly LeasedWork[], wait: Duration): Promise<void> {
  const dueAt = ctx.clock.now() + wait;
  await ctx.store.transaction(works[0]!.workspaceId, async (tx) => {
    for (const work of works) await tx.work.postpone(work, dueAt);
  });
  wake(
    ctx,
    works.map((work) => ({ workId: work.id, dueAt })),
  );
}
