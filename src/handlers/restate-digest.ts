// What a channel was told of weeks past, with what is true of them now: by the kept counts, and by people only where something changed.
import type { Id, Instant } from '../domain/basics.ts';
import {
  ISSUES_CORRECTED,
  isChanged,
  lastTold,
  type Restated,
  type ToldIssue,
} from '../domain/digest/corrections.ts';
import { SURVEY_KINDS } from '../domain/survey/kind.ts';
import type { Workspace } from '../ports/store/administration.ts';
import type { Context } from './context.ts';

/** What the issues before this moment said, the newest first. */
export function toldBefore(
  ctx: Context,
  workspaceId: Id,
  scheduleId: Id,
  before: Instant,
): Promise<readonly ToldIssue[]> {
  return ctx.store.transaction(workspaceId, (tx) => tx.digests.told(scheduleId, before, ISSUES_CORRECTED));
}

export async function restate(
  ctx: Context,
  { id: workspaceId, settings: { minimumPeople } }: Pick<Workspace, 'id' | 'settings'>,
  issues: readonly ToldIssue[],
): Promise<readonly Restated[]> {
  const restated: Restated[] = [];
  const told = lastTold(issues);
  for (const survey of SURVEY_KINDS) {
    const weeks = told.filter((week) => week.survey === survey);
    if (weeks.length === 0) continue;
    const now = await ctx.store.reports.scoresOf(workspaceId, survey, weeks);
    for (const [i, week] of weeks.entries()) {
      const scores = now[i] ?? new Map();
      if (!isChanged({ ...week, scores })) continue;
      const query = { ...week, workspaceId, basis: 'answered', by: null, zone: 'UTC' } as const;
      restated.push({
        ...week,
        scores,
        people: await ctx.store.reports.people(query, minimumPeople),
      });
    }
  }
  return restated;
}
