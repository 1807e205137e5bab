// What can be typed after `/nps`, on every platform alike.
import type { ClockMinutes, Weekday } from '../calendar.ts';
import type { SurveyKind } from '../survey/kind.ts';

export const PERIODS = ['7d', '30d', '90d', '12m'] as const;
export type CommandPeriod = (typeof PERIODS)[number];

/** What `/nps settings` can set by name; the form can set all of it at once. */
export const SETTING_NAMES = ['team', 'alerts', 'zone', 'reaction'] as const;
export type SettingName = (typeof SETTING_NAMES)[number];

export type Command =
  | { readonly kind: 'summary'; readonly period: CommandPeriod; readonly survey: SurveyKind | null }
  | { readonly kind: 'help' }
  /** Every ask and every skip of a person, with its reason. `person` is what was typed: a mention, an outside id, or a name. */
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
  /** Makes a code, or redeems one that was made elsewhere. */
  | { readonly kind: 'connect'; readonly code: string | null }
  | { readonly kind: 'open' }
  | { readonly kind: 'claim'; readonly number: number }
  | { readonly kind: 'close'; readonly number: number; readonly note: string }
  | { readonly kind: 'opt_out' }
  | { readonly kind: 'opt_in' };

export type CommandKind = Command['kind'];

export type ParsedCommand =
  | { readonly kind: 'command'; readonly command: Command }
  /** No such command; `suggestion` is the nearest one that there is. */
  | { readonly kind: 'unknown'; readonly word: string; readonly suggestion: string | null }
  /** The command is known, its argument is not: what was typed, and what is possible. */
  | {
      readonly kind: 'bad_argument';
      readonly command: string;
      readonly value: string;
      readonly expected: string;
    };

/** What anybody may do; everything else is the team's. */
export const FOR_ANYONE: ReadonlySet<CommandKind> = new Set(['help', 'opt_out', 'opt_in']);
