// Writes SVG elements in a space that runs from the reader's starting side: for right-to-left readers x is mirrored,
// text and time with it. Only presentation attributes, so that a strict content policy has nothing to object to.
import { escapeXml, widthOf } from './text.ts';

/** A number as SVG likes it: two decimals, no exponent, no minus zero. */
export function num(value: number): string {
  return String(Math.round(value * 100) / 100 + 0);
}

export interface TextStyle {
  readonly size: number;
  readonly fill: string;
  readonly kind: 'ink' | 'muted';
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly strong?: boolean;
}

export interface Pen {
  /** Where an x of this space lies on the paper. */
  at(x: number): number;
  text(x: number, baseline: number, words: string, style: TextStyle): string;
  rect(x: number, y: number, width: number, height: number, paint: string, radius?: number): string;
  /** Words on a patch of paper, so that the lines of the grid do not cross them. */
  plate(x: number, baseline: number, words: string, style: TextStyle, paper: string): string;
  /** Path data whose x are on the paper already. */
  path(data: string, paint: string): string;
}

/** A class and a fill, and more attributes where needed. */
export function paint(name: string, fill: string, more = ''): string {
  return `class="chart-${name}" fill="${fill}"${more === '' ? '' : ` ${more}`}`;
}

/** A class and a stroke of this width, without a fill. */
export function stroke(name: string, colour: string, width: number): string {
  return `class="chart-${name}" fill="none" stroke="${colour}" stroke-width="${num(width)}"`;
}

/** Right-to-left words as an embedding: read from the right, whichever base direction a renderer assumes. */
function embed(words: string): string {
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u.test(words) ? `\u202b${words}\u202c` : words;
}

export function createPen(width: number, direction: 'ltr' | 'rtl'): Pen {
  const rtl = direction === 'rtl';
  const at = (x: number): number => (rtl ? width - x : x);
  const pen: Pen = {
    at,
    plate(x, baseline, words, style, paper) {
      const [wide, gap] = [widthOf(words) * style.size, style.size * 0.15];
      const left = style.anchor === 'middle' ? x - wide / 2 : style.anchor === 'end' ? x - wide : x;
      const ground = pen.rect(
        left - gap,
        baseline - style.size,
        wide + 2 * gap,
        style.size * 1.3,
        paint('paper', paper),
      );
      return ground + pen.text(x, baseline, words, style);
    },
    text(x, baseline, words, { size, fill, kind, anchor = 'start', strong = false }) {
      // Anchors are physical here: `direction` stays unset because renderers disagree on what it does to them.
      const side = anchor === 'middle' || !rtl ? anchor : anchor === 'start' ? 'end' : 'start';
      const attributes = [
        `class="chart-${kind}"`,
        `x="${num(at(x))}" y="${num(baseline)}" font-size="${num(size)}" fill="${fill}"`,
        ...(side === 'start' ? [] : [`text-anchor="${side}"`]),
        // The package's font has one weight; a hairline around the letters makes them stronger everywhere alike.
        ...(strong ? [`stroke="${fill}" stroke-width="${num(size * 0.025)}"`] : []),
      ];
      return `<text ${attributes.join(' ')}>${escapeXml(rtl ? embed(words) : words)}</text>`;
    },
    rect(x, y, w, h, paintAttributes, radius = 0) {
      const left = rtl ? width - x - w : x;
      const round = radius > 0 ? ` rx="${num(Math.min(radius, w / 2, h / 2))}"` : '';
      return `<rect x="${num(left)}" y="${num(y)}" width="${num(w)}" height="${num(h)}"${round} ${paintAttributes}/>`;
    },
    path: (data, paintAttributes) => `<path d="${data}" ${paintAttributes}/>`,
  };
  return pen;
}
