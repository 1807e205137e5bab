// Two people turn out to be one: everything of the second goes to the first, and the stricter of two opt-outs wins.
import type { Id, Instant } from '../../../src/domain/basics.ts';
import type { Sql } from './session.ts';
import { at } from './values.ts';

/** Both must be locked by this transaction. The second person is gone afterwards. */
export async function mergePeople(sql: Sql, into: Id, from: Id, now: Instant): Promise<void> {
  const pair = [sql.workspaceId, into, from];
  await joinOpenCases(sql, into, from, now);
  for (const table of ['identities', 'interactions', 'prompts', 'responses', 'follow_ups']) {
    await sql.query(`UPDATE ${table} SET person_id = $2 WHERE workspace_id = $1 AND person_id = $3`, pair);
  }
  // Gone first: the customer id is unique.
  await sql.query(
    `WITH gone AS (DELETE FROM people WHERE workspace_id = $1 AND id = $3 RETURNING *)
     UPDATE people pe SET
       customer = coalesce(pe.customer, gone.customer),
       locale = coalesce(pe.locale, gone.locale),
       language = coalesce(pe.language, gone.language),
       zone = coalesce(pe.zone, gone.zone),
       opted_out_at = least(pe.opted_out_at, gone.opted_out_at)
     FROM gone WHERE pe.workspace_id = $1 AND pe.id = $2`,
    pair,
  );
}

/** One person has one case that is not closed: the second one's answers join the first's, and it is closed with a note that says so. */
async function joinOpenCases(sql: Sql, into: Id, from: Id, now: Instant): Promise<void> {
  const { rows } = await sql.query<{ kept: Id; number: number; dropped: Id }>(
    `SELECT a.id AS kept, a.number, b.id AS dropped FROM follow_ups a JOIN follow_ups b ON b.workspace_id = $1 AND b.person_id = $3 AND b.status <> 'closed'
     WHERE a.workspace_id = $1 AND a.person_id = $2 AND a.status <> 'closed' FOR UPDATE`,
    [sql.workspaceId, into, from],
  );
  for (const { kept, number, dropped } of rows) {
    await sql.query('UPDATE responses SET follow_up_id = $2 WHERE workspace_id = $1 AND follow_up_id = $3', [
      sql.workspaceId,
      kept,
      dropped,
    ]);
    await sql.query(
      `UPDATE follow_ups SET status = 'closed', owner = coalesce(owner, 'afterword'), note = $3, closed_at = $4::timestamptz
       WHERE workspace_id = $1 AND id = $2`,
      [sql.workspaceId, dropped, `→ #${number}`, at(now)],
    );
  }
}
