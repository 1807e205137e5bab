// `app_home_opened`: somebody looks at the home tab. The messages tab is a conversation, and says so itself.
import { z } from 'zod';
import type { Profile } from '../../../src/domain/trigger/interaction.ts';
import type { InboundEvent } from '../../../src/ports/platform.ts';
import { actor, type Context } from './context.ts';
import { id, maybe, text } from './fields.ts';

const payload = z.object({
  event_id: id,
  event: z.object({ type: z.literal('app_home_opened'), user: id, tab: maybe(text) }),
});

export interface HomeOpened {
  readonly eventId: string;
  readonly user: string;
}

export function readHome(body: unknown): HomeOpened | null {
  const parsed = payload.safeParse(body);
  if (!parsed.success) return null;
  const { event_id: eventId, event } = parsed.data;
  return event.tab === 'home' || !event.tab ? { eventId, user: event.user } : null;
}

export function opened(
  user: string,
  eventId: string | null,
  profile: Profile,
  context: Context,
): InboundEvent {
  return { kind: 'home', eventId, receivedAt: context.receivedAt, by: actor(context, user, profile) };
}
