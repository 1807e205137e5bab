// Figures over any period: the store counts, the domain makes a report of it.
import type { Id, Instant, ZoneName } from '../domain/basics.ts';
import { previousGroupsPeriod, previousPeriod } from '../domain/statistics/previous-period.ts';
import { buildReport, type Report } from '../domain/statistics/report.ts';
import type { SurveyKind } from '../domain/survey/kind.ts';
import type { ReportDimension, ReportQuery } from '../ports/store/reports.ts';
import type { Context } from './context.ts';

export interface ReportRequest {
  readonly survey: SurveyKind;
  readonly from: Instant;
  readonly to: Instant;
  readonly zone: ZoneName;
  readonly basis: 'sent' | 'answered';
  readonly by: ReportDimension | null;
  /** Only this channel, agent or account. */
  readonly channel?: string;
  readonly agent?: string;
  readonly account?: string;
}

export async function report(
  ctx: Pick<Context, 'store'>,
  workspaceId: Id,
  request: ReportRequest,
): Promise<Report> {
  const { survey, from, to, zone, basis, by } = request;
  const query: ReportQuery = { ...request, workspaceId };
  const before: ReportQuery = { ...query, ...previousPeriod(request, zone), by: null };
  const [counts, previous, groupsBefore] = await Promise.all([
    ctx.store.reports.counts(query),
    ctx.store.reports.scores(before),
    by === null ? null : ctx.store.reports.counts({ ...query, ...previousGroupsPeriod(request, by, zone) }),
  ]);
  return buildReport({
    survey,
    period: { from, to },
    basis,
    by,
    ...counts,
    previous,
    previousGroups: groupsBefore?.groups ?? [],
  });
}
