// Charts by d3 and resvg: one definition for the page (SVG) and for chats (PNG). Needs no network and no font of the machine.
import type { ChartRenderer } from '../../src/ports/chart.ts';
import { drawChart } from './draw.ts';
import { renderPng } from './png.ts';

/** The renderer; it keeps nothing open, so there is nothing to close. */
export function createChartRenderer(): ChartRenderer {
  return {
    svg: drawChart,
    png: async (spec, look) => renderPng(drawChart(spec, look)),
  };
}
