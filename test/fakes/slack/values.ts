// What stands in fields and menus: the state that goes with a submission or a press.
import { elementsOf } from './block-kit/blocks.ts';
import type { Block, Json } from './types.ts';

/** What a person chooses: text, an option's value, or several. */
export type Choice = string | number | readonly string[] | null;

const ONE: Readonly<Record<string, readonly [name: string, initial: string]>> = {
  users_select: ['selected_user', 'initial_user'],
  channels_select: ['selected_channel', 'initial_channel'],
  conversations_select: ['selected_conversation', 'initial_conversation'],
  datepicker: ['selected_date', 'initial_date'],
  timepicker: ['selected_time', 'initial_time'],
  datetimepicker: ['selected_date_time', 'initial_date_time'],
  static_select: ['selected_option', 'initial_option'],
  external_select: ['selected_option', 'initial_option'],
  radio_buttons: ['selected_option', 'initial_option'],
  checkboxes: ['selected_options', 'initial_options'],
  multi_static_select: ['selected_options', 'initial_options'],
  multi_external_select: ['selected_options', 'initial_options'],
  multi_users_select: ['selected_users', 'initial_users'],
  multi_channels_select: ['selected_channels', 'initial_channels'],
  multi_conversations_select: ['selected_conversations', 'initial_conversations'],
  plain_text_input: ['value', 'initial_value'],
  email_text_input: ['value', 'initial_value'],
  url_text_input: ['value', 'initial_value'],
  number_input: ['value', 'initial_value'],
  rich_text_input: ['rich_text_value', 'initial_value'],
};

function optionsOf(element: Json): Json[] {
  const own = (element['options'] ?? []) as Json[];
  const groups = (element['option_groups'] ?? []) as { readonly options: Json[] }[];
  return [...own, ...groups.flatMap((group) => group.options)];
}

function named(element: Json, value: string): Json {
  const found = optionsOf(element).find((each) => each['value'] === value);
  if (found) return found;
  const all = optionsOf(element).map((each) => String(each['value']));
  throw new Error(`no option ${JSON.stringify(value)}; there are: ${all.join(', ')}`);
}

/** The state of one element before anybody touched it; null for what has none, such as a button. */
export function initialState(element: Json): Json | null {
  const type = String(element['type']);
  const names = ONE[type];
  if (!names) return null;
  const [name, initial] = names;
  const several = name.endsWith('s');
  return { type, [name]: element[initial] ?? (several ? [] : null) };
}

/** The state of an element after somebody chose. */
export function chosenState(element: Json, choice: Choice): Json {
  const type = String(element['type']);
  const names = ONE[type];
  if (type === 'overflow') return { type, selected_option: named(element, String(choice)) };
  if (!names) throw new Error(`nothing can be chosen in a ${type}`);
  const [name] = names;
  if (choice === null) return initialState({ type })!;
  if (name === 'selected_option') {
    const option =
      type === 'external_select'
        ? { text: { type: 'plain_text', text: String(choice) }, value: String(choice) }
        : named(element, String(choice));
    return { type, selected_option: option };
  }
  if (name === 'selected_options')
    return { type, selected_options: (choice as readonly string[]).map((each) => named(element, each)) };
  if (name === 'selected_date_time') return { type, [name]: Number(choice) };
  return { type, [name]: Array.isArray(choice) ? [...choice] : String(choice) };
}

export function isEmpty(state: Json | undefined): boolean {
  if (!state) return true;
  const { type: _type, ...rest } = state;
  const value = Object.values(rest)[0];
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

export function initialValues(blocks: readonly Block[]): Record<string, Record<string, Json>> {
  const values: Record<string, Record<string, Json>> = {};
  for (const block of blocks)
    for (const element of elementsOf(block)) {
      const state = initialState(element);
      if (!state) continue;
      const inBlock = values[block.block_id!] ?? {};
      values[block.block_id!] = inBlock;
      inBlock[String(element['action_id'])] = state;
    }
  return values;
}
