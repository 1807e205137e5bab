// What can be pressed: scores from low to high in rows, and buttons below them. What a press means is in its custom_id and nowhere else.
import type { APIActionRowComponent, APIButtonComponentWithCustomId } from 'discord.js';
import { ButtonStyle, ComponentType } from 'discord.js';
import type { Action } from '../../../src/domain/command/action.ts';
import { isBlank, line, MORE } from '../../../src/domain/words.ts';
import type { Block, Button, View } from '../../../src/views/view.ts';
import { writeCustomId } from '../custom-id.ts';

const WIDEST_ROW = 5;
const MOST_ROWS = 5;
const LONGEST_LABEL = 80;

export type Row = APIActionRowComponent<APIButtonComponentWithCustomId>;

/** At most five rows of five. The first button carries the mark of the message's key. */
export function rowsOf(view: View, guild: string, mark: string | null): Row[] {
  const seen = new Map<string, number>();
  let marked = mark === null;
  const idOf = (action: Action): string => {
    const id = writeCustomId(action, guild);
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    if (!marked) {
      marked = true;
      return writeCustomId(action, guild, mark);
    }
    return count === 1 ? id : writeCustomId(action, guild, String(count));
  };
  const groups = view.blocks.map((block) => buttonsIn(block, idOf)).filter((group) => group.length > 0);
  const rows = groups.flatMap((group) => chunked(group));
  // Where each block cannot have rows of its own, all stand in the fewest.
  const fewest = rows.length <= MOST_ROWS ? rows : chunked(groups.flat());
  return fewest
    .slice(0, MOST_ROWS)
    .map((components) => ({ type: ComponentType.ActionRow, components: [...components] }));
}

type Shown = APIButtonComponentWithCustomId;

function buttonsIn(block: Block, idOf: (action: Action) => string): readonly Shown[] {
  switch (block.kind) {
    case 'scale':
      return block.options.map(({ score, selected, action }) => ({
        type: ComponentType.Button,
        style: selected ? ButtonStyle.Primary : ButtonStyle.Secondary,
        label: String(score),
        custom_id: idOf(action),
      }));
    case 'buttons':
      return block.buttons.map((button) => shown(button, idOf));
    case 'inputs':
      // A message cannot hold a form: what opens it stands there.
      return [shown({ label: block.title, action: block.action, style: 'primary' }, idOf)];
    default:
      return [];
  }
}

const STYLES = {
  plain: ButtonStyle.Secondary,
  primary: ButtonStyle.Primary,
  danger: ButtonStyle.Danger,
} as const satisfies Record<Button['style'], ButtonStyle>;

function shown({ label, action, style }: Button, idOf: (action: Action) => string): Shown {
  const said = line(label, LONGEST_LABEL);
  return {
    type: ComponentType.Button,
    style: STYLES[style],
    label: isBlank(said) ? MORE : said,
    custom_id: idOf(action),
  };
}

function chunked(buttons: readonly Shown[]): readonly (readonly Shown[])[] {
  const rows: Shown[][] = [];
  for (let at = 0; at < buttons.length; at += WIDEST_ROW) rows.push(buttons.slice(at, at + WIDEST_ROW));
  return rows;
}
