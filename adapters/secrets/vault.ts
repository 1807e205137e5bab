// Seals with AES-256-GCM: the newest key seals, every known one opens, and the sealed bytes say by which key they were sealed.
//
// version (1) | fingerprint of the key (8) | nonce (12) | ciphertext | tag (16); version, fingerprint and context are authenticated.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Vault } from '../../src/ports/vault.ts';
import { deriveKey } from './keys.ts';

const CIPHER = 'aes-256-gcm';
const VERSION = 1;
const FINGERPRINT = 8;
const NONCE = 12;
const TAG = 16;
const HEADER = 1 + FINGERPRINT;

interface Key {
  readonly key: Uint8Array;
  /** What sealed bytes begin with. */
  readonly header: Buffer;
}

/** `masters`: the newest first. Nonces are random: a key is good for some four thousand million texts. */
export function createVault(masters: readonly [Uint8Array, ...Uint8Array[]]): Vault {
  const [newest, ...older] = masters;
  const current = keyOf(newest);
  const keys = [current, ...older.map(keyOf)];
  const sealedBy = ({ header }: Key, sealed: Uint8Array): boolean =>
    header.equals(sealed.subarray(0, HEADER));

  return {
    seal(text, context) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv(CIPHER, current.key, nonce).setAAD(aad(current, context));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return new Uint8Array(Buffer.concat([current.header, nonce, body, cipher.getAuthTag()]));
    },

    open(sealed, context) {
      const key = keys.find((one) => sealedBy(one, sealed));
      if (key === undefined || sealed.length < HEADER + NONCE + TAG) return null;
      const nonce = sealed.subarray(HEADER, HEADER + NONCE);
      const decipher = createDecipheriv(CIPHER, key.key, nonce, { authTagLength: TAG })
        .setAAD(aad(key, context))
        .setAuthTag(sealed.subarray(-TAG));
      const text = decipher.update(sealed.subarray(HEADER + NONCE, -TAG));
      try {
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch {
        return null; // the tag is not that of these bytes in this context
      }
    },

    isCurrent: (sealed) => sealedBy(current, sealed),
  };
}

function keyOf(master: Uint8Array): Key {
  const fingerprint = deriveKey(master, 'vault fingerprint').subarray(0, FINGERPRINT);
  return { key: deriveKey(master, 'vault'), header: Buffer.from([VERSION, ...fingerprint]) };
}

/** As JSON, so that no two lists of words give the same bytes. */
function aad({ header }: Key, context: readonly string[]): Buffer {
  return Buffer.concat([header, Buffer.from(JSON.stringify(context), 'utf8')]);
}
