// How the answers spread: a bar for each answer of the scale, the best on top, and what share each segment has.
import type { ChartBar, ChartSegment } from '../../src/ports/chart.ts';
import { num, paint } from './pen.ts';
import { type Box, ink, muted, type Sheet, SMALL } from './sheet.ts';
import { shorten, widthOf } from './text.ts';

const ORDER: readonly ChartSegment[] = ['positive', 'neutral', 'negative'];
const HEADING = 1.7;
const LEGEND_LINE = 1.28;
const GAP = 0.45;
/** Ems that the name of an answer may take; on every scale it is a number. */
const LABEL = 2.5;

/** Up, round, down: a segment is known by its shape when its colour is not. */
function mark(
  { pen, palette }: Sheet,
  segment: ChartSegment,
  x: number,
  middle: number,
  size: number,
): string {
  const fill = paint(segment, palette.segments[segment]);
  const [cx, r] = [pen.at(x), size / 2];
  if (segment === 'neutral')
    return `<circle cx="${num(cx)}" cy="${num(middle)}" r="${num(r * 0.85)}" ${fill}/>`;
  const up = segment === 'positive' ? -1 : 1;
  const tip = `M${num(cx)},${num(middle + up * r)}`;
  return pen.path(
    `${tip}L${num(cx + r)},${num(middle - up * r * 0.8)}L${num(cx - r)},${num(middle - up * r * 0.8)}Z`,
    fill,
  );
}

interface Row extends ChartBar {
  readonly top: number;
}

function layRows(bars: readonly ChartBar[], top: number, pitch: number): readonly Row[] {
  let y = top;
  return bars.map((bar, i) => {
    const before = bars[i - 1];
    if (before !== undefined && before.segment !== bar.segment) y += pitch * GAP;
    const row = { ...bar, top: y };
    y += pitch;
    return row;
  });
}

function drawRows(sheet: Sheet, box: Box, rows: readonly Row[], pitch: number): string {
  const { pen, palette, numbers, em } = sheet;
  const size = Math.min(SMALL, (pitch / em) * 0.95);
  const lettered = size >= 0.6;
  const shapes = em * 0.9;
  const labels = lettered
    ? Math.min(em * LABEL, Math.max(0, ...rows.map((r) => widthOf(r.label))) * em * size)
    : 0;
  const counts = Math.max(0, ...rows.map((r) => widthOf(numbers.count(r.count)))) * em * size;
  const start = box.x0 + shapes + labels + em * 0.4;
  const room = Math.max(em, box.x1 - start - counts - em * 0.35);
  const most = Math.max(1, ...rows.map((r) => r.count));
  return rows
    .map((row) => {
      const middle = row.top + pitch / 2;
      const baseline = middle + em * size * 0.36;
      const long = row.count === 0 ? 0 : Math.max(em * 0.1, (row.count / most) * room);
      const colour = paint(row.segment, palette.segments[row.segment]);
      const bar =
        long > 0 ? pen.rect(start, row.top + pitch * 0.13, long, pitch * 0.74, colour, em * 0.1) : '';
      if (!lettered) return bar;
      const label = shorten(row.label, LABEL / size);
      return (
        pen.text(box.x0 + shapes + labels, baseline, label, { ...ink(sheet, size), anchor: 'end' }) +
        bar +
        pen.text(start + long + em * 0.3, baseline, numbers.count(row.count), muted(sheet, size))
      );
    })
    .join('');
}

/** One mark beside each segment's rows. */
function drawMarks(sheet: Sheet, box: Box, rows: readonly Row[], pitch: number): string {
  return ORDER.map((segment) => {
    const own = rows.filter((row) => row.segment === segment);
    const [first, last] = [own.at(0), own.at(-1)];
    if (first === undefined || last === undefined) return '';
    return mark(
      sheet,
      segment,
      box.x0 + sheet.em * 0.35,
      (first.top + last.top + pitch) / 2,
      sheet.em * 0.62,
    );
  }).join('');
}

/** Segments with their shares; without answers there is no share to tell. */
function drawSegments(sheet: Sheet, box: Box, top: number): string {
  const { spec, pen, numbers, em } = sheet;
  const total = spec.distribution.reduce((sum, bar) => sum + bar.count, 0);
  return ORDER.map((segment, i) => {
    const middle = top + em * LEGEND_LINE * (i + 0.5);
    const baseline = middle + em * SMALL * 0.36;
    const count = spec.distribution.reduce((sum, b) => sum + (b.segment === segment ? b.count : 0), 0);
    const share = total > 0 ? numbers.share(count / total) : '–';
    const room = (box.x1 - box.x0) / (em * SMALL) - 1.4 - widthOf(share);
    return (
      mark(sheet, segment, box.x0 + em * 0.35, middle, em * 0.62) +
      pen.text(box.x0 + em * 0.95, baseline, shorten(spec.words.segments[segment], room), ink(sheet, SMALL)) +
      pen.text(box.x1, baseline, share, { ...ink(sheet, SMALL), anchor: 'end', strong: true })
    );
  }).join('');
}

/** How high the panel would like to be for this many rows. */
export function distributionHeight(em: number, rows: number): number {
  return em * (HEADING + LEGEND_LINE * 3 + 0.4 + 1.2 * (rows + 2 * GAP));
}

/** Draws the heading, the rows from the best answer down, and the segments below them. */
export function drawDistribution(sheet: Sheet, box: Box): string {
  const { spec, pen, em } = sheet;
  const bars = [...spec.distribution].reverse();
  const top = box.y0 + em * HEADING;
  const foot = box.y1 - em * LEGEND_LINE * 3;
  const changes = bars.filter((bar, i) => i > 0 && bars[i - 1]?.segment !== bar.segment).length;
  const pitch = Math.min(em * 1.8, (foot - em * 0.3 - top) / Math.max(1, bars.length + changes * GAP));
  const rows = layRows(bars, top, pitch);
  const heading = shorten(spec.words.distribution, (box.x1 - box.x0) / (em * SMALL));
  return (
    pen.text(box.x0, box.y0 + em * 0.9, heading, muted(sheet, SMALL)) +
    drawMarks(sheet, box, rows, pitch) +
    drawRows(sheet, box, rows, pitch) +
    drawSegments(sheet, box, Math.min(foot, (rows.at(-1)?.top ?? top) + pitch + em * 0.5))
  );
}
