// A digest's section as a picture: the score by week with its interval, and how the latest answers spread. The alt text tells the same.
import type { Instant, ZoneName } from '../domain/basics.ts';
import { type DigestSection, ENOUGH_ANSWERS, type TrendPoint } from '../domain/digest/digest.ts';
import { withinScale } from '../domain/statistics/interval.ts';
import { type Segment, type SurveyKind, scoresOf, segmentOf } from '../domain/survey/kind.ts';
import type { ChartBar, ChartScale, ChartSpec } from './chart-spec.ts';
import { intervalEnds, SCORE_DIGITS, scoreText } from './figures.ts';
import type { Translate } from './text.ts';

/** The section's own period, which the distribution is about. */
export interface ChartPeriod {
  readonly from: Instant;
  readonly to: Instant;
  readonly zone: ZoneName;
}

const RANGES: Readonly<Record<SurveyKind, Pick<ChartScale, 'min' | 'max'>>> = {
  nps: { min: -100, max: 100 },
  ces: { min: 1, max: 7 },
  csat: { min: 0, max: 100 },
};

export function chartOf(t: Translate, section: DigestSection, period: ChartPeriod): ChartSpec {
  const { survey, trend } = section;
  const title = t(`chart.title.${survey}`);
  const when = t.period(period.from, period.to, period.zone);
  const distribution = scoresOf(survey).map(
    (score): ChartBar => ({
      label: t.number(score),
      count: section.distribution[score] ?? 0,
      segment: segmentOf(survey, score),
    }),
  );
  return {
    locale: t.locale,
    direction: 'ltr',
    title,
    subtitle: t('chart.subtitle', { period: when, count: section.answered }),
    note: section.answered < ENOUGH_ANSWERS ? t('chart.tooFew', { enough: ENOUGH_ANSWERS }) : '',
    alt: [
      t('chart.altTitle', { title }),
      ...trend.map((point) => weekText(t, survey, point, period.zone)),
      t('chart.altSpread', {
        period: when,
        spread: t.list(distribution.map(({ label, count }) => t('chart.altBar', { label, count }))),
      }),
    ].join(t('sentence.separator')),
    scale: { ...RANGES[survey], decimals: SCORE_DIGITS[survey], percent: survey === 'csat' },
    points: trend.map((point) => {
      const { score, low, high, answered } = point;
      const cut =
        low === null || high === null ? { low: null, high: null } : withinScale(survey, { low, high });
      return { label: t.day(point.from, period.zone), score, ...cut, n: answered };
    }),
    distribution,
    words: {
      score: t(`survey.${survey}`),
      interval: t('chart.interval'),
      answers: t('chart.answers'),
      distribution: t('chart.distribution'),
      empty: t('chart.empty'),
      segments: segments((segment) => t(`segment.${survey}.${segment}`)),
    },
  };
}

function weekText(t: Translate, survey: SurveyKind, point: TrendPoint, zone: ZoneName): string {
  const week = t.day(point.from, zone);
  if (point.score === null) return t('chart.altWeekNone', { week });
  const said = { week, score: scoreText(t, survey, point.score), count: point.answered };
  const ends = intervalEnds(t, { survey, low: point.low, high: point.high });
  return ends === null ? t('chart.altWeek', said) : t('chart.altWeekInterval', { ...said, ...ends });
}

function segments(name: (segment: Segment) => string): Record<Segment, string> {
  return { positive: name('positive'), neutral: name('neutral'), negative: name('negative') };
}
