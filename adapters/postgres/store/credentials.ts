// The secrets of installations. Renewing them is slow work elsewhere, so nothing of the database is held meanwhile: a lease says who does it, and
// what comes of it is written only where what it was made of still stands.
import { v4 } from 'uuid';
import { AfterwordError, type Duration, SECOND } from '../../../src/domain/basics.ts';
import type { Credentials } from '../../../src/ports/credentials.ts';
import type { StoreContext } from './context.ts';
import { keepLease, releaseLease } from './renewal-lease.ts';
import { openCredentials, sealCredentials } from './sealed-credentials.ts';
import { poolQuery } from './session.ts';
import { storable } from './storable.ts';

/** How long to wait for another process to renew them, and how often to look. */
const PATIENCE: Duration = 30 * SECOND;
const LOOK_EVERY: Duration = SECOND / 5;

/** What was renewed is written for so long while the store is away: the old credentials may hold no more. */
const WRITE_FOR: Duration = 30 * SECOND;

interface Held {
  readonly sealed: Uint8Array;
  readonly text: string;
}

type Renewal = (current: string) => Promise<string>;

/** By platform. */
export function createCredentials(
  ctx: Pick<StoreContext, 'pool' | 'vault'>,
): (platform: string) => Credentials {
  const underWay = new Map<string, Promise<string | null>>();
  return (platform) => credentialsOf(ctx, platform, underWay);
}

function credentialsOf(
  { pool, vault }: Pick<StoreContext, 'pool' | 'vault'>,
  platform: string,
  underWay: Map<string, Promise<string | null>>,
): Credentials {
  const ownerOf = (installation: string) => ({ platform, installation: storable(installation) });

  async function held(installation: string): Promise<Held | null> {
    const owner = ownerOf(installation);
    const { rows } = await poolQuery<{ credentials: Uint8Array | null }>(
      pool,
      'SELECT credentials FROM installations WHERE platform = $1 AND external_id = $2',
      [platform, owner.installation],
    );
    const sealed = rows[0]?.credentials ?? null;
    return sealed === null ? null : { sealed, text: openCredentials(vault, owner, sealed) };
  }

  /** Writes what was made of `seen`. Answers with what is to be used: somebody may have installed anew meanwhile, or removed it. */
  async function replace(installation: string, seen: string, renewed: string): Promise<string | null> {
    const owner = ownerOf(installation);
    for (;;) {
      const now = await held(installation);
      if (now === null || now.text !== seen) return now?.text ?? null;
      const { count } = await poolQuery(
        pool,
        'UPDATE installations SET credentials = $4 WHERE platform = $1 AND external_id = $2 AND credentials = $3',
        [platform, owner.installation, Buffer.from(now.sealed), sealCredentials(vault, owner, renewed)],
      );
      if (count > 0) return renewed;
    }
  }

  async function renewOnce(installation: string, seen: string, renewal: Renewal): Promise<string | null> {
    const name = `credentials ${platform} ${installation}`;
    for (const until = Date.now() + PATIENCE; ; ) {
      const now = await held(installation);
      if (now === null || now.text !== seen) return now?.text ?? null;
      const holder = v4();
      const lease = await keepLease(pool, name, holder);
      if (lease === null) {
        if (Date.now() > until) throw tooLong(platform, installation);
        await delay(LOOK_EVERY * (0.5 + Math.random()));
        continue;
      }
      try {
        // Whoever had the lease before may have been done just before we got it.
        const still = await held(installation);
        if (still === null || still.text !== seen) return still?.text ?? null;
        const renewed = await renewal(seen);
        return await persistently(() => replace(installation, seen, renewed));
      } finally {
        lease.stop();
        await releaseLease(pool, name, holder).catch(() => {}); // it ends by itself
      }
    }
  }

  return {
    load: async (installation) => (await held(installation))?.text ?? null,

    renew(installation, seen, renewal) {
      // Those of this process wait for one of them, who waits for the other processes.
      const key = JSON.stringify([platform, installation, seen]);
      const going =
        underWay.get(key) ?? renewOnce(installation, seen, renewal).finally(() => underWay.delete(key));
      underWay.set(key, going);
      return going;
    },
  };
}

/** Again while the store is away. */
async function persistently<T>(write: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + WRITE_FOR; ; ) {
    try {
      return await write();
    } catch (error) {
      const mayHelp =
        error instanceof AfterwordError && (error.kind === 'unavailable' || error.kind === 'busy');
      if (!mayHelp || Date.now() > until) throw error;
      await delay(SECOND / 2);
    }
  }
}

function delay(ms: Duration): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function tooLong(platform: string, installation: string): AfterwordError {
  return new AfterwordError(
    'busy',
    `another process has been renewing the credentials of ${platform} ${installation} for ${PATIENCE / SECOND} s`,
    'try again',
  );
}
