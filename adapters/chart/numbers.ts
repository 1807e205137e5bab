// Numbers as the reader writes them. A locale that is not one falls back to English rather than failing a picture.
import type { ChartSpec } from '../../src/ports/chart.ts';

export interface Numbers {
  score(value: number): string;
  /** A mark on the axis: no more digits than it needs. */
  tick(value: number): string;
  count(value: number): string;
  /** A part of 1, as a whole percentage. */
  share(part: number): string;
}

function formatter(locale: string, options: Intl.NumberFormatOptions): (value: number) => string {
  let format: Intl.NumberFormat;
  try {
    format = new Intl.NumberFormat(locale, options);
  } catch {
    format = new Intl.NumberFormat('en', options);
  }
  // A real minus is as wide as the digits and does not look like a range.
  return (value) => format.format(value === 0 ? 0 : value).replace('-', '\u2212');
}

/** The number formats of one chart. */
export function numbersFor({ locale, scale }: Pick<ChartSpec, 'locale' | 'scale'>): Numbers {
  const digits = Math.min(4, Math.max(0, Math.trunc(scale.decimals) || 0));
  const unit = scale.percent ? 100 : 1;
  const style = scale.percent ? ({ style: 'percent' } as const) : {};
  const score = formatter(locale, { ...style, minimumFractionDigits: digits, maximumFractionDigits: digits });
  const tick = formatter(locale, { ...style, maximumFractionDigits: 1 });
  const exact = formatter(locale, { maximumFractionDigits: 0 });
  const compact = formatter(locale, { notation: 'compact', maximumFractionDigits: 1 });
  return {
    score: (value) => score(value / unit),
    tick: (value) => tick(value / unit),
    count: (value) => (value < 10_000 ? exact(value) : compact(value)),
    share: formatter(locale, { style: 'percent', maximumFractionDigits: 0 }),
  };
}
