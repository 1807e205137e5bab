// The fields that Discord's payloads share, read leniently: what is missing or odd is null, and what nobody asked for may be anything.
import { z } from 'zod';
import type { Instant } from '../../../src/domain/basics.ts';

/** Of people, servers, channels, messages, roles: a number with its time of making in it. */
export const id = z.string().regex(/^\d{1,20}$/u);

export const text = z.string();

/** Null where it is not there, or is no such thing. */
export function maybe<T extends z.ZodType>(schema: T) {
  return schema.nullish().catch(null);
}

/** A moment as Discord writes it. */
export const moment = z
  .string()
  .transform((written) => Date.parse(written))
  .refine((at) => Number.isFinite(at));

export const user = z.object({
  id,
  username: maybe(text),
  global_name: maybe(text),
  bot: maybe(z.boolean()),
  system: maybe(z.boolean()),
});

export const member = z.object({
  nick: maybe(text),
  roles: maybe(z.array(text)),
  permissions: maybe(text),
});

/** Discord counts from the first second of 2015. */
const EPOCH = 1_420_070_400_000;

/** When something was made, out of its id. */
export function instantOf(id: string): Instant {
  return Number(BigInt(id) >> 22n) + EPOCH;
}

const THREADS: ReadonlySet<number> = new Set([10, 11, 12]);
const DIRECT: ReadonlySet<number> = new Set([1, 3]);
/** Forums and media channels: every conversation in them is a thread that its customer began. */
const FORUMS: ReadonlySet<number> = new Set([15, 16]);

export function isThread(type: number): boolean {
  return THREADS.has(type);
}

export function isDirect(type: number): boolean {
  return DIRECT.has(type);
}

export function isForum(type: number): boolean {
  return FORUMS.has(type);
}

/** Ordinary channels, announcements and forums: where threads are begun. */
export function holdsThreads(type: number): boolean {
  return type === 0 || type === 5 || isForum(type);
}
