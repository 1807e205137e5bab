// The credentials of an installation as its row holds them: sealed, and bound to it.
import { AfterwordError } from '../../../src/domain/basics.ts';
import type { Vault } from '../../../src/ports/vault.ts';

export interface Owner {
  readonly platform: string;
  readonly installation: string;
}

export function sealCredentials(vault: Vault, owner: Owner, text: string): Buffer {
  return Buffer.from(vault.seal(text, contextOf(owner)));
}

/** Throws `invalid` when no key opens them. */
export function openCredentials(vault: Vault, owner: Owner, sealed: Uint8Array): string {
  const text = vault.open(sealed, contextOf(owner));
  if (text !== null) return text;
  throw new AfterwordError(
    'invalid',
    `no key of ENCRYPTION_KEY opens the credentials of ${owner.platform} ${owner.installation}`,
    'add the key that sealed them to ENCRYPTION_KEY, after the present one and a comma, and start again; or install the app there again',
  );
}

function contextOf({ platform, installation }: Owner): readonly string[] {
  return ['credentials', platform, installation];
}
