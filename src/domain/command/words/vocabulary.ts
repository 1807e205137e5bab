// What a language gives to the commands: data, one file a language. Words are written as people write them; case, accents and width do not matter.
import type { Theme } from '../../classification/classification.ts';
import type { Segment, SurveyKind } from '../../survey/kind.ts';
import type { CommandWord, SettingName } from '../command.ts';
import type { PeriodUnit } from '../period.ts';

/** A period that has a name: `this month`, `last month` by the calendar, `3 month` the last three up to now. */
export type PeriodName = `this ${PeriodUnit}` | `last ${PeriodUnit}` | `${number} ${PeriodUnit}`;

/** Small words with a meaning of their own in some command. */
export type Mark =
  /** Right away. */
  | 'now'
  | 'weekly'
  | 'off'
  /** This channel, this place. */
  | 'here'
  | 'channel'
  | 'me'
  /** From … to. */
  | 'until'
  /** Says nothing: articles, prepositions, particles, "please", "the last". */
  | 'filler';

export interface Vocabulary {
  /** The first of each is the one that help shows: a single word in small letters. */
  readonly commands: Readonly<Record<CommandWord, readonly string[]>>;
  readonly surveys: Readonly<Record<SurveyKind, readonly string[]>>;
  readonly sentiments: Readonly<Record<Segment, readonly string[]>>;
  readonly themes: Readonly<Record<Theme, readonly string[]>>;
  readonly periods: Readonly<Partial<Record<PeriodName, readonly string[]>>>;
  readonly units: Readonly<Record<PeriodUnit, readonly string[]>>;
  /** Monday first. */
  readonly weekdays: readonly (readonly string[])[];
  /** January first. */
  readonly months: readonly (readonly string[])[];
  readonly settings: Readonly<Record<SettingName, readonly string[]>>;
  readonly marks: Readonly<Record<Mark, readonly string[]>>;
}
