// What a picture of a score shows: a value with all its words in the reader's language; drawing it is another's work.
import type { Locale } from '../domain/basics.ts';

/** One week. `null` is "not known" (nobody answered, or too few for an interval) and is drawn as a gap, never as 0. */
export interface ChartPoint {
  readonly label: string;
  readonly score: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** How many people answered. */
  readonly n: number;
}

export type ChartSegment = 'positive' | 'neutral' | 'negative';

/** How often one answer was given, such as `9` of 0–10. In the order of the scale, lowest first. */
export interface ChartBar {
  readonly label: string;
  readonly count: number;
  readonly segment: ChartSegment;
}

/** The range a score can have: −100…100 for NPS, 1…7 for CES, 0…100 and `percent` for CSAT. */
export interface ChartScale {
  readonly min: number;
  readonly max: number;
  /** Digits after the point when a score is written. */
  readonly decimals: number;
  /** Written with the reader's percent sign; the values are 0…100 all the same. */
  readonly percent: boolean;
}

export interface ChartWords {
  /** The name of the score, such as "NPS". */
  readonly score: string;
  /** Such as "95 % interval". */
  readonly interval: string;
  readonly answers: string;
  /** The heading over the distribution, such as "How the answers spread". */
  readonly distribution: string;
  /** Said in the place of the line when no week has a score. */
  readonly empty: string;
  /** What the segments are called, such as "promoters". */
  readonly segments: Readonly<Record<ChartSegment, string>>;
}

export interface ChartSpec {
  /** Decides how numbers are written and whether Han characters take their Chinese or their Japanese form. */
  readonly locale: Locale;
  readonly direction: 'ltr' | 'rtl';
  readonly title: string;
  readonly subtitle: string;
  /** A line below, such as "under 30 answers: too few to conclude from"; empty for none. */
  readonly note: string;
  /** Tells in words what the picture shows. */
  readonly alt: string;
  readonly scale: ChartScale;
  /** Oldest first. */
  readonly points: readonly ChartPoint[];
  readonly distribution: readonly ChartBar[];
  readonly words: ChartWords;
}
