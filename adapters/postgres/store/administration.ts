// Everyday administration. What people change now and then goes through Prisma; what processes ask all the time does not.
import { AfterwordError, type Id } from '../../../src/domain/basics.ts';
import { parsePolicy, policyJson } from '../../../src/domain/survey/policy-schema.ts';
import type { Administration, AuditEntry } from '../../../src/ports/store/administration.ts';
import type { Prisma } from '../generated/client.ts';
import { administrationReads } from './administration-reads.ts';
import { WORKSPACE, type WorkspaceRow, workspaceOf } from './administration-rows.ts';
import { codesOf } from './codes.ts';
import type { StoreContext } from './context.ts';
import { installationsOf } from './installations.ts';
import { inOurWords } from './prisma-errors.ts';
import { storable } from './storable.ts';
import { inTransaction } from './transaction.ts';

type AdministrationContext = Pick<StoreContext, 'pool' | 'prisma' | 'vault' | 'hashKeys' | 'keepsPlans'>;

export function createAdministration(ctx: AdministrationContext): Administration {
  const { prisma } = ctx;
  const reads = administrationReads(ctx);
  return {
    ...reads,
    ...installationsOf(ctx, reads.findInstallation),
    ...codesOf(ctx),

    async saveWorkspace({ id, name, locale, zone, settings }) {
      const data = { name: storable(name), locale, zone, settings: json(settings) };
      const { count } = await inOurWords((await prisma()).workspace.updateMany({ where: { id }, data }));
      if (count === 0) throw missing('workspace', id);
    },

    async changeWorkspace(workspaceId, change) {
      await inTransaction(ctx, workspaceId, async (sql) => {
        const { rows } = await sql.query<WorkspaceRow>(
          `SELECT ${WORKSPACE} FROM workspaces WHERE id = $1 FOR NO KEY UPDATE`,
          [workspaceId],
        );
        if (rows[0] === undefined) throw missing('workspace', workspaceId);
        const { locale, zone, settings } = change(workspaceOf(rows[0]));
        await sql.query('UPDATE workspaces SET locale = $2, zone = $3, settings = $4::jsonb WHERE id = $1', [
          workspaceId,
          locale,
          zone,
          JSON.stringify(storable(settings)),
        ]);
      });
    },

    async saveInstallation({ id, workspaceId, platform, externalId, name, active, installer, installedAt }) {
      const data = {
        workspaceId,
        platform,
        externalId: storable(externalId),
        name: storable(name),
        active,
        installer: storable(installer),
        installedAt: new Date(installedAt),
      };
      const { count } = await inOurWords((await prisma()).installation.updateMany({ where: { id }, data }));
      if (count === 0) throw missing('installation', id);
    },

    async savePolicy(workspaceId, policy, now) {
      const { kind } = policy;
      // Read back before it is kept: what cannot be read later is refused now.
      const kept = policyJson(parsePolicy(kind, policyJson(policy)));
      const change = { policy: json(kept), updatedAt: new Date(now) };
      const upsert = (await prisma()).survey.upsert({
        where: { workspaceId_kind: { workspaceId, kind } },
        create: { workspaceId, kind, ...change },
        update: change,
      });
      await inOurWords(upsert);
    },

    async accounts(workspaceId) {
      const found = await inOurWords(
        (await prisma()).account.findMany({ where: { workspaceId }, orderBy: { name: 'asc' } }),
      );
      return found.map(({ name, weight }) => ({ name, weight }));
    },

    async saveAccount(workspaceId, { name, weight }) {
      await inTransaction(ctx, workspaceId, async (sql) => {
        await sql.query(
          `INSERT INTO accounts (workspace_id, name, weight) VALUES ($1, $2, $3)
           ON CONFLICT (workspace_id, name) DO UPDATE SET weight = excluded.weight`,
          [workspaceId, storable(name), weight],
        );
      });
    },

    async createApiKey({ id, workspaceId, name, hash }, now) {
      const data = {
        id,
        workspaceId,
        name: storable(name),
        hash: new Uint8Array(hash),
        createdAt: new Date(now),
      };
      await inOurWords((await prisma()).apiKey.create({ data }));
    },

    async apiKeys(workspaceId) {
      const query = (await prisma()).apiKey.findMany({
        where: { workspaceId },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        omit: { hash: true },
      });
      const rows = await inOurWords(query);
      return rows.map((row) => ({
        ...row,
        createdAt: row.createdAt.getTime(),
        revokedAt: row.revokedAt?.getTime() ?? null,
      }));
    },

    async revokeApiKey(workspaceId, id, now) {
      const where = { id, workspaceId, revokedAt: null };
      const update = (await prisma()).apiKey.updateMany({ where, data: { revokedAt: new Date(now) } });
      return (await inOurWords(update)).count > 0;
    },

    async auditTrail(workspaceId, limit) {
      const query = (await prisma()).auditEntry.findMany({
        where: { workspaceId },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: limit,
        omit: { workspaceId: true },
      });
      const rows = await inOurWords(query);
      return rows.map((row) => ({
        ...row,
        at: row.at.getTime(),
        detail: row.detail as AuditEntry['detail'],
      }));
    },
  };
}

function json(value: object): Prisma.InputJsonObject {
  return storable(value) as Prisma.InputJsonObject;
}

function missing(what: string, id: Id): AfterwordError {
  return new AfterwordError('not_found', `there is no ${what} ${id}`, `look up which ${what}s there are`);
}
