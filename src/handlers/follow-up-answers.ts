// response → follow-up: a bad answer opens a case or joins the person's open one; any change to an answer of a case shows on the case's alert.
import type { Duration, Id, Instant } from '../domain/basics.ts';
import { type FollowUp, needsFollowUp } from '../domain/follow-up/follow-up.ts';
import { joinFollowUp } from '../domain/follow-up/join.ts';
import type { Response } from '../domain/response/response.ts';
import { segmentOf } from '../domain/survey/kind.ts';
import type { StoreTx } from '../ports/store/index.ts';
import type { NewWork, WorkKind } from '../ports/store/work.ts';
import type { Change } from './answer.ts';
import { deadlinesOf, timersOf } from './case-timers.ts';
import type { Context } from './context.ts';

/** Follows changed answers up, in their order; responds with the work that this brings. */
export async function followUpAnswers(
  ctx: Pick<Context, 'ids'>,
  tx: StoreTx,
  changes: readonly Change[],
  usual: Duration,
  now: Instant,
): Promise<readonly NewWork[]> {
  const concerned = changes.filter(({ response, before }) => isBad(response) || isBad(before.response));
  if (concerned.length === 0) return [];
  const people = new Set(concerned.map(({ response }) => response.personId));
  const latest = new Map(await tx.followUps.latestOf([...people]));
  const accounts = concerned.map(({ prompt }) => prompt.account);
  const deadline = await deadlinesOf(tx, usual, accounts);
  const changed = new Map<Id, FollowUp>();
  const work: NewWork[] = [];
  const add = (kind: WorkKind, { id }: FollowUp) =>
    work.push({ id: ctx.ids.next(), kind, subjectId: id, dueAt: now });

  for (const { prompt, response, before } of concerned) {
    const { workspaceId, personId, id: responseId } = response;
    const theirs = latest.get(personId) ?? null;
    // What got better opens nothing again, even where it is not good yet.
    if (!isBad(response) || (isBad(before.response) && response.score > before.response.score)) {
      if (theirs?.responseIds.includes(responseId)) add('refresh', theirs);
      continue;
    }
    const { kind, followUp } = joinFollowUp(
      theirs,
      { id: ctx.ids.next(), workspaceId, personId, responseId },
      now,
      deadline(prompt.account),
    );
    if (kind !== 'unchanged') changed.set(followUp.id, followUp);
    latest.set(personId, followUp);
    const isNew = kind === 'opened' || kind === 'reopened';
    add(isNew ? 'alert' : 'refresh', followUp);
    if (isNew) work.push(...timersOf(ctx, followUp, now));
  }
  if (changed.size > 0) await tx.followUps.save(...changed.values());
  return work;
}

function isBad(response: Response | null): response is Response {
  return response !== null && needsFollowUp(segmentOf(response.survey, response.score));
}
