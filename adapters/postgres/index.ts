// The store on PostgreSQL: the database under it, its migrations, and what is asked of it.
import type { Log } from '../../src/ports/log.ts';
import type { Store } from '../../src/ports/store/index.ts';
import type { Database } from './database.ts';
import type { PrismaClient } from './generated/client.ts';
import { createStore } from './store/index.ts';
import { learnSecrets, rotateSecrets, type StoreSecrets } from './store/rotate-secrets.ts';

export { type BackupSummary, backup, type Progress } from './backup/backup.ts';
export { type RestoreOptions, restore } from './backup/restore.ts';
export { type Database, openDatabase } from './database.ts';
export { migrate } from './migrate.ts';
export type { StoreSecrets } from './store/rotate-secrets.ts';

/**
 * What the store of a migrated database is to be opened with: its secrets, and the keys of hashes made with what is no longer given. A service also
 * has everything that older keys sealed sealed anew by the newest.
 */
export async function prepareSecrets(
  { pool }: Database,
  secrets: StoreSecrets,
  { service, log }: { readonly service: boolean; readonly log: Log },
): Promise<StoreSecrets> {
  return service ? await rotateSecrets(pool, secrets, log) : await learnSecrets(pool, secrets);
}

/** The store in a database that its owner closes. Prisma is loaded when it is first needed: it takes memory that hot paths do without. */
export function openStore(database: Database, secrets: StoreSecrets, log: Log): Store {
  const { pool } = database;
  let prisma: Promise<PrismaClient> | null = null;
  const load = async () => {
    const [{ PrismaPg }, { PrismaClient }] = await Promise.all([
      import('@prisma/adapter-pg'),
      import('./generated/client.ts'),
    ]);
    return new PrismaClient({ adapter: new PrismaPg(pool) });
  };
  return createStore({
    pool,
    prisma: () => (prisma ??= load()),
    ...secrets,
    log,
    keepsPlans: database.kind === 'server',
  });
}
