// Work within one transaction: what is to be done commits with the reason for doing it.
//
// One row a (kind, subject). Asking again for what somebody has in hand must not be lost when they finish, whichever comes first: it is noted on
// the row (`again_at`), and `finish` puts the row back instead of deleting it. Asking after `finish`, in the same transaction, makes a new row.
import type { Id, Instant } from '../../../src/domain/basics.ts';
import type { LeasedWork, WorkTx } from '../../../src/ports/store/work.ts';
import type { Sql } from './session.ts';
import { at } from './values.ts';

// A lease that has run out is taken away: whoever still holds it and finishes is told that it was lost.
const ADD = `
INSERT INTO work AS k (id, workspace_id, kind, subject_id, due_at, created_at)
SELECT w.id, $1, w.kind, w.subject_id, w.due_at, $6::timestamptz
FROM unnest($2::uuid[], $3::text[], $4::uuid[], $5::timestamptz[]) AS w(id, kind, subject_id, due_at)
ORDER BY w.kind, w.subject_id
ON CONFLICT (workspace_id, kind, subject_id) DO UPDATE SET
  again_at = CASE WHEN k.lease_until > $6::timestamptz THEN excluded.due_at END,
  due_at = CASE WHEN k.lease_until > $6::timestamptz THEN k.due_at ELSE excluded.due_at END,
  attempts = CASE WHEN k.lease_until > $6::timestamptz THEN k.attempts ELSE 0 END,
  lease_token = CASE WHEN k.lease_until > $6::timestamptz THEN k.lease_token END,
  lease_until = CASE WHEN k.lease_until > $6::timestamptz THEN k.lease_until END,
  status = 'pending'
RETURNING id, coalesce(again_at, due_at) AS due_at`;

export function workIn(sql: Sql): WorkTx {
  const ws = sql.workspaceId;

  /** Throws when the token is not on the row any more. */
  function held(work: LeasedWork, count: number): void {
    if (count > 0) return;
    sql.giveUp(
      'conflict',
      `the lease of work ${work.id} (${work.kind}) was lost`,
      'leave the work to whoever took it over',
    );
  }

  return {
    async add(items, now) {
      if (items.length === 0) return [];
      // The last wish for the same counts; two in one statement would be an error.
      const last = [...new Map(items.map((item) => [`${item.kind} ${item.subjectId}`, item])).values()];
      const { rows } = await sql.hot<{ id: Id; due_at: Instant }>(ADD, [
        ws,
        last.map((item) => item.id),
        last.map((item) => item.kind),
        last.map((item) => item.subjectId),
        last.map((item) => at(item.dueAt)),
        at(now),
      ]);
      return rows.map((row) => ({ workId: row.id, dueAt: row.due_at }));
    },

    async finish(work) {
      const values = [ws, work.id, work.token];
      const { count } = await sql.hot(
        'DELETE FROM work WHERE workspace_id = $1 AND id = $2 AND lease_token = $3 AND again_at IS NULL',
        values,
      );
      if (count > 0) return;
      const again = await sql.hot(
        `UPDATE work SET due_at = again_at, again_at = NULL, attempts = 0, lease_token = NULL, lease_until = NULL
         WHERE workspace_id = $1 AND id = $2 AND lease_token = $3`,
        values,
      );
      held(work, again.count);
    },

    async postpone(work, dueAt) {
      const { count } = await sql.hot(
        `UPDATE work SET due_at = least($4::timestamptz, again_at), again_at = NULL, attempts = 0, lease_token = NULL, lease_until = NULL
         WHERE workspace_id = $1 AND id = $2 AND lease_token = $3`,
        [ws, work.id, work.token, at(dueAt)],
      );
      held(work, count);
    },

    async cancel(kinds, subjectIds) {
      await sql.hot(
        `WITH chosen AS (
           SELECT id FROM work WHERE workspace_id = $1 AND kind = ANY ($2::text[]) AND subject_id = ANY ($3::uuid[]) ORDER BY subject_id FOR UPDATE
         ), freed AS (
           DELETE FROM work k USING chosen WHERE k.workspace_id = $1 AND k.id = chosen.id AND k.lease_token IS NULL
         )
         UPDATE work k SET again_at = NULL FROM chosen WHERE k.workspace_id = $1 AND k.id = chosen.id AND k.lease_token IS NOT NULL`,
        [ws, kinds, subjectIds],
      );
    },
  };
}
