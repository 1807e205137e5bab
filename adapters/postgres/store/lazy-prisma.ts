// The Prisma client on the store's own pool, loaded when it is first needed: it takes some 50 MB, which a process that only
// asks and listens never has to spend.
import type { Pool } from 'pg';
import type { PrismaClient } from '../generated/client.ts';

/** The same client at every call; it goes with the pool and needs no closing of its own. */
export function lazyPrisma(pool: Pool): () => Promise<PrismaClient> {
  let client: Promise<PrismaClient> | undefined;
  return () => (client ??= load(pool));
}

async function load(pool: Pool): Promise<PrismaClient> {
  const [{ PrismaClient }, { PrismaPg }] = await Promise.all([
    import('../generated/client.ts'),
    import('@prisma/adapter-pg'),
  ]);
  return new PrismaClient({ adapter: new PrismaPg(pool) });
}
