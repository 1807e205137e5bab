// Menus, in messages and in modals, and what else a modal asks with.
import type { Field } from './form.ts';

export const Kind = {
  row: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  upload: 19,
  radio: 21,
  checkboxes: 22,
  checkbox: 23,
} as const;

export const SELECTS: readonly number[] = [3, 5, 6, 7, 8];

/** Ids of one message or modal: none twice. */
export class CustomIds {
  readonly #seen = new Set<string>();

  check(field: Field): void {
    const id = field.string({ min: 1, max: 100 });
    if (id === null) return;
    if (this.#seen.has(id))
      field.wrong('COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
    this.#seen.add(id);
  }
}

export function checkEmoji(emoji: Field): void {
  if (!emoji.object(['id', 'name', 'animated'], true)) return;
  const id = emoji.key('id').snowflake(true);
  const name = emoji.key('name').string({ max: 32, optional: id !== null });
  if (
    id === null &&
    name !== null &&
    !/\p{Extended_Pictographic}|\p{Regional_Indicator}|[0-9#*]\uFE0F?\u20E3/u.test(name)
  )
    emoji.key('name').wrong('COMPONENT_INVALID_EMOJI', 'Invalid emoji');
}

function checkOptions(options: Field, min: number, max: number): void {
  const values = new Set<unknown>();
  for (const option of options.list({ min, max })) {
    if (!option.object(['label', 'value', 'description', 'emoji', 'default'])) continue;
    option.key('label').string({ min: 1, max: 100 });
    option.key('description').string({ max: 100, optional: true });
    option.key('default').boolean();
    checkEmoji(option.key('emoji'));
    const value = option.key('value').string({ min: 1, max: 100 });
    if (value !== null && values.has(value))
      option.wrong('SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used');
    values.add(value);
  }
}

function checkRange(field: Field, most: number, options: number): void {
  const min = field.key('min_values').integer({ min: 0, max: most, optional: true });
  const max = field.key('max_values').integer({ min: 1, max: most, optional: true });
  if ((min ?? 0) > (max ?? 1))
    field.key('min_values').wrong('SELECT_COMPONENT_MIN_VALUES_TOO_LARGE', 'Greater than max_values.');
  if (options > 0 && (max ?? 1) > options)
    field.key('max_values').wrong('SELECT_COMPONENT_MAX_VALUES_TOO_LARGE', 'More than there are options.');
}

export function checkSelect(field: Field, ids: CustomIds, inModal: boolean): void {
  const type = field.key('type').value;
  const known = [
    'type',
    'id',
    'custom_id',
    'placeholder',
    'min_values',
    'max_values',
    'disabled',
    'required',
  ];
  field.object([
    ...known,
    ...(type === Kind.stringSelect ? ['options'] : ['default_values', 'channel_types']),
  ]);
  ids.check(field.key('custom_id'));
  field.key('placeholder').string({ max: 150, optional: true });
  if (field.key('disabled').boolean() === true && inModal)
    field.key('disabled').wrong('COMPONENT_DISABLED_IN_MODAL', 'Nothing in a modal may be disabled.');
  field.key('required').boolean();
  const options = field.key('options');
  if (type === Kind.stringSelect) checkOptions(options, 1, 25);
  checkRange(field, 25, Array.isArray(options.value) ? options.value.length : 0);
}

export function checkChoices(field: Field, ids: CustomIds): void {
  const radio = field.key('type').value === Kind.radio;
  field.object([
    'type',
    'id',
    'custom_id',
    'options',
    'required',
    ...(radio ? [] : ['min_values', 'max_values']),
  ]);
  ids.check(field.key('custom_id'));
  field.key('required').boolean();
  const options = field.key('options');
  checkOptions(options, radio ? 2 : 1, 10);
  if (!radio) checkRange(field, 10, 0);
}

export function checkTextInput(field: Field, ids: CustomIds, inLabel: boolean): void {
  const known = [
    'type',
    'id',
    'custom_id',
    'style',
    'value',
    'placeholder',
    'required',
    'min_length',
    'max_length',
  ];
  field.object([...known, 'label']);
  ids.check(field.key('custom_id'));
  field.key('style').oneOf([1, 2]);
  if (inLabel && !field.key('label').absent)
    field.key('label').wrong('COMPONENT_LABEL_NOT_ALLOWED', 'The label stands in the Label around it.');
  if (!inLabel) field.key('label').string({ min: 1, max: 45 });
  field.key('placeholder').string({ max: 100, optional: true });
  field.key('required').boolean();
  const min = field.key('min_length').integer({ min: 0, max: 4000, optional: true });
  const max = field.key('max_length').integer({ min: 1, max: 4000, optional: true });
  if ((min ?? 0) > (max ?? 4000))
    field.key('min_length').wrong('TEXT_INPUT_MIN_LENGTH_TOO_LARGE', 'Greater than max_length.');
  field.key('value').string({ min: min ?? 0, max: max ?? 4000, optional: true });
}
