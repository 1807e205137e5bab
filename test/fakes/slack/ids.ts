// Ids as Slack makes them: a letter that says what it is, then capitals and digits.
import { randomBytes } from 'node:crypto';

export class Ids {
  #count: number;

  constructor(seed = 0) {
    this.#count = 36 ** 6 + seed * 36 ** 4;
  }

  next(prefix: string): string {
    this.#count += 37;
    return `${prefix}0${this.#count.toString(36).toUpperCase().padStart(9, '0')}`;
  }

  number(): number {
    this.#count += 37;
    return this.#count;
  }

  /** Something nobody can guess. */
  secret(bytes = 16): string {
    return randomBytes(bytes).toString('hex');
  }

  /** What Slack puts where an app gave no `block_id` or `action_id`. */
  short(): string {
    return randomBytes(4).toString('base64url').slice(0, 5);
  }
}
