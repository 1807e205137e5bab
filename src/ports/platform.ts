// Where people talk. An adapter turns what comes in into domain events and renders Views; it decides nothing.
import type { Duration, Instant, Locale } from '../domain/basics.ts';
import type { Action } from '../domain/command/action.ts';
import type { MessageRef } from '../domain/prompt/prompt.ts';
import type { IdentityRef, InteractionClosed, Place, Profile } from '../domain/trigger/interaction.ts';
import type { View } from '../views/view.ts';
import type { Health } from './health.ts';

export type Destination =
  | { readonly kind: 'thread'; readonly channel: string; readonly thread: string }
  | { readonly kind: 'channel'; readonly channel: string }
  | { readonly kind: 'person'; readonly externalId: string };

export interface Outgoing {
  /** The installation's outside id. */
  readonly installation: string;
  readonly to: Destination;
  /** The same key is the same message: a platform with idempotency sends it once. At most 64 characters. */
  readonly key: string;
  readonly view: View;
  /** Goes along where the platform takes files; elsewhere it is left out. */
  readonly file?: OutgoingFile;
}

export interface OutgoingFile {
  readonly name: string;
  readonly contentType: string;
  readonly data: Uint8Array;
}

/** Why a platform proved that it did not send. */
export type Refusal =
  /** This place cannot be written to: gone, archived, closed to us, or somebody's closed direct messages. Another place may do. */
  | 'no_reachable_channel'
  | 'workspace_uninstalled'
  | 'person_gone'
  | 'rate_limited'
  | 'unavailable'
  | 'invalid';

/** What is wrong with an installation that a person there can put right. `subject` is what it is about: a channel's id, a scope's name. */
export interface Trouble {
  readonly kind: TroubleKind;
  readonly subject: string;
}

export type TroubleKind =
  /** The bot is not in the channel: somebody has to invite it. */
  | 'not_in_channel'
  /** The channel is archived or gone: another one has to be named. */
  | 'channel_gone'
  /** A permission is missing: the app has to be installed again, or a role changed. */
  | 'missing_permission'
  /** The token does not hold any more: the app has to be installed again. */
  | 'token_void';

export type SendOutcome =
  | { readonly kind: 'sent'; readonly ref: MessageRef }
  | {
      readonly kind: 'refused';
      readonly reason: Refusal;
      readonly retryAfter: Duration | null;
      readonly detail: string;
      /** What a person can see to, so that it does not happen again. */
      readonly trouble?: Trouble;
    }
  | { readonly kind: 'unknown'; readonly detail: string };

export type FindOutcome =
  | { readonly kind: 'found'; readonly ref: MessageRef }
  | { readonly kind: 'absent' }
  | { readonly kind: 'cannot_tell' };

/** What a platform can and cannot do; handlers ask this and never its name. */
export interface Capabilities {
  /** A message can be sent to a person directly. */
  readonly direct: boolean;
  /** Sending twice with one key is sending once, for good. */
  readonly idempotentSend: boolean;
  /** A conversation is seen by its customer alone, so that its messages may show the customer's choice. */
  readonly privateThreads: boolean;
  /** A message to a person can have a file with it, of up to so many bytes; 0: none. */
  readonly fileBytes: number;
}

/** What a platform knows of somebody. */
export type Lookup =
  | { readonly kind: 'found'; readonly profile: Profile }
  | { readonly kind: 'nobody' }
  /** It is away, slow, or does not say. */
  | { readonly kind: 'cannot_tell' };

export interface Actor {
  readonly identity: IdentityRef;
  readonly profile: Profile;
}

interface EventHead {
  /** The platform's id of this delivery, for recognising a redelivery; null where the act itself is idempotent. */
  readonly eventId: string | null;
  readonly receivedAt: Instant;
}

