// Who said no in a workspace that an installation leaves is not asked in the one that it comes to: known there by the same keyed hash as somebody erased.
import type { Id, Instant } from '../../../src/domain/basics.ts';
import { optOutHash } from './opt-out-hash.ts';
import type { Owner } from './sealed-credentials.ts';
import type { Sql } from './session.ts';
import { at } from './values.ts';

/** Into the workspace of the transaction. */
export async function moveOptOuts(
  sql: Sql,
  hashKey: Uint8Array,
  from: Id,
  { platform, installation }: Owner,
): Promise<void> {
  await sql.query(
    `INSERT INTO opt_out_hashes (workspace_id, hash, created_at)
     SELECT $1, hash, created_at FROM opt_out_hashes WHERE workspace_id = $2 ON CONFLICT DO NOTHING`,
    [sql.workspaceId, from],
  );
  const { rows } = await sql.query<{ external_id: string; opted_out_at: Instant }>(
    `SELECT d.external_id, pe.opted_out_at FROM people pe JOIN identities d ON d.workspace_id = $1 AND d.person_id = pe.id
     WHERE pe.workspace_id = $1 AND pe.opted_out_at IS NOT NULL AND d.platform = $2 AND d.installation = $3`,
    [from, platform, installation],
  );
  await sql.query(
    `INSERT INTO opt_out_hashes (workspace_id, hash, created_at)
     SELECT $1, hash, at FROM unnest($2::bytea[], $3::timestamptz[]) AS h(hash, at) ON CONFLICT DO NOTHING`,
    [
      sql.workspaceId,
      rows.map((row) => optOutHash(hashKey, { platform, installation, externalId: row.external_id })),
      rows.map((row) => at(row.opted_out_at)),
    ],
  );
}
