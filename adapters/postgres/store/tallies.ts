// The tallies compared with the facts, and made of them again: month by month, each at one moment, while everybody else goes on.
import { DAY, type Id, type Instant } from '../../../src/domain/basics.ts';
import type { Tallies, TallyDifference } from '../../../src/ports/store/tallies.ts';
import type { StoreContext } from './context.ts';
import { foldTallies, TALLY_LOCK } from './fold-tallies.ts';
import { poolQuery, type Sql } from './session.ts';
import { inTransaction } from './transaction.ts';
import { at } from './values.ts';

const PART = 30 * DAY;
const MOST_PARTS = 200;
const EXAMPLES = 20;

/** The tallies and changes of a part, by the same key as the facts; `$2` and `$3` begin a day. */
const SAME_KEY = 'what, survey, grain, begins_at, key';
const GRAINS = `(VALUES ('hour'), ('day')) AS g(grain)`;
const COUNTED = `
SELECT f.what, f.survey, g.grain, date_trunc(g.grain, f.hour, 'UTC') AS begins_at, f.key, sum(f.n) AS n
FROM tally_facts($1, $2, $3) AS f CROSS JOIN ${GRAINS} GROUP BY 1, 2, 3, 4, 5`;
const CHANGES = `
SELECT c.what, c.survey, g.grain, date_trunc(g.grain, c.hour, 'UTC') AS begins_at, c.key, c.n
FROM tally_changes AS c CROSS JOIN ${GRAINS} WHERE c.workspace_id = $1 AND c.hour >= $2 AND c.hour < $3`;

const TALLIES = `
SELECT t.what, t.survey, t.grain, t.begins_at, k.key, k.value::int AS n
FROM tallies AS t CROSS JOIN LATERAL jsonb_each_text(t.counts) AS k WHERE t.workspace_id = $1 AND t.begins_at >= $2 AND t.begins_at < $3`;

const IN_PART = 'workspace_id = $1 AND begins_at >= $2 AND begins_at < $3';

const COMPARE = `
WITH kept AS (
  SELECT ${SAME_KEY}, sum(n) AS n FROM (${TALLIES} UNION ALL ${CHANGES}) AS standing
  GROUP BY ${SAME_KEY} HAVING sum(n) <> 0
), counted AS (${COUNTED}), compared AS MATERIALIZED (
  SELECT ${SAME_KEY}, coalesce(kept.n, 0)::int AS kept, coalesce(counted.n, 0)::int AS counted
  FROM kept FULL JOIN counted USING (${SAME_KEY})
)
SELECT (SELECT count(*) FROM compared) AS compared, (SELECT count(*) FROM compared WHERE kept <> counted) AS different, ${SAME_KEY}, kept, counted
FROM (SELECT 1) AS always LEFT JOIN compared ON kept <> counted ORDER BY ${SAME_KEY} LIMIT ${EXAMPLES}`;

/** What the changes will add is left to them. */
const REBUILD = `
INSERT INTO tallies (workspace_id, what, survey, grain, begins_at, counts)
SELECT $1, what, survey, grain, begins_at, jsonb_object_agg(key, n) FROM (
  SELECT ${SAME_KEY}, sum(n) AS n FROM (${COUNTED} UNION ALL SELECT ${SAME_KEY}, -n FROM (${CHANGES}) AS changes) AS wanted
  GROUP BY ${SAME_KEY} HAVING sum(n) <> 0
) AS counted GROUP BY what, survey, grain, begins_at ORDER BY what, survey, grain, begins_at`;

interface ComparedRow extends Omit<TallyDifference, 'from' | 'what'> {
  readonly compared: number;
  readonly different: number;
  readonly what: string | null;
  readonly begins_at: Instant;
}

export function createTallies(ctx: Pick<StoreContext, 'pool' | 'keepsPlans'>): Tallies {
  const inPart = <T>(workspaceId: Id, body: (sql: Sql) => Promise<T>) =>
    inTransaction(ctx, workspaceId, async (sql) => {
      await sql.query('SET LOCAL statement_timeout = 0', []);
      await sql.query('SET LOCAL jit = off', []);
      return await body(sql);
    });

  return {
    fold: () => foldTallies(ctx),

    async check(workspaceId, progress) {
      const total = { compared: 0, different: 0, examples: [] as TallyDifference[] };
      const parts = await partsOf(ctx, workspaceId);
      for (const [i, part] of parts.entries()) {
        progress(i, parts.length);
        const { rows } = await inPart(workspaceId, (sql) =>
          sql.query<ComparedRow>(COMPARE, [workspaceId, ...part]),
        );
        total.compared += rows[0]?.compared ?? 0;
        total.different += rows[0]?.different ?? 0;
        total.examples.push(...rows.flatMap(differenceOf));
      }
      return { ...total, examples: total.examples.slice(0, EXAMPLES) };
    },

    async rebuild(workspaceId, progress) {
      let tallies = 0;
      const parts = await partsOf(ctx, workspaceId);
      for (const [i, part] of parts.entries()) {
        progress(i, parts.length);
        tallies += await inPart(workspaceId, async (sql) => {
          await sql.query(`SELECT pg_advisory_xact_lock(${TALLY_LOCK})`, []);
          await sql.query(`DELETE FROM tallies WHERE ${IN_PART}`, [workspaceId, ...part]);
          return (await sql.query(REBUILD, [workspaceId, ...part])).count;
        });
      }
      await poolQuery(ctx.pool, 'ANALYZE tallies', []);
      return tallies;
    },
  };
}

function differenceOf({
  what,
  survey,
  grain,
  begins_at,
  key,
  kept,
  counted,
}: ComparedRow): readonly TallyDifference[] {
  return what === null ? [] : [{ what, survey, grain, from: begins_at, key, kept, counted }];
}

/** All of time, in parts that begin with a day: what is before the first interaction and after the last is in the outermost two. */
async function partsOf(
  { pool }: Pick<StoreContext, 'pool'>,
  workspaceId: Id,
): Promise<readonly (readonly [since: string, until: string])[]> {
  const { rows } = await poolQuery<{ first: Instant | null; last: Instant | null }>(
    pool,
    'SELECT min(closed_at) AS first, max(closed_at) AS last FROM interactions WHERE workspace_id = $1',
    [workspaceId],
  );
  const { first, last } = rows[0] ?? {};
  const bounds: string[] = [];
  if (first != null && last != null) {
    const begin = Math.floor(first / DAY) * DAY;
    const length = Math.max(PART, Math.ceil((last - begin) / MOST_PARTS / DAY) * DAY);
    for (let time = begin + length; time < last; time += length) bounds.push(at(time));
  }
  return ['-infinity', ...bounds].map((since, i) => [since, bounds[i] ?? 'infinity']);
}
