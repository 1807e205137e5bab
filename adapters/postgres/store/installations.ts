// Installations as they come, go and change hands. Each is one statement, but for the change of hands.
import type { Id } from '../../../src/domain/basics.ts';
import type { Administration } from '../../../src/ports/store/administration.ts';
import { INSTALLATION, type InstallationRow, installationOf } from './administration-rows.ts';
import type { StoreContext } from './context.ts';
import { moveOptOuts } from './move-opt-outs.ts';
import { sealCredentials } from './sealed-credentials.ts';
import { poolQuery } from './session.ts';
import { storable } from './storable.ts';
import { inTransaction } from './transaction.ts';
import { at } from './values.ts';

export type InstallationChanges = Pick<
  Administration,
  'install' | 'uninstall' | 'noteInstaller' | 'moveInstallation'
>;

// What was removed comes back by a newer installation only: the same one, delivered again after the removal, does not count.
const INSTALL = `
INSERT INTO installations AS i (id, workspace_id, platform, external_id, name, active, installer, installed_at, credentials)
VALUES ($1, $2, $3, $4, $5, true, $6, $7::timestamptz, $8::bytea)
ON CONFLICT (platform, external_id) DO UPDATE SET name = excluded.name, active = true, installed_at = excluded.installed_at,
  installer = coalesce(excluded.installer, i.installer), credentials = coalesce(excluded.credentials, i.credentials)
WHERE i.installed_at < excluded.installed_at OR (i.installed_at = excluded.installed_at AND i.active)`;

export function installationsOf(
  ctx: Pick<StoreContext, 'pool' | 'vault' | 'hashKeys'>,
  find: Administration['findInstallation'],
): InstallationChanges {
  const { pool, vault } = ctx;
  return {
    async install({ id, workspaceId, platform, externalId, name, installer, installedAt }, credentials) {
      const owner = { platform, installation: storable(externalId) };
      const sealed = credentials === null ? null : sealCredentials(vault, owner, credentials);
      const values = [
        id,
        workspaceId,
        platform,
        owner.installation,
        storable(name),
        storable(installer),
        at(installedAt),
        sealed,
      ];
      await poolQuery(pool, INSTALL, values);
      const { rows } = await poolQuery<InstallationRow>(
        pool,
        `SELECT ${INSTALLATION} FROM installations WHERE platform = $1 AND external_id = $2`,
        [platform, owner.installation],
      );
      return installationOf(rows[0] as InstallationRow);
    },

    async uninstall(platform, externalId, removedAt) {
      const { count } = await poolQuery(
        pool,
        `UPDATE installations SET active = false, credentials = NULL
         WHERE platform = $1 AND external_id = $2 AND installed_at <= $3::timestamptz AND (active OR credentials IS NOT NULL)`,
        [platform, storable(externalId), at(removedAt)],
      );
      return count > 0;
    },

    async noteInstaller(platform, externalId, installer) {
      await poolQuery(
        pool,
        'UPDATE installations SET installer = $3 WHERE platform = $1 AND external_id = $2 AND installer IS NULL',
        [platform, storable(externalId), storable(installer)],
      );
    },

    async moveInstallation(platform, externalId, workspaceId) {
      const known = await find(platform, externalId);
      if (known === null) return 'not_found';
      if (known.workspaceId === workspaceId) return 'moved';
      return await inTransaction(ctx, workspaceId, async (sql) => {
        const { rows } = await sql.query<{ workspace_id: Id; used: boolean }>(
          `SELECT workspace_id, EXISTS (SELECT FROM interactions t WHERE t.workspace_id = i.workspace_id) AS used
           FROM installations i WHERE platform = $1 AND external_id = $2 FOR UPDATE`,
          [platform, storable(externalId)],
        );
        const row = rows[0];
        if (row === undefined) return 'not_found';
        if (row.workspace_id === workspaceId) return 'moved';
        if (row.used) return 'in_use';
        await moveOptOuts(sql, ctx.hashKeys[0], row.workspace_id, {
          platform,
          installation: storable(externalId),
        });
        await sql.query(
          'UPDATE installations SET workspace_id = $3 WHERE platform = $1 AND external_id = $2',
          [platform, storable(externalId), workspaceId],
        );
        return 'moved';
      });
    },
  };
}
