// Which interactions are asked when not all are: a stable hash, not a coin, so that a second look gives the same answer.
import type { Id } from '../basics.ts';

/**
 * Whether an interaction is in the sample of `percent` (0–100, fractions allowed). Always the same for the same workspace
 * and key; raising the percentage only adds interactions.
 */
export function sampled(workspaceId: Id, interactionKey: string, percent: number): boolean {
  return (hash32(`${workspaceId}\n${interactionKey}`) / 2 ** 32) * 100 < percent;
}

/** FNV-1a over UTF-16 code units with the finalizer of MurmurHash3, which spreads keys that differ in their last letter. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
