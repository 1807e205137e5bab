// Every figure of a digest, over any period: the store counts, the domain makes a digest of it.
import { DAY, type Id, type Instant, type Locale, type ZoneName } from '../domain/basics.ts';
import { addDays, dayStart, localWeek } from '../domain/calendar.ts';
import { buildDigest, type DigestInput, type SectionInput } from '../domain/digest/build.ts';
import type { ToldIssue } from '../domain/digest/corrections.ts';
import { MANY_CONVERSATIONS } from '../domain/digest/coverage.ts';
import type { Digest } from '../domain/digest/digest.ts';
import { toSummarise } from '../domain/digest/summary.ts';
import { SURVEY_KINDS, type SurveyKind } from '../domain/survey/kind.ts';
import type { Context } from './context.ts';
import type { WorkspaceCard } from './directory.ts';
import { restate } from './restate-digest.ts';
import { summarise } from './summarise.ts';

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

/** Every figure of a digest over any period; `told`: the issues that may need correcting, the newest first. */
export async function countDigest(
  ctx: Context,
  card: WorkspaceCard,
  span: DigestSpan,
  told: readonly ToldIssue[],
): Promise<Digest> {
  return buildDigest(await gatherDigest(ctx, card, span, told));
}

/** The same, and what many comments have in common, where the workspace wishes to be told so. It may take as long as a larger model takes. */
export async function summarisedDigest(
  ctx: Context,
  card: WorkspaceCard,
  span: DigestSpan,
  told: readonly ToldIssue[],
  locale: Locale,
): Promise<Digest> {
  const { workspace } = card;
  const input = await gatherDigest(ctx, card, span, told);
  const comments = workspace.settings.summaries ? toSummarise(input.sections, input.minimumPeople) : [];
  const summary = await summarise(ctx, workspace.id, comments, locale);
  return { ...buildDigest(input), ...(summary === null ? {} : { summary }) };
}

async function gatherDigest(
  ctx: Context,
  card: WorkspaceCard,
  span: DigestSpan,
  told: readonly ToldIssue[],
): Promise<DigestInput> {
  const { workspace } = card;
  const { from, to, previousFrom, zone } = span;
  const query = (survey: SurveyKind, start: Instant, end: Instant) =>
    ({ workspaceId: workspace.id, survey, from: start, to: end, basis: 'answered', by: null, zone }) as const;

  const section = async (survey: SurveyKind): Promise<SectionInput> => {
    const counts = await ctx.store.reports.counts(query(survey, from, to));
    const previous = await ctx.store.reports.counts(query(survey, previousFrom, from));
    const words = await ctx.store.reports.verbatims(query(survey, from, to), QUOTE_CANDIDATES);
    return {
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
    };
  };
  const open = await ctx.store.transaction(workspace.id, (tx) => tx.followUps.open(OPEN_CASES));
  return {
    from,
    to,
    zone,
    sections: await Promise.all(SURVEY_KINDS.map(section)),
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
    askedOf: await ctx.store.reports.askedOf(workspace.id, from, to, MANY_CONVERSATIONS),
    restated: await restate(ctx, workspace, told),
  };
}

/** Whole local weeks up to the one that `to` is in, oldest first, weeks without answers included. */
async function trendOf(ctx: Context, workspaceId: Id, survey: SurveyKind, to: Instant, zone: string) {
  const lastWeek = localWeek(to - 1, zone);
  const first = addDays(lastWeek.date, -7 * (TREND_WEEKS - 1));
  const starts = Array.from({ length: TREND_WEEKS }, (_, i) => dayStart(addDays(first, 7 * i), zone));
  const weeks = starts.map((from, i) => ({ from, to: Math.min(to, starts[i + 1] ?? to) }));
  const scores = await ctx.store.reports.scoresOf(workspaceId, survey, weeks);
  const known = weeks.map(({ from }, i) => ({ from, scores: scores[i] ?? new Map<number, number>() }));
  // Weeks before the first answer ever are not silence, they are not there.
  const begin = known.findIndex((week) => week.scores.size > 0);
  return begin < 0 ? [] : known.slice(begin);
}

/** When a digest is asked for now: the seven days up to now. */
export function lastSevenDays(now: Instant, zone: ZoneName): DigestSpan {
  return { from: now - 7 * DAY, to: now, previousFrom: now - 14 * DAY, zone };
}
