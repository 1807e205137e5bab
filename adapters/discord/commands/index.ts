// The commands as Discord registers them. What is sent back is the English name and the value: together they are what people type elsewhere.
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import type { CommandWord, SettingName } from '../../../src/domain/command/command.ts';
import { LANGUAGES } from '../../../src/domain/command/command.ts';
import { en } from './texts/en.ts';
import type { Choices, OptionName } from './texts/texts.ts';
import { commandWords, localized, told } from './words.ts';

type Option = Readonly<Record<string, unknown>> & { readonly type: number };

function sub(word: CommandWord, ...options: readonly Option[]): Option {
  return { type: ApplicationCommandOptionType.Subcommand, ...commandWords(word), options };
}

function option(type: number, name: OptionName, more: Readonly<Record<string, unknown>> = {}): Option {
  return {
    type,
    ...told(
      ({ options }) => options[name][0],
      ({ options }) => options[name][1],
    ),
    ...more,
  };
}

const text = (name: OptionName, more: Readonly<Record<string, unknown>> = {}) =>
  option(ApplicationCommandOptionType.String, name, more);

function choice<K extends keyof Choices>(name: K & OptionName): Option {
  const values = Object.keys(en.choices[name]) as (keyof Choices[K])[];
  const choices = values.map((value) => ({
    ...localized('name', (texts) => texts.choices[name][value] as string),
    value,
  }));
  return text(name, { choices });
}

const person = (name: OptionName, required: boolean): Option =>
  option(ApplicationCommandOptionType.User, name, { required });
const caseNumber: Option = option(ApplicationCommandOptionType.Integer, 'case', {
  required: true,
  min_value: 1,
});
const zone = (required: boolean): Option => text('zone', { required, autocomplete: true, max_length: 64 });
const period: Option = text('period', { autocomplete: true, max_length: 100 });
const survey: Option = choice('survey');

/** By its own name, as people look for it. */
const language: Option = text('locale', {
  required: true,
  choices: [
    ...LANGUAGES.map((value) => ({ ...localized('name', (_, reader) => nameOf(value, reader)), value })),
    { ...localized('name', ({ asMyApp }) => asMyApp), value: 'off' },
  ],
});

function setting(name: SettingName, value: Option): Option {
  const words = told(
    ({ settings }) => settings[name][0],
    ({ settings }) => settings[name][1],
  );
  return { type: ApplicationCommandOptionType.Subcommand, ...words, options: [value] };
}

const SETTING: Option = {
  type: ApplicationCommandOptionType.SubcommandGroup,
  ...told(
    ({ names }) => names.setting,
    ({ says }) => says.setting,
  ),
  options: [
    setting('team', option(ApplicationCommandOptionType.Role, 'role', { required: true })),
    setting('leads', option(ApplicationCommandOptionType.Role, 'leads', { required: true })),
    setting(
      'alerts',
      option(ApplicationCommandOptionType.Channel, 'channel', {
        required: true,
        channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
      }),
    ),
    setting('zone', zone(true)),
    setting('reaction', text('emoji', { required: true, max_length: 100 })),
  ],
};

const PERSON: Option = {
  type: ApplicationCommandOptionType.SubcommandGroup,
  ...commandWords('person'),
  options: [
    {
      type: ApplicationCommandOptionType.Subcommand,
      ...told(
        ({ names }) => names.link,
        ({ says }) => says.link,
      ),
      options: [
        text('code', { max_length: 40 }),
        person('person', false),
        text('other', { max_length: 200 }),
      ],
    },
  ],
};

/** In servers alone: a direct message does not say whose product it is about. */
const WHERE = {
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
};

export const DEFINITIONS = [
  {
    type: ApplicationCommandType.ChatInput,
    name: 'nps',
    ...localized('description', ({ says }) => says.nps),
    ...WHERE,
    // Everybody may see it, since everybody may opt out; the rest of it answers the team alone. A server may narrow it.
    default_member_permissions: null,
    options: [
      sub('summary', period, survey),
      sub('trend', period, survey),
      sub('themes', period, survey),
      sub('comments', choice('sentiment'), choice('theme'), period, survey),
      sub('agent', person('member', true), period, survey),
      sub('account', text('company', { required: true, max_length: 200 }), period, survey),
      sub('why', person('person', false), text('name', { max_length: 200 })),
      sub('ask', person('person', true), survey),
      sub('digest', choice('when'), choice('weekday'), text('time', { max_length: 10 }), zone(false)),
      sub('open'),
      sub('claim', caseNumber),
      sub('close', caseNumber, text('note', { required: true, max_length: 1_000 })),
      sub('settings'),
      SETTING,
      sub('export', period, survey),
      sub('pause'),
      sub('resume'),
      sub('language', language, choice('scope')),
      sub('connect', text('code', { max_length: 40 })),
      PERSON,
      sub('optout'),
      sub('optin'),
      sub('forget'),
      sub('help'),
    ],
  },
  {
    type: ApplicationCommandType.Message,
    ...localized('name', ({ askForFeedback }) => askForFeedback),
    ...WHERE,
    // Customers need not see it in their menus.
    default_member_permissions: Number(PermissionFlagsBits.ManageMessages),
  },
] as unknown as readonly RESTPostAPIApplicationCommandsJSONBody[];

function nameOf(locale: string, reader: string): string {
  const nameIn = (tag: string) => new Intl.DisplayNames([tag], { type: 'language' }).of(locale) ?? locale;
  const [own, theirs] = [nameIn(locale), nameIn(reader)];
  return own === theirs ? own : `${own} (${theirs})`;
}
