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
import { inMoreLanguages } from './languages.ts';
import { ASK_FOR_FEEDBACK, CHOICES, COMMANDS, OPTIONS, SETTINGS, type Words } from './words.ts';

type Option = Readonly<Record<string, unknown>> & { readonly type: number };

/** Chinese of either script reads these better than English. `typed`: what people type is Chinese or English. */
function localized(name: 'name' | 'description', { en, zh }: Words, typed = false) {
  const more = typed ? {} : inMoreLanguages(en);
  return { [name]: en, [`${name}_localizations`]: { 'zh-CN': zh, 'zh-TW': zh, ...more } };
}

function told([name, description]: readonly [Words, Words]) {
  return { ...localized('name', name, true), ...localized('description', description) };
}

function sub(words: readonly [Words, Words], ...options: readonly Option[]): Option {
  return { type: ApplicationCommandOptionType.Subcommand, ...told(words), options };
}

function text(words: readonly [Words, Words], more: Readonly<Record<string, unknown>> = {}): Option {
  return { type: ApplicationCommandOptionType.String, ...told(words), ...more };
}

function choice(name: keyof typeof CHOICES): Option {
  const choices = Object.entries<Words>(CHOICES[name]).map(([value, words]) => ({
    ...localized('name', words),
    value,
  }));
  return text(OPTIONS[name], { choices });
}

const person = (required: boolean): Option => ({
  type: ApplicationCommandOptionType.User,
  ...told(OPTIONS.person),
  required,
});
const caseNumber: Option = {
  type: ApplicationCommandOptionType.Integer,
  ...told(OPTIONS.case),
  required: true,
  min_value: 1,
};
const zone = (required: boolean): Option =>
  text(OPTIONS.zone, { required, autocomplete: true, max_length: 64 });

const setting: Option = {
  type: ApplicationCommandOptionType.SubcommandGroup,
  ...told(COMMANDS.setting),
  options: [
    sub(SETTINGS.team, { type: ApplicationCommandOptionType.Role, ...told(OPTIONS.role), required: true }),
    sub(SETTINGS.alerts, {
      type: ApplicationCommandOptionType.Channel,
      ...told(OPTIONS.channel),
      required: true,
      channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
    }),
    sub(SETTINGS.zone, zone(true)),
    sub(SETTINGS.reaction, text(OPTIONS.emoji, { required: true, max_length: 100 })),
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
    ...told(COMMANDS.nps),
    ...WHERE,
    // Everybody may see it, since everybody may opt out; the rest of it answers the team alone. A server may narrow it.
    default_member_permissions: null,
    options: [
      sub(COMMANDS.summary, choice('period'), choice('survey')),
      sub(COMMANDS.why, person(false), text(OPTIONS.name, { max_length: 200 })),
      sub(COMMANDS.ask, person(true), choice('survey')),
      sub(
        COMMANDS.digest,
        choice('when'),
        choice('weekday'),
        text(OPTIONS.time, { max_length: 10 }),
        zone(false),
      ),
      sub(COMMANDS.open),
      sub(COMMANDS.claim, caseNumber),
      sub(COMMANDS.close, caseNumber, text(OPTIONS.note, { required: true, max_length: 1_000 })),
      sub(COMMANDS.settings),
      setting,
      sub(COMMANDS.connect, text(OPTIONS.code, { max_length: 40 })),
      sub(COMMANDS.optout),
      sub(COMMANDS.optin),
      sub(COMMANDS.help),
    ],
  },
  {
    type: ApplicationCommandType.Message,
    ...localized('name', ASK_FOR_FEEDBACK),
    ...WHERE,
    // Customers need not see it in their menus.
    default_member_permissions: Number(PermissionFlagsBits.ManageMessages),
  },
] as unknown as readonly RESTPostAPIApplicationCommandsJSONBody[];
