// A picture of how a score went: one definition, drawn for a chat as PNG and for a page as inline SVG.
// All words are already in the reader's language; the renderer only writes numbers, in the reader's way.
import type { ChartSpec } from '../views/view.ts';

export type { ChartBar, ChartPoint, ChartScale, ChartSegment, ChartSpec } from '../views/view.ts';

export interface ChartLook {
  readonly theme: 'light' | 'dark';
  /**
   * `picture`: 800 × 500 with letters large enough to be read when a chat shows it 400 wide.
   * `wide`: 760 wide for a page. `narrow`: 400 wide for a page on a phone, the distribution below.
   */
  readonly form: 'picture' | 'wide' | 'narrow';
}

export interface ChartRenderer {
  /**
   * An `<svg role="img" aria-label="…">` element to be put into a page as it is. It has no ids, scripts, styles or outside
   * references, so that two of them live in one page under a strict policy; its classes (`chart-…`) may be restyled.
   */
  svg(spec: ChartSpec, look: ChartLook): string;
  /** The same as PNG at twice the size. Rendered off the event loop, one at a time. */
  png(spec: ChartSpec, look: ChartLook): Promise<Uint8Array>;
}
