// All of a view inside what Slack takes at once. Long texts are cut first, then the ends of lists and quotes, then the rest from the end;
// the scale and the buttons stay whatever happens, and a last line says that there was more.
import type { KnownBlock } from '@slack/types';
import type { Block, View } from '../../../src/views/view.ts';
import { blocksOf, LONGEST_TEXT, type Manner, note } from './blocks.ts';
import { MORE } from './words.ts';

export interface Room {
  readonly blocks: number;
  /** Characters of the blocks as JSON, and {@link EACH} for each. */
  readonly size: number;
}

/**
 * Slack refuses a message whose blocks together are longer than about 13,200 characters (`msg_blocks_too_long`). How it counts is not documented:
 * the texts, and something for each block. This is never less.
 */
export const MESSAGE_ROOM: Room = { blocks: 50, size: 13_000 };
/** A view may have 250,000 bytes. */
export const VIEW_ROOM: Room = { blocks: 100, size: 60_000 };
const EACH = 110;

/** How long any text may be, tried in this order. */
const LENGTHS = [LONGEST_TEXT, 2_000, 1_200];

export function fitted(view: View, images: Manner['images'], room: Room): KnownBlock[] {
  for (const longest of LENGTHS) {
    const pieces = piecesOf(view, { locale: view.locale, longest, images });
    if (fits(pieces, room)) return pieces.flatMap(({ shown }) => shown);
  }
  return shorten(view, { locale: view.locale, longest: LENGTHS.at(-1)!, images }, room);
}

interface Piece {
  readonly block: Block;
  shown: readonly KnownBlock[];
  size: number;
}

function piecesOf(view: View, manner: Manner): readonly Piece[] {
  return view.blocks.map((block) => {
    const piece: Piece = { block, shown: [], size: 0 };
    show(piece, blocksOf(block, manner));
    return piece;
  });
}

function show(piece: Piece, shown: readonly KnownBlock[]): void {
  piece.shown = shown;
  piece.size = sizeOf(shown);
}

function sizeOf(blocks: readonly KnownBlock[]): number {
  return blocks.reduce((sum, block) => sum + JSON.stringify(block).length + EACH, 0);
}

function fits(pieces: readonly Piece[], room: Room): boolean {
  const sum = (of: (piece: Piece) => number) => pieces.reduce((all, piece) => all + of(piece), 0);
  return sum(({ shown }) => shown.length) <= room.blocks && sum(({ size }) => size) <= room.size;
}

function shorten(view: View, manner: Manner, room: Room): KnownBlock[] {
  const more = note(MORE);
  const left = { blocks: room.blocks - more.length, size: room.size - sizeOf(more) };
  const pieces = piecesOf(view, manner);
  const done = () => fits(pieces, left);
  /** The first item stays, so that no heading stands over nothing. */
  const endSooner = (piece: Piece, most: number) => {
    const keep = (count: number) => show(piece, blocksOf(firstOf(piece.block, count), manner));
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
      if (piece.block.kind === 'quote') show(piece, []);
      if (piece.block.kind === 'list') endSooner(piece, piece.block.items.length);
    },
    (piece) => {
      if (piece.block.kind === 'fields') endSooner(piece, piece.block.fields.length);
    },
    (piece) => {
      if (!KEPT.includes(piece.block.kind)) show(piece, []);
    },
  ];
  for (const step of steps) {
    for (const piece of pieces.toReversed()) {
      if (done()) break;
      step(piece);
    }
  }
  return [...pieces.flatMap(({ shown }) => shown).slice(0, left.blocks), ...more];
}

const KEPT: readonly Block['kind'][] = ['scale', 'buttons', 'inputs'];

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
