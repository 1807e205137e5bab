// Words that somebody may type once, kept as their hashes.
import type { Id } from '../../../src/domain/basics.ts';
import type { Administration } from '../../../src/ports/store/administration.ts';
import type { StoreContext } from './context.ts';
import { poolQuery } from './session.ts';
import { at } from './values.ts';

export function codesOf({
  pool,
}: Pick<StoreContext, 'pool'>): Pick<Administration, 'createCode' | 'redeemCode'> {
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
  };
}
