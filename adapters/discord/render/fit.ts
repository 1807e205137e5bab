// All the words of a view inside what Discord takes at once. Long texts are cut first, then the ends of lists and quotes, then the rest from the
// end; a last line says that there was more.
import { MORE } from '../../../src/domain/words.ts';
import type { Block, View } from '../../../src/views/view.ts';
import { LONGEST_TEXT, type Manner, small, textOf } from './blocks.ts';

/** How long any text may be, tried in this order. */
const LENGTHS = [LONGEST_TEXT, 2_000, 1_200, 600];

export function fitted(view: View, images: Manner['images'], room: number): string {
  for (const longest of LENGTHS) {
    const pieces = piecesOf(view, { locale: view.locale, longest, images });
    const text = joined(pieces);
    if (text.length <= room) return text;
  }
  return shorten(view, { locale: view.locale, longest: LENGTHS.at(-1)!, images }, room);
}

interface Piece {
  readonly block: Block;
  text: string;
}

function piecesOf(view: View, manner: Manner): readonly Piece[] {
  const headings = view.blocks.filter((block) => block.kind === 'heading').length;
  return view.blocks.map((block, index) => {
    const text = textOf(block, manner);
    // The title of many parts stands above theirs.
    return { block, text: index === 0 && headings > 1 ? text.replace(/^###/u, '##') : text };
  });
}

/** A free line between paragraphs; none below a heading, nor above what is small. */
function joined(pieces: readonly Piece[]): string {
  let text = '';
  let heading = true;
  for (const piece of pieces) {
    if (piece.text === '') continue;
    const close = heading || piece.text.startsWith('-# ');
    text += (text === '' ? '' : close ? '\n' : '\n\n') + piece.text;
    heading = piece.block.kind === 'heading';
  }
  return text;
}

function shorten(view: View, manner: Manner, room: number): string {
  const more = `\n${small(MORE)}`;
  const left = room - more.length;
  const pieces = piecesOf(view, manner);
  const done = () => joined(pieces).length <= left;
  /** The first item stays, so that no heading stands over nothing. */
  const endSooner = (piece: Piece, most: number) => {
    const keep = (count: number) => {
      piece.text = textOf(firstOf(piece.block, count), manner);
    };
    let [least, below] = [1, most];
    while (least < below) {
      const middle = Math.ceil((least + below) / 2);
      keep(middle);
      if (done()) least = middle;
      else below = middle - 1;
    }
    keep(least);
  };
  const steps: readonly ((piece: Piece) => void)[] = [
    (piece) => {
      if (piece.block.kind === 'quote') piece.text = '';
      if (piece.block.kind === 'list') endSooner(piece, piece.block.items.length);
    },
    (piece) => {
      if (piece.block.kind === 'fields') endSooner(piece, piece.block.fields.length);
    },
    (piece) => {
      piece.text = '';
    },
  ];
  for (const step of steps) {
    for (const piece of pieces.toReversed()) {
      if (done()) break;
      step(piece);
    }
  }
  return (joined(pieces) + more).trim();
}

function firstOf(block: Block, count: number): Block {
  switch (block.kind) {
    case 'list':
      return { ...block, items: block.items.slice(0, count) };
    case 'fields':
      return { ...block, fields: block.fields.slice(0, count) };
    default:
      return block;
  }
}
