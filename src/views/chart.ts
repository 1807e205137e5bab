// A survey's weeks as a picture: the score by week with its interval, and how answers spread. The alt text tells the same.
import type { Instant, ZoneName } from '../domain/basics.ts';
import { type DigestSection, ENOUGH_ANSWERS, type TrendPoint } from '../domain/digest/digest.ts';
import { withinScale } from '../domain/statistics/interval.ts';
import { type Segment, type SurveyKind, scoresOf, segmentOf } from '../domain/survey/kind.ts';
import type { ChartBar, ChartScale, ChartSpec } from './chart-spec.ts';
import { intervalEnds, SCORE_DIGITS, scoreText } from './figures.ts';
import type { Translate } from './text.ts';

/** The period that the distribution is about. */
interface ChartPeriod {
  readonly from: Instant;
  readonly to: Instant;
  readonly zone: ZoneName;
}

const RANGES: Readonly<Record<SurveyKind, Pick<ChartScale, 'min' | 'max'>>> = {
  nps: { min: -100, max: 100 },
  ces: { min: 1, max: 7 },
  csat: { min: 0, max: 100 },
};

/** More weeks than these are told by where they began and ended, and how low and high they went. */
const MOST_TOLD = 12;

/** `of`: whether the distribution is of the latest week, as in a digest, or of all of them. */
export function chartOf(
  t: Translate,
  section: Pick<DigestSection, 'survey' | 'answered' | 'distribution' | 'trend'>,
  period: ChartPeriod,
  of: 'latest' | 'whole' = 'latest',
): ChartSpec {
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
      ...(trend.length > MOST_TOLD
        ? [rangeText(t, survey, trend, period.zone)]
        : trend.map((point) => weekText(t, survey, point, period.zone))),
      t(of === 'latest' ? 'chart.altSpread' : 'chart.altSpreadWhole', {
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
      distribution: t(of === 'latest' ? 'chart.distribution' : 'chart.distributionWhole'),
      empty: t('chart.empty'),
      segments: segments((segment) => t(`segment.${survey}.${segment}`)),
    },
  };
}

/** One week in words: "Nov 9: 39 (17 to 57), 54 answers." */
export function weekText(t: Translate, survey: SurveyKind, point: TrendPoint, zone: ZoneName): string {
  const week = t.day(point.from, zone);
  if (point.score === null) return t('chart.altWeekNone', { week });
  const said = { week, score: scoreText(t, survey, point.score), count: point.answered };
  const ends = intervalEnds(t, { survey, low: point.low, high: point.high });
  return ends === null ? t('chart.altWeek', said) : t('chart.altWeekInterval', { ...said, ...ends });
}

function rangeText(t: Translate, survey: SurveyKind, trend: readonly TrendPoint[], zone: ZoneName): string {
  const known = trend.flatMap(({ from, score }) => (score === null ? [] : [{ from, score }]));
  const said = (point: { readonly from: Instant; readonly score: number } | undefined) =>
    point === undefined
      ? '–'
      : t('chart.altPoint', { week: t.date(point.from, zone), score: scoreText(t, survey, point.score) });
  const byScore = known.toSorted((a, b) => a.score - b.score);
  return t('chart.altRange', {
    count: trend.length,
    first: said(known.at(0)),
    last: said(known.at(-1)),
    lowest: said(byScore.at(0)),
    highest: said(byScore.at(-1)),
  });
}

function segments(name: (segment: Segment) => string): Record<Segment, string> {
  return { positive: name('positive'), neutral: name('neutral'), negative: name('negative') };
}
