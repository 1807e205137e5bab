// Every figure of a digest, over any period: the store counts, the domain makes a digest of it.
import { DAY, type Id, type Instant, type ZoneName } from '../domain/basics.ts';
import { addDays, dayStart, localWeek } from '../domain/calendar.ts';
import { buildDigest, type Scores, type SectionInput } from '../domain/digest/build.ts';
import type { Digest } from '../domain/digest/digest.ts';
import { SURVEY_KINDS, type SurveyKind } from '../domain/survey/kind.ts';
import type { Context } from './context.ts';
import type { WorkspaceCard } from './directory.ts';

const TREND_WEEKS = 12;
const QUOTE_CANDIDATES = 200;

/** More cases than any team could have open; a digest lists a few and counts the rest. */
const OPEN_CASES = 1_000;

export interface DigestSpan {
  readonly from: Instant;
  readonly to: Instant;
  /** Where the period before begins; it ends at `from`. */
  readonly previousFrom: Instant;
  readonly zone: ZoneName;
}

/** Every figure of a digest over any period; `last` is the issue that may need correcting. */
export async function countDigest(
  ctx: Context,
  card: WorkspaceCard,
  span: DigestSpan,
  last: Digest | null,
): Promise<Digest> {
  const { workspace } = card;
  const { from, to, previousFrom, zone } = span;
  const query = (survey: SurveyKind, start: Instant, end: Instant) =>
    ({ workspaceId: workspace.id, survey, from: start, to: end, basis: 'answered', by: null, zone }) as const;

  const sections: SectionInput[] = [];
  const restated = new Map<SurveyKind, Scores>();
  for (const survey of SURVEY_KINDS) {
    const counts = await ctx.store.reports.counts(query(survey, from, to));
    const previous = await ctx.store.reports.counts(query(survey, previousFrom, from));
    const words = await ctx.store.reports.verbatims(query(survey, from, to), QUOTE_CANDIDATES);
    sections.push({
      survey,
      scores: counts.scores,
      previousScores: previous.scores,
      previous,
      sentiment: counts.sentiment,
      themes: counts.themes,
      ended: await ctx.store.reports.closedPrompts(workspace.id, survey, from, to),
      people: await ctx.store.reports.people(query(survey, from, to), workspace.settings.minimumPeople),
      candidates: words.map((row) => ({ ...row, survey, words: row.verbatim })),
      weeks: await trendOf(ctx, workspace.id, survey, to, zone),
    });
    if (last) restated.set(survey, await ctx.store.reports.scores(query(survey, last.from, last.to)));
  }
  const open = await ctx.store.transaction(workspace.id, (tx) => tx.followUps.open(OPEN_CASES));
  return buildDigest({
    from,
    to,
    zone,
    sections,
    minimumPeople: workspace.settings.minimumPeople,
    showNames: workspace.settings.showNames,
    open: open
      .filter(({ followUp }) => followUp.openedAt < to)
      .map(({ followUp, number }) => ({
        number,
        status: followUp.state.status,
        openedAt: followUp.openedAt,
        dueAt: followUp.dueAt,
        owner: followUp.state.status === 'claimed' ? followUp.state.by : null,
      })),
    coverage: await ctx.store.reports.coverage(workspace.id, from, to),
    restated: last === null ? null : { digest: last, scores: restated },
  });
}

/** Whole local weeks up to the one that `to` is in, oldest first, weeks without answers included. */
async function trendOf(ctx: Context, workspaceId: Id, survey: SurveyKind, to: Instant, zone: string) {
  const lastWeek = localWeek(to - 1, zone);
  const first = addDays(lastWeek.date, -7 * (TREND_WEEKS - 1));
  const counts = await ctx.store.reports.counts({
    workspaceId,
    survey,
    from: dayStart(first, zone),
    to,
    basis: 'answered',
    by: 'week',
    zone,
  });
  const byWeek = new Map(counts.groups.map((group) => [group.key, group.scores]));
  const weeks = Array.from({ length: TREND_WEEKS }, (_, i) => addDays(first, 7 * i));
  const known = weeks.map((date) => ({
    from: dayStart(date, zone),
    scores: byWeek.get(date) ?? new Map<number, number>(),
  }));
  // Weeks before the first answer ever are not silence, they are not there.
  const begin = known.findIndex((week) => week.scores.size > 0);
  return begin < 0 ? [] : known.slice(begin);
}

/** When a digest is asked for now: the seven days up to now. */
export function lastSevenDays(now: Instant, zone: ZoneName): DigestSpan {
  return { from: now - 7 * DAY, to: now, previousFrom: now - 14 * DAY, zone };
}