export type InboundEvent = EventHead &
  (
    | {
        readonly kind: 'interaction_closed';
        readonly interaction: InteractionClosed;
        readonly triggeredBy: Actor | null;
      }
    /** The customer wrote again, or the trigger was taken back, in this conversation. */
    | { readonly kind: 'interaction_reopened'; readonly place: Place; readonly by: Actor }
    /** A button was pressed, or the form that it opens was submitted (`values`). */
    | {
        readonly kind: 'action';
        readonly action: Action;
        readonly by: Actor;
        readonly values: Readonly<Record<string, string>> | null;
      }
    /** Somebody typed in a conversation: a typed answer, added words, or just talk. */
    | {
        readonly kind: 'message';
        readonly place: Place;
        readonly by: Actor;
        readonly text: string;
        /** When, by the platform's clock: what happened first may be told last. Left out: just now. */
        readonly saidAt?: Instant;
      }
    | {
        readonly kind: 'command';
        readonly place: Place;
        readonly by: Actor;
        readonly text: string;
        readonly locale: Locale | null;
      }
    /** Somebody opened the place where the product presents itself: a home tab. */
    | { readonly kind: 'home'; readonly by: Actor }
    /** The platform itself shows a message of ours; how one is found whose sending nobody answered. `key` is the one it was sent under. */
    | {
        readonly kind: 'posted';
        readonly at: Where;
        readonly key: string;
        readonly ref: MessageRef;
      }
    /** The platform met something, other than in sending, that a person there can put right. */
    | { readonly kind: 'trouble'; readonly at: Where; readonly trouble: Trouble }
    /** The product was installed, or installed again. `credentials` is the adapter's own text, kept sealed. */
    | {
        readonly kind: 'installed';
        readonly at: Where;
        readonly name: string;
        /** Who installed it, by their outside id; null: not known. */
        readonly installer: string | null;
        readonly credentials: string | null;
        readonly installedAt: Instant;
      }
    /** It was removed, or its tokens were. What is older than the newest installation says nothing. */
    | { readonly kind: 'uninstalled'; readonly at: Where; readonly removedAt: Instant }
  );

/** An installation, as the platform names it. */
export type Where = Pick<Place, 'platform' | 'installation'>;

/**
 * What came of an event, after its commit.
 * `shared` is what the acted-on message now says to everybody; `reply` is for the actor alone. Where a conversation is seen by the actor
 * alone, the adapter shows `reply` in the message's place.
 */
export type InboundOutcome =
  | {
      readonly kind: 'done';
      readonly shared: View | null;
      readonly reply: View | null;
      readonly subject: string | null;
    }
  /** Nothing to do: a redelivery, mere talk, or not for us. */
  | { readonly kind: 'ignored'; readonly reason: string }
  /** Understood and refused: not theirs, too late, not allowed. Nothing was changed. */
  | { readonly kind: 'rejected'; readonly reply: View }
  /** Could not be made durable in time; the person may press again. */
  | { readonly kind: 'failed'; readonly reply: View };

/** Never throws and settles within the deadline: the acknowledgement may wait for it. */
export type Inbound = (event: InboundEvent) => Promise<InboundOutcome>;

export interface Platform {
  readonly name: string;
  readonly capabilities: Capabilities;
  send(message: Outgoing): Promise<SendOutcome>;
  /** Replaces what a message of ours says. */
  update(installation: string, ref: MessageRef, view: View): Promise<SendOutcome>;
  /** Looks for what was sent under this key, after an outcome that is unknown. */
  find(message: Pick<Outgoing, 'installation' | 'to' | 'key'>): Promise<FindOutcome>;
  /** Who somebody is. Never throws, and settles within a second or two: what is not known by then cannot be told. */
  lookUp(installation: string, externalId: string): Promise<Lookup>;
  /** Where a person reads this conversation; null where it has no address. Never throws. */
  link(place: Place): Promise<string | null>;
  health(): Promise<Health>;
  /** Begins to take events in. */
  start(inbound: Inbound): Promise<void>;
  /** Takes nothing new; what is in hand ends. */
  stop(): Promise<void>;
}
