// Whole messages, views and metadata: what Slack looks at before it takes one, and the ids that it puts where none were given.
import { malformed, SlackError } from '../errors.ts';
import type { Ids } from '../ids.ts';
import type { Block, Json } from '../types.ts';
import { checkBlocks, elementsOf } from './blocks.ts';
import { boolean, isObject, oneOf, type Spot, shape, string, under, wrong } from './check.ts';
import { plain } from './composition.ts';

export type FileShown = Spot['fileShown'];

/** Text and containers of one message together, as observed: undocumented, about this much. */
const MESSAGE_LIMIT = 13_200;
const BLOCK_COST = 125;

function weight(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + weight(each), 0);
  if (!isObject(value)) return 0;
  const text = typeof value['text'] === 'string' ? value['text'].length : 0;
  return text + weight(Object.values(value));
}

/** Blocks of a message; throws as Slack refuses. */
export function checkedMessageBlocks(value: unknown, fileShown: FileShown, ids: Ids): Block[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw new SlackError('invalid_blocks_format');
  if (value.length === 0) return [];
  const errors: string[] = [];
  checkBlocks(value, { path: '/blocks', surface: 'message', errors, fileShown });
  if (errors.length > 0) throw malformed('invalid_blocks', errors);
  if (weight(value) + value.length * BLOCK_COST > MESSAGE_LIMIT) throw new SlackError('msg_blocks_too_long');
  return withIds(value as Block[], ids);
}

const MODAL = shape({
  'type!': oneOf('modal'),
  'title!': plain(24),
  'blocks!': checkBlocks,
  close: plain(24),
  submit: plain(24),
  private_metadata: string(3000, 0),
  callback_id: string(255, 0),
  external_id: string(255, 0),
  clear_on_close: boolean,
  notify_on_close: boolean,
  submit_disabled: boolean,
});

const HOME = shape({
  'type!': oneOf('home'),
  'blocks!': checkBlocks,
  private_metadata: string(3000, 0),
  callback_id: string(255, 0),
  external_id: string(255, 0),
});

/** A view; `at` is where it stood in the arguments. */
export function checkedView(value: unknown, type: 'modal' | 'home', fileShown: FileShown, ids: Ids): Json {
  const errors: string[] = [];
  const at: Spot = { path: '/view', surface: type, errors, fileShown };
  (type === 'modal' ? MODAL : HOME)(value, at);
  if (isObject(value) && Array.isArray(value['blocks'])) {
    const input = value['blocks'].some((each) => isObject(each) && each['type'] === 'input');
    if (type === 'modal' && input && value['submit'] === undefined)
      wrong(under(at, 'submit'), 'missing required field: submit');
  }
  if (errors.length > 0) throw malformed('invalid_arguments', errors);
  if (JSON.stringify(value).length > 250_000) throw new SlackError('view_too_large');
  const view = value as Json;
  return { ...view, blocks: withIds(view['blocks'] as Block[], ids) };
}

/** Slack answers with every block and element named. */
function withIds(blocks: readonly Block[], ids: Ids): Block[] {
  return structuredClone(blocks).map((block) => {
    for (const element of elementsOf(block)) element['action_id'] ??= ids.short();
    return { ...block, block_id: block.block_id ?? ids.short() };
  });
}

/** Metadata of a message: an event type and a flat or once nested payload, 16 kB at most. */
export function checkedMetadata(value: unknown): Json | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value)) throw new SlackError('invalid_metadata_format');
  if (Object.keys(value).length === 0) return {};
  const { event_type: type, event_payload: payload, ...more } = value;
  if (typeof type !== 'string' || type === '' || type.length > 255 || !isObject(payload))
    throw new SlackError('invalid_metadata_schema');
  if (Object.keys(more).some((name) => name !== 'entities')) throw new SlackError('invalid_metadata_schema');
  if (JSON.stringify(value).length > 16_384) throw new SlackError('metadata_too_large');
  return value;
}
