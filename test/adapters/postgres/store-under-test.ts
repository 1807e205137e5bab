// The store on a test's database, and what its contracts need to know beyond its port.
import { v7 as newId } from 'uuid';
import type { Database } from '../../../adapters/postgres/database.ts';
import { createStore } from '../../../adapters/postgres/store/index.ts';
import { lazyPrisma } from '../../../adapters/postgres/store/lazy-prisma.ts';
import type { StoreSecrets } from '../../../adapters/postgres/store/rotate-secrets.ts';
import { createVault } from '../../../adapters/secrets/index.ts';
import { DEFAULT_SETTINGS } from '../../../src/domain/survey/settings.ts';
import { NOW, type StoreUnderTest } from '../../contracts/store/world.ts';
import { recordedLog } from '../../support/recorded-log.ts';

export const SECRETS: StoreSecrets = {
  vault: createVault([new Uint8Array(32).fill(9)]),
  hashKeys: [new Uint8Array(32).fill(7)],
};

const made = new WeakMap<Database['pool'], StoreUnderTest>();

/** The same store for the same pool: each Prisma client listens to it. */
export function storeUnderTest(database: Pick<Database, 'pool' | 'kind'>): StoreUnderTest {
  const known = made.get(database.pool) ?? storeOn(database);
  made.set(database.pool, known);
  return known;
}

function storeOn({ pool, kind }: Pick<Database, 'pool' | 'kind'>): StoreUnderTest {
  const context = {
    pool,
    prisma: lazyPrisma(pool),
    ...SECRETS,
    log: recordedLog().log,
    keepsPlans: kind === 'server',
  };
  const store = createStore(context);
  return {
    store,
    another: () => createStore(context),
    parallel: kind === 'server',
    async newWorkspace() {
      const id = newId();
      const workspace = {
        id,
        name: `workspace ${id}`,
        locale: 'en',
        zone: 'UTC',
        settings: DEFAULT_SETTINGS,
      };
      return (await store.admin.ensureWorkspace(workspace, NOW)).id;
    },
    async rowsOf(workspaceId) {
      const { rows: tables } = await pool.query<{ name: string }>(
        `SELECT table_name AS name FROM information_schema.columns
         WHERE table_schema = 'public' AND column_name = 'workspace_id' ORDER BY 1`,
      );
      const parts = tables.map(
        ({ name }) => `SELECT '${name}' AS name, to_jsonb(t) AS row FROM ${name} t WHERE workspace_id = $1`,
      );
      const own = `SELECT 'workspaces', to_jsonb(w) FROM workspaces w WHERE id = $1`;
      return (await pool.query(`${[...parts, own].join(' UNION ALL ')} ORDER BY 1, 2`, [workspaceId])).rows;
    },
  };
}
