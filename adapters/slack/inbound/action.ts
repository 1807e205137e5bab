// `block_actions`: which of our buttons was pressed, by whom, and where it was.
import { z } from 'zod';
import { type Action, decodeAction } from '../../../src/domain/command/action.ts';
import type { Profile } from '../../../src/domain/trigger/interaction.ts';
import type { InboundEvent } from '../../../src/ports/platform.ts';
import { actor, type Context } from './context.ts';
import { id, maybe, named, text, ts } from './fields.ts';
import { type Origin, readOrigin } from './origin.ts';

const payload = z.object({
  type: z.literal('block_actions'),
  user: named,
  trigger_id: maybe(text),
  response_url: maybe(text),
  channel: maybe(named),
  container: maybe(
    z.object({
      channel_id: maybe(id),
      message_ts: maybe(ts),
      thread_ts: maybe(ts),
      is_ephemeral: maybe(z.boolean()),
    }),
  ),
  message: maybe(z.object({ ts: maybe(ts), thread_ts: maybe(ts) })),
  view: maybe(z.object({ type: maybe(text), private_metadata: maybe(text) })),
  actions: z.array(z.object({ action_id: text })).min(1),
});

export interface Press {
  readonly action: Action;
  readonly user: string;
  readonly trigger: string | null;
  readonly origin: Origin;
}

/** Null for whatever is not one of our buttons. */
export function readPress(body: unknown): Press | null {
  const parsed = payload.safeParse(body);
  if (!parsed.success) return null;
  const { data } = parsed;
  const action = decodeAction(data.actions[0]!.action_id);
  if (!action) return null;
  const { container, message, view } = data;
  const origin: Origin =
    view?.type === 'modal'
      ? readOrigin(view.private_metadata)
      : {
          installation: null,
          responseUrl: data.response_url ?? null,
          channel: data.channel?.id ?? container?.channel_id ?? null,
          message: container?.message_ts ?? message?.ts ?? null,
          thread: container?.thread_ts ?? message?.thread_ts ?? null,
          ephemeral: container?.is_ephemeral ?? false,
          home: view?.type === 'home',
        };
  return { action, user: data.user.id, trigger: data.trigger_id ?? null, origin };
}

/** Done twice it is done once: it needs no id of its delivery. */
export function pressed(
  action: Action,
  user: string,
  values: Readonly<Record<string, string>> | null,
  profile: Profile,
  context: Context,
): InboundEvent {
  return {
    kind: 'action',
    eventId: null,
    receivedAt: context.receivedAt,
    action,
    by: actor(context, user, profile),
    values,
  };
}
