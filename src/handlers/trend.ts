// How scores went, week by week: whole local weeks up to now, of every kind that was answered or of the one that was asked for.
import type { Id, Instant, ZoneName } from '../domain/basics.ts';
import { localWeek } from '../domain/calendar.ts';
import { type Trend, trendOfReport } from '../domain/digest/trend.ts';
import { SURVEY_KINDS, type SurveyKind } from '../domain/survey/kind.ts';
import type { Context } from './context.ts';
import { report } from './report.ts';

export interface TrendRequest {
  /** The week that this is in is counted whole. */
  readonly from: Instant;
  readonly to: Instant;
  readonly zone: ZoneName;
  /** null: every kind that somebody answered. */
  readonly survey: SurveyKind | null;
}

export async function trendOf(
  ctx: Pick<Context, 'store'>,
  workspaceId: Id,
  { from, to, zone, survey }: TrendRequest,
): Promise<readonly Trend[]> {
  const start = localWeek(from, zone).start;
  const kinds = survey === null ? SURVEY_KINDS : [survey];
  const trends: Trend[] = [];
  for (const kind of kinds) {
    const counted = await report(ctx, workspaceId, {
      ...{ survey: kind, from: start, to, zone },
      basis: 'answered',
      by: 'week',
    });
    trends.push(trendOfReport(counted, zone));
  }
  return survey === null ? trends.filter(({ answered }) => answered > 0) : trends;
}
