// The `state` of an installation under way: signed, good for ten minutes, bound to the browser that began it, and used once.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Instant, MINUTE } from '../../../src/domain/basics.ts';

export interface States {
  /** A state for whoever holds this browser's mark. */
  issue(browser: string): string;
  /** Whether it was issued to this browser lately and not used here yet; then it is used from now on. */
  use(state: string, browser: string): boolean;
}

export const STATE_LIFE = 10 * MINUTE;
/** Of the states used in this process. Across processes the code that comes with a state serves once, and the browser's mark goes with it. */
const MOST_USED = 10_000;

export function createStates(secret: string, now: () => Instant): States {
  const used = new Map<string, Instant>();
  const sign = (head: string, browser: string) =>
    createHmac('sha256', secret).update(`install\n${head}\n${browser}`).digest('base64url');

  return {
    issue(browser) {
      const head = `${now().toString(36)}.${randomBytes(12).toString('base64url')}`;
      return `${head}.${sign(head, browser)}`;
    },

    use(state, browser) {
      const parts = /^([0-9a-z]{1,12})\.([\w-]{16})\.([\w-]{43})$/.exec(state);
      if (parts === null) return false;
      const [, began = '', nonce = '', signature = ''] = parts;
      const expected = Buffer.from(sign(`${began}.${nonce}`, browser));
      if (!timingSafeEqual(expected, Buffer.from(signature))) return false;
      const age = now() - Number.parseInt(began, 36);
      if (age < 0 || age > STATE_LIFE || used.has(nonce)) return false;
      for (const [oldest, at] of used) {
        if (used.size < MOST_USED && now() - at <= STATE_LIFE) break;
        used.delete(oldest);
      }
      used.set(nonce, now());
      return true;
    },
  };
}

export function newBrowser(): string {
  return randomBytes(18).toString('base64url');
}

export function isBrowser(mark: string): boolean {
  return /^[\w-]{24}$/.test(mark);
}
