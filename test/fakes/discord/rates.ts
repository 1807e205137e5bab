// How fast the app may call: a window for each route and channel, one for everything, and the ban for too much refused.
import { createHash } from 'node:crypto';
import type { Clock } from './clock.ts';
import type { Bucket, DiscordOptions } from './options.ts';

const INVALID_WINDOW = 10 * 60_000;

export interface Pass {
  readonly ok: boolean;
  readonly global: boolean;
  readonly retryAfter: number;
  readonly headers: Readonly<Record<string, string>>;
}

const FREE: Pass = { ok: true, global: false, retryAfter: 0, headers: {} };

interface Window {
  until: number;
  used: number;
}

export class Rates {
  readonly #options: DiscordOptions;
  readonly #clock: Clock;
  readonly #windows = new Map<string, Window>();
  #invalid: number[] = [];

  constructor(options: DiscordOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
  }

  /** `major` is the channel, server or webhook that a route's limit is counted by. */
  take(route: string, major: string, countsGlobally: boolean): Pass {
    const { rates } = this.#options;
    if (rates === false) return FREE;
    const hash = createHash('md5').update(route).digest('hex').slice(0, 24);
    const [limit] = rates.routes[route] ?? rates.others;
    if (countsGlobally) {
      const all = this.#window('global', [rates.global, 1000]);
      if (all.used >= rates.global) return this.#refused(all, rates.global, 'global', true);
    }
    const window = this.#window(`${route}:${major}`, rates.routes[route] ?? rates.others);
    if (window.used >= limit) return this.#refused(window, limit, hash, false);
    window.used += 1;
    if (countsGlobally) this.#window('global', [rates.global, 1000]).used += 1;
    return { ...FREE, headers: this.#headers(window, limit, hash) };
  }

  /** 401, 403 and 429 count; those of a shared limit do not. */
  note(status: number, scope: string | undefined): void {
    if ((status === 401 || status === 403 || status === 429) && scope !== 'shared')
      this.#invalid.push(this.#clock.now());
  }

  /** How many requests of the last ten minutes were invalid. */
  get invalid(): number {
    const since = this.#clock.now() - INVALID_WINDOW;
    this.#invalid = this.#invalid.filter((at) => at > since);
    return this.#invalid.length;
  }

  get banned(): boolean {
    return this.#invalid.length >= this.#options.invalidLimit && this.invalid >= this.#options.invalidLimit;
  }

  #window(key: string, [, length]: Bucket): Window {
    const now = this.#clock.now();
    const known = this.#windows.get(key);
    if (known && known.until > now) return known;
    const fresh = { until: now + length, used: 0 };
    this.#windows.set(key, fresh);
    return fresh;
  }

  #refused(window: Window, limit: number, hash: string, global: boolean): Pass {
    const retryAfter = Math.max(0.001, (window.until - this.#clock.now()) / 1000);
    const headers = global
      ? { 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' }
      : { ...this.#headers(window, limit, hash), 'x-ratelimit-scope': 'user' };
    return {
      ok: false,
      global,
      retryAfter,
      headers: { ...headers, 'retry-after': String(Math.ceil(retryAfter)) },
    };
  }

  #headers(window: Window, limit: number, hash: string): Record<string, string> {
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - window.used)),
      'x-ratelimit-reset': (window.until / 1000).toFixed(3),
      'x-ratelimit-reset-after': Math.max(0, (window.until - this.#clock.now()) / 1000).toFixed(3),
      'x-ratelimit-bucket': hash,
    };
  }
}
