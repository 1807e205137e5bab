// Counts of any periods out of the tallies: days where whole days are asked for, hours around them, and the facts themselves for the rest of an
// hour at either end. One statement, and so one moment: what changes meanwhile is in all of it or in none.
import type { Id } from '../../../src/domain/basics.ts';
import type { StoreContext } from './context.ts';
import type { Placeholders } from './report-filter.ts';
import { partsOf, type Span } from './tally-spans.ts';
import { inTransaction } from './transaction.ts';
import { at } from './values.ts';

/** By which time, and what; prisma/schema.prisma says what each counts. */
export type Tallied =
  | 'sent'
  | 'sent.words'
  | 'answered'
  | 'answered.words'
  | 'closed'
  | 'fate'
  | 'agent'
  | 'channel';

/** One thing to count over one period; `slot` tells the answers of one call apart. */
export interface Wanted extends Span {
  readonly slot: number;
  readonly what: Tallied;
}

export interface TalliedRow {
  readonly slot: number;
  readonly what: Tallied;
  readonly key: string;
  readonly n: number;
}

/** What is counted whatever was asked, such as what became of conversations. */
export const ANY_SURVEY = 'any';

/** Counts what `talliedSource` gives, whose values are in `parameters`. */
export async function readTallies(
  ctx: Pick<StoreContext, 'pool' | 'keepsPlans'>,
  workspaceId: Id,
  source: string,
  parameters: Placeholders,
): Promise<readonly TalliedRow[]> {
  const text = `SELECT slot, what, key, sum(n)::int AS n FROM (${source}) AS counted GROUP BY 1, 2, 3 HAVING sum(n) <> 0`;
  return await withoutJit<TalliedRow>(ctx, workspaceId, text, parameters.values);
}

/** The server would compile many small scans to machine code for longer than the code then saves. */
export async function withoutJit<R extends object>(
  ctx: Pick<StoreContext, 'pool' | 'keepsPlans'>,
  workspaceId: Id,
  text: string,
  values: readonly unknown[],
): Promise<readonly R[]> {
  const { rows } = await inTransaction(ctx, workspaceId, async (sql) => {
    await sql.query('SET LOCAL jit = off', []);
    return await sql.query<R>(text, values);
  });
  return rows;
}

/** SQL for rows of `(slot, what, key, n)`, several for one key where the counts lie in several places. */
export function talliedSource(
  workspaceId: Id,
  survey: string,
  wanted: readonly Wanted[],
  parameters: Placeholders,
): string {
  const workspace = parameters.add(workspaceId);
  const kind = parameters.add(survey);
  const parts = wanted.map((one) => ({ ...one, ...partsOf(one) }));
  const whole = parts.flatMap(({ slot, what, whole }) => whole.map((span) => ({ slot, what, ...span })));
  const hours = parts.flatMap(({ slot, what, hours }) => (hours === null ? [] : [{ slot, what, ...hours }]));
  const edges = parts.flatMap(({ slot, what, edges }) => edges.map((span) => ({ slot, what, ...span })));
  const grains = parameters.add(whole.map(({ grain }) => grain));
  const branches = [
    // Grouped inside, so that each period is one look into the index, whatever the planner knows of the table.
    `SELECT w.slot, w.what, t.key, t.n FROM ${listed(whole, parameters, `${grains}::text[]`)} AS w(slot, what, since, until, grain)
     CROSS JOIN LATERAL (SELECT k.key, sum(k.value::int) AS n FROM tallies CROSS JOIN LATERAL jsonb_each_text(counts) AS k
       WHERE workspace_id = ${workspace} AND what = w.what AND survey = ${kind} AND grain = w.grain AND begins_at >= w.since AND begins_at < w.until
       GROUP BY k.key) AS t`,
    `SELECT w.slot, w.what, c.key, c.n FROM ${listed(hours, parameters)} AS w(slot, what, since, until)
     JOIN tally_changes AS c ON c.workspace_id = ${workspace} AND c.survey = ${kind} AND c.what = w.what AND c.hour >= w.since AND c.hour < w.until`,
  ];
  for (const source of SOURCES) {
    const own = edges.filter(({ what }) => source.of(what));
    if (own.length === 0) continue;
    const counted = source.counted(workspace, kind);
    branches.push(
      `SELECT w.slot, w.what, f.key, f.n FROM ${listed(own, parameters)} AS w(slot, what, since, until) CROSS JOIN LATERAL (${counted}) AS f`,
    );
  }
  return branches.join('\nUNION ALL\n');
}

