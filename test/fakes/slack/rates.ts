// How fast the app may call: a bucket for each channel that is posted to, a minute's count for each method and workspace.
import type { Clock } from './clock.ts';
import type { RateOptions } from './options.ts';

export type Tier = 1 | 2 | 3 | 4 | 'post' | 'workspace' | 'history' | 'none';

export class Rates {
  readonly #options: RateOptions | false;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, { level: number; at: number }>();

  constructor(options: RateOptions | false, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
  }

  /** Seconds to wait, or 0 when the call may go on. A refused call uses nothing up. */
  take(tier: Tier, key: string): number {
    if (this.#options === false || tier === 'none') return 0;
    if (tier === 'post') return this.#take(key, this.#options.postBurst, this.#options.postsPerSecond);
    const aMinute = this.#aMinute(tier, this.#options);
    return this.#take(key, aMinute, aMinute / 60);
  }

  #aMinute(tier: Exclude<Tier, 'post' | 'none'>, options: RateOptions): number {
    if (tier === 'history') return options.historyPerMinute;
    return tier === 'workspace' ? options.workspacePostsPerMinute : options.tiers[tier];
  }

  #take(key: string, burst: number, aSecond: number): number {
    const now = this.#clock.now();
    const bucket = this.#buckets.get(key) ?? { level: burst, at: now };
    const level = Math.min(burst, bucket.level + ((now - bucket.at) / 1000) * aSecond);
    const enough = level >= 1;
    this.#buckets.set(key, { level: enough ? level - 1 : level, at: now });
    return enough ? 0 : Math.max(1, Math.ceil((1 - level) / aSecond));
  }
}
