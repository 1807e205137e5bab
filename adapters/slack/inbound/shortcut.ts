// The message shortcut that asks for feedback: on which message, by whom.
import { z } from 'zod';
import type { Instant } from '../../../src/domain/basics.ts';
import { id, instantOf, maybe, named, text, ts } from './fields.ts';

export const SHORTCUT = 'afterword_ask';

const payload = z.object({
  type: z.literal('message_action'),
  callback_id: z.literal(SHORTCUT),
  trigger_id: maybe(text),
  action_ts: maybe(ts),
  response_url: maybe(text),
  user: named,
  channel: named,
  message_ts: maybe(ts),
  message: z.object({ ts: maybe(ts), thread_ts: maybe(ts), user: maybe(id), bot_id: maybe(id) }),
});

export interface Shortcut {
  readonly user: string;
  readonly channel: string;
  readonly message: string;
  /** Null where the message stands alone, or Slack does not say. */
  readonly thread: string | null;
  /** Who wrote the message; an app by the id of its bot. */
  readonly author: string | null;
  readonly authorIsBot: boolean;
  /** Tells one use from the next. */
  readonly gesture: string;
  readonly at: Instant | null;
  readonly responseUrl: string | null;
}

export function readShortcut(body: unknown): Shortcut | null {
  const parsed = payload.safeParse(body);
  if (!parsed.success) return null;
  const { data } = parsed;
  const message = data.message_ts ?? data.message.ts;
  const gesture = data.action_ts ?? data.trigger_id;
  if (!message || !gesture) return null;
  return {
    user: data.user.id,
    channel: data.channel.id,
    message,
    thread: data.message.thread_ts ?? null,
    author: data.message.user ?? data.message.bot_id ?? null,
    authorIsBot: Boolean(data.message.bot_id),
    gesture,
    at: data.action_ts ? instantOf(data.action_ts) : null,
    responseUrl: data.response_url ?? null,
  };
}
