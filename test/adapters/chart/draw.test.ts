// What the drawing promises: the same text for the same input, gaps where nothing is known, and no harm from any words.
import { describe, expect, it } from 'vitest';
import { drawChart } from '../../../adapters/chart/draw.ts';
import type { ChartLook, ChartPoint, ChartSpec } from '../../../src/ports/chart.ts';
import { ces, chinese, csat, empty, hebrew, japanese, months, nps, silent, weeks } from './specs.ts';

const picture: ChartLook = { theme: 'light', form: 'picture' };
const looks: readonly ChartLook[] = (['light', 'dark'] as const).flatMap((theme) =>
  (['picture', 'wide', 'narrow'] as const).map((form) => ({ theme, form })),
);

/** The path data of the line, or nothing when there is none. Legends come first, so the last one is the line's. */
const lineOf = (svg: string): string =>
  [...svg.matchAll(/<path d="([^"]*)" class="chart-line"/g)].at(-1)?.[1] ?? '';
const count = (svg: string, part: string): number => svg.split(part).length - 1;
const textsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1] ?? '');

describe('a chart as SVG', () => {
  it.each([
    ['nps-picture-light', nps, picture],
    ['nps-narrow-dark', nps, { theme: 'dark', form: 'narrow' }],
    ['chinese-picture-dark', chinese, { theme: 'dark', form: 'picture' }],
    ['japanese-wide-light', japanese, { theme: 'light', form: 'wide' }],
    ['hebrew-picture-light', hebrew, picture],
    ['ces-wide-light', ces, { theme: 'light', form: 'wide' }],
    ['csat-narrow-light', csat, { theme: 'light', form: 'narrow' }],
    ['one-week-picture-light', { ...nps, points: weeks(1, months) }, picture],
    ['year-picture-light', { ...nps, points: weeks(52, months) }, picture],
    ['empty-wide-dark', empty, { theme: 'dark', form: 'wide' }],
  ] satisfies [string, ChartSpec, ChartLook][])('is drawn as %s always was', async (name, spec, look) => {
    // One element a line, so that a difference can be read.
    await expect(`${drawChart(spec, look).replaceAll('><', '>\n<')}\n`).toMatchFileSnapshot(
      `goldens/${name}.svg`,
    );
  });

  it('tells a screen reader what it shows, and carries nothing that a strict policy refuses', () => {
    for (const look of looks) {
      const svg = drawChart(nps, look);
      expect(svg).toMatch(
        /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" class="chart" role="img" aria-label="NPS by week/,
      );
      expect(svg).not.toMatch(/ id=| style=|<style|<script|href|url\(|<foreignObject| on\w+=/);
    }
  });

  it('says the alt text and the language of the reader', () => {
    const svg = drawChart(chinese, picture);
    expect(svg).toContain('aria-label="每周净推荐值"');
    expect(svg).toContain('lang="zh-CN"');
  });

  it('writes every word it was given when there is room', () => {
    const texts = textsOf(drawChart(nps, picture));
    const { words } = nps;
    expect(texts).toEqual(
      expect.arrayContaining([nps.title, nps.subtitle, nps.note, words.score, words.interval, words.answers]),
    );
    expect(texts).toEqual(expect.arrayContaining([words.distribution, ...Object.values(words.segments)]));
    expect(texts).toEqual(expect.arrayContaining(['55%', '28%', '17%', '101', 'Sep 7', 'Nov 30']));
  });
});

describe('a week that nobody answered', () => {
  it('breaks the line and is never a score of 0', () => {
    // Given weeks 1–4, 7 and 9–13 of 13: three runs, one of them a single week.
    const line = lineOf(drawChart(nps, picture));
    expect(line.match(/M/g)).toHaveLength(3);
    expect(line.match(/[ML]/g)).toHaveLength(10);
    expect(line).toMatch(/Z/); // d3 marks a run of one week so; its dot is what is seen
  });

  it('shows 0 answers, which is known, and leaves out the score, which is not', () => {
    const svg = drawChart(nps, { theme: 'light', form: 'wide' });
    expect(textsOf(svg).filter((text) => text === '0').length).toBeGreaterThanOrEqual(3);
    expect(svg).toContain('<title>Oct 5 · answers 0</title>');
    expect(svg).toContain('<title>Sep 7 · NPS 30 (−10 – 70) · answers 14</title>');
  });

  it('has a dot for each week that was answered, and one more in the legend', () => {
    expect(count(drawChart(nps, picture), 'class="chart-dot"')).toBe(10 + 1);
  });

  it('leaves a chart without any score with the reason in words, and no share of nothing', () => {
    for (const spec of [empty, silent]) {
      const svg = drawChart(spec, picture);
      expect(textsOf(svg)).toContain('No answers yet');
      expect(lineOf(svg)).toMatch(/^M[\d.]+,[\d.]+L[\d.]+,[\d.]+$/); // the legend's sample alone
      expect(svg).not.toContain('0%');
      expect(textsOf(svg).filter((text) => text === '–')).toHaveLength(3);
    }
  });
});

describe('an interval', () => {
  const point = (score: number | null, low: number | null, high: number | null): ChartPoint => ({
    label: 'W',
    score,
    low,
    high,
    n: 3,
  });
  const bands = (points: readonly ChartPoint[]): number =>
    count(drawChart({ ...nps, points }, picture), 'class="chart-band"') - 1;

  it('is a band over weeks that follow each other and a bar of its own for a week alone', () => {
    expect(bands([point(1, 0, 2), point(1, 0, 2), point(3, null, null), point(1, 0, 2)])).toBe(2);
    expect(bands([point(1, 0, 2)])).toBe(1);
  });

  it('is left out where it is not known, or is no interval', () => {
    expect(bands([point(1, null, null), point(1, 5, -5), point(1, Number.NaN, 3), point(null, 0, 1)])).toBe(
      0,
    );
  });

  it('goes with a score, and a score off the scale is none', () => {
    expect(bands([point(101, 0, 2)])).toBe(0);
    expect(bands([point(100.0000000001, 0, 2)])).toBe(1);
  });

  it('beyond the scale ends at its edge', () => {
    const far = drawChart({ ...nps, points: [point(100, -900, 900)] }, picture);
    const edge = drawChart({ ...nps, points: [point(100, -100, 100)] }, picture);
    const band = /<rect ([^>]*) class="chart-band"[^>]*\/>(?!<text)/;
    expect(far.match(band)?.[1]).toBe(edge.match(band)?.[1]);
  });
});

describe('a right-to-left reader', () => {
  it('gets the picture from the right: title, time and distribution', () => {
    const [rtl, ltr] = [drawChart(hebrew, picture), drawChart({ ...hebrew, direction: 'ltr' }, picture)];
    const xs = (svg: string): number[] =>
      [...lineOf(svg).matchAll(/[ML]([\d.]+),/g)].map((m) => Number(m[1]));
    expect(xs(rtl)).toEqual([...xs(rtl)].sort((a, b) => b - a));
    for (const [i, x] of xs(rtl).entries()) expect(x).toBeCloseTo(800 - (xs(ltr)[i] ?? 0), 1);
    expect(rtl).toMatch(/<text class="chart-ink" x="775\.8"[^>]* text-anchor="end"/);
  });
});
