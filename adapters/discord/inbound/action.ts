// A pressed button, or its form: what the handlers are told.
import type { Action } from '../../../src/domain/command/action.ts';
import type { Profile } from '../../../src/domain/trigger/interaction.ts';
import type { InboundEvent } from '../../../src/ports/platform.ts';
import { actor, type Context } from './context.ts';

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
