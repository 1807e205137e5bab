// Tokens that answer one prompt, and API keys.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Id } from '../../src/domain/basics.ts';
import type { Tokens } from '../../src/ports/tokens.ts';
import { deriveKey } from './keys.ts';

const MAC_BYTES = 24;
const PURPOSE = 'prompt tokens';

/** `masters`: the newest first, which signs; what any of them signed holds. */
export function createTokens(masters: readonly [Uint8Array, ...Uint8Array[]]): Tokens {
  const [newest, ...older] = masters;
  const signer = deriveKey(newest, PURPOSE);
  const keys = [signer, ...older.map((master) => deriveKey(master, PURPOSE))];
  const mac = (key: Uint8Array, workspaceId: Id, promptId: Id) =>
    createHmac('sha256', key).update(`${workspaceId}\n${promptId}`).digest().subarray(0, MAC_BYTES);

  return {
    sign: (workspaceId, promptId) =>
      Buffer.concat([
        Buffer.from(workspaceId.replaceAll('-', ''), 'hex'),
        mac(signer, workspaceId, promptId),
      ]).toString('base64url'),
    verify(token, promptId) {
      const bytes = Buffer.from(token, 'base64url');
      // Node reads past what is not base64url: only the very text that was signed will do.
      if (bytes.length !== 16 + MAC_BYTES || bytes.toString('base64url') !== token) return null;
      const workspaceId = uuidOf(bytes.subarray(0, 16));
      const given = bytes.subarray(16);
      const signed = keys.some((key) => timingSafeEqual(given, mac(key, workspaceId, promptId)));
      return signed ? workspaceId : null;
    },
    hashKey: (apiKey) => createHash('sha256').update(apiKey).digest(),
    newKey: () => `aw_${randomBytes(32).toString('base64url')}`,
  };
}

function uuidOf(bytes: Buffer): Id {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
