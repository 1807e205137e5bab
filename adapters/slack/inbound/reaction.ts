// `reaction_added` and `reaction_removed`: which emoji, on which message, by whom.
import { z } from 'zod';
import type { Instant } from '../../../src/domain/basics.ts';
import { id, instantOf, isDirect, maybe, text, ts } from './fields.ts';

const payload = z.object({
  event_id: id,
  event: z.object({
    type: z.enum(['reaction_added', 'reaction_removed']),
    user: id,
    reaction: text,
    // Files can be reacted on too; they are no conversation.
    item: z.object({ type: z.literal('message'), channel: id, ts }),
    item_user: maybe(id),
    event_ts: ts,
  }),
});

export interface Reaction {
  readonly eventId: string;
  readonly added: boolean;
  readonly emoji: string;
  readonly user: string;
  readonly channel: string;
  readonly message: string;
  /** Who wrote the message. */
  readonly author: string | null;
  readonly ts: string;
  readonly at: Instant;
}

export function readReaction(body: unknown): Reaction | null {
  const parsed = payload.safeParse(body);
  if (!parsed.success) return null;
  const { event_id: eventId, event } = parsed.data;
  if (isDirect(event.item.channel)) return null;
  return {
    eventId,
    added: event.type === 'reaction_added',
    emoji: event.reaction,
    user: event.user,
    channel: event.item.channel,
    message: event.item.ts,
    author: event.item_user ?? null,
    ts: event.event_ts,
    at: instantOf(event.event_ts),
  };
}

/** What people write in the settings, for those that mean "done" on every keyboard. Slack itself only ever sends names. */
const NAMES: Readonly<Record<string, string>> = {
  '✅': 'white_check_mark',
  '✔': 'heavy_check_mark',
  '☑': 'ballot_box_with_check',
  '👍': '+1',
  thumbsup: '+1',
};

/** In whatever tone of skin. */
export function isSameEmoji(one: string, other: string): boolean {
  return nameOf(one) === nameOf(other);
}

function nameOf(emoji: string): string {
  const bare = emoji
    .trim()
    .replace(/^:+|:+$/gu, '')
    .replace(/::?skin-tone-\d$/u, '')
    .replace(/[\uFE0F\u{1F3FB}-\u{1F3FF}]/gu, '')
    .toLowerCase();
  return Object.hasOwn(NAMES, bare) ? NAMES[bare]! : bare;
}
