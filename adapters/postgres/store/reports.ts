// Figures over responses and prompts, out of the tallies where they are kept for that; else set-based, by indexes that hold all that is counted.
// The domain makes scores of them.
import { DAY, type Id, type Instant } from '../../../src/domain/basics.ts';
import type { AskedOf } from '../../../src/domain/digest/coverage.ts';
import { type SurveyKind, segmentOf } from '../../../src/domain/survey/kind.ts';
import type {
  Period,
  ReportCounts,
  ReportQuery,
  Reports,
  VerbatimRow,
} from '../../../src/ports/store/reports.ts';
import type { StoreContext } from './context.ts';
import { NOBODY } from './nobody.ts';
import { type CountedRow, countStatement, fold } from './report-counts.ts';
import { conditionOf, Placeholders, type Weeks, weeksBetween } from './report-filter.ts';
import { poolQuery } from './session.ts';
import { ANY_SURVEY, readTallies, talliedSource, withoutJit } from './tallied.ts';
import { isTallied, talliedCounts } from './tallied-counts.ts';

/** A period longer than this is first cut to what there is, so that nobody lists the weeks since 1970. */
const LONG = 10 * 366 * DAY;

const SCORE = 'score:';

export function createReports(ctx: Pick<StoreContext, 'pool' | 'keepsPlans'>): Reports {
  const { pool } = ctx;

  async function counts(query: ReportQuery): Promise<ReportCounts> {
    const weeks = query.by === 'week' ? await weeksOf(query) : null;
    if (isTallied(query)) return await talliedCounts(ctx, query, weeks);
    const { text, values, grouping } = countStatement(query, weeks);
    return fold(query, await withoutJit<CountedRow>(ctx, query.workspaceId, text, values), grouping);
  }

  async function weeksOf({ workspaceId, survey, from, to, zone }: ReportQuery): Promise<Weeks> {
    if (to - from <= LONG) return weeksBetween(from, to, zone);
    const known = await span(workspaceId, survey);
    // A week more than there is, for answers that come in before they are counted.
    return known === null
      ? { mondays: [], starts: [] }
      : weeksBetween(Math.max(from, known.from), Math.min(to, known.to + 7 * DAY), zone);
  }

  async function scores(query: ReportQuery): Promise<ReadonlyMap<number, number>> {
    if (isTallied(query)) {
      const { workspaceId, survey, basis } = query;
      return (await talliedScores(workspaceId, survey, basis, [query]))[0] ?? new Map();
    }
    const parameters = new Placeholders();
    const { rows } = await poolQuery<{ score: number; n: number }>(
      pool,
      `SELECT score, count(*)::int AS n FROM responses WHERE ${conditionOf(query, parameters)(timeOf(query))} GROUP BY score`,
      parameters.values,
    );
    return new Map(rows.map(({ score, n }) => [score, n]));
  }

  const scoresOf: Reports['scoresOf'] = (workspaceId, survey, periods) =>
    talliedScores(workspaceId, survey, 'answered', periods);

  async function talliedScores(
    workspaceId: Id,
    survey: SurveyKind,
    basis: ReportQuery['basis'],
    periods: readonly Period[],
  ) {
    const all = periods.map(() => new Map<number, number>());
    const wanted = periods.map(({ from, to }, slot) => ({ slot, what: basis, from, to }));
    for (const { slot, key, n } of await tallied(workspaceId, survey, wanted))
      if (key.startsWith(SCORE)) all[slot]?.set(Number(key.slice(SCORE.length)), n);
    return all;
  }

  async function tallied(workspaceId: Id, survey: string, wanted: Parameters<typeof talliedSource>[2]) {
    const parameters = new Placeholders();
    const source = talliedSource(workspaceId, survey, wanted, parameters);
    return await readTallies(ctx, workspaceId, source, parameters);
  }

  /** Goes through the period once, and no further than it must: each step looks for the next answer of somebody new. */
  async function people(query: ReportQuery, enough: number): Promise<number> {
    const parameters = new Placeholders();
    const time = timeOf(query);
    const answers = `SELECT ${time} AS at, person_id FROM responses
      WHERE ${conditionOf(query, parameters)(time)} AND person_id <> ${parameters.add(NOBODY)}`;
    const { rows } = await poolQuery<{ n: number | null }>(
      pool,
      `WITH RECURSIVE found AS (
         (SELECT at, ARRAY[person_id] AS people FROM (${answers} ORDER BY ${time} LIMIT 1) AS first)
         UNION ALL
         SELECT next.at, found.people || next.person_id FROM found CROSS JOIN LATERAL (
           ${answers} AND ${time} >= found.at AND person_id <> ALL (found.people) ORDER BY ${time} LIMIT 1
         ) AS next WHERE cardinality(found.people) < ${parameters.add(enough)}
       ) SELECT max(cardinality(people)) AS n FROM found`,
      parameters.values,
    );
    return rows[0]?.n ?? 0;
  }

  async function verbatims(query: ReportQuery, limit: number): Promise<readonly VerbatimRow[]> {
    const parameters = new Placeholders();
    const condition = conditionOf(query, parameters)(timeOf(query));
    const { rows } = await poolQuery<VerbatimRecord>(
      pool,
      `SELECT id, person_id, score, sentiment, verbatim, themes, answered_at,
         (SELECT name FROM identities WHERE workspace_id = $1 AND person_id = newest.person_id AND name IS NOT NULL
          ORDER BY created_at, id LIMIT 1) AS name
       FROM (
         SELECT id, person_id, score, sentiment, verbatim, themes, answered_at FROM responses
         WHERE ${condition} AND verbatim IS NOT NULL ORDER BY answered_at DESC, id LIMIT ${parameters.add(limit)}
       ) AS newest ORDER BY answered_at DESC, id`,
      parameters.values,
    );
    return rows.map((row) => ({
      responseId: row.id,
      personId: row.person_id,
      personName: row.name,
      score: row.score,
      segment: segmentOf(query.survey, row.score),
      sentiment: row.sentiment,
      verbatim: row.verbatim,
      themes: [...new Set(row.themes.map((mention) => mention.split(':', 1)[0] ?? mention))],
      answeredAt: row.answered_at,
    }));
  }

  async function coverage(workspaceId: Id, from: Instant, to: Instant) {
    const skipped: Record<string, number> = {};
    const counted = { asked: 0, waiting: 0 };
    const wanted = [{ slot: 0, what: 'fate', from, to }] as const;
    for (const { key, n } of await tallied(workspaceId, ANY_SURVEY, wanted)) {
      if (key === 'asked' || key === 'waiting') counted[key] += n;
      else skipped[key.slice('skipped:'.length)] = n;
    }
    return { ...counted, skipped };
  }

  async function askedOf(workspaceId: Id, from: Instant, to: Instant, atLeast: number) {
    const parameters = new Placeholders();
    const whats = ['agent', 'channel'] as const;
    const source = talliedSource(
      workspaceId,
      ANY_SURVEY,
      whats.map((what, slot) => ({ slot, what, from, to })),
      parameters,
    );
    // A key is `asked:` or `other:` and a name.
    return await withoutJit<AskedOf>(
      ctx,
      workspaceId,
      `SELECT what AS of, substr(key, 7) AS name, sum(n)::int AS ended, coalesce(sum(n) FILTER (WHERE key LIKE 'asked:%'), 0)::int AS asked
       FROM (${source}) AS counted GROUP BY 1, 2 HAVING sum(n) >= ${parameters.add(atLeast)} ORDER BY 3 DESC, 1, 2`,
      parameters.values,
    );
  }

  async function closedPrompts(workspaceId: Id, survey: SurveyKind, from: Instant, to: Instant) {
    const closed = { answered: 0, unanswered: 0 };
    const wanted = [{ slot: 0, what: 'closed', from, to }] as const;
    for (const { key, n } of await tallied(workspaceId, survey, wanted))
      closed[key as keyof typeof closed] += n;
    return { sent: closed.answered + closed.unanswered, answered: closed.answered };
  }

  async function span(workspaceId: Id, survey: SurveyKind) {
    const { rows } = await poolQuery<{ first: Instant | null; last: Instant | null }>(
      pool,
      `SELECT LEAST((SELECT min(sent_at) FROM prompts WHERE workspace_id = $1 AND survey = $2),
                (SELECT min(answered_at) FROM responses WHERE workspace_id = $1 AND survey = $2)) AS first,
         GREATEST((SELECT max(sent_at) FROM prompts WHERE workspace_id = $1 AND survey = $2),
                  (SELECT max(answered_at) FROM responses WHERE workspace_id = $1 AND survey = $2)) AS last`,
      [workspaceId, survey],
    );
    const { first, last } = rows[0] ?? { first: null, last: null };
    return first === null || last === null ? null : { from: first, to: last };
  }

  return { counts, scores, scoresOf, people, verbatims, coverage, askedOf, closedPrompts, span };
}

interface VerbatimRecord {
  readonly id: Id;
  readonly person_id: Id;
  readonly score: number;
  readonly sentiment: string | null;
  readonly verbatim: string;
  readonly themes: readonly string[];
  readonly answered_at: Instant;
  readonly name: string | null;
}

function timeOf(query: ReportQuery): 'sent_at' | 'answered_at' {
  return query.basis === 'sent' ? 'sent_at' : 'answered_at';
}
