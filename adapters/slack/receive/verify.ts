// Whether a request comes from Slack: its signature over the raw body, and a time that is neither long ago nor far ahead.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Instant, MINUTE, SECOND } from '../../../src/domain/basics.ts';

const TOLERANCE = 5 * MINUTE;

export interface Signed {
  /** `X-Slack-Request-Timestamp`, in seconds. */
  readonly timestamp: string | null;
  /** `X-Slack-Signature`. */
  readonly signature: string | null;
  readonly body: Uint8Array;
}

export function isSignedBySlack(
  secret: string,
  { timestamp, signature, body }: Signed,
  now: Instant,
): boolean {
  if (timestamp === null || signature === null) return false;
  if (!/^\d{1,12}$/u.test(timestamp) || !/^v0=[0-9a-f]{64}$/u.test(signature)) return false;
  // Bolt's own check lets pass what comes from the future.
  if (Math.abs(now - Number(timestamp) * SECOND) > TOLERANCE) return false;
  const expected = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(signature.slice(3), 'hex'));
}
