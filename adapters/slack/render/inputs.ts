// What can be filled in, and what was: the name of an input is its action_id.
import type { ConversationsSelect, PlainTextInput, PlainTextOption, StaticSelect } from '@slack/types';
import type { Input, PickInput } from '../../../src/views/view.ts';
import { cut, isBlank, line, plain, plainLine, words } from './words.ts';

const LONGEST_VALUE = 3_000;
const LONGEST_PICKED = 255;
const MOST_OPTIONS = 100;
const LONGEST_OPTION = 75;

export function elementOf(input: Input): PlainTextInput | ConversationsSelect | StaticSelect {
  if (input.kind === 'text') return textInput(input, input.maxLength, input.multiline);
  if (input.of === 'channel') return channelSelect(input);
  const options = input.of === 'team' ? [] : optionsOf(input.of);
  // Slack has no list of user groups; a line of text takes the name of one, or of a channel. Nor does it take an empty list.
  return options.length === 0 ? textInput(input, LONGEST_PICKED, false) : optionSelect(input, options);
}

function textInput(input: Input, max: number, multiline: boolean): PlainTextInput {
  const longest = Math.min(LONGEST_VALUE, Math.max(1, max));
  const value = multiline ? words(input.value, longest) : line(input.value, longest);
  return {
    type: 'plain_text_input',
    action_id: input.name,
    multiline,
    max_length: longest,
    ...(value === '' ? {} : { initial_value: value }),
  };
}

/**
 * `channels_select` knows public channels alone, and a team's own is often private. Channels that are shared with another organisation are where
 * customers are: what is picked here is where the team's digests and alerts go.
 */
function channelSelect(input: PickInput): ConversationsSelect {
  return {
    type: 'conversations_select',
    action_id: input.name,
    filter: {
      include: ['public', 'private'],
      exclude_bot_users: true,
      exclude_external_shared_channels: true,
    },
    ...(/^[CG][A-Z0-9]{1,40}$/u.test(input.value) ? { initial_conversation: input.value } : {}),
  };
}

/** More than {@link MOST_OPTIONS} go into groups, each named by its first and its last. */
function optionSelect(input: PickInput, options: readonly PlainTextOption[]): StaticSelect {
  const initial = options.find((option) => option.value === input.value);
  const groups: PlainTextOption[][] = [];
  for (let at = 0; at < options.length && groups.length < MOST_OPTIONS; at += MOST_OPTIONS)
    groups.push(options.slice(at, at + MOST_OPTIONS));
  return {
    type: 'static_select',
    action_id: input.name,
    ...(groups.length === 1
      ? { options: groups[0]! }
      : { option_groups: groups.map((group) => ({ label: nameOf(group), options: group })) }),
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
}

function nameOf(group: readonly PlainTextOption[]) {
  const half = Math.floor((LONGEST_OPTION - 3) / 2);
  const [first, last] = [group[0]!, group.at(-1)!].map(({ text }) => cut(text.text, half));
  return plain(`${first} – ${last}`, LONGEST_OPTION);
}

/** Each value once. A value that Slack cannot carry is no option: cut, it would be another. */
function optionsOf(all: Exclude<PickInput['of'], string>): readonly PlainTextOption[] {
  const seen = new Set<string>();
  return all.flatMap(({ value, label }) => {
    // The SDK says 75, the documentation 150.
    if (isBlank(value) || value.length > LONGEST_OPTION || value !== words(value, LONGEST_OPTION)) return [];
    if (seen.has(value)) return [];
    seen.add(value);
    return [{ text: plainLine(label, LONGEST_OPTION), value }];
  });
}

/** `view.state.values` of a submission: by block, then by action. */
export type StateValues = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What was filled in, by the input's name; '' for what was left empty. Slack sends it as it was typed, without escapes. */
export function valuesOf(values: StateValues): Readonly<Record<string, string>> {
  const filled = Object.values(values).flatMap((block) => Object.entries(block));
  return Object.fromEntries(filled.map(([name, state]) => [name, filledIn(state)]));
}

function filledIn(state: unknown): string {
  if (typeof state === 'string') return state;
  if (typeof state !== 'object' || state === null) return '';
  if ('value' in state) return filledIn(state.value);
  if ('selected_option' in state) return filledIn(state.selected_option);
  return 'selected_conversation' in state ? filledIn(state.selected_conversation) : '';
}
