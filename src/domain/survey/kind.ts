// The three questions Afterword can ask, and the scale each is answered on.

export const SURVEY_KINDS = ['nps', 'ces', 'csat'] as const;
export type SurveyKind = (typeof SURVEY_KINDS)[number];

/** Where a score stands: promoter, passive, detractor for NPS, and the like for CES and CSAT. */
export type Segment = 'positive' | 'neutral' | 'negative';

export interface Scale {
  readonly min: number;
  readonly max: number;
  /** Scores up to here are negative. */
  readonly negativeMax: number;
  /** Scores from here on are positive. */
  readonly positiveMin: number;
}

/**
 * NPS 0–10 (9–10 promoter, 0–6 detractor; Reichheld 2003), CES 1–7 (5–7 positive, 4 neutral), CSAT 1–5 (4–5 positive,
 * 3 neutral: top-2-box).
 */
export const SCALES: Readonly<Record<SurveyKind, Scale>> = {
  nps: { min: 0, max: 10, negativeMax: 6, positiveMin: 9 },
  ces: { min: 1, max: 7, negativeMax: 3, positiveMin: 5 },
  csat: { min: 1, max: 5, negativeMax: 2, positiveMin: 4 },
};

export function isSurveyKind(value: string): value is SurveyKind {
  return (SURVEY_KINDS as readonly string[]).includes(value);
}

/** Every score of a scale, lowest first. */
export function scoresOf(kind: SurveyKind): readonly number[] {
  const { min, max } = SCALES[kind];
  return Array.from({ length: max - min + 1 }, (_, i) => min + i);
}

/** The segment of a score that is known to be on its scale. */
export function segmentOf(kind: SurveyKind, score: number): Segment {
  const scale = SCALES[kind];
  if (score >= scale.positiveMin) return 'positive';
  return score <= scale.negativeMax ? 'negative' : 'neutral';
}
