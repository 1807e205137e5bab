// The score by week: a line with its interval as a band. Where a week has no score the line breaks; it never falls to 0.
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { ChartPoint } from '../../src/ports/chart.ts';
import { num, paint, stroke } from './pen.ts';
import { type Box, ink, muted, type Sheet, SMALL } from './sheet.ts';
import { shorten, widthOf } from './text.ts';

export interface Weeks {
  /** The centre of week `i`, in the pen's space. */
  readonly x: (i: number) => number;
  /** How far apart two weeks are. */
  readonly step: number;
}

/** Marks on the axis that include both ends, as many as fit at `least` px apart. */
function ticksOf(scale: ScaleLinear<number, number>, least: number): readonly number[] {
  const [min = 0, max = 1] = scale.domain();
  const height = Math.abs(scale(max) - scale(min));
  for (const wanted of [10, 8, 6, 5, 4, 2]) {
    const ticks = scale.ticks(wanted);
    const whole = ticks.at(0) === min && ticks.at(-1) === max;
    if (whole && height / Math.max(1, ticks.length - 1) >= least) return ticks;
  }
  return height / 2 >= least ? [min, (min + max) / 2, max] : [min, max];
}

function drawAxis(sheet: Sheet, box: Box, y: ScaleLinear<number, number>): string {
  const { pen, palette, numbers, em } = sheet;
  const [min = 0, max = 1] = y.domain();
  return ticksOf(y, em * 1.7)
    .map((tick) => {
      const zero = tick === 0 && min < 0 && max > 0;
      const height = y(tick);
      const rule = stroke(zero ? 'zero' : 'grid', zero ? palette.zero : palette.grid, em * 0.07);
      return (
        pen.path(`M${num(pen.at(box.x0))},${num(height)}L${num(pen.at(box.x1))},${num(height)}`, rule) +
        pen.text(box.x0 - em * 0.45, height + em * SMALL * 0.35, numbers.tick(tick), {
          ...muted(sheet, SMALL),
          anchor: 'end',
        })
      );
    })
    .join('');
}

/** A week whose interval has no neighbour would be a band of no width: it gets a narrow one of its own. */
function drawBand({ pen, palette, em, spec }: Sheet, weeks: Weeks, y: ScaleLinear<number, number>): string {
  const look = paint('band', palette.band, `fill-opacity="${palette.bandOpacity}"`);
  const known = (p: ChartPoint | undefined): boolean => p !== undefined && p.low !== null && p.high !== null;
  const alone = (i: number): boolean => !known(spec.points[i - 1]) && !known(spec.points[i + 1]);
  const band = area<ChartPoint>()
    .digits(2)
    .defined((p, i) => known(p) && !alone(i))
    .x((_, i) => pen.at(weeks.x(i)))
    .y0((p) => y(p.low ?? 0))
    .y1((p) => y(p.high ?? 0))([...spec.points]);
  const width = Math.min(em * 0.9, weeks.step * 0.6);
  const lone = spec.points.map((p, i) =>
    known(p) && alone(i)
      ? pen.rect(weeks.x(i) - width / 2, y(p.high ?? 0), width, y(p.low ?? 0) - y(p.high ?? 0), look)
      : '',
  );
  return (band === null || band === '' ? '' : pen.path(band, look)) + lone.join('');
}

function drawLine({ pen, palette, em, spec }: Sheet, weeks: Weeks, y: ScaleLinear<number, number>): string {
  const has = (i: number): boolean => (spec.points[i]?.score ?? null) !== null;
  const path = line<ChartPoint>()
    .digits(2)
    .defined((p) => p.score !== null)
    .x((_, i) => pen.at(weeks.x(i)))
    .y((p) => y(p.score ?? 0))([...spec.points]);
  const last = spec.points.findLastIndex((p) => p.score !== null);
  const roomy = weeks.step >= em * 0.75;
  const dots = spec.points.map((p, i) => {
    if (p.score === null) return '';
    if (!roomy && i !== last && (has(i - 1) || has(i + 1))) return '';
    const radius = i === last ? em * 0.27 : Math.min(em * 0.2, weeks.step * 0.4);
    // A rim in the colour of the paper keeps a dot apart from its line.
    const rim = `stroke="${palette.background}" stroke-width="${num(em * 0.09)}"`;
    return `<circle cx="${num(pen.at(weeks.x(i)))}" cy="${num(y(p.score))}" r="${num(radius)}" ${paint('dot', palette.ink, rim)}/>`;
  });
  const join = 'stroke-linejoin="round" stroke-linecap="round"';
  const drawn =
    path === null || path === '' ? '' : pen.path(path, `${stroke('line', palette.ink, em * 0.13)} ${join}`);
  return drawn + dots.join('');
}

/** The last score that is known, written beside its dot. */
function drawLatest(sheet: Sheet, weeks: Weeks, y: ScaleLinear<number, number>): string {
  const { spec, pen, palette, numbers, em } = sheet;
  const last = spec.points.findLastIndex((p) => p.score !== null);
  const score = spec.points[last]?.score ?? null;
  if (score === null) return '';
  const style = { ...ink(sheet, 1.1), strong: true };
  const x = weeks.x(last) + em * 0.3 + Math.min(weeks.step / 2, em * 0.5);
  return pen.plate(x, y(score) + em * 0.39, numbers.score(score), style, palette.background);
}

/** How much room the axis needs at the starting side, and the latest score at the other. */
export function margins({ spec, numbers, em }: Sheet): { readonly start: number; readonly end: number } {
  const { min, max } = spec.scale;
  const widest = Math.max(...[min, (min + max) / 2, max].map((v) => widthOf(numbers.tick(v))));
  const scores = [min, max, ...spec.points.slice(-1).map((p) => p.score ?? min)];
  const latest = Math.max(...scores.map((v) => widthOf(numbers.score(v))));
  return { start: em * (widest * SMALL + 0.5), end: em * (latest * 1.1 + 0.5) };
}

/** Draws axis, band, line and latest score into `box` (the plot itself, without its margins). */
export function drawScore(sheet: Sheet, box: Box, weeks: Weeks): string {
  const { spec, pen, em } = sheet;
  const y = scaleLinear().domain([spec.scale.min, spec.scale.max]).range([box.y1, box.y0]).clamp(true);
  const axis = drawAxis(sheet, box, y);
  if (spec.points.every((p) => p.score === null)) {
    const words = shorten(spec.words.empty, (box.x1 - box.x0) / em - 1);
    const style = { ...muted(sheet, 1), anchor: 'middle' } as const;
    const middle = (box.y0 + box.y1) / 2 + em * 0.35;
    return axis + pen.plate((box.x0 + box.x1) / 2, middle, words, style, sheet.palette.background);
  }
  return axis + drawBand(sheet, weeks, y) + drawLine(sheet, weeks, y) + drawLatest(sheet, weeks, y);
}
