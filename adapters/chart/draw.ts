// A specification in, an SVG element out: the same input always gives the same text, and nothing is read from outside.
import type { ChartLook, ChartSpec } from '../../src/ports/chart.ts';
import { drawAnswers, drawHover, drawWeekNames } from './answers-panel.ts';
import { distributionHeight, drawDistribution } from './distribution-panel.ts';
import { drawLegend } from './legend.ts';
import { normalise } from './normalise.ts';
import { numbersFor } from './numbers.ts';
import { palettes } from './palette.ts';
import { createPen, paint } from './pen.ts';
import { drawScore, margins, type Weeks } from './score-panel.ts';
import { type Box, ink, muted, type Sheet, SMALL } from './sheet.ts';
import { clean, escapeXml, wrap } from './text.ts';

interface Form {
  readonly width: number;
  /** `null` where the distribution lies below and the height follows from what is drawn. */
  readonly height: number | null;
  readonly em: number;
  readonly headLines: number;
  /** How much of a line long words may fill: a page may have a wider font than the one that is measured. */
  readonly fill: number;
}

const FORMS: Readonly<Record<ChartLook['form'], Form>> = {
  picture: { width: 800, height: 500, em: 22, headLines: 1, fill: 1 },
  wide: { width: 760, height: 380, em: 14, headLines: 1, fill: 0.9 },
  narrow: { width: 400, height: null, em: 14, headLines: 2, fill: 0.9 },
};

/** Families for a page; the PNG renderer has those that are named Afterword, and a page takes its own. */
function families(locale: string): string {
  const [language = ''] = locale.toLowerCase().split('-');
  const own =
    language === 'zh'
      ? "'Afterword Sans SC','PingFang SC','Microsoft YaHei','Noto Sans SC'"
      : language === 'ja'
        ? "'Afterword Sans JP','Hiragino Sans','Yu Gothic','Noto Sans JP'"
        : "'Afterword Sans'";
  return `${own},system-ui,sans-serif`;
}

function drawHead(sheet: Sheet, form: Form, box: Box): { readonly svg: string; readonly y: number } {
  const { spec, pen, em } = sheet;
  const room = (box.x1 - box.x0) * form.fill;
  let [svg, y] = ['', box.y0];
  for (const words of wrap(spec.title, room / (em * 1.25), form.headLines)) {
    svg += pen.text(box.x0, y + em * 1.15, words, { ...ink(sheet, 1.25), strong: true });
    y += em * 1.55;
  }
  for (const words of wrap(spec.subtitle, room / (em * SMALL), form.headLines)) {
    svg += pen.text(box.x0, y + em * 0.95, words, muted(sheet, SMALL));
    y += em * 1.25;
  }
  return { svg, y: y + em * 0.7 };
}

/** Legend, line, bars and weeks' names, from top to bottom of `box`. */
function drawScorePanel(sheet: Sheet, box: Box): string {
  const { spec, em } = sheet;
  const legend = drawLegend(sheet, box);
  const { start, end } = margins(sheet);
  const [x0, x1] = [box.x0 + start, box.x1 - end];
  const step = (x1 - x0) / Math.max(1, spec.points.length);
  const weeks: Weeks = { step, x: (i) => x0 + step * (i + 0.5) };
  const names = { x0, x1: box.x1, y0: box.y1 - em * 1.4, y1: box.y1 - em * 0.3 };
  const bars = { x0, x1, y0: names.y0 - em * 3.1, y1: names.y0 - em * 0.1 };
  const plot = { x0, x1, y0: box.y0 + legend.height + em * 0.7, y1: bars.y0 - em * 0.25 };
  return (
    legend.svg +
    drawScore(sheet, plot, weeks) +
    drawAnswers(sheet, bars, weeks) +
    drawWeekNames(sheet, names, weeks) +
    drawHover(sheet, { ...plot, y1: box.y1 }, weeks)
  );
}

/**
 * The chart as one `<svg>` element, sizes in CSS px.
 * @throws AfterwordError `broken` when the scale has no extent.
 */
export function drawChart(given: ChartSpec, { theme, form: name }: ChartLook): string {
  const spec = normalise(given);
  const form = FORMS[name];
  const { width, em } = form;
  const palette = palettes[theme];
  const sheet: Sheet = {
    spec,
    palette,
    em,
    pen: createPen(width, spec.direction),
    numbers: numbersFor(spec),
  };
  const pad = em * 1.1;
  const [x0, x1] = [pad, width - pad];
  const note = spec.note === '' ? [] : wrap(spec.note, ((x1 - x0) * form.fill) / (em * SMALL), 2);
  const foot = pad * 0.8 + note.length * em * 1.25;
  const head = drawHead(sheet, form, { x0, x1, y0: pad * 0.8, y1: 0 });

  let [height, panels] = [form.height ?? 0, ''];
  if (form.height === null) {
    const split = head.y + em * 17;
    const below = distributionHeight(em, spec.distribution.length > 30 ? 30 : spec.distribution.length);
    panels =
      drawScorePanel(sheet, { x0, x1, y0: head.y, y1: split }) +
      drawDistribution(sheet, { x0, x1, y0: split + em * 1.2, y1: split + em * 1.2 + below });
    height = Math.ceil(split + em * 1.2 + below + foot + em * 0.4);
  } else {
    const split = x0 + (x1 - x0) * 0.645;
    const y1 = height - foot - em * 0.2;
    panels =
      drawScorePanel(sheet, { x0, x1: split, y0: head.y, y1 }) +
      drawDistribution(sheet, { x0: split + em * 0.9, x1, y0: head.y, y1 });
  }
  const notes = note.map((line, i) =>
    sheet.pen.text(x0, height - foot + em * (0.9 + 1.25 * i), line, muted(sheet, SMALL)),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-label="${escapeXml(spec.alt)}"`,
    ` lang="${escapeXml(clean(spec.locale))}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    ` font-family="${families(spec.locale)}">`,
    sheet.pen.rect(0, 0, width, height, paint('paper', palette.background)),
    head.svg,
    panels,
    ...notes,
    '</svg>',
  ].join('');
}
