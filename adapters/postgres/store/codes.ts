// Words that somebody may type once, kept as their hashes.
import type { Id } from '../../../src/domain/basics.ts';
import type { Administration } from '../../../src/ports/store/administration.ts';
import type { StoreContext } from './context.ts';
import { poolQuery } from './session.ts';
import { at } from './values.ts';

export function codesOf({
  pool,
}: Pick<StoreContext, 'pool'>): Pick<
  Administration,
  'createCode' | 'redeemCode' | 'createLink' | 'redeemLink'
> {
  return {
    async createCode({ hash, workspaceId, purpose, expiresAt }) {
      await poolQuery(
        pool,
        'INSERT INTO codes (hash, workspace_id, purpose, expires_at) VALUES ($1, $2, $3, $4::timestamptz)',
        [Buffer.from(hash), workspaceId, purpose, at(expiresAt)],
      );
    },

    async redeemCode(hash, purpose, now) {
      const { rows } = await poolQuery<{ workspace_id: Id }>(
        pool,
        'DELETE FROM codes WHERE hash = $1 AND purpose = $2 AND expires_at > $3::timestamptz RETURNING workspace_id',
        [Buffer.from(hash), purpose, at(now)],
      );
      return rows[0]?.workspace_id ?? null;
    },

    async createLink({ hash, workspaceId, personId, expiresAt }) {
      await poolQuery(
        pool,
        `INSERT INTO codes (hash, workspace_id, purpose, person_id, expires_at)
         SELECT $1, $2, 'link', id, $4::timestamptz FROM people WHERE workspace_id = $2 AND id = $3`,
        [Buffer.from(hash), workspaceId, personId, at(expiresAt)],
      );
    },

    async redeemLink(workspaceId, hash, now) {
      const { rows } = await poolQuery<{ person_id: Id }>(
        pool,
        `DELETE FROM codes WHERE workspace_id = $1 AND hash = $2 AND purpose = 'link' AND expires_at > $3::timestamptz RETURNING person_id`,
        [workspaceId, Buffer.from(hash), at(now)],
      );
      return rows[0]?.person_id ?? null;
    },
  };
}
