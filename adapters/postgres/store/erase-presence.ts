// Where an erased person stands by their outside id beside the facts: in conversations, in notices, in what platforms showed us, and as who installed
// the product.
import type { IdentityRef } from '../../../src/domain/trigger/interaction.ts';
import type { Traces } from './scrub.ts';
import type { Sql } from './session.ts';

// Conversations and installations are found by outside names alone: an identity that this workspace has in another's installation erases nothing there.
const THEIRS = `
theirs AS (
  SELECT w.* FROM unnest($2::text[], $3::text[], $4::text[]) AS w(platform, installation, external_id)
  WHERE NOT EXISTS (
    SELECT FROM installations o WHERE o.platform = w.platform AND o.external_id = w.installation AND o.workspace_id <> $1)
)`;

/** In a longer id, such as that of a conversation with them alone; shorter ones stand in anything. */
const tells = (column: string): string =>
  `(${column} = w.external_id OR (length(w.external_id) > 2 AND strpos(${column}, w.external_id) > 0))`;

export async function erasePresence(
  sql: Sql,
  identities: readonly IdentityRef[],
  { ids }: Traces,
): Promise<void> {
  const values = [
    sql.workspaceId,
    identities.map(({ platform }) => platform),
    identities.map(({ installation }) => installation),
    identities.map(({ externalId }) => externalId),
  ];
  await sql.query(
    `WITH ${THEIRS} DELETE FROM conversation_messages m USING theirs w
     WHERE m.platform = w.platform AND m.installation = w.installation
       AND (m.author = w.external_id OR ${tells('m.channel')} OR ${tells('m.thread')})`,
    values,
  );
  await sql.query(
    `WITH ${THEIRS} UPDATE installations i SET installer = NULL FROM theirs w
     WHERE i.workspace_id = $1 AND i.platform = w.platform AND i.external_id = w.installation AND i.installer = w.external_id`,
    values,
  );
  // The handler of one that is just being told finds nothing to tell.
  await sql.query(
    `WITH ${THEIRS}, gone AS (
       DELETE FROM notices n USING theirs w
       WHERE n.workspace_id = $1 AND n.platform = w.platform AND n.installation = w.installation AND ${tells('n.subject')}
       RETURNING n.id
     )
     DELETE FROM work k USING gone WHERE k.workspace_id = $1 AND k.kind = 'notice' AND k.subject_id = gone.id AND k.lease_token IS NULL`,
    values,
  );
  // Our messages to them and about them, by the keys they were sent under.
  await sql.query(
    `WITH ${THEIRS} DELETE FROM echoes e WHERE EXISTS (SELECT FROM unnest($5::text[]) AS n(id) WHERE strpos(e.key, n.id) > 0)
       OR EXISTS (SELECT FROM theirs w WHERE e.platform = w.platform AND e.installation = w.installation AND ${tells('e.channel')})`,
    [...values, [...ids]],
  );
  // How often they may be written to. Locked in the order of their names, as whoever takes them does.
  await sql.query(
    `WITH ${THEIRS}, named AS (
       SELECT b.name FROM budgets b WHERE EXISTS (
         SELECT FROM theirs w WHERE length(w.external_id) > 2 AND strpos(b.name, w.installation) > 0 AND strpos(b.name, w.external_id) > 0)
       ORDER BY b.name FOR UPDATE
     )
     DELETE FROM budgets b USING named WHERE b.name = named.name`,
    values,
  );
}
