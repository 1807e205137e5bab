// View → modal: a form with its title and what sending it means; a view without a form is shown as it is.
import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { encodeAction } from '../../../src/domain/command/action.ts';
import type { Block, View } from '../../../src/views/view.ts';
import { inShort } from './blocks.ts';
import { fitted, VIEW_ROOM } from './fit.ts';
import { elementOf } from './inputs.ts';
import { plainLine } from './words.ts';

const LONGEST_TITLE = 24;
const LONGEST_LABEL = 2_000;
const MOST_BLOCKS = 100;

export interface ModalOptions {
  /** Comes back with what was filled in; at most 3,000 characters. */
  readonly privateMetadata: string;
}

type Form = Extract<Block, { kind: 'inputs' }>;

/** The button that closes it has Slack's own word, in the language of whoever reads it. */
export function renderModal(view: View, { privateMetadata }: ModalOptions): ModalView {
  const form = view.blocks.find((block): block is Form => block.kind === 'inputs');
  const rest = { ...view, blocks: view.blocks.filter((block) => block.kind !== 'inputs') };
  const inputs = form === undefined ? [] : form.inputs.slice(0, MOST_BLOCKS).map(inputOf);
  const said = fitted(rest, new Map(), { ...VIEW_ROOM, blocks: Math.max(1, MOST_BLOCKS - inputs.length) });
  const blocks: KnownBlock[] = [...said.slice(0, MOST_BLOCKS - inputs.length), ...inputs];
  return {
    type: 'modal',
    title: plainLine(form?.title ?? view.summary, LONGEST_TITLE),
    blocks: blocks.length > 0 ? blocks : [...inShort(view)],
    private_metadata: privateMetadata,
    ...(form === undefined
      ? {}
      : { callback_id: encodeAction(form.action), submit: plainLine(form.submit, LONGEST_TITLE) }),
  };
}

function inputOf(input: Form['inputs'][number], index: number): InputBlock {
  return {
    type: 'input',
    block_id: `input:${index}`,
    label: plainLine(input.label, LONGEST_LABEL),
    optional: input.optional,
    element: elementOf(input),
  };
}
