// Figures over responses and prompts. Set-based, by indexes that hold all that is counted; the domain makes scores of them.
import { DAY, type Id, type Instant } from '../../../src/domain/basics.ts';
import { type SurveyKind, segmentOf } from '../../../src/domain/survey/kind.ts';
import type { ReportCounts, ReportQuery, Reports, VerbatimRow } from '../../../src/ports/store/reports.ts';
import type { StoreContext } from './context.ts';
import { NOBODY } from './nobody.ts';
import { type CountedRow, countStatement, fold } from './report-counts.ts';
import { conditionOf, Placeholders, type Weeks, weeksBetween } from './report-filter.ts';
import { poolQuery } from './session.ts';
import { inTransaction } from './transaction.ts';
import { at } from './values.ts';

/** A period longer than this is first cut to what there is, so that nobody lists the weeks since 1970. */
const LONG = 10 * 366 * DAY;

/** When a prompt's time to answer ended; the very expression of the index `prompts_closed_idx`. */
const CLOSED_AT = `(CASE status
  WHEN 'answered' THEN CASE WHEN late THEN LEAST(answered_at, ended_at) ELSE answered_at END
  WHEN 'declined' THEN declined_at WHEN 'expired' THEN ended_at END)`;

export function createReports(ctx: Pick<StoreContext, 'pool' | 'keepsPlans'>): Reports {
  const { pool } = ctx;

  async function counts(query: ReportQuery): Promise<ReportCounts> {
    const { text, values, grouping } = countStatement(
      query,
      query.by === 'week' ? await weeksOf(query) : null,
    );
    const { rows } = await inTransaction(ctx, query.workspaceId, async (sql) => {
      // The server would compile three simple scans to machine code for longer than the code then saves.
      await sql.query('SET LOCAL jit = off', []);
      return await sql.query<CountedRow>(text, values);
    });
    return fold(query, rows, grouping);
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
    const parameters = new Placeholders();
    const { rows } = await poolQuery<{ score: number; n: number }>(
      pool,
      `SELECT score, count(*)::int AS n FROM responses WHERE ${conditionOf(query, parameters)(timeOf(query))} GROUP BY score`,
      parameters.values,
    );
    return new Map(rows.map(({ score, n }) => [score, n]));
  }

  async function people(query: ReportQuery): Promise<number> {
    const parameters = new Placeholders();
    const { rows } = await poolQuery<{ n: number }>(
      pool,
      `SELECT count(*)::int AS n FROM (
         SELECT DISTINCT person_id FROM responses WHERE ${conditionOf(query, parameters)(timeOf(query))}
       ) AS different WHERE person_id <> ${parameters.add(NOBODY)}`,
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
    const { rows } = await poolQuery<{ reason: string | null; waits: boolean; n: number }>(
      pool,
      `SELECT CASE WHEN p.status IN ('suppressed', 'undeliverable') THEN p.reason
                   WHEN p.status = 'uncertain' THEN 'uncertain' END AS reason,
         p.status IN ('scheduled', 'sending') AS waits, count(*)::int AS n
       FROM interactions AS i JOIN prompts AS p ON p.interaction_id = i.id AND p.workspace_id = $1
       WHERE i.workspace_id = $1 AND i.closed_at >= $2 AND i.closed_at < $3
       GROUP BY 1, 2`,
      [workspaceId, at(from), at(to)],
    );
    const skipped: Record<string, number> = {};
    let asked = 0;
    let waiting = 0;
    for (const { reason, waits, n } of rows) {
      if (reason !== null) skipped[reason] = n;
      else if (waits) waiting += n;
      else asked += n;
    }
    return { asked, waiting, skipped };
  }

  async function closedPrompts(workspaceId: Id, survey: SurveyKind, from: Instant, to: Instant) {
    const { rows } = await poolQuery<{ sent: number; answered: number }>(
      pool,
      `SELECT count(*)::int AS sent, (count(*) FILTER (WHERE status = 'answered' AND NOT late))::int AS answered
       FROM prompts WHERE workspace_id = $1 AND survey = $2 AND status IN ('answered', 'declined', 'expired')
         AND ${CLOSED_AT} >= $3 AND ${CLOSED_AT} < $4`,
      [workspaceId, survey, at(from), at(to)],
    );
    return rows[0] ?? { sent: 0, answered: 0 };
  }

  async function span(workspaceId: Id, survey: SurveyKind) {
    const { rows } = await poolQuery<{ first: Instant | null; last: Instant | null }>(
      pool,
      `SELECT (SELECT min(sent_at) FROM prompts WHERE workspace_id = $1 AND survey = $2) AS first,
         GREATEST((SELECT max(sent_at) FROM prompts WHERE workspace_id = $1 AND survey = $2),
                  (SELECT max(answered_at) FROM responses WHERE workspace_id = $1 AND survey = $2)) AS last`,
      [workspaceId, survey],
    );
    const { first, last } = rows[0] ?? { first: null, last: null };
    return first === null || last === null ? null : { from: first, to: last };
  }

  return { counts, scores, people, verbatims, coverage, closedPrompts, span };
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
