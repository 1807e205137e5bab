// What one language gives to the commands as Discord shows them. Names have at most 32 characters, in small letters; what they say, 100.
import type { Theme } from '../../../../src/domain/classification/classification.ts';
import type { CommandWord, SettingName } from '../../../../src/domain/command/command.ts';
import type { Segment, SurveyKind } from '../../../../src/domain/survey/kind.ts';

type Told = readonly [name: string, says: string];

export type OptionName =
  | 'period'
  | 'survey'
  | 'sentiment'
  | 'theme'
  | 'member'
  | 'company'
  | 'person'
  | 'other'
  | 'name'
  | 'when'
  | 'weekday'
  | 'time'
  | 'zone'
  | 'code'
  | 'case'
  | 'note'
  | 'role'
  | 'leads'
  | 'channel'
  | 'emoji'
  | 'locale'
  | 'scope';

/** What is sent, by what people read. */
export interface Choices {
  readonly survey: Readonly<Record<SurveyKind, string>>;
  readonly sentiment: Readonly<Record<Segment, string>>;
  readonly theme: Readonly<Record<Theme, string>>;
  readonly when: Readonly<Record<'now' | 'weekly' | 'off', string>>;
  readonly scope: Readonly<Record<'me' | 'channel', string>>;
  readonly weekday: Readonly<
    Record<'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday', string>
  >;
}

export interface Texts {
  /** The commands themselves are called as everywhere (src/domain/command/words). */
  readonly says: Readonly<Record<CommandWord | 'nps' | 'setting' | 'link', string>>;
  readonly names: Readonly<Record<'setting' | 'link', string>>;
  readonly options: Readonly<Record<OptionName, Told>>;
  readonly settings: Readonly<Record<SettingName, Told>>;
  readonly choices: Choices;
  /** The language that is chosen by taking a choice back. */
  readonly asMyApp: string;
  /** In the menu of a message: capitals and spaces are allowed. */
  readonly askForFeedback: string;
}
