// Finding what to press, and putting into fields what a person chose.
import { elementsOf } from './block-kit/blocks.ts';
import type { Pressed } from './payloads.ts';
import type { Block, Json, View } from './types.ts';
import { type Choice, chosenState, initialState, isEmpty } from './values.ts';

export type Matcher = string | ((element: Json, block: Block) => boolean);

/** By action id alone, or by block id and action id. */
export type Values = Readonly<Record<string, Choice | Readonly<Record<string, Choice>>>>;

export function find(
  blocks: readonly Block[],
  matcher: Matcher,
  choose: Choice | undefined,
  values: Record<string, Record<string, Json>>,
): Pressed {
  const all = blocks.flatMap((block) => elementsOf(block).map((element) => ({ block, element })));
  const found = all.filter(({ block, element }) =>
    typeof matcher === 'string' ? element['action_id'] === matcher : matcher(element, block),
  );
  const [one] = found;
  if (!one || found.length > 1) {
    const there = all.map(({ element }) => String(element['action_id'])).join(', ');
    throw new Error(`${found.length} elements match ${String(matcher)}; there are: ${there}`);
  }
  const { block, element } = one;
  if (choose === undefined) return { block, element, state: initialState(element) };
  const state = chosenState(element, choose);
  const inBlock = values[block.block_id!];
  if (inBlock && String(element['action_id']) in inBlock) inBlock[String(element['action_id'])] = state;
  return { block, element, state };
}

/** Puts what a person chose into the fields; a name that is nowhere is an error of the test. */
export function fill(
  blocks: readonly Block[],
  values: Record<string, Record<string, Json>>,
  chosen: Values,
): void {
  for (const [name, choice] of Object.entries(chosen)) {
    let found = false;
    for (const block of blocks)
      for (const element of elementsOf(block)) {
        const id = String(element['action_id']);
        const mine = choiceFor(name, choice, String(block.block_id), id);
        if (mine === undefined) continue;
        const inBlock = values[String(block.block_id)] ?? {};
        values[String(block.block_id)] = inBlock;
        inBlock[id] = chosenState(element, mine);
        found = true;
      }
    if (!found) throw new Error(`no field ${name}`);
  }
}

function choiceFor(
  name: string,
  choice: Values[string],
  blockId: string,
  actionId: string,
): Choice | undefined {
  if (typeof choice !== 'object' || choice === null || Array.isArray(choice))
    return name === actionId ? (choice as Choice) : undefined;
  return name === blockId ? (choice as Record<string, Choice>)[actionId] : undefined;
}

export function refuseBlank(block: Block, view: View): void {
  if (block.type !== 'input') return;
  const element = block['element'] as Json;
  const state = view.values[block.block_id!]?.[String(element['action_id'])];
  if (block['optional'] !== true && isEmpty(state))
    throw new Error(`the client does not submit: ${block.block_id} is empty`);
  const text = state?.['value'];
  const most = element['max_length'] ?? 3000;
  const least = element['min_length'] ?? 0;
  if (typeof text !== 'string' || text === '') return;
  if (text.length > Number(most))
    throw new Error(`the client does not submit: ${block.block_id} is too long`);
  if (text.length < Number(least))
    throw new Error(`the client does not submit: ${block.block_id} is too short`);
}
