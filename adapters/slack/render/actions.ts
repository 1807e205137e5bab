// What can be pressed: a scale in one row, and buttons. What a press means is in its action_id and nowhere else.
import type { ActionsBlock, KnownBlock, Button as SlackButton } from '@slack/types';
import type { Locale } from '../../../src/domain/basics.ts';
import { encodeAction } from '../../../src/domain/command/action.ts';
import type { Block, Button } from '../../../src/views/view.ts';
import { grey } from './rich.ts';
import { isBlank, isolated, line, MORE, plainLine, shown } from './words.ts';

const MOST_BUTTONS = 25;
const LONGEST_LABEL = 75;
const LONGEST_END = 200;

type Scale = Extract<Block, { kind: 'scale' }>;

/** From low to high is from left to right, as Slack lays out buttons in every language. */
export function scaleBlocks(scale: Scale, locale: Locale): readonly KnownBlock[] {
  const options = scale.options.map((option): SlackButton => {
    const alt = line(option.alt, LONGEST_LABEL);
    return {
      type: 'button',
      action_id: encodeAction(option.action),
      text: shown(String(option.score)),
      ...(isBlank(alt) ? {} : { accessibility_label: alt }),
      ...(option.selected ? { style: 'primary' } : {}),
    };
  });
  return [...rows(options), ...ends(scale, locale)];
}

/** The scores stand beside what they mean, so that nobody has to guess which end of the row is which. */
function ends({ low, high, options }: Scale, locale: Locale): readonly KnownBlock[] {
  const [first, last] = [options.at(0), options.at(-1)];
  if (first === undefined || last === undefined) return [];
  const said = [
    [first.score, line(low, LONGEST_END)],
    [last.score, line(high, LONGEST_END)],
  ] as const;
  const parts = said.flatMap(([score, end]) => (isBlank(end) ? [] : [`${score} = ${isolated(end, locale)}`]));
  return grey(parts.join(` ${MORE} `));
}

export function buttonBlocks(buttons: readonly Button[]): readonly ActionsBlock[] {
  return rows(
    buttons.map(({ label, action, style }) => ({
      type: 'button',
      action_id: encodeAction(action),
      text: plainLine(label, LONGEST_LABEL),
      ...(style === 'plain' ? {} : { style }),
    })),
  );
}

/** As many in a block as Slack takes, each action once in it. */
function rows(buttons: readonly SlackButton[]): readonly ActionsBlock[] {
  const blocks: SlackButton[][] = [];
  for (const button of buttons) {
    const row = blocks.at(-1);
    const full = row === undefined || row.length === MOST_BUTTONS;
    if (full || row.some((other) => other.action_id === button.action_id)) blocks.push([button]);
    else row.push(button);
  }
  return blocks.map((elements) => ({ type: 'actions', elements }));
}
