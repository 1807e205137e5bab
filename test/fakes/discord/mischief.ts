// What goes wrong on purpose: requests that are refused, slow or cut off, events that come twice, late or out of order.
import type { Discord } from './discord.ts';
import type { Event } from './events.ts';

export type Trouble =
  | {
      readonly kind: 'ratelimited';
      readonly retryAfter: number;
      readonly global?: boolean;
      readonly scope?: 'user' | 'shared';
    }
  /** A status without one of Discord's bodies, such as a gateway's 502. */
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'error'; readonly status: number; readonly code: number; readonly message: string }
  /** Answers in the end, so much later. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The connection is cut and nothing was done. */
  | { readonly kind: 'drop_before' }
  /** It was done, and the connection is cut in place of an answer. */
  | { readonly kind: 'drop_after' }
  /** Done, then silence until the fake closes. */
  | { readonly kind: 'hang_after' };

export interface Plan {
  /** Such as `POST /channels/{channel_id}/messages`, or null for everything. */
  readonly route: string | null;
  readonly trouble: Trouble;
  /** How many requests it hits; without it, all. */
  times?: number;
  /** Hits that share of the requests, drawn from the seed. */
  readonly probability?: number;
}

export interface EventMischief {
  /** Only events of these types. */
  readonly only?: readonly string[];
  /** The share of events that are dispatched twice. */
  readonly duplicate?: number;
  /** The share of events that wait until a later one has gone. */
  readonly swap?: number;
  /** Every event comes so much later, in milliseconds. */
  readonly late?: number;
}

function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export class Mischief {
  readonly #discord: Discord;
  #plans: Plan[] = [];
  #random: () => number = dice(1);
  #events: EventMischief = {};
  #holding: ((event: Event) => boolean) | null = null;
  readonly #held: Event[] = [];
  #swapped: Event | null = null;

  constructor(discord: Discord) {
    this.#discord = discord;
  }

  /** The dice of `probability`; the same seed falls the same. */
  seed(seed: number): this {
    this.#random = dice(seed);
    return this;
  }

  plan(...plans: readonly Plan[]): this {
    this.#plans.push(...plans.map((each) => ({ ...each })));
    return this;
  }

  /** The next request of a route, or the next few. */
  next(route: string | null, trouble: Trouble, times = 1): this {
    return this.plan({ route, trouble, times });
  }

  events(how: EventMischief): this {
    this.#events = how;
    return this;
  }

  /** Events of this sort wait until they are released. */
  hold(which: (event: Event) => boolean = () => true): this {
    this.#holding = which;
    return this;
  }

  release(order: (held: readonly Event[]) => readonly Event[] = (held) => held): void {
    this.#holding = null;
    for (const event of order(this.#held.splice(0))) this.#discord.gateway.dispatch(event);
  }

  get held(): readonly Event[] {
    return this.#held;
  }

  stop(): void {
    this.#plans = [];
    this.#events = {};
    this.flush();
    this.release();
  }

  /** What happens to this request; null: nothing. */
  strike(route: string | null): Trouble | null {
    for (const plan of this.#plans) {
      if (plan.route !== null && plan.route !== route) continue;
      if (plan.times !== undefined && plan.times <= 0) continue;
      if (plan.probability !== undefined && this.#random() >= plan.probability) continue;
      if (plan.times !== undefined) plan.times -= 1;
      return plan.trouble;
    }
    return null;
  }

  deliver(event: Event): void {
    if (this.#holding?.(event)) {
      this.#held.push(event);
      return;
    }
    const { duplicate = 0, swap = 0, late = 0, only } = this.#events;
    const { gateway } = this.#discord;
    if (only && !only.includes(event.t)) {
      gateway.dispatch(event);
      return;
    }
    const go = (each: Event): void => {
      const times = duplicate > 0 && this.#random() < duplicate ? 2 : 1;
      for (let count = 0; count < times; count += 1)
        if (late > 0) setTimeout(() => gateway.dispatch(each), late).unref();
        else gateway.dispatch(each);
    };
    const before = this.#swapped;
    if (!before && swap > 0 && this.#random() < swap) {
      this.#swapped = event;
      return;
    }
    this.#swapped = null;
    go(event);
    if (before) go(before);
  }

  /** The one that waits for a later event which never came. */
  flush(): void {
    if (this.#swapped) this.#discord.gateway.dispatch(this.#swapped);
    this.#swapped = null;
  }
}
