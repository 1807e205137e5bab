// What can be pressed, picked and typed into, and the limits of each.
import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../types.ts';
import {
  boolean,
  type Check,
  integer,
  isObject,
  list,
  matching,
  oneOf,
  type Spot,
  shape,
  string,
  wrong,
} from './check.ts';
import * as part from './composition.ts';
import { richText } from './rich-text.ts';

const ID = { type: string(50), action_id: string(255) };
const CONFIRM = { confirm: part.confirm };
const FOCUS = { focus_on_load: boolean };
const PLACEHOLDER = { placeholder: part.plain(150) };
const DISPATCH = { dispatch_action_config: part.dispatchConfig };
const MENU = { ...ID, ...CONFIRM, ...FOCUS, ...PLACEHOLDER };
const MANY = { max_selected_items: integer(1, 1000) };
const plainOption = part.option(part.plain(75));
const freeOption = part.option(part.anyText(75));

function allOptions(value: Json): unknown[] {
  const own = Array.isArray(value['options']) ? value['options'] : [];
  const groups = Array.isArray(value['option_groups']) ? value['option_groups'] : [];
  return [...own, ...groups.flatMap((group) => (isObject(group) ? (group['options'] as unknown[]) : []))];
}

/** What is chosen at first is one of the options, and no value stands there twice. */
function offered(value: Json, at: Spot): void {
  const options = allOptions(value);
  const values = options.map((each) => (isObject(each) ? each['value'] : undefined));
  if (new Set(values).size !== values.length) wrong(at, 'duplicate option value');
  const first = value['initial_option'];
  if (first !== undefined && !options.some((each) => isDeepStrictEqual(each, first)))
    wrong(at, 'initial_option must be one of the options');
  const several = value['initial_options'];
  if (Array.isArray(several) && !several.every((each) => options.some((one) => isDeepStrictEqual(one, each))))
    wrong(at, 'initial_options must be among the options');
}

function optionsOrGroups(value: Json, at: Spot): void {
  if ((value['options'] === undefined) === (value['option_groups'] === undefined))
    wrong(at, 'must have either options or option_groups');
  offered(value, at);
}

const CHOICES = { options: list(plainOption, 100), option_groups: list(part.optionGroup(plainOption), 100) };

function lengths(value: Json, at: Spot): void {
  const { min_length: least, max_length: most, initial_value: initial } = value;
  if (typeof least === 'number' && typeof most === 'number' && least > most)
    wrong(at, 'min_length must not be greater than max_length');
  if (typeof initial === 'string' && typeof most === 'number' && initial.length > most)
    wrong(at, 'initial_value must be less than max_length');
}

export const ELEMENTS: Readonly<Record<string, Check>> = {
  button: shape({
    ...ID,
    ...CONFIRM,
    'text!': part.plain(75),
    value: string(2000),
    url: part.url,
    style: oneOf('primary', 'danger'),
    accessibility_label: string(75),
  }),
  workflow_button: shape({
    ...ID,
    'text!': part.plain(75),
    'workflow!': isObjectCheck,
    style: oneOf('primary', 'danger'),
    accessibility_label: string(75),
  }),
  checkboxes: shape(
    {
      ...ID,
      ...CONFIRM,
      ...FOCUS,
      'options!': list(freeOption, 10),
      initial_options: list(freeOption, 10),
    },
    offered,
  ),
  radio_buttons: shape(
    { ...ID, ...CONFIRM, ...FOCUS, 'options!': list(freeOption, 10), initial_option: freeOption },
    offered,
  ),
  overflow: shape({ ...ID, ...CONFIRM, 'options!': list(part.option(part.plain(75), true), 5) }, offered),
  static_select: shape({ ...MENU, ...CHOICES, initial_option: plainOption }, optionsOrGroups),
  multi_static_select: shape(
    { ...MENU, ...CHOICES, ...MANY, initial_options: list(plainOption, 100) },
    optionsOrGroups,
  ),
  external_select: shape({ ...MENU, initial_option: plainOption, min_query_length: integer(0, 100) }),
  multi_external_select: shape({
    ...MENU,
    ...MANY,
    initial_options: list(plainOption, 100),
    min_query_length: integer(0, 100),
  }),
  users_select: shape({ ...MENU, initial_user: string(100) }),
  multi_users_select: shape({ ...MENU, ...MANY, initial_users: list(string(100), 100) }),
  channels_select: shape({ ...MENU, initial_channel: string(100), response_url_enabled: boolean }),
  multi_channels_select: shape({ ...MENU, ...MANY, initial_channels: list(string(100), 100) }),
  conversations_select: shape({
    ...MENU,
    initial_conversation: string(100),
    default_to_current_conversation: boolean,
    response_url_enabled: boolean,
    filter: part.conversationFilter,
  }),
  multi_conversations_select: shape({
    ...MENU,
    ...MANY,
    initial_conversations: list(string(100), 100),
    default_to_current_conversation: boolean,
    filter: part.conversationFilter,
  }),
  datepicker: shape({ ...MENU, initial_date: matching(/^\d{4}-\d{2}-\d{2}$/, 'a date') }),
  timepicker: shape({ ...MENU, initial_time: matching(/^\d{2}:\d{2}$/, 'a time'), timezone: string(100) }),
  datetimepicker: shape({
    ...ID,
    ...CONFIRM,
    ...FOCUS,
    initial_date_time: integer(1_000_000_000, 9_999_999_999),
  }),
  plain_text_input: shape(
    {
      ...ID,
      ...FOCUS,
      ...PLACEHOLDER,
      ...DISPATCH,
      initial_value: string(3000, 0),
      multiline: boolean,
      min_length: integer(0, 3000),
      max_length: integer(1, 3000),
    },
    lengths,
  ),
  email_text_input: shape({ ...ID, ...FOCUS, ...PLACEHOLDER, ...DISPATCH, initial_value: string(3000) }),
  url_text_input: shape({ ...ID, ...FOCUS, ...PLACEHOLDER, ...DISPATCH, initial_value: string(3000) }),
  number_input: shape({
    ...ID,
    ...FOCUS,
    ...PLACEHOLDER,
    ...DISPATCH,
    'is_decimal_allowed!': boolean,
    initial_value: string(100),
    min_value: string(100),
    max_value: string(100),
  }),
  rich_text_input: shape({
    ...ID,
    ...FOCUS,
    ...PLACEHOLDER,
    ...DISPATCH,
    initial_value: richText,
    min_lines: part.lines,
    max_lines: part.lines,
  }),
  file_input: shape({ ...ID, filetypes: list(string(50), 100), max_files: integer(1, 10) }),
  image: part.imageElement,
};

function isObjectCheck(value: unknown, at: Spot): void {
  if (!isObject(value)) wrong(at, 'must be an object');
}

export function pick(...types: readonly string[]): Readonly<Record<string, Check>> {
  return Object.fromEntries(types.map((type) => [type, ELEMENTS[type]!]));
}
