// View → modal: a form with its title; a view without a form has none.
import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APITextDisplayComponent,
  ComponentType,
} from 'discord.js';
import { isBlank, line, MORE } from '../../../src/domain/words.ts';
import type { Block, View } from '../../../src/views/view.ts';
import { writeCustomId } from '../custom-id.ts';
import { fitted } from './fit.ts';
import { elementOf } from './inputs.ts';

const LONGEST_TITLE = 45;
const LONGEST_LABEL = 45;
const LONGEST_WORDS = 4_000;
const MOST_COMPONENTS = 5;

type Form = Extract<Block, { kind: 'inputs' }>;

export function formOf(view: View): Form | undefined {
  return view.blocks.find((block): block is Form => block.kind === 'inputs' && block.inputs.length > 0);
}

/** Null where the view has no form. The words of the buttons below it are Discord's own. */
export function renderModal(
  view: View,
  { guild, tail = null }: { readonly guild: string; readonly tail?: string | null },
): APIModalInteractionResponseCallbackData | null {
  const form = formOf(view);
  if (form === undefined) return null;
  const inputs = form.inputs.slice(0, MOST_COMPONENTS);
  const rest = { ...view, blocks: view.blocks.filter((block) => block.kind !== 'inputs') };
  const said = inputs.length < MOST_COMPONENTS ? fitted(rest, new Map(), LONGEST_WORDS) : '';
  const text: APITextDisplayComponent = { type: ComponentType.TextDisplay, content: said };
  return {
    custom_id: writeCustomId(form.action, guild, tail),
    title: titled(form.title, LONGEST_TITLE),
    components: [
      ...(isBlank(said) ? [] : [text]),
      ...inputs.map(
        (input, index): APILabelComponent => ({
          type: ComponentType.Label,
          label: titled(input.label, LONGEST_LABEL),
          component: elementOf(input, uniqueName(inputs, index)),
        }),
      ),
    ],
  };
}

/** The name of an input is its custom_id; of two alike, the second is none that anybody reads. */
function uniqueName(inputs: Form['inputs'], index: number): string {
  const { name } = inputs[index]!;
  return inputs.findIndex((input) => input.name === name) === index ? name : `${name}#${index}`;
}

function titled(text: string, max: number): string {
  const said = line(text, max);
  return isBlank(said) ? MORE : said;
}