function listed(spans: readonly Wanted[], parameters: Placeholders, ...more: readonly string[]): string {
  const columns = [
    `${parameters.add(spans.map(({ slot }) => slot))}::int[]`,
    `${parameters.add(spans.map(({ what }) => what))}::text[]`,
    `${parameters.add(spans.map(({ from }) => at(from)))}::timestamptz[]`,
    `${parameters.add(spans.map(({ to }) => at(to)))}::timestamptz[]`,
    ...more,
  ];
  return `unnest(${columns.join(', ')})`;
}

interface Source {
  of(what: Tallied): boolean;
  /** SQL for the rows of `(key, n)` that the facts give for `w`. */
  counted(workspace: string, survey: string): string;
}

function answers(basis: 'sent' | 'answered'): Source {
  const column = `${basis}_at`;
  return {
    of: (what) => what === basis || what === `${basis}.words`,
    counted: (workspace, survey) =>
      `SELECT t.key, sum(r.n) AS n FROM (
         SELECT score, sentiment, themes, count(*) AS n FROM responses WHERE workspace_id = ${workspace} AND survey = ${survey}
           AND ${column} >= w.since AND ${column} < w.until GROUP BY 1, 2, 3
       ) AS r CROSS JOIN LATERAL tally_answer(r.score, r.sentiment, r.themes) AS t WHERE '${basis}' || t.part = w.what GROUP BY 1`,
  };
}

/** When a prompt's time to answer ended; the very expression of the index `prompts_closed_idx`. */
const CLOSED_AT = `(CASE status
  WHEN 'answered' THEN CASE WHEN late THEN LEAST(answered_at, ended_at) ELSE answered_at END
  WHEN 'declined' THEN declined_at WHEN 'expired' THEN ended_at END)`;

const PROMPT_TALLIES = `tally_prompt(p.survey, p.status, p.late, p.reason, p.sent_at, p.answered_at, p.declined_at, p.ended_at, p.agent, p.channel`;

const SOURCES: readonly Source[] = [
  answers('sent'),
  answers('answered'),
  {
    of: (what) => what === 'sent',
    counted: (workspace, survey) =>
      `SELECT 'prompts' AS key, count(*) AS n FROM prompts WHERE workspace_id = ${workspace} AND survey = ${survey}
         AND sent_at >= w.since AND sent_at < w.until`,
  },
  {
    of: (what) => what === 'closed',
    counted: (workspace, survey) =>
      `SELECT t.key, count(*) AS n FROM prompts AS p CROSS JOIN LATERAL ${PROMPT_TALLIES}, NULL) AS t
       WHERE workspace_id = ${workspace} AND p.survey = ${survey} AND status IN ('answered', 'declined', 'expired')
         AND ${CLOSED_AT} >= w.since AND ${CLOSED_AT} < w.until AND t.what = 'closed' GROUP BY 1`,
  },
  {
    of: (what) => what === 'fate' || what === 'agent' || what === 'channel',
    counted: (workspace) =>
      `SELECT t.key, count(*) AS n FROM interactions AS i JOIN prompts AS p ON p.interaction_id = i.id AND p.workspace_id = ${workspace}
         CROSS JOIN LATERAL ${PROMPT_TALLIES}, i.closed_at) AS t
       WHERE i.workspace_id = ${workspace} AND i.closed_at >= w.since AND i.closed_at < w.until AND t.what = w.what GROUP BY 1`,
  },
];
