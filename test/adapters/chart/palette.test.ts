// Colours that can be read and told apart, by everybody.
import { describe, expect, it } from 'vitest';
import { palettes } from '../../../adapters/chart/palette.ts';

type Rgb = readonly [number, number, number];

const linear = (hex: string): Rgb => {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
};

/** WCAG 2.2, relative luminance and contrast ratio. */
const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const contrast = (a: string, b: string): number => {
  const [x, y] = [luminance(linear(a)), luminance(linear(b))];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
};

/** Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB. */
const SIGHTS: Readonly<Record<string, readonly [Rgb, Rgb, Rgb]>> = {
  typical: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Distance in OKLab (Ottosson 2020), about 0.02 being just noticeable. */
function distance(a: string, b: string, sight: readonly [Rgb, Rgb, Rgb]): number {
  const lab = (hex: string): Rgb => {
    const c = linear(hex);
    const [r, g, bl] = sight.map((row) => Math.max(0, row[0] * c[0] + row[1] * c[1] + row[2] * c[2])) as [
      number,
      number,
      number,
    ];
    const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * bl);
    const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * bl);
    const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * bl);
    return [
      0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
    ];
  };
  const [p, q] = [lab(a), lab(b)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

describe.each(Object.entries(palettes))('the %s colours', (_, palette) => {
  it('have words at 4.5:1 and marks at 3:1 against the paper', () => {
    for (const colour of [palette.ink, palette.muted]) {
      expect(contrast(colour, palette.background)).toBeGreaterThanOrEqual(4.5);
    }
    for (const colour of [palette.answers, ...Object.values(palette.segments)]) {
      expect(contrast(colour, palette.background)).toBeGreaterThanOrEqual(3);
    }
  });

  it.each(Object.entries(SIGHTS))('keep the segments apart in %s', (_, sight) => {
    const { positive, neutral, negative } = palette.segments;
    for (const [a, b] of [
      [positive, neutral],
      [neutral, negative],
      [positive, negative],
    ] as const) {
      expect(distance(a, b, sight)).toBeGreaterThan(0.08);
    }
  });
});
