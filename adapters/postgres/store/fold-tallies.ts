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
  readonly key: string;
}

const FOLD = `
WITH taken AS (
  DELETE FROM tally_changes WHERE id IN (
    SELECT id FROM tally_changes WHERE workspace_id = $1 OR $1 IS NULL ORDER BY id LIMIT ${BATCH})
  RETURNING workspace_id, what, survey, hour, key, n
), kept AS (
  INSERT INTO tallies AS t (workspace_id, what, survey, grain, begins_at, key, n)
  SELECT c.workspace_id, c.what, c.survey, g.grain, date_trunc(g.grain, c.hour, 'UTC'), c.key, sum(c.n)
  FROM taken AS c CROSS JOIN (VALUES ('hour'), ('day')) AS g(grain) GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(c.n) <> 0
  ON CONFLICT (workspace_id, what, survey, grain, begins_at, key) DO UPDATE SET n = t.n + excluded.n
  RETURNING workspace_id, what, survey, grain, begins_at, key, n
)
SELECT (SELECT count(*) FROM taken) AS taken, workspace_id, what, survey, grain, begins_at, key FROM (SELECT 1) AS always LEFT JOIN kept ON n = 0`;

/** Nothing is left of what is counted no more: a key may name somebody who was erased. */
const DROP_EMPTY = `
DELETE FROM tallies t USING unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[])
  AS w(workspace_id, what, survey, grain, begins_at, key)
WHERE t.workspace_id = w.workspace_id AND t.what = w.what AND t.survey = w.survey AND t.grain = w.grain AND t.begins_at = w.begins_at
  AND t.key = w.key AND t.n = 0`;

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
      empty.map((row) => row.key),
    ]);
  return rows[0]?.taken ?? 0;
}
