// A conversation that is done, whoever said so by whatever gesture, or that goes on after all.
import type { Instant } from '../../../src/domain/basics.ts';
import type { InteractionClosed, Profile } from '../../../src/domain/trigger/interaction.ts';
import type { Actor, InboundEvent } from '../../../src/ports/platform.ts';
import { actor, type Context, PLATFORM, place } from './context.ts';

export interface Done {
  /** The channel that the thread belongs to; for a message outside of threads, its own. */
  readonly channel: string | null;
  readonly thread: string | null;
  /** Tells one gesture from the next: delivered again it is the same. */
  readonly gesture: string;
  readonly at: Instant;
  readonly closedBy: InteractionClosed['closedBy'];
  readonly customer: string;
  readonly profile: Profile;
  /** Who helped, where that is known. */
  readonly agent: string | null;
  /** Whoever made the gesture; null where Discord does not say. */
  readonly by: Actor | null;
}

export function closed(done: Done, context: Context): InboundEvent {
  return {
    kind: 'interaction_closed',
    // The gesture is named by its interaction, which is kept once whatever comes twice.
    eventId: null,
    receivedAt: context.receivedAt,
    triggeredBy: done.by,
    interaction: {
      source: PLATFORM,
      externalId: `${done.thread ?? done.channel}:${done.gesture}`,
      place: place(context, done.channel, done.thread),
      person: actor(context, done.customer).identity,
      profile: done.profile,
      customer: null,
      agent: done.by?.identity.externalId ?? done.agent,
      account: null,
      subject: null,
      locale: null,
      closedAt: done.at,
      closedBy: done.closedBy,
      survey: null,
      explicit: false,
    },
  };
}

export function reopened(
  channel: string | null,
  thread: string,
  customer: string,
  context: Context,
): InboundEvent {
  return {
    kind: 'interaction_reopened',
    eventId: null,
    receivedAt: context.receivedAt,
    place: place(context, channel, thread),
    by: actor(context, customer),
  };
}
