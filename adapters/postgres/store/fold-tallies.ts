// Adds the changes that the triggers left to the tallies. Whoever reads adds both, so it changes no figure; it only keeps the changes few.
import type { Id, Instant } from '../../../src/domain/basics.ts';
import type { StoreContext } from './context.ts';
import { poolQuery, type Sql } from './session.ts';
import { inTransaction } from './transaction.ts';
import { at } from './values.ts';

/** Whoever writes to the tallies holds this until the end of the transaction, and waits for nothing else then. */
export const TALLY_LOCK = `hashtextextended('tallies', 0)`;

/** Changes folded in one go. */
const BATCH = 50_000;

interface Row {
  readonly workspace_id: Id;
  readonly what: string;
  readonly survey: string;
  readonly grain: string;
  readonly begins_at: Instant;
}

const ROW = 'workspace_id, what, survey, grain, begins_at';

/** Whoever holds the lock is alone with the tallies: what they hold is read, added to, and written back. */
const FOLD = `
WITH taken AS (
  DELETE FROM tally_changes WHERE id IN (
    SELECT id FROM tally_changes WHERE workspace_id = $1 OR $1 IS NULL ORDER BY id LIMIT ${BATCH})
  RETURNING workspace_id, what, survey, hour, key, n
), added AS MATERIALIZED (
  SELECT c.workspace_id, c.what, c.survey, g.grain, date_trunc(g.grain, c.hour, 'UTC') AS begins_at, c.key, sum(c.n) AS n
  FROM taken AS c CROSS JOIN (VALUES ('hour'), ('day')) AS g(grain) GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(c.n) <> 0
), touched AS (
  SELECT DISTINCT ${ROW} FROM added
), summed AS (
  SELECT ${ROW}, key, sum(n) AS n FROM (
    SELECT ${ROW}, key, n FROM added
    UNION ALL
    SELECT w.workspace_id, w.what, w.survey, w.grain, w.begins_at, k.key, k.value::int FROM touched AS w
    CROSS JOIN LATERAL (
      SELECT counts FROM tallies AS t WHERE t.workspace_id = w.workspace_id AND t.what = w.what AND t.survey = w.survey
        AND t.grain = w.grain AND t.begins_at = w.begins_at LIMIT 1
    ) AS t CROSS JOIN LATERAL jsonb_each_text(t.counts) AS k
  ) AS standing GROUP BY ${ROW}, key
), kept AS (
  INSERT INTO tallies (${ROW}, counts)
  SELECT ${ROW}, coalesce(jsonb_object_agg(key, n) FILTER (WHERE n <> 0), '{}') FROM summed GROUP BY ${ROW}
  ON CONFLICT (${ROW}) DO UPDATE SET counts = excluded.counts
  RETURNING ${ROW}, counts
)
SELECT (SELECT count(*) FROM taken) AS taken, ${ROW} FROM (SELECT 1) AS always LEFT JOIN kept ON counts = '{}'`;

const DROP_EMPTY = `
DELETE FROM tallies t USING unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
  AS w(workspace_id, what, survey, grain, begins_at)
WHERE t.workspace_id = w.workspace_id AND t.what = w.what AND t.survey = w.survey AND t.grain = w.grain AND t.begins_at = w.begins_at
  AND t.counts = '{}'`;

/** Of all workspaces; nothing where another process is at it. */
export async function foldTallies(ctx: Pick<StoreContext, 'pool' | 'keepsPlans'>): Promise<void> {
  for (let more = await anyChange(ctx); more; ) {
    more = await inTransaction(ctx, '', async (sql) => {
      const { rows } = await sql.query<{ mine: boolean }>(
        `SELECT pg_try_advisory_xact_lock(${TALLY_LOCK}) AS mine`,
        [],
      );
      return rows[0]?.mine === true && (await foldBatch(sql, null)) === BATCH;
    });
  }
}

/** Of the transaction's own workspace, with what it did itself; waits for whoever is at it. Last in a transaction: see `TALLY_LOCK`. */
export async function foldOwnTallies(sql: Sql): Promise<void> {
  await sql.query(`SELECT pg_advisory_xact_lock(${TALLY_LOCK})`, []);
  while ((await foldBatch(sql, sql.workspaceId)) === BATCH);
}

async function anyChange({ pool }: Pick<StoreContext, 'pool'>): Promise<boolean> {
  const { rows } = await poolQuery<{ any: boolean }>(
    pool,
    'SELECT EXISTS (SELECT FROM tally_changes) AS any',
    [],
  );
  return rows[0]?.any === true;
}

async function foldBatch(sql: Sql, workspaceId: Id | null): Promise<number> {
  const { rows } = await sql.query<{ taken: number } & Row>(FOLD, [workspaceId]);
  const empty = rows.filter((row) => row.what !== null);
  if (empty.length > 0)
    await sql.query(DROP_EMPTY, [
      empty.map((row) => row.workspace_id),
      empty.map((row) => row.what),
      empty.map((row) => row.survey),
      empty.map((row) => row.grain),
      empty.map((row) => at(row.begins_at)),
    ]);
  return rows[0]?.taken ?? 0;
}
