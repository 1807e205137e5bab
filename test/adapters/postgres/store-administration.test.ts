import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { createAdministration } from '../../../adapters/postgres/store/administration.ts';
import { lazyPrisma } from '../../../adapters/postgres/store/lazy-prisma.ts';
import { administrationContract } from '../../contracts/store/administration.ts';
import { NOW, newId } from '../../contracts/store/world.ts';
import { describeOnEachStore } from '../../support/database.ts';
import { SECRETS, storeUnderTest } from './store-under-test.ts';

describeOnEachStore('The store', (database) => {
  administrationContract(() => storeUnderTest(database()));

  it('given a process that only starts and works, when it asks for all it needs, then Prisma is never loaded', async () => {
    const { store, newWorkspace } = storeUnderTest(database());
    const workspaceId = await newWorkspace();
    const workspace = (await store.admin.workspace(workspaceId))!;
    const never = () => Promise.reject(new Error('Prisma was loaded'));
    const admin = createAdministration({ pool: database().pool, prisma: never, ...SECRETS });
    const installation = {
      id: newId(),
      workspaceId,
      platform: 'web',
      externalId: workspaceId,
      name: 'web',
      active: true,
      installer: null,
    };
    expect(await admin.ensureWorkspace(workspace, NOW)).toEqual(workspace);
    expect(await admin.workspaces()).toContainEqual(workspace);
    await admin.ensureInstallation({ ...installation, installedAt: NOW });
    expect(await admin.installations(workspaceId)).toHaveLength(1);
    expect((await admin.policies(workspaceId)).nps.enabled).toBe(true);
    expect(await admin.findApiKey(new Uint8Array(32))).toBeNull();
    await admin.audit(workspaceId, {
      id: newId(),
      at: NOW,
      actor: 'a',
      action: 'b',
      subject: 'c',
      detail: {},
    });
    await expect(admin.apiKeys(workspaceId)).rejects.toThrow('Prisma was loaded');
  });
});

describe('Administration without its database', () => {
  it('given nobody answers, when it is asked by Prisma or by SQL, then it says so and what to do', async () => {
    const pool = new pg.Pool({ host: '127.0.0.1', port: 1, connectionTimeoutMillis: 2_000 });
    const administration = createAdministration({ pool, prisma: lazyPrisma(pool), ...SECRETS });
    const away = { kind: 'unavailable', remedy: expect.stringContaining('DATABASE_URL') };
    await expect(administration.apiKeys(newId())).rejects.toMatchObject(away);
    await expect(administration.installations(newId())).rejects.toMatchObject(away);
    await pool.end();
  });
});
