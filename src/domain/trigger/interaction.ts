// What says that a support conversation ended, in the words of the product and of no platform.
import type { Duration, Instant, Locale, ZoneName } from '../basics.ts';
import type { SurveyKind } from '../survey/kind.ts';

/** Who someone is on one installation of a platform. The outside id is the platform's own. */
export interface IdentityRef {
  readonly platform: string;
  /** The installation's outside id: Slack team or enterprise, Discord server; `local` for the web page. */
  readonly installation: string;
  readonly externalId: string;
}

/** What a platform can tell about someone. Unknown is left out, never guessed. */
export interface Profile {
  readonly name?: string;
  readonly locale?: Locale;
  readonly zone?: ZoneName;
  readonly isBot?: boolean;
  readonly isTeam?: boolean;
  /** In the group of leads that the workspace names; left out where it names none. */
  readonly isLead?: boolean;
}

/** Where a conversation takes place; `thread` is the conversation itself where the platform has them. */
export interface Place {
  readonly platform: string;
  readonly installation: string;
  readonly channel: string | null;
  readonly thread: string | null;
}

/** One interaction that ended: who was helped, by whom, where, when. `(source, externalId)` is unique in a workspace. */
export interface InteractionClosed {
  readonly source: string;
  readonly externalId: string;
  readonly place: Place;
  readonly person: IdentityRef;
  readonly profile: Profile;
  /** The API's `customer`: one id for a person across platforms. */
  readonly customer: string | null;
  readonly agent: string | null;
  readonly account: string | null;
  readonly subject: string | null;
  readonly locale: Locale | null;
  readonly closedAt: Instant;
  readonly closedBy: 'person' | 'inactivity';
  /** Which survey is wanted; null: the policy chooses. */
  readonly survey: SurveyKind | null;
  /** `ask` passes throttle and sampling, never an opt-out. */
  readonly explicit: boolean;
  /** How long to wait before asking; left out: the policy's delay. */
  readonly delay?: Duration;
}
