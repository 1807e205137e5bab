// What can be filled in, and what was: the name of an input is its custom_id.
import {
  type APIChannelSelectComponent,
  type APIRoleSelectComponent,
  type APIStringSelectComponent,
  type APITextInputComponent,
  ChannelType,
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord.js';
import { isBlank, line, MORE, words } from '../../../src/domain/words.ts';
import type { Input, PickInput } from '../../../src/views/view.ts';
import { isSnowflake } from '../custom-id.ts';

const LONGEST_VALUE = 4_000;
const LONGEST_PICKED = 255;
const MOST_OPTIONS = 25;
const LONGEST_OPTION = 100;

type Element =
  | APITextInputComponent
  | APIChannelSelectComponent
  | APIRoleSelectComponent
  | APIStringSelectComponent;

export function elementOf(input: Input, name: string): Element {
  if (input.kind === 'text') return textInput(input, name, input.maxLength, input.multiline);
  if (input.of === 'channel') return channelSelect(input, name);
  if (input.of === 'team') return roleSelect(input, name);
  const options = optionsOf(input.of, input.value);
  // Discord takes no empty list, nor one of more than 25: a line of text takes what could be picked.
  return options.length === 0 || options.length > MOST_OPTIONS
    ? textInput(input, name, LONGEST_PICKED, false)
    : { type: ComponentType.StringSelect, ...picking(input, name), options };
}

function textInput(input: Input, name: string, max: number, multiline: boolean): APITextInputComponent {
  const longest = Math.min(LONGEST_VALUE, Math.max(1, max));
  const value = multiline ? words(input.value, longest) : line(input.value, longest);
  return {
    type: ComponentType.TextInput,
    custom_id: name,
    style: multiline ? TextInputStyle.Paragraph : TextInputStyle.Short,
    max_length: longest,
    required: !input.optional,
    ...(value === '' ? {} : { value }),
  };
}

function picking(input: PickInput, name: string) {
  return {
    custom_id: name,
    min_values: input.optional ? 0 : 1,
    max_values: 1,
    required: !input.optional,
  };
}

/** Where the team's digests and alerts can go. */
function channelSelect(input: PickInput, name: string): APIChannelSelectComponent {
  return {
    type: ComponentType.ChannelSelect,
    ...picking(input, name),
    channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
    ...(isSnowflake(input.value)
      ? { default_values: [{ id: input.value, type: SelectMenuDefaultValueType.Channel }] }
      : {}),
  };
}

function roleSelect(input: PickInput, name: string): APIRoleSelectComponent {
  return {
    type: ComponentType.RoleSelect,
    ...picking(input, name),
    ...(isSnowflake(input.value)
      ? { default_values: [{ id: input.value, type: SelectMenuDefaultValueType.Role }] }
      : {}),
  };
}

/** Each value once. A value that Discord cannot carry is no option: cut, it would be another. */
function optionsOf(
  all: Exclude<PickInput['of'], string>,
  value: string,
): APIStringSelectComponent['options'] {
  const seen = new Set<string>();
  return all.flatMap((option) => {
    if (isBlank(option.value) || option.value !== words(option.value, LONGEST_OPTION)) return [];
    if (seen.has(option.value)) return [];
    seen.add(option.value);
    const label = line(option.label, LONGEST_OPTION);
    return [
      {
        value: option.value,
        label: isBlank(label) ? MORE : label,
        ...(option.value === value ? { default: true } : {}),
      },
    ];
  });
}

/**
 * What was filled in, by the input's name; '' for what was left empty. `components` is what a modal's submission holds: labels, each with its
 * component. Discord sends it as it was typed.
 */
export function valuesOf(components: unknown): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  const read = (one: unknown): void => {
    if (typeof one !== 'object' || one === null) return;
    if (Array.isArray(one)) {
      one.forEach(read);
      return;
    }
    const {
      custom_id: name,
      value,
      values: picked,
      component,
      components: inside,
    } = one as Record<string, unknown>;
    if (typeof name === 'string') {
      const [first] = Array.isArray(picked) ? picked : [value];
      values[name] = typeof first === 'string' ? first : '';
    }
    read(component);
    read(inside);
  };
  read(components);
  return values;
}
