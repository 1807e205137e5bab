// What is kept of somebody erased who had opted out: enough to know them again, not enough to know who they were.
import { createHmac } from 'node:crypto';
import type { IdentityRef } from '../../../src/domain/trigger/interaction.ts';

/** HMAC-SHA256 of `platform:installation:externalId`. */
export function optOutHash(key: Uint8Array, identity: IdentityRef): Buffer {
  const { platform, installation, externalId } = identity;
  return createHmac('sha256', key).update(`${platform}:${installation}:${externalId}`).digest();
}
