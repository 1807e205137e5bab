// The fields that Slack's payloads share, read leniently: what is missing or odd is null, and what nobody asked for may be anything.
import { z } from 'zod';
import type { Instant } from '../../../src/domain/basics.ts';

/** Of people, channels, teams, apps, deliveries. */
export const id = z.string().regex(/^[\w.:-]{1,255}$/u);

/** The `ts` of a message: its id within a channel, and a time. */
export const ts = z.string().regex(/^\d{1,20}(?:\.\d{1,20})?$/u);

/** Seconds, as events carry them. */
export const seconds = z.number().nonnegative().max(1e11);

/** Null where it is not there, or is no such thing. */
export function maybe<T extends z.ZodType>(schema: T) {
  return schema.nullish().catch(null);
}

export const text = z.string();

/** What has an id, such as `user`, `channel` or `team`. */
export const named = z.object({ id });

export function instantOf(ts: string): Instant {
  return Math.floor(Number(ts) * 1_000);
}

/** A direct conversation with the bot. */
export function isDirect(channel: string): boolean {
  return channel.startsWith('D');
}
