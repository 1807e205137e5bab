// What an answer says: where its score stands, what its words say and how sure that is, and what about.
import type { Segment } from '../survey/kind.ts';

export type Polarity = 'positive' | 'neutral' | 'negative';

export const THEMES = [
  'quality',
  'features',
  'price',
  'attitude',
  'speed',
  'delivery',
  'ease',
  'reliability',
  'resolution',
  'trust',
] as const;
export type Theme = (typeof THEMES)[number];

/** Of a workspace's own: no name of one holds `,` or `:`. */
type OwnTheme = string & {};

export interface ThemeMention {
  readonly theme: Theme | OwnTheme;
  readonly polarity: Polarity;
}

export interface Classification {
  /** What the words say; null without words. */
  readonly sentiment: Polarity | null;
  /** Probability of `sentiment`, 0…1; null without words, or where who says so does not tell. */
  readonly confidence: number | null;
  /** BCP 47 language of the words; null when there are none or they do not tell. */
  readonly language: string | null;
  readonly themes: readonly ThemeMention[];
  /** By the score alone; null without a score. */
  readonly segment: Segment | null;
  /** The words and the score disagree. */
  readonly conflict: boolean;
  /** Which classifier said so, such as `lexicon-1`. */
  readonly classifier: string;
}
