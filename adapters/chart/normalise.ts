// A specification as it may safely be drawn: text harmless, numbers finite, and what is not known null.
import { AfterwordError } from '../../src/domain/basics.ts';
import type { ChartBar, ChartPoint, ChartScale, ChartSpec } from '../../src/ports/chart.ts';
import { clean } from './text.ts';

/** A year of weeks in words is longer than any label. */
const LONGEST_ALT = 20_000;

const finite = (value: number | null): number | null =>
  value !== null && Number.isFinite(value) ? value : null;
/** There is room to write a count below 10¹²; no survey has more answers. */
const tally = (value: number): number => (value > 0 ? Math.min(value, 1e12 - 1) : 0);

/** Arithmetic may miss an end of the scale by a hair; anything further out is not a score of this scale. */
function onScale(score: number | null, { min, max }: ChartScale): number | null {
  if (score === null) return null;
  const hair = (max - min) * 1e-9;
  return score < min - hair || score > max + hair ? null : Math.min(max, Math.max(min, score));
}

function point({ label, score, low, high, n }: ChartPoint, scale: ChartScale): ChartPoint {
  const [value, from, to] = [onScale(finite(score), scale), finite(low), finite(high)];
  const known = value !== null && from !== null && to !== null && from <= to;
  return {
    label: clean(label),
    score: value,
    low: known ? from : null,
    high: known ? to : null,
    n: tally(n),
  };
}

const bar = ({ label, count, segment }: ChartBar): ChartBar => ({
  label: clean(label),
  count: tally(count),
  segment,
});

/**
 * The same specification, fit to be drawn. A score that is not on the scale, and an interval
 * that is not one, become "not known".
 * @throws AfterwordError `broken` when the scale has no extent: nothing could be placed on it.
 */
export function normalise(spec: ChartSpec): ChartSpec {
  const { min, max } = spec.scale;
  if (!Number.isFinite(min) || !Number.isFinite(max) || min >= max) {
    throw new AfterwordError(
      'broken',
      `a chart's scale runs from ${min} to ${max}`,
      'give a scale whose end is above its beginning',
    );
  }
  const { words } = spec;
  return {
    ...spec,
    title: clean(spec.title),
    subtitle: clean(spec.subtitle),
    note: clean(spec.note),
    alt: clean(spec.alt, LONGEST_ALT),
    points: spec.points.map((each) => point(each, spec.scale)),
    distribution: spec.distribution.map(bar),
    words: {
      score: clean(words.score),
      interval: clean(words.interval),
      answers: clean(words.answers),
      distribution: clean(words.distribution),
      empty: clean(words.empty),
      segments: {
        positive: clean(words.segments.positive),
        neutral: clean(words.segments.neutral),
        negative: clean(words.segments.negative),
      },
    },
  };
}
