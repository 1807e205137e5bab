// What every part of the picture is given: the paper, the pen, the colours and the words.
import type { ChartSpec } from '../../src/ports/chart.ts';
import type { Numbers } from './numbers.ts';
import type { Palette } from './palette.ts';
import type { Pen, TextStyle } from './pen.ts';

export interface Sheet {
  readonly spec: ChartSpec;
  readonly pen: Pen;
  readonly palette: Palette;
  readonly numbers: Numbers;
  /** The size of ordinary letters in px; all distances are multiples of it. */
  readonly em: number;
}

/** A region of the paper, in px; `x0` is the reader's starting side. */
export interface Box {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

export const SMALL = 0.88;

export const ink = (sheet: Sheet, size: number): TextStyle => ({
  size: sheet.em * size,
  fill: sheet.palette.ink,
  kind: 'ink',
});

export const muted = (sheet: Sheet, size: number): TextStyle => ({
  size: sheet.em * size,
  fill: sheet.palette.muted,
  kind: 'muted',
});
