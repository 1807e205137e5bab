// The blocks and what each of them may hold, and what holds between the blocks of one message or view.
import type { Block, Json } from '../types.ts';
import {
  boolean,
  type Check,
  isObject,
  kinds,
  list,
  type Spot,
  shape,
  string,
  under,
  wrong,
} from './check.ts';
import { anyText, imageBlock, imageElement, plain, url } from './composition.ts';
import { ELEMENTS, pick } from './elements.ts';
import { richText } from './rich-text.ts';

const ID = { type: string(50), block_id: string(255) };

const IN_ACTIONS = pick(
  'button',
  'checkboxes',
  'datepicker',
  'datetimepicker',
  'overflow',
  'radio_buttons',
  'timepicker',
  'workflow_button',
  'rich_text_input',
  ...selects(),
);
const IN_SECTION = {
  ...pick('button', 'checkboxes', 'datepicker', 'overflow', 'radio_buttons', 'timepicker', 'workflow_button'),
  ...pick(...selects()),
  image: imageElement,
};
const IN_INPUT = pick(
  'checkboxes',
  'datepicker',
  'datetimepicker',
  'email_text_input',
  'file_input',
  'number_input',
  'plain_text_input',
  'radio_buttons',
  'rich_text_input',
  'timepicker',
  'url_text_input',
  ...selects(),
);

function selects(): string[] {
  return Object.keys(ELEMENTS).filter((type) => type.endsWith('_select'));
}

const inContext: Check = (value, at) => {
  if (isObject(value) && value['type'] === 'image') imageElement(value, at);
  else anyText(3000)(value, at);
};

function onlyIn(surface: Spot['surface'], check: Check): Check {
  return (value, at) => {
    if (at.surface !== surface)
      wrong(under(at, 'type'), `unsupported type: ${String((value as Json)['type'])}`);
    else check(value, at);
  };
}

const BLOCKS: Readonly<Record<string, Check>> = {
  divider: shape(ID),
  header: shape({ ...ID, 'text!': plain(150) }),
  section: shape(
    {
      ...ID,
      text: anyText(3000),
      fields: list(anyText(2000), 10),
      accessory: kinds(IN_SECTION),
      expand: boolean,
    },
    (value, at) => {
      if (value['text'] === undefined && value['fields'] === undefined)
        wrong(at, 'missing required field: text or fields');
    },
  ),
  context: shape({ ...ID, 'elements!': list(inContext, 10) }),
  actions: shape({ ...ID, 'elements!': list(kinds(IN_ACTIONS), 25) }),
  image: imageBlock,
  input: shape({
    ...ID,
    'label!': plain(2000),
    'element!': kinds(IN_INPUT),
    hint: plain(2000),
    optional: boolean,
    dispatch_action: boolean,
  }),
  rich_text: richText,
  markdown: onlyIn('message', shape({ ...ID, 'text!': string(12_000) })),
  video: shape({
    ...ID,
    'alt_text!': string(2000),
    'title!': plain(200),
    'thumbnail_url!': url,
    'video_url!': url,
    title_url: url,
    author_name: string(50),
    description: plain(200),
    provider_name: string(100),
    provider_icon_url: url,
  }),
};

const block = kinds(BLOCKS);

/** Elements of a block that have an action id, wherever in it they stand. */
export function elementsOf(of: Block): Json[] {
  const found = [of['accessory'], of['element'], ...(Array.isArray(of['elements']) ? of['elements'] : [])];
  if (of.type === 'rich_text' || of.type === 'context') return [];
  return found.filter((each): each is Json => isObject(each) && each['type'] !== 'image');
}

function noneTwice(
  values: readonly (readonly [value: unknown, path: string])[],
  what: string,
  at: Spot,
): void {
  const seen = new Set<unknown>();
  for (const [value, path] of values) {
    if (value === undefined) continue;
    if (seen.has(value)) wrong({ ...at, path }, `\`${what}\` "${String(value)}" already exists`);
    seen.add(value);
  }
}

/** Every list of blocks: each block by itself, then ids that stand twice and focus that is wanted twice. */
export function checkBlocks(value: unknown, at: Spot): void {
  list(block, at.surface === 'message' ? 50 : 100, at.surface === 'message' ? 1 : 0)(value, at);
  if (!Array.isArray(value)) return;
  const blocks = value.filter(isObject) as Block[];
  noneTwice(
    blocks.map((each, index) => [each.block_id, `${at.path}/${index}/block_id`]),
    'block_id',
    at,
  );
  let focused = 0;
  for (const [index, each] of blocks.entries()) {
    const elements = elementsOf(each);
    noneTwice(
      elements.map((element, place) => [
        element['action_id'],
        `${at.path}/${index}/elements/${place}/action_id`,
      ]),
      'action_id',
      at,
    );
    focused += elements.filter((element) => element['focus_on_load'] === true).length;
  }
  if (focused > 1) wrong(at, 'only one element may have focus_on_load');
}
