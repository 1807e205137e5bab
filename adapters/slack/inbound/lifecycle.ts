// `app_uninstalled` and `tokens_revoked`: the app was taken away, or its own token was. They may come late and out of order.
import { z } from 'zod';
import type { InboundEvent } from '../../../src/ports/platform.ts';
import { type Context, PLATFORM } from './context.ts';
import { id, maybe, seconds, text } from './fields.ts';

const payload = z.object({
  event_id: id,
  event_time: seconds,
  event: z.object({
    type: z.enum(['app_uninstalled', 'tokens_revoked']),
    tokens: maybe(z.object({ bot: maybe(z.array(text)) })),
  }),
});

export interface Removal {
  readonly eventId: string;
  /** In seconds, as Slack says it. */
  readonly time: number;
}

export function readRemoval(body: unknown): Removal | null {
  const parsed = payload.safeParse(body);
  if (!parsed.success) return null;
  const { event_id: eventId, event_time: time, event } = parsed.data;
  // People may take back tokens of their own; those are none that we use.
  if (event.type === 'tokens_revoked' && !event.tokens?.bot?.length) return null;
  return { eventId, time };
}

export function removed({ eventId, time }: Removal, { installation, receivedAt }: Context): InboundEvent {
  return {
    kind: 'uninstalled',
    eventId,
    receivedAt,
    at: { platform: PLATFORM, installation },
    removedAt: time * 1_000,
  };
}
