// A view as plain text, for terminals and for reading in tests.
import { colonOf } from '../domain/words.ts';
import type { Block, Inline, RichText, View } from './view.ts';
import { columns, hanging, wrap } from './wrap.ts';

interface Page {
  /** Columns. */
  readonly width: number;
  /** What stands between a label and its value. */
  readonly colon: string;
}

/** At least 20 columns wide. Nothing in it moves a cursor or colours a screen, whoever wrote it. */
export function renderText(view: View, { width }: { readonly width: number } = { width: 80 }): string {
  const page = { width: Math.max(20, width), colon: colonOf(view.locale) };
  return view.blocks.map((block) => renderBlock(block, page)).join('\n\n');
}

function renderBlock(block: Block, { width, colon }: Page): string {
  switch (block.kind) {
    case 'heading':
      return `${wrap(block.text, width)}\n${'─'.repeat(Math.min(width, columns(block.text)))}`;
    case 'text':
      return wrap(flat(block.text), width);
    case 'quote': {
      const words = wrap(block.text, width - 2, '│ ');
      return block.by === null ? words : `${words}\n${wrap(`— ${block.by}`, width - 2, '  ')}`;
    }
    case 'fields':
      return block.fields.map(({ label, value }) => hanging(label + colon, value, width)).join('\n');
    case 'list':
      return block.items.map((item) => hanging('• ', flat(item), width)).join('\n');
    case 'scale': {
      const option = (score: number, selected: boolean) => (selected ? `[${score}]` : String(score));
      const options = block.options.map(({ score, selected }) => option(score, selected)).join('  ');
      return [block.label, options, `${block.low} … ${block.high}`]
        .map((line) => wrap(line, width))
        .join('\n');
    }
    case 'buttons':
      return wrap(block.buttons.map(({ label }) => `[ ${label} ]`).join('  '), width);
    case 'inputs': {
      const inputs = block.inputs.flatMap(({ label, value }) => [label, `> ${value}`]);
      return [block.title, ...inputs, `[ ${block.submit} ]`].map((line) => wrap(line, width)).join('\n');
    }
    case 'image':
      return hanging('▤ ', block.alt, width);
    case 'divider':
      return '─'.repeat(width);
  }
}

function flat(rich: RichText): string {
  return rich.map(plain).join('');
}

function plain(inline: Inline): string {
  if (typeof inline === 'string') return inline;
  switch (inline.kind) {
    case 'strong':
      return inline.text;
    case 'person':
    case 'channel':
      return inline.name;
    case 'link':
      return `${inline.text} (${inline.url})`;
  }
}
