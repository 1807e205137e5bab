// Whatever it is given, the drawing is well-formed, finite, harmless, and stays on its paper.
import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawChart } from '../../../adapters/chart/draw.ts';
import { widthOf } from '../../../adapters/chart/text.ts';
import type { ChartLook, ChartSpec } from '../../../src/ports/chart.ts';
import { ces, csat, nps, weeks } from './specs.ts';

const picture: ChartLook = { theme: 'light', form: 'picture' };
const looks: readonly ChartLook[] = (['light', 'dark'] as const).flatMap((theme) =>
  (['picture', 'wide', 'narrow'] as const).map((form) => ({ theme, form })),
);

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
const unescaped = (words: string): string =>
  words.replaceAll(/&([#\w]+);/g, (_, name) => ENTITIES[name] ?? '');

/** Throws when the SVG is not well-formed XML; without fonts, letters cost nothing. */
const parse = (svg: string): Resvg => new Resvg(svg, { font: { loadSystemFonts: false } });

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '</text><script>alert(1)</script>',
    '" onload="alert(1)',
    "'><img src=x>",
    '&lt;&amp;]]>',
    '\u0000\u0008\u001b[31m',
    '\ud800 lonely \udc00',
    '\u202eevil\u202c\u2066',
    'x'.repeat(50_000),
    '漢'.repeat(9_000),
    '👩‍👩‍👧‍👦'.repeat(500),
  ),
);
const number = fc.oneof(
  fc.double(),
  fc.integer({ min: -120, max: 120 }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 1e300, -1e-300),
);
const maybe = fc.option(number, { nil: null });
const anySpec: fc.Arbitrary<ChartSpec> = fc.record({
  locale: fc.constantFrom('en', 'zh-CN', 'ja', 'ar', 'he', 'de', 'pt-BR', 'not a locale', ''),
  direction: fc.constantFrom('ltr', 'rtl'),
  title: hostile,
  subtitle: hostile,
  note: hostile,
  alt: hostile,
  scale: fc.constantFrom(nps.scale, ces.scale, csat.scale, {
    min: -1e9,
    max: 1e-9,
    decimals: 99,
    percent: false,
  }),
  points: fc.array(fc.record({ label: hostile, score: maybe, low: maybe, high: maybe, n: number }), {
    maxLength: 70,
  }),
  distribution: fc.array(
    fc.record({ label: hostile, count: number, segment: fc.constantFrom('positive', 'neutral', 'negative') }),
    { maxLength: 40 },
  ),
  words: fc.record({
    score: hostile,
    interval: hostile,
    answers: hostile,
    distribution: hostile,
    empty: hostile,
    segments: fc.record({ positive: hostile, neutral: hostile, negative: hostile }),
  }),
});

describe('whatever it is given', () => {
  it('is well-formed, has only finite figures and none of the words become markup', () => {
    fc.assert(
      fc.property(anySpec, fc.constantFrom(...looks), (spec, look) => {
        const svg = drawChart(spec, look);
        expect(() => parse(svg)).not.toThrow();
        expect(svg.replaceAll(/>[^<]*<|aria-label="[^"]*"|#[0-9a-f]{6}/g, '><')).not.toMatch(
          /NaN|Infinity|undefined|null|\de[+-]?\d/,
        );
        const tags = new Set([...svg.matchAll(/<\/?([^\s>/]+)/g)].map((match) => match[1]));
        expect(['svg', 'rect', 'path', 'circle', 'text', 'title']).toEqual(expect.arrayContaining([...tags]));
        expect(svg.replaceAll(/"[^"]*"/g, '""')).not.toMatch(/<[^>]* on\w+=/);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('stays on the paper', () => {
    fc.assert(
      fc.property(anySpec, fc.constantFrom(...looks), (spec, look) => {
        const svg = drawChart(spec, look);
        const [, width, height] = (svg.match(/width="(\d+)" height="(\d+)"/) ?? []).map(Number);
        for (const [, x, y, w, h] of svg.matchAll(
          /<rect x="([-\d.]+)" y="([-\d.]+)" width="([-\d.]+)" height="([-\d.]+)"/g,
        )) {
          expect(Number(w)).toBeGreaterThanOrEqual(0);
          expect(Number(h)).toBeGreaterThanOrEqual(0);
          expect(Number(x)).toBeGreaterThanOrEqual(-0.01);
          expect(Number(y)).toBeGreaterThanOrEqual(-0.01);
          expect(Number(x) + Number(w)).toBeLessThanOrEqual((width ?? 0) + 0.01);
          expect(Number(y) + Number(h)).toBeLessThanOrEqual((height ?? 0) + 0.01);
        }
        for (const [, attributes = '', words = ''] of svg.matchAll(/<text ([^>]*)>([^<]*)</g)) {
          const of = (name: string): number =>
            Number(attributes.match(new RegExp(`${name}="([-\\d.]+)"`))?.[1]);
          const anchor = attributes.match(/text-anchor="(\w+)"/)?.[1] ?? 'start';
          const wide = widthOf(unescaped(words)) * of('font-size');
          const left = of(' x') - { start: 0, middle: wide / 2, end: wide }[anchor as 'start'];
          expect(of(' y')).toBeLessThanOrEqual(height ?? 0);
          expect(left).toBeGreaterThanOrEqual(-1);
          expect(left + wide).toBeLessThanOrEqual((width ?? 0) + 1);
        }
        for (const [, cx, cy] of svg.matchAll(/<circle cx="([-\d.]+)" cy="([-\d.]+)"/g)) {
          expect(Number(cx)).toBeGreaterThanOrEqual(0);
          expect(Number(cx)).toBeLessThanOrEqual(width ?? 0);
          expect(Number(cy)).toBeGreaterThanOrEqual(0);
          expect(Number(cy)).toBeLessThanOrEqual(height ?? 0);
        }
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('draws ten thousand weeks and huge counts without growing without bound', () => {
    const points = weeks(10_000).map((p) => ({ ...p, n: p.n * 1e12 }));
    const svg = drawChart({ ...nps, points }, picture);
    expect(() => parse(svg)).not.toThrow();
    expect(svg.length).toBeLessThan(3_000_000);
  });

  it('gives the same text for the same specification', () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        expect(drawChart(spec, picture)).toBe(drawChart(structuredClone(spec), picture));
      }),
      { numRuns: 20 },
    );
  });

  it('refuses a scale without extent, saying which', () => {
    const flat = { ...nps, scale: { ...nps.scale, min: 5, max: 5 } };
    expect(() => drawChart(flat, picture)).toThrow(/from 5 to 5/);
  });
});
