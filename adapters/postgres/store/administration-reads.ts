// What every process asks at its start and while it works: plain SQL, so that it need not load Prisma.
import { AfterwordError, type Id, type Instant } from '../../../src/domain/basics.ts';
import { SURVEY_KINDS, type SurveyKind } from '../../../src/domain/survey/kind.ts';
import type { SurveyPolicy } from '../../../src/domain/survey/policy.ts';
import { parsePolicy } from '../../../src/domain/survey/policy-schema.ts';
import type { Administration } from '../../../src/ports/store/administration.ts';
import {
  INSTALLATION,
  type InstallationRow,
  installationOf,
  WORKSPACE,
  type WorkspaceRow,
  workspaceOf,
} from './administration-rows.ts';
import type { StoreContext } from './context.ts';
import { poolQuery } from './session.ts';
import { storable } from './storable.ts';
import { at } from './values.ts';

export type AdministrationReads = Pick<
  Administration,
  | 'workspaces'
  | 'workspace'
  | 'ensureWorkspace'
  | 'installations'
  | 'ensureInstallation'
  | 'findInstallation'
  | 'policies'
  | 'findApiKey'
  | 'audit'
>;

export function administrationReads({ pool }: Pick<StoreContext, 'pool'>): AdministrationReads {
  async function workspacesBy(condition: string, values: readonly unknown[]) {
    const { rows } = await poolQuery<WorkspaceRow>(
      pool,
      `SELECT ${WORKSPACE} FROM workspaces WHERE ${condition} ORDER BY created_at, id`,
      values,
    );
    return rows.map(workspaceOf);
  }

  async function installationsBy(condition: string, values: readonly unknown[]) {
    const { rows } = await poolQuery<InstallationRow>(
      pool,
      `SELECT ${INSTALLATION} FROM installations WHERE ${condition} ORDER BY installed_at, id`,
      values,
    );
    return rows.map(installationOf);
  }

  const findInstallation: Administration['findInstallation'] = async (platform, externalId) =>
    (await installationsBy('platform = $1 AND external_id = $2', [platform, storable(externalId)]))[0] ??
    null;

  return {
    workspaces: () => workspacesBy('true', []),

    async workspace(idOrName) {
      // Both at once, the id first: somebody may name a workspace like the id of another.
      const found = await workspacesBy('id::text = lower($1) OR name = $1', [storable(idOrName)]);
      return found.find(({ id }) => id === idOrName.toLowerCase()) ?? found[0] ?? null;
    },

    async ensureWorkspace({ id, name, locale, zone, settings }, now) {
      await poolQuery(
        pool,
        `INSERT INTO workspaces (id, name, locale, zone, settings, created_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
        [id, storable(name), locale, zone, storable(settings), at(now)],
      );
      const [workspace] = await workspacesBy('name = $1', [storable(name)]);
      if (workspace) return workspace;
      throw new AfterwordError(
        'conflict',
        `the id ${id} belongs to another workspace`,
        'make one with a new id',
      );
    },

    installations: (workspaceId) => installationsBy('workspace_id = $1', [workspaceId]),

    async ensureInstallation(installation) {
      const { id, workspaceId, platform, externalId, name, active, installer, installedAt } = installation;
      await poolQuery(
        pool,
        `INSERT INTO installations (id, workspace_id, platform, external_id, name, active, installed_at, installer)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
        [
          id,
          workspaceId,
          platform,
          storable(externalId),
          storable(name),
          active,
          at(installedAt),
          storable(installer),
        ],
      );
      const found = await findInstallation(platform, externalId);
      if (found) return found;
      throw new AfterwordError(
        'conflict',
        `the id ${id} belongs to another installation`,
        'make one with a new id',
      );
    },

    findInstallation,

    async policies(workspaceId) {
      const { rows } = await poolQuery<{ kind: SurveyKind; policy: unknown }>(
        pool,
        'SELECT kind, policy FROM surveys WHERE workspace_id = $1',
        [workspaceId],
      );
      const stored = new Map(rows.map((row) => [row.kind, row.policy]));
      const all = SURVEY_KINDS.map((kind) => [kind, parsePolicy(kind, stored.get(kind) ?? {})] as const);
      return Object.fromEntries(all) as Record<SurveyKind, SurveyPolicy>;
    },

    async findApiKey(hash) {
      const { rows } = await poolQuery<ApiKeyRow>(
        pool,
        'SELECT id, workspace_id, name, created_at, revoked_at FROM api_keys WHERE hash = $1',
        [Buffer.from(hash)],
      );
      const row = rows[0];
      if (row === undefined) return null;
      const { workspace_id, created_at, revoked_at, ...key } = row;
      return { ...key, workspaceId: workspace_id, createdAt: created_at, revokedAt: revoked_at };
    },

    async audit(workspaceId, entry) {
      await poolQuery(
        pool,
        'INSERT INTO audit_entries (id, workspace_id, at, actor, action, subject, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [
          entry.id,
          workspaceId,
          at(entry.at),
          storable(entry.actor),
          entry.action,
          storable(entry.subject),
          storable(entry.detail),
        ],
      );
    },
  };
}

interface ApiKeyRow {
  readonly id: Id;
  readonly workspace_id: Id;
  readonly name: string;
  readonly created_at: Instant;
  readonly revoked_at: Instant | null;
}
