// What every part of the store is built from.
import type { Pool } from 'pg';
import type { Log } from '../../../src/ports/log.ts';
import type { Vault } from '../../../src/ports/vault.ts';
import type { PrismaClient } from '../generated/client.ts';
import type { HashKeys } from './rotate-secrets.ts';

export interface StoreContext {
  readonly pool: Pool;
  /** Made at the first call: most processes' hot paths never need it. */
  readonly prisma: () => Promise<PrismaClient>;
  readonly vault: Vault;
  /** Key the HMAC-SHA256 that keeps an opt-out of somebody erased: the newest first, which hashes; what any of them hashed is recognised. */
  readonly hashKeys: HashKeys;
  readonly log: Log;
  /**
   * Whether connections may keep the hottest statements planned (an answer takes about two thirds of the time). Never on the embedded store, whose
   * connections share one session, nor behind a pooler that hands out another server connection with every transaction. Default: no.
   */
  readonly keepsPlans?: boolean;
}
