// What goes wrong on purpose: calls that are refused, slow or cut off, events that come twice, late or out of order.

import type { Envelope } from './events.ts';
import type { Slack } from './slack.ts';

export type Trouble =
  | { readonly kind: 'ratelimited'; readonly retryAfter: number }
  | { readonly kind: 'status'; readonly status: number; readonly body?: string }
  | { readonly kind: 'error'; readonly error: string }
  /** Waits so long, then does it and answers, even when the caller has gone away meanwhile. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The connection is cut and nothing was done. */
  | { readonly kind: 'drop_before' }
  /** It was done, and the connection is cut in place of an answer. */
  | { readonly kind: 'drop_after' }
  /** Done, then silence until the fake closes. */
  | { readonly kind: 'hang_after' };

export interface Plan {
  /** A method, `response_url`, `upload`, or null for everything. */
  readonly method: string | null;
  readonly trouble: Trouble;
  /** How many calls it hits; without it, all. */
  times?: number;
  /** Hits that share of the calls, drawn from the seed. */
  readonly probability?: number;
}

export interface EventMischief {
  /** The share of events that are delivered twice, at the same time. */
  readonly duplicate?: number;
  /** The share of events that wait until a later one has gone, so that they come out of order. */
  readonly swap?: number;
  /** Every event comes so much later, in milliseconds. */
  readonly late?: number;
  /** The share of acknowledgements that Slack never gets, so that it sends the event again. */
  readonly loseAck?: number;
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
  readonly #slack: Slack;
  #plans: Plan[] = [];
  #random: () => number = dice(1);
  #events: EventMischief = {};
  #holding: ((envelope: Envelope) => boolean) | null = null;
  readonly #held: Envelope[] = [];
  #swapped: Envelope | null = null;

  constructor(slack: Slack) {
    this.#slack = slack;
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

  /** The next call of a method, or the next few. */
  next(method: string | null, trouble: Trouble, times = 1): this {
    return this.plan({ method, trouble, times });
  }

  events(how: EventMischief): this {
    this.#events = how;
    return this;
  }

  /** Events of this sort wait until they are released. */
  hold(which: (envelope: Envelope) => boolean = () => true): this {
    this.#holding = which;
    return this;
  }

  /** Lets what was held go, in an order of the test's own if it wants. */
  release(order: (held: readonly Envelope[]) => readonly Envelope[] = (held) => held): void {
    this.#holding = null;
    for (const envelope of order(this.#held.splice(0))) this.#slack.delivery.event(envelope);
  }

  get held(): readonly Envelope[] {
    return this.#held;
  }

  stop(): void {
    this.#plans = [];
    this.#events = {};
    this.release();
  }

  /** What happens to this call; null: nothing. */
  strike(method: string): Trouble | null {
    for (const plan of this.#plans) {
      if (plan.method !== null && plan.method !== method) continue;
      if (plan.times !== undefined && plan.times <= 0) continue;
      if (plan.probability !== undefined && this.#random() >= plan.probability) continue;
      if (plan.times !== undefined) plan.times -= 1;
      return plan.trouble;
    }
    return null;
  }

  /** Whether the acknowledgement of an event is lost on its way. */
  losesAck(): boolean {
    const { loseAck = 0 } = this.#events;
    return loseAck > 0 && this.#random() < loseAck;
  }

  deliver(envelope: Envelope): void {
    if (this.#holding?.(envelope)) {
      this.#held.push(envelope);
      return;
    }
    const { duplicate = 0, swap = 0, late = 0 } = this.#events;
    const go = (each: Envelope): void => {
      const times = duplicate > 0 && this.#random() < duplicate ? 2 : 1;
      for (let count = 0; count < times; count += 1) this.#slack.delivery.event(each, late);
    };
    const before = this.#swapped;
    if (!before && swap > 0 && this.#random() < swap) {
      this.#swapped = envelope;
      return;
    }
    this.#swapped = null;
    go(envelope);
    if (before) go(before);
  }

  /** The one that waits for a later event which never came. */
  flush(): void {
    if (this.#swapped) this.#slack.delivery.event(this.#swapped);
    this.#swapped = null;
  }
}
