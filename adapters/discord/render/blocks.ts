// One block of a view as the Markdown that shows it; '' where there is nothing to show, or where it stands elsewhere in the message.
import type { Locale } from '../../../src/domain/basics.ts';
import { colonOf, isBlank, isolated, line, MORE, words } from '../../../src/domain/words.ts';
import type { Block, ChartSpec } from '../../../src/views/view.ts';
import { escaped, inlines } from './markdown.ts';

/** The most that a text may have; what people wrote may be cut to less, so that all of a view fits. */
export const LONGEST_TEXT = 3_000;
const LONGEST_HEADER = 256;
const LONGEST_NAME = 255;
const LONGEST_END = 200;

export interface Manner {
  readonly locale: Locale;
  /** The most characters of any text; at most {@link LONGEST_TEXT}. */
  readonly longest: number;
  /** Which file a chart is. */
  readonly images: ReadonlyMap<ChartSpec, string>;
}

export function textOf(block: Block, manner: Manner): string {
  const { locale, longest } = manner;
  switch (block.kind) {
    case 'heading': {
      const said = line(block.text, LONGEST_HEADER);
      return isBlank(said) ? '' : `### ${escaped(said)}`;
    }
    case 'text': {
      const said = inlines(block.text, locale, longest);
      return block.tone === 'muted' ? small(said) : said;
    }
    case 'quote':
      return quote(block, longest);
    case 'fields':
      return fields(block.fields, manner);
    case 'list':
      return block.items
        .flatMap((item) => inlines(item, locale, longest) || [])
        .map((item) => `- ${item.replace(/\n+/gu, '\n  ')}`)
        .join('\n');
    case 'scale':
      return small(ends(block, locale));
    case 'image':
      return images(block, manner);
    case 'buttons':
    case 'inputs':
    case 'divider':
      return '';
  }
}

/** Small and grey, line by line; of words made ready before. */
export function small(text: string): string {
  return text
    .split('\n')
    .map((one) => (isBlank(one) ? '' : `-# ${one.trimStart()}`))
    .join('\n');
}

function quote({ text, by }: Extract<Block, { kind: 'quote' }>, longest: number): string {
  const said = words(text, longest).trim();
  const name = line(by ?? '', LONGEST_NAME);
  const lines = isBlank(said) ? [] : escaped(said).split('\n');
  return [...lines.map((one) => `> ${one}`), ...(isBlank(name) ? [] : [`-# — ${escaped(name)}`])].join('\n');
}

/** A line each. */
function fields(all: Extract<Block, { kind: 'fields' }>['fields'], { locale, longest }: Manner): string {
  const colon = colonOf(locale).trimEnd();
  const gap = colon === '：' ? '' : ' ';
  const lines = all.flatMap(({ label, value }) => {
    const name = line(label, LONGEST_NAME);
    const said = words(value, longest);
    if (isBlank(name) && isBlank(said)) return [];
    const told = isBlank(said) ? '' : `${gap}${escaped(isolated(said, locale), { before: colon })}`;
    return [isBlank(name) ? told.trim() : `**${escaped(isolated(name, locale, true))}${colon}**${told}`];
  });
  return lines.join('\n');
}

/** The scores stand beside what they mean, so that nobody has to guess which end of the row is which. */
function ends({ low, high, options }: Extract<Block, { kind: 'scale' }>, locale: Locale): string {
  const [first, last] = [options.at(0), options.at(-1)];
  if (first === undefined || last === undefined) return '';
  const said = [
    [first.score, line(low, LONGEST_END)],
    [last.score, line(high, LONGEST_END)],
  ] as const;
  const parts = said.flatMap(([score, end]) =>
    isBlank(end) ? [] : [`${score} = ${escaped(isolated(end, locale))}`],
  );
  return parts.join(` ${MORE} `);
}

/** A picture stands below the words, and says itself what is in it. */
function images({ chart, alt }: Extract<Block, { kind: 'image' }>, manner: Manner): string {
  return manner.images.has(chart) ? '' : small(escaped(words(alt, manner.longest)));
}
