// How a score went, week by week: every local week of a stretch of time in its order, those in which nobody answered included.
import type { Instant, ZoneName } from '../basics.ts';
import { addDays, dayStart, type LocalDate, localWeek } from '../calendar.ts';
import type { Report } from '../statistics/report.ts';
import type { DigestSection, TrendPoint } from './digest.ts';

export interface Trend
  extends Pick<DigestSection, 'survey' | 'answered' | 'score' | 'low' | 'high' | 'distribution' | 'trend'> {
  readonly from: Instant;
  readonly to: Instant;
}

/** The Mondays of the local weeks that a stretch of time touches. */
function mondaysOf(from: Instant, to: Instant, zone: ZoneName): readonly LocalDate[] {
  const last = localWeek(Math.max(from, to - 1), zone).date;
  const mondays = [localWeek(from, zone).date];
  while (mondays.at(-1)! < last) mondays.push(addDays(mondays.at(-1)!, 7));
  return mondays;
}

/** Of a report by week in this zone. Weeks before the first answer are not silence, they are not there. */
export function trendOfReport(report: Report, zone: ZoneName): Trend {
  const { survey, from, to, answered, score, low, high, distribution, groups } = report;
  const byWeek = new Map(groups.map((group) => [group.key, group]));
  const weeks = mondaysOf(from, to, zone).map((monday): TrendPoint => {
    const week = byWeek.get(monday);
    return {
      from: dayStart(monday, zone),
      score: week?.score ?? null,
      low: week?.low ?? null,
      high: week?.high ?? null,
      answered: week?.answered ?? 0,
    };
  });
  const begin = weeks.findIndex((week) => week.answered > 0);
  return {
    ...{ survey, from, to, answered, score, low, high, distribution },
    trend: begin < 0 ? [] : weeks.slice(begin),
  };
}
