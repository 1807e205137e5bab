// People of whom nothing was heard for long enough. `people.quiet_since` is when something was last known of them, as far as anybody looked, and never
// later than the truth: only those for whom it is long ago are looked at, so that each is once in as long as they are kept, and writing anything
// down about somebody costs nothing more.
import type { Id, Instant } from '../../../src/domain/basics.ts';
import { erasePerson } from './erase.ts';
import { OWN_MAILBOX } from './erase-traces.ts';
import type { Sql } from './session.ts';
import { at } from './values.ts';

/** When something was last known of each of `p`: infinity while a question or a case of theirs is open. */
const LAST_KNOWN = `
CASE WHEN EXISTS (SELECT FROM prompts q WHERE q.workspace_id = $1 AND q.person_id = p.id AND q.status IN ('scheduled', 'sending', 'sent', 'reminded'))
    OR EXISTS (SELECT FROM follow_ups f WHERE f.workspace_id = $1 AND f.person_id = p.id AND f.status <> 'closed')
  THEN 'infinity'::timestamptz
  ELSE coalesce(greatest(
    (SELECT max(i.closed_at) FROM interactions i WHERE i.workspace_id = $1 AND i.person_id = p.id),
    (SELECT max(greatest(q.sent_at, q.reminded_at, q.answered_at, q.declined_at)) FROM prompts q WHERE q.workspace_id = $1 AND q.person_id = p.id),
    (SELECT max(v.at) FROM responses r JOIN response_revisions v ON v.workspace_id = $1 AND v.response_id = r.id
      WHERE r.workspace_id = $1 AND r.person_id = p.id),
    (SELECT max(f.closed_at) FROM follow_ups f WHERE f.workspace_id = $1 AND f.person_id = p.id),
    (SELECT max(m.created_at) FROM identities d JOIN mail_threads t ON t.workspace_id = $1 AND t.person = d.external_id AND t.kind = 'conversation'
      JOIN mail_messages m ON m.thread_id = t.id AND m.author_kind = 'customer'
      WHERE d.workspace_id = $1 AND d.person_id = p.id AND d.installation = '${OWN_MAILBOX}'),
    p.opted_out_at), p.created_at)
END`;

/** Looks at some; answers with those who have been quiet, and notes of the others when to look again. */
export async function findQuiet(
  sql: Sql,
  before: Instant,
  now: Instant,
  limit: number,
): Promise<{ readonly quiet: readonly Id[]; readonly looked: number }> {
  const { rows } = await sql.query<{ quiet: readonly Id[]; looked: number }>(
    `WITH fresh AS MATERIALIZED (
       SELECT * FROM people WHERE workspace_id = $1 AND quiet_since IS NULL LIMIT $3 FOR UPDATE SKIP LOCKED
     ), old AS MATERIALIZED (
       SELECT * FROM people WHERE workspace_id = $1 AND quiet_since < $2::timestamptz ORDER BY quiet_since LIMIT $3 FOR UPDATE SKIP LOCKED
     ), known AS MATERIALIZED (
       SELECT p.id, least(${LAST_KNOWN}, $4::timestamptz) AS last FROM (SELECT * FROM fresh UNION ALL SELECT * FROM old) AS p
     ), noted AS (
       UPDATE people pe SET quiet_since = k.last FROM known k WHERE pe.workspace_id = $1 AND pe.id = k.id
     )
     SELECT (SELECT count(*) FROM known) AS looked,
       (SELECT coalesce(array_agg(id), '{}') FROM known WHERE last < $2::timestamptz) AS quiet`,
    [sql.workspaceId, at(before), limit, at(now)],
  );
  return rows[0]!;
}

/** Erases them unless they were heard of in between. */
export async function eraseQuiet(
  sql: Sql,
  hashKey: Uint8Array,
  personId: Id,
  before: Instant,
  now: Instant,
): Promise<boolean> {
  await sql.query('SELECT FROM people WHERE workspace_id = $1 AND id = $2 FOR UPDATE', [
    sql.workspaceId,
    personId,
  ]);
  const { rows } = await sql.query<{ quiet: boolean }>(
    `SELECT ${LAST_KNOWN} < $3::timestamptz AS quiet FROM people p WHERE p.workspace_id = $1 AND p.id = $2`,
    [sql.workspaceId, personId, at(before)],
  );
  if (rows[0]?.quiet !== true) return false;
  await erasePerson(sql, hashKey, personId, now);
  return true;
}
