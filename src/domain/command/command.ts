// What can be typed after `/nps`, on every platform alike.
import type { Locale } from '../basics.ts';
import type { ClockMinutes, Weekday } from '../calendar.ts';
import type { Theme } from '../classification/classification.ts';
import type { Segment, SurveyKind } from '../survey/kind.ts';
import type { Period } from './period.ts';

/** What `/nps settings` can set by name; the form can set all of it at once. */
export const SETTING_NAMES = ['team', 'leads', 'alerts', 'zone', 'reaction'] as const;
export type SettingName = (typeof SETTING_NAMES)[number];

/** The words that a command begins with; some stand for several. */
export const COMMAND_WORDS = [
  'summary',
  'trend',
  'themes',
  'comments',
  'ask',
  'why',
  'open',
  'claim',
  'close',
  'agent',
  'account',
  'digest',
  'settings',
  'export',
  'pause',
  'resume',
  'language',
  'connect',
  'person',
  'optout',
  'optin',
  'forget',
  'help',
] as const;
export type CommandWord = (typeof COMMAND_WORDS)[number];

/** The languages that a reader can choose, by the tag of their messages. */
export const LANGUAGES = ['en', 'zh', 'es', 'de', 'fr', 'ja', 'pt'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Figures of a period; no period: the usual one. */
interface Figures {
  readonly period: Period | null;
  readonly survey: SurveyKind | null;
}

export type Command =
  | ({ readonly kind: 'summary' } & Figures)
  | ({ readonly kind: 'trend' } & Figures)
  | ({ readonly kind: 'themes' } & Figures)
  | ({
      readonly kind: 'comments';
      readonly sentiment: Segment | null;
      readonly theme: Theme | null;
    } & Figures)
  /** `person` is what was typed: a mention, an outside id, or a name. */
  | ({ readonly kind: 'agent'; readonly person: string } & Figures)
  | ({ readonly kind: 'account'; readonly name: string } & Figures)
  | { readonly kind: 'help' }
  /** Every ask and every skip of a person, with its reason. */
  | { readonly kind: 'why'; readonly person: string }
  | { readonly kind: 'ask'; readonly person: string; readonly survey: SurveyKind | null }
  | { readonly kind: 'digest_now' }
  /** This channel's digest from now on; `zone` as it was typed, null: the workspace's. */
  | {
      readonly kind: 'digest_weekly';
      readonly weekday: Weekday;
      readonly time: ClockMinutes;
      readonly zone: string | null;
    }
  | { readonly kind: 'digest_off' }
  /** Shows the settings, or sets one; `value` is what was typed, a mention as its id, null to clear it. */
  | {
      readonly kind: 'settings';
      readonly change: { readonly name: SettingName; readonly value: string | null } | null;
    }
  | ({ readonly kind: 'export' } & Figures)
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  /** The language of whoever types it; null: what the platform tells. */
  | { readonly kind: 'language'; readonly locale: Locale | null }
  /** The language of this channel's digest; null: the workspace's. */
  | { readonly kind: 'digest_language'; readonly locale: Locale | null }
  /** Makes a code, or redeems one that was made elsewhere. */
  | { readonly kind: 'connect'; readonly code: string | null }
  /** The like for oneself: a code to be typed on another platform, or one that was made there. */
  | { readonly kind: 'link_self'; readonly code: string | null }
  | { readonly kind: 'link_people'; readonly into: string; readonly from: string }
  | { readonly kind: 'open' }
  | { readonly kind: 'claim'; readonly number: number }
  | { readonly kind: 'close'; readonly number: number; readonly note: string }
  | { readonly kind: 'opt_out' }
  | { readonly kind: 'opt_in' }
  | { readonly kind: 'forget_me' };

export type CommandKind = Command['kind'];

export type ParsedCommand =
  | { readonly kind: 'command'; readonly command: Command }
  /** No such command; `suggestion` is the nearest one that there is. */
  | { readonly kind: 'unknown'; readonly word: string; readonly suggestion: string | null }
  /** The command is known, its argument is not: what was typed, what is possible, and what was perhaps meant. */
  | {
      readonly kind: 'bad_argument';
      readonly command: string;
      readonly value: string;
      readonly expected: string;
      readonly suggestion: string | null;
    };
