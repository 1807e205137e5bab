// When and how a survey may be asked: everything a lead can set, with the defaults that hold until they do.
import { DAY, type Duration, HOUR, MINUTE } from '../basics.ts';
import type { SurveyKind } from './kind.ts';

/** Minutes since local midnight. `from > to` means over midnight; `from === to` means never quiet. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

/** What one survey of a workspace asks and how gently. */
export interface SurveyPolicy {
  readonly kind: SurveyKind;
  readonly enabled: boolean;
  /** The question per language tag; a missing language falls back to the product's own wording. */
  readonly question: Readonly<Record<string, string>>;
  /** From the end of the interaction to the prompt. */
  readonly delay: Duration;
  /** From the prompt to its one reminder; null: never remind. */
  readonly reminder: Duration | null;
  /** From the prompt to its expiry. */
  readonly expiry: Duration;
  /** The least time between two prompts to one person, answered or not, on any platform. */
  readonly throttle: Duration;
  /** The like after an explicit "not now". */
  readonly declineThrottle: Duration;
  /** Percent of interactions that are asked, 0–100. */
  readonly sampling: number;
  readonly quietHours: QuietHours | null;
  /** Most prompts a day in the workspace's zone; null: no cap. */
  readonly dailyCap: number | null;
  /** Where to ask first, where both can be had; where the first cannot be, the other. */
  readonly place: 'thread' | 'direct';
}

/** What a workspace without settings of its own does. */
export function defaultPolicy(kind: SurveyKind): SurveyPolicy {
  return {
    kind,
    enabled: true,
    question: {},
    delay: 10 * MINUTE,
    reminder: 24 * HOUR,
    expiry: 7 * DAY,
    throttle: 30 * DAY,
    declineThrottle: 90 * DAY,
    sampling: 100,
    quietHours: null,
    dailyCap: null,
    place: 'thread',
  };
}

/** NPS is asked instead of CES when a person has not been asked it for this long. */
export const NPS_EVERY: Duration = 90 * DAY;

/** A due prompt that nobody could send for this long is not sent any more. */
export const TOO_OLD: Duration = DAY;
