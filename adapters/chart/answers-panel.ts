// How many answered in each week, as small bars below the line, and the weeks' names below them.
import { scaleLinear } from 'd3-scale';
import { paint } from './pen.ts';
import type { Weeks } from './score-panel.ts';
import { type Box, muted, type Sheet, SMALL } from './sheet.ts';
import { escapeXml, shorten, widthOf } from './text.ts';

const HOVER_AT_MOST = 120;
/** Ems; a week's name longer than that is no name. */
const LONGEST_NAME = 8;

/** Every count where all of them have room; else only the highest, so that the bars have a measure. */
function countsShown({ spec, numbers, em }: Sheet, step: number): (i: number) => boolean {
  const widest = Math.max(0, ...spec.points.map((p) => widthOf(numbers.count(p.n)))) * em * SMALL;
  if (widest + em * 0.2 <= step) return () => true;
  const most = spec.points.reduce((best, p, i) => (p.n > (spec.points[best]?.n ?? 0) ? i : best), 0);
  return (i) => i === most && (spec.points[i]?.n ?? 0) > 0;
}

/** Draws the bars into `box`, with room for their counts at its top. */
export function drawAnswers(sheet: Sheet, box: Box, weeks: Weeks): string {
  const { spec, pen, palette, numbers, em } = sheet;
  const most = Math.max(1, ...spec.points.map((p) => p.n));
  const height = scaleLinear()
    .domain([0, most])
    .range([0, box.y1 - box.y0 - em]);
  const width = Math.min(em * 1.8, weeks.step * 0.66);
  const shown = countsShown(sheet, weeks.step);
  return spec.points
    .map((p, i) => {
      const tall = p.n === 0 ? 0 : Math.max(em * 0.08, height(p.n));
      const bar =
        tall === 0
          ? ''
          : pen.rect(
              weeks.x(i) - width / 2,
              box.y1 - tall,
              width,
              tall,
              paint('answers', palette.answers),
              em * 0.08,
            );
      if (!shown(i)) return bar;
      // Near an edge the middle of a wide number would stick out.
      const half = (widthOf(numbers.count(p.n)) * em * SMALL) / 2;
      const centre = Math.min(Math.max(weeks.x(i), box.x0 + half), Math.max(box.x0 + half, box.x1 - half));
      const style = { ...muted(sheet, SMALL), anchor: 'middle' } as const;
      return bar + pen.text(centre, box.y1 - tall - em * 0.2, numbers.count(p.n), style);
    })
    .join('');
}

/** The weeks' names, as many as fit, counted back from the last one, which is always named. */
export function drawWeekNames(sheet: Sheet, box: Box, weeks: Weeks): string {
  const { spec, pen, em } = sheet;
  const names = spec.points.map((p) => shorten(p.label, LONGEST_NAME));
  const widths = names.map((name) => widthOf(name) * em * SMALL);
  const style = { ...muted(sheet, SMALL), anchor: 'middle' } as const;
  const named: string[] = [];
  let free = Number.POSITIVE_INFINITY;
  const every = Math.max(
    1,
    Math.ceil((widths.reduce((most, width) => Math.max(most, width), 0) + em * 0.6) / weeks.step),
  );
  for (let i = spec.points.length - 1; i >= 0; i -= every) {
    const half = (widths[i] ?? 0) / 2;
    const centre = Math.max(Math.min(weeks.x(i), box.x1 - half), half + em * 0.3);
    if (centre + half > free) continue;
    named.push(pen.text(centre, box.y1, names[i] ?? '', style));
    free = centre - half - em * 0.4;
  }
  return named.reverse().join('');
}

/** On a page, pointing at a week tells its figures. */
export function drawHover({ spec, pen, numbers }: Sheet, box: Box, weeks: Weeks): string {
  if (spec.points.length > HOVER_AT_MOST) return '';
  const { words } = spec;
  return spec.points
    .map((p, i) => {
      const range =
        p.low !== null && p.high !== null ? ` (${numbers.score(p.low)} – ${numbers.score(p.high)})` : '';
      const score = p.score === null ? '' : `${words.score} ${numbers.score(p.score)}${range} · `;
      const text = `${p.label} · ${score}${words.answers} ${numbers.count(p.n)}`;
      const target = pen.rect(
        weeks.x(i) - weeks.step / 2,
        box.y0,
        weeks.step,
        box.y1 - box.y0,
        'fill="none" pointer-events="all"',
      );
      return target.replace('/>', `><title>${escapeXml(text)}</title></rect>`);
    })
    .join('');
}
