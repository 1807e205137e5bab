// What an outside name becomes when it tells who somebody was: the same again is recognised, and nothing can be read from it.
import { createHmac } from 'node:crypto';

/** `erased:` and 128 bits of HMAC-SHA256. */
export function erasedName(key: Uint8Array, name: string): string {
  return `erased:${createHmac('sha256', key).update(name).digest('base64url').slice(0, 22)}`;
}
