// A conversation that is done, whoever said so by whatever gesture, or that goes on after all.
import type { Instant } from '../../../src/domain/basics.ts';
import type { Profile } from '../../../src/domain/trigger/interaction.ts';
import type { Actor, InboundEvent } from '../../../src/ports/platform.ts';
import { actor, type Context, PLATFORM, place } from './context.ts';

export interface Done {
  readonly eventId: string | null;
  readonly channel: string;
  readonly thread: string;
  /** Tells one gesture from the next: delivered again it is the same. */
  readonly gesture: string;
  readonly at: Instant;
  readonly customer: string;
  readonly profile: Profile;
  readonly by: Actor;
}

export function closed(done: Done, context: Context): InboundEvent {
  return {
    kind: 'interaction_closed',
    eventId: done.eventId,
    receivedAt: context.receivedAt,
    triggeredBy: done.by,
    interaction: {
      source: PLATFORM,
      externalId: `${done.channel}:${done.thread}:${done.gesture}`,
      place: place(context, done.channel, done.thread),
      person: actor(context, done.customer).identity,
      profile: done.profile,
      customer: null,
      agent: done.by.identity.externalId,
      account: null,
      subject: null,
      locale: null,
      closedAt: done.at,
      closedBy: 'person',
      survey: null,
      explicit: false,
    },
  };
}

export function reopened(
  undone: Pick<Done, 'eventId' | 'channel' | 'thread' | 'customer'>,
  context: Context,
): InboundEvent {
  return {
    kind: 'interaction_reopened',
    eventId: undone.eventId,
    receivedAt: context.receivedAt,
    place: place(context, undone.channel, undone.thread),
    by: actor(context, undone.customer),
  };
}
