// One delivery of Slack, whichever way it came, and what it is answered with.
import type { Instant } from '../../../src/domain/basics.ts';

export type Json = Readonly<Record<string, unknown>>;

export interface Delivery {
  readonly body: Json;
  readonly receivedAt: Instant;
  /** How often Slack has tried before. */
  readonly retry: number;
}

export type Answer =
  /** Acknowledged; the body is what a command or a form is answered with. */
  | { readonly kind: 'taken'; readonly body: Json | null }
  /** Not acknowledged: Slack is to deliver it again. */
  | { readonly kind: 'again' };

export type Take = (delivery: Delivery) => Promise<Answer>;

export const TAKEN: Answer = { kind: 'taken', body: null };
export const AGAIN: Answer = { kind: 'again' };
