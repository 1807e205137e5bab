// A `message` event: somebody said something, or Slack shows us what an app posted. Edits, deletions, joins and the like are neither.
import { z } from 'zod';
import type { Profile } from '../../../src/domain/trigger/interaction.ts';
import type { InboundEvent } from '../../../src/ports/platform.ts';
import type { SlackRef } from '../parts.ts';
import { keyOf, plainTextOf } from '../render/index.ts';
import { actor, type Context, PLATFORM, place } from './context.ts';
import { id, instantOf, isDirect, maybe, text, ts } from './fields.ts';

const payload = z.object({
  event_id: id,
  api_app_id: maybe(id),
  event: z.object({
    type: z.literal('message'),
    subtype: maybe(text),
    channel: id,
    channel_type: maybe(text),
    user: maybe(id),
    text: maybe(text),
    ts,
    thread_ts: maybe(ts),
    parent_user_id: maybe(id),
    bot_id: maybe(id),
    app_id: maybe(id),
    bot_profile: maybe(z.object({ app_id: maybe(id) })),
    hidden: maybe(z.boolean()),
    // Not every message has them; a bare `unknown` would ask for the field.
    blocks: z.unknown().optional(),
  }),
});

/** What a person says is one of these; a missing subtype is the usual case. */
const SPEECH = new Set(['file_share', 'thread_broadcast', 'me_message']);

const SLACKBOT = 'USLACKBOT';

export interface Speech {
  readonly kind: 'speech';
  readonly eventId: string;
  readonly channel: string;
  /** Between the bot and one person. */
  readonly direct: boolean;
  readonly thread: string;
  readonly message: string;
  readonly user: string;
  /** Who began the thread, where this is a reply and Slack says so. */
  readonly beganBy: string | null;
  readonly text: string;
}

/** A message of an app that carries a key of ours. */
export interface Echo {
  readonly kind: 'echo';
  readonly eventId: string;
  readonly key: string;
  readonly ref: SlackRef;
  /** Whether it is this very app's; null: its bot has to be compared. */
  readonly ours: boolean | null;
  readonly botId: string | null;
}

export function readMessage(body: unknown): Speech | Echo | null {
  const parsed = payload.safeParse(body);
  if (!parsed.success) return null;
  const { event_id: eventId, api_app_id: app, event } = parsed.data;
  if (event.hidden) return null;
  const subtype = event.subtype ?? null;
  if (event.bot_id || event.app_id || event.bot_profile || subtype === 'bot_message') {
    const key = subtype === null || subtype === 'bot_message' ? keyOf(event.blocks) : null;
    if (key === null) return null;
    const author = event.app_id ?? event.bot_profile?.app_id ?? null;
    return {
      kind: 'echo',
      eventId,
      key,
      ref: { channel: event.channel, message: event.ts },
      ours: author === null || !app ? null : author === app,
      botId: event.bot_id ?? null,
    };
  }
  if (!event.user || event.user === SLACKBOT || (subtype !== null && !SPEECH.has(subtype))) return null;
  return {
    kind: 'speech',
    eventId,
    channel: event.channel,
    direct: event.channel_type ? event.channel_type === 'im' : isDirect(event.channel),
    thread: event.thread_ts ?? event.ts,
    message: event.ts,
    user: event.user,
    beganBy: event.thread_ts ? (event.parent_user_id ?? null) : null,
    text: plainTextOf(event.text ?? ''),
  };
}

/** What is said to the bot directly has no place of its own: whatever was asked directly is meant. */
export function spoken(speech: Speech, profile: Profile, context: Context): InboundEvent {
  return {
    kind: 'message',
    eventId: speech.eventId,
    receivedAt: context.receivedAt,
    place: speech.direct ? place(context, null, null) : place(context, speech.channel, speech.thread),
    by: actor(context, speech.user, profile),
    text: speech.text,
    saidAt: instantOf(speech.message),
  };
}

export function echoed(echo: Echo, { installation, receivedAt }: Context): InboundEvent {
  return {
    kind: 'posted',
    eventId: echo.eventId,
    receivedAt,
    at: { platform: PLATFORM, installation },
    key: echo.key,
    ref: echo.ref,
  };
}
