// Words and the people behind them, by the one index that holds all that is asked about them (`responses_words_idx`).
import type { Id, Instant } from '../../../src/domain/basics.ts';
import { type SurveyKind, segmentOf } from '../../../src/domain/survey/kind.ts';
import type { CommentRow, CommentsQuery, Voices, VoicesQuery } from '../../../src/ports/store/voices.ts';
import type { StoreContext } from './context.ts';
import { Placeholders } from './report-filter.ts';
import { poolQuery } from './session.ts';
import { storable } from './storable.ts';
import { at } from './values.ts';

/** So many newest answers tell whether many people say something; whoever filled them all alone counts as one. */
const LOOKED_AT = 1_000;
const THEMES_LOOKED_AT = 20_000;

const POLARITIES = ['', ':positive', ':neutral', ':negative'];

export function createVoices({ pool }: Pick<StoreContext, 'pool'>): Voices {
  return {
    async comments(query, limit) {
      const [rows, people] = await Promise.all([newest(pool, query, limit), peopleBehind(pool, query)]);
      return { rows, people };
    },

    async themePeople(query, enough) {
      const first = await themes(pool, query, null, THEMES_LOOKED_AT);
      if (first.answers < THEMES_LOOKED_AT) return first.people;
      const common = [...first.people].filter(([, people]) => people >= enough);
      const rest = await themes(pool, query, { except: common.map(([theme]) => theme) }, null);
      return new Map([...rest.people, ...common]);
    },
  };
}

/** One look into the index for each kind of survey, which holds them by time. */
function wordsOf(query: CommentsQuery, parameters: Placeholders, columns: string, limit: string): string {
  const workspace = parameters.add(query.workspaceId);
  const [from, to] = [parameters.add(at(query.from)), parameters.add(at(query.to))];
  const sentiment = query.sentiment === null ? '' : ` AND sentiment = ${parameters.add(query.sentiment)}`;
  const about =
    query.theme === null
      ? ''
      : ` AND themes && ${parameters.add(POLARITIES.map((end) => storable(`${query.theme}${end}`)))}::text[]`;
  const each = query.surveys.map(
    (survey) =>
      `(SELECT ${columns} FROM responses WHERE workspace_id = ${workspace} AND survey = ${parameters.add(survey)}
         AND answered_at >= ${from} AND answered_at < ${to} AND verbatim IS NOT NULL${sentiment}${about}
       ORDER BY answered_at DESC, id LIMIT ${limit})`,
  );
  return each.join(' UNION ALL ');
}

async function newest(
  pool: StoreContext['pool'],
  query: CommentsQuery,
  limit: number,
): Promise<readonly CommentRow[]> {
  const parameters = new Placeholders();
  const most = parameters.add(limit);
  const words = wordsOf(query, parameters, 'id, answered_at', most);
  const { rows } = await poolQuery<CommentRecord>(
    pool,
    `SELECT r.id, r.person_id, r.survey, r.score, r.sentiment, r.verbatim, r.themes, r.answered_at,
       (SELECT name FROM identities d WHERE d.workspace_id = r.workspace_id AND d.person_id = r.person_id AND d.name IS NOT NULL
        ORDER BY d.created_at, d.id LIMIT 1) AS name
     FROM (SELECT id FROM (${words}) AS each ORDER BY answered_at DESC, id LIMIT ${most}) AS newest
     JOIN responses r ON r.id = newest.id
     WHERE r.workspace_id = ${parameters.add(query.workspaceId)} AND r.verbatim IS NOT NULL
     ORDER BY r.answered_at DESC, r.id`,
    parameters.values,
  );
  return rows.map((row) => ({
    responseId: row.id,
    personId: row.person_id,
    personName: row.name,
    survey: row.survey,
    score: row.score,
    segment: segmentOf(row.survey, row.score),
    sentiment: row.sentiment,
    verbatim: row.verbatim,
    themes: [...new Set(row.themes.map((mention) => mention.split(':', 1)[0] ?? mention))],
    answeredAt: row.answered_at,
  }));
}

async function peopleBehind(pool: StoreContext['pool'], query: CommentsQuery): Promise<number> {
  const parameters = new Placeholders();
  const words = wordsOf(query, parameters, 'person_id, answered_at, id', String(LOOKED_AT));
  const { rows } = await poolQuery<{ n: number }>(
    pool,
    `SELECT count(DISTINCT person_id)::int AS n FROM (${words}) AS newest`,
    parameters.values,
  );
  return rows[0]?.n ?? 0;
}

async function themes(
  pool: StoreContext['pool'],
  query: VoicesQuery,
  which: { readonly except: readonly string[] } | null,
  limit: number | null,
): Promise<{ readonly people: ReadonlyMap<string, number>; readonly answers: number }> {
  const parameters = new Placeholders();
  const words = wordsOf(
    { ...query, sentiment: null, theme: null },
    parameters,
    'person_id, themes, answered_at, id',
    limit === null ? 'ALL' : String(limit),
  );
  // Most answers are about nothing but what many people speak of: those need not be taken apart.
  const common = parameters.add(
    (which?.except ?? []).flatMap((theme) => POLARITIES.map((end) => theme + end)),
  );
  const { rows } = await poolQuery<{ theme: string | null; people: number; answers: number }>(
    pool,
    `WITH words AS MATERIALIZED (SELECT person_id, themes FROM (${words}) AS newest WHERE NOT themes <@ ${common}::text[] OR themes = '{}')
     SELECT split_part(mention, ':', 1) AS theme, count(DISTINCT person_id)::int AS people, 0 AS answers
     FROM words, unnest(themes) AS mention GROUP BY 1
     UNION ALL SELECT NULL, 0, count(*)::int FROM words`,
    parameters.values,
  );
  const people = rows.flatMap(({ theme, people }) => (theme === null ? [] : [[theme, people] as const]));
  return { people: new Map(people), answers: rows.find(({ theme }) => theme === null)?.answers ?? 0 };
}

interface CommentRecord {
  readonly id: Id;
  readonly person_id: Id;
  readonly survey: SurveyKind;
  readonly score: number;
  readonly sentiment: string | null;
  readonly verbatim: string;
  readonly themes: readonly string[];
  readonly answered_at: Instant;
  readonly name: string | null;
}
