// The colours of both themes, after Okabe and Ito, whose set stays apart for every kind of colour vision.
// Nothing is told by colour alone: segments also differ by shape and place, the line and its band by form.
import type { ChartLook, ChartSegment } from '../../src/ports/chart.ts';

export interface Palette {
  readonly background: string;
  /** Words and the line. */
  readonly ink: string;
  /** Lesser words. */
  readonly muted: string;
  readonly grid: string;
  /** The line that a score above is good and below is bad. */
  readonly zero: string;
  readonly band: string;
  readonly bandOpacity: number;
  readonly answers: string;
  readonly segments: Readonly<Record<ChartSegment, string>>;
}

export const palettes: Readonly<Record<ChartLook['theme'], Palette>> = {
  light: {
    background: '#ffffff',
    ink: '#1d2733',
    muted: '#56616e',
    grid: '#e3e8ed',
    zero: '#a3adb8',
    band: '#0072b2',
    bandOpacity: 0.18,
    answers: '#8793a0',
    segments: { positive: '#0072b2', neutral: '#8793a0', negative: '#d55e00' },
  },
  dark: {
    background: '#1a1d21',
    ink: '#f1f4f7',
    muted: '#aab4bf',
    grid: '#2f353c',
    zero: '#6b7682',
    band: '#56b4e9',
    bandOpacity: 0.26,
    answers: '#7d8894',
    segments: { positive: '#56b4e9', neutral: '#8b96a2', negative: '#f0803c' },
  },
};
