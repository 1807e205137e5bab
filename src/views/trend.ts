// What `/nps trend` shows: per kind of survey its score, the picture of its weeks, and the same weeks in figures.
import type { ZoneName } from '../domain/basics.ts';
import type { Trend } from '../domain/digest/trend.ts';
import { chartOf, weekText } from './chart.ts';
import { headlineText, intervalText } from './figures.ts';
import { heading, sentence, strong, text, view } from './parts.ts';
import type { Translate } from './text.ts';
import type { Block, RichText, View } from './view.ts';

/** As many as are read as figures; the picture holds all of them. */
const MOST_WEEKS = 12;

/** `trends`: one a kind of survey; none, or none with answers, is one line. */
export function trendView(t: Translate, trends: readonly Trend[], { zone }: { zone: ZoneName }): View {
  const [first] = trends;
  if (first === undefined || trends.every(({ answered }) => answered === 0))
    return sentence(t, t('trend.nothing'), 'muted');
  const title = t('trend.heading', { period: t.period(first.from, first.to, zone) });
  const parts = trends.map((trend) => headlineText(t, trend));
  return view(
    t,
    t('summary.summary', { heading: title, parts: t.list(parts) }),
    heading(title),
    ...trends.flatMap((trend) => trendBlocks(t, trend, zone)),
  );
}

function trendBlocks(t: Translate, trend: Trend, zone: ZoneName): readonly Block[] {
  const { survey, answered, from, to } = trend;
  const sure = [intervalText(t, trend), answered > 0 ? t('figures.answersOf', { count: answered }) : null];
  const told = [
    strong(headlineText(t, trend)),
    ...sure.flatMap((part) => (part === null ? [] : [` · ${part}`])),
  ];
  if (answered === 0) return [text(told)];
  const chart = chartOf(t, trend, { from, to, zone }, 'whole');
  const shown = trend.trend.slice(-MOST_WEEKS).toReversed();
  const items = shown.map((week): RichText => [weekText(t, survey, week, zone)]);
  const earlier = trend.trend.length - shown.length;
  return [
    text(told),
    { kind: 'image', chart, alt: chart.alt },
    { kind: 'list', items },
    ...(earlier > 0 ? [text(t('trend.earlier', { count: earlier }), 'muted')] : []),
  ];
}
