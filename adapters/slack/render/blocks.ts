// One block of a view as the blocks of Slack that show it; none where there is nothing to show.
import type { KnownBlock } from '@slack/types';
import type { Locale } from '../../../src/domain/basics.ts';
import { colonOf } from '../../../src/domain/words.ts';
import type { Block, ChartSpec, RichText, View } from '../../../src/views/view.ts';
import { buttonBlocks, scaleBlocks } from './actions.ts';
import { grey, isReference, pieces, richText, section, text } from './rich.ts';
import { isBlank, isExact, isolated, line, MORE, shown, words } from './words.ts';

/** The most that a text may have; what people wrote may be cut to less, so that all of a view fits. */
export const LONGEST_TEXT = 3_000;
const LONGEST_HEADER = 150;
const LONGEST_ALT = 2_000;
const LONGEST_NAME = 255;

export interface Manner {
  readonly locale: Locale;
  /** The most characters of any text; at most {@link LONGEST_TEXT}. */
  readonly longest: number;
  /** Which uploaded file a chart is. */
  readonly images: ReadonlyMap<ChartSpec, string>;
}

export function blocksOf(block: Block, manner: Manner): readonly KnownBlock[] {
  const { locale, longest } = manner;
  switch (block.kind) {
    case 'heading':
      return heading(block.text, manner);
    case 'text':
      return block.tone === 'muted' ? muted(block.text, manner) : paragraph(block.text, manner);
    case 'quote':
      return quote(block, manner);
    case 'fields':
      return fields(block.fields, manner);
    case 'list': {
      const items = block.items.flatMap((item) => section(item, locale, longest) ?? []);
      return items.length === 0 ? [] : richText({ type: 'rich_text_list', style: 'bullet', elements: items });
    }
    case 'scale':
      return scaleBlocks(block, locale);
    case 'buttons':
      return buttonBlocks(block.buttons);
    case 'inputs':
      // A message cannot hold a form: what opens it stands there.
      return buttonBlocks([{ label: block.title, action: block.action, style: 'primary' }]);
    case 'image':
      return image(block, manner);
    case 'divider':
      return [{ type: 'divider' }];
  }
}

/** Anybody's words, small and grey. */
export function note(content: string, longest = LONGEST_TEXT): readonly KnownBlock[] {
  return grey(words(content, longest));
}

/** What stands for a view that has nothing to show: its summary, or that there is none. */
export function inShort(view: View): readonly KnownBlock[] {
  const said = note(view.summary);
  return said.length > 0 ? said : note(MORE);
}

function heading(content: string, { longest }: Manner): readonly KnownBlock[] {
  const said = line(content, longest);
  if (isBlank(said)) return [];
  return said.length <= LONGEST_HEADER && isExact(said)
    ? [{ type: 'header', text: shown(said) }]
    : richText({ type: 'rich_text_section', elements: [text(said, { bold: true })] });
}

function paragraph(content: RichText, { locale, longest }: Manner): readonly KnownBlock[] {
  return richText(section(content, locale, longest));
}

/** Grey text takes links only as mrkdwn: one with a link is no longer grey, but nothing in it is parsed. */
function muted(content: RichText, manner: Manner): readonly KnownBlock[] {
  if (content.some(isReference)) return paragraph(content, manner);
  const said = pieces(content, manner.locale, manner.longest);
  return grey(said.map(([, shown]) => shown).join(''));
}

function quote(block: Extract<Block, { kind: 'quote' }>, { longest }: Manner): readonly KnownBlock[] {
  const said = words(block.text, longest);
  const by = line(block.by ?? '', LONGEST_NAME);
  return richText(
    isBlank(said) ? null : { type: 'rich_text_quote', elements: [text(said)] },
    isBlank(by) ? null : { type: 'rich_text_section', elements: [text(`— ${by}`, { italic: true })] },
  );
}

/** A line each. The fields of a section are bold only as mrkdwn, in which a customer's own asterisks would be alive. */
function fields(
  all: Extract<Block, { kind: 'fields' }>['fields'],
  { locale, longest }: Manner,
): readonly KnownBlock[] {
  const colon = colonOf(locale);
  const filled = all.flatMap(({ label, value }) => {
    const name = line(label, LONGEST_NAME);
    const said = words(value, longest);
    return isBlank(name) && isBlank(said) ? [] : [[name, said] as const];
  });
  const lines = filled.flatMap(([name, said], i) => {
    const value = isolated(said, locale) + (i < filled.length - 1 ? '\n' : '');
    const bold = text(isolated(name, locale, true) + colon, { bold: true });
    return value === '' ? [bold] : [bold, text(value)];
  });
  return lines.length === 0 ? [] : richText({ type: 'rich_text_section', elements: lines });
}

function image(
  { chart, alt }: Extract<Block, { kind: 'image' }>,
  { images, longest }: Manner,
): readonly KnownBlock[] {
  const id = images.get(chart);
  if (id === undefined) return note(alt, longest);
  const told = words(alt, LONGEST_ALT);
  return [{ type: 'image', slack_file: { id }, alt_text: isBlank(told) ? MORE : told }];
}
