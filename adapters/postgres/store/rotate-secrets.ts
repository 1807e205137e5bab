// At the start: what an older key of ENCRYPTION_KEY sealed is sealed anew by the newest, so that the older one can be dropped.
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { AfterwordError } from '../../../src/domain/basics.ts';
import type { Log } from '../../../src/ports/log.ts';
import type { Vault } from '../../../src/ports/vault.ts';
import { type Owner, openCredentials, sealCredentials } from './sealed-credentials.ts';
import { poolQuery } from './session.ts';

/** The newest first, which hashes; what any of them hashed is recognised. */
export type HashKeys = readonly [Uint8Array, ...Uint8Array[]];

export interface StoreSecrets {
  readonly vault: Vault;
  /** Key the HMAC-SHA256 that keeps an opt-out of somebody erased. */
  readonly hashKeys: HashKeys;
}

const HASH_KEY = ['hash key'];

/**
 * Of a service at its start: seals anew. What no key opens stays as it is, for when the key comes back; the log says so. Answers with the keys of all
 * hashes ever made here: nobody can hash again what was erased, so those of keys that are dropped are kept, sealed.
 */
export async function rotateSecrets(pool: Pool, secrets: StoreSecrets, log: Log): Promise<StoreSecrets> {
  await rotateCredentials(pool, secrets.vault, log);
  const kept = await keptKeys(pool, secrets.vault);
  if (kept.some(({ key }) => key === null)) {
    const message = 'some opt-outs of erased people cannot be recognised: their key is not in ENCRYPTION_KEY';
    log.warn({}, message);
  }
  const hashKeys = allKeys(secrets, kept);
  const current = new Set(kept.filter(({ sealed }) => secrets.vault.isCurrent(sealed)).map(({ id }) => id));
  for (const key of hashKeys) {
    if (!current.has(fingerprint(key).toString('hex'))) await keepHashKey(pool, secrets.vault, key);
  }
  return { ...secrets, hashKeys };
}

/** Of a command, which may have been given other keys than the service: the same answer, and nothing is changed. */
export async function learnSecrets(pool: Pool, secrets: StoreSecrets): Promise<StoreSecrets> {
  return { ...secrets, hashKeys: allKeys(secrets, await keptKeys(pool, secrets.vault)) };
}

async function rotateCredentials(pool: Pool, vault: Vault, log: Log): Promise<void> {
  const { rows } = await poolQuery<{ platform: string; external_id: string; credentials: Uint8Array }>(
    pool,
    'SELECT platform, external_id, credentials FROM installations WHERE credentials IS NOT NULL',
    [],
  );
  for (const { platform, external_id: installation, credentials } of rows) {
    if (vault.isCurrent(credentials)) continue;
    const owner = { platform, installation };
    const text = opened(vault, owner, credentials, log);
    if (text === null) continue;
    await poolQuery(
      pool,
      'UPDATE installations SET credentials = $4 WHERE platform = $1 AND external_id = $2 AND credentials = $3',
      [platform, installation, credentials, sealCredentials(vault, owner, text)],
    );
  }
}

function opened(vault: Vault, owner: Owner, sealed: Uint8Array, log: Log): string | null {
  try {
    return openCredentials(vault, owner, sealed);
  } catch (error) {
    const { message, remedy } = error as AfterwordError;
    log.warn({ ...owner, remedy }, message);
    return null;
  }
}

interface KeptKey {
  /** Its fingerprint. */
  readonly id: string;
  readonly sealed: Uint8Array;
  /** Null: no key opens it. */
  readonly key: Uint8Array | null;
}

async function keptKeys(pool: Pool, vault: Vault): Promise<readonly KeptKey[]> {
  const { rows } = await poolQuery<{ id: string; sealed: Uint8Array }>(
    pool,
    `SELECT encode(id, 'hex') AS id, sealed FROM hash_keys`,
    [],
  );
  return rows.map(({ id, sealed }) => {
    const text = vault.open(sealed, HASH_KEY);
    return { id, sealed, key: text === null ? null : new Uint8Array(Buffer.from(text, 'base64')) };
  });
}

/** Those given, and those that are only known here. */
function allKeys({ hashKeys: [newest, ...older] }: StoreSecrets, kept: readonly KeptKey[]): HashKeys {
  const given = new Set([newest, ...older].map((key) => fingerprint(key).toString('hex')));
  const others = kept.flatMap(({ id, key }) => (key === null || given.has(id) ? [] : [key]));
  return [newest, ...older, ...others];
}

async function keepHashKey(pool: Pool, vault: Vault, key: Uint8Array): Promise<void> {
  const text = Buffer.from(key).toString('base64');
  await poolQuery(
    pool,
    'INSERT INTO hash_keys (id, sealed) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed',
    [fingerprint(key), Buffer.from(vault.seal(text, HASH_KEY))],
  );
}

/** Keys are random: nothing can be told from the hash of one. */
function fingerprint(key: Uint8Array): Buffer {
  return createHash('sha256').update(key).digest().subarray(0, 16);
}
