// Whether a request comes from Discord: its Ed25519 signature over the time and the raw body, and a time that is neither long ago nor far ahead.
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { type Instant, MINUTE, SECOND } from '../../../src/domain/basics.ts';

const TOLERANCE = 5 * MINUTE;

export interface Signed {
  /** `X-Signature-Timestamp`, in seconds. */
  readonly timestamp: string | null;
  /** `X-Signature-Ed25519`, in hex. */
  readonly signature: string | null;
  readonly body: Uint8Array;
}

/** What stands before the 32 bytes of every Ed25519 key in its usual form. */
const PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** The key of the application, as Discord shows it: 64 hex digits. */
export function publicKeyOf(hex: string): KeyObject {
  return createPublicKey({
    key: Buffer.concat([PREFIX, Buffer.from(hex, 'hex')]),
    format: 'der',
    type: 'spki',
  });
}

export function isSignedByDiscord(
  key: KeyObject,
  { timestamp, signature, body }: Signed,
  now: Instant,
): boolean {
  if (timestamp === null || signature === null) return false;
  if (!/^\d{1,12}$/u.test(timestamp) || !/^[0-9a-f]{128}$/iu.test(signature)) return false;
  if (Math.abs(now - Number(timestamp) * SECOND) > TOLERANCE) return false;
  return verify(null, Buffer.concat([Buffer.from(timestamp), body]), key, Buffer.from(signature, 'hex'));
}
