// The message context command that asks for feedback: on which message, by whom that was written.
import { z } from 'zod';
import { id, maybe, text, user } from './fields.ts';

const payload = z.object({
  type: z.literal(3),
  target_id: id,
  resolved: maybe(z.object({ messages: maybe(z.record(text, z.object({ author: maybe(user) }).catch({}))) })),
});

export interface Target {
  readonly message: string;
  /** Null where Discord does not say. */
  readonly author: { readonly id: string; readonly isBot: boolean } | null;
}

export function readTarget(data: unknown): Target | null {
  const parsed = payload.safeParse(data);
  if (!parsed.success) return null;
  const { target_id: message, resolved } = parsed.data;
  const author = resolved?.messages?.[message]?.author ?? null;
  return {
    message,
    author: author && { id: author.id, isBot: author.bot === true || author.system === true },
  };
}
