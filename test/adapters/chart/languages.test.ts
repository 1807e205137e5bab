// Charts in every language: nothing in the picture is cut, and the font that travels along has every letter that the product writes.
import { describe, expect, it } from 'vitest';
import { drawChart } from '../../../adapters/chart/draw.ts';
import { uncovered } from '../../../adapters/chart/font.ts';
import { SURVEY_KINDS } from '../../../src/domain/survey/kind.ts';
import { MESSAGES } from '../../../src/locales/index.ts';
import { chartOf } from '../../../src/views/chart.ts';
import * as sample from '../../views/samples.ts';

const FORMS = ['picture', 'wide', 'narrow'] as const;

describe.each(Object.entries(MESSAGES))('in %s', (locale, messages) => {
  const t = sample.texts(locale);
  const charts = SURVEY_KINDS.flatMap((survey) => {
    const section = sample.fullDigest.sections.find((one) => one.survey === survey)!;
    const trend = sample.trendOver(survey, 12, (week) => ({ 2: 40 + week, 5: 30 }));
    return [
      chartOf(t, section, sample.fullDigest),
      chartOf(t, trend, { from: trend.from, to: trend.to, zone: sample.ZONE }, 'whole'),
    ];
  });

  it.each(FORMS)(
    'given every kind of survey, when it is drawn as a %s, then no word of it is cut',
    (form) => {
      for (const spec of charts) {
        const drawn = drawChart(spec, { theme: 'light', form });
        const read = [...drawn.matchAll(/<text[^>]*>([^<]*)/gu)].map(([, words]) => words);
        expect(read.filter((words) => words?.includes('…'))).toEqual([]);
        for (const words of [spec.title, spec.subtitle, ...Object.values(spec.words.segments)])
          expect(read.join(' '), words).toContain(words.replaceAll('&', '&amp;'));
      }
    },
  );

  it('given every letter that is written, when it is looked for, then the font has it', () => {
    const written = Object.values(messages).join('') + charts.map((spec) => JSON.stringify(spec)).join('');
    // What ICU itself writes: months, days of the week, numbers.
    const days = Array.from({ length: 366 }, (_, day) => t.dateTime(Date.UTC(2028, 0, 1 + day), 'UTC'));
    const week = Array.from({ length: 7 }, (_, day) => t.weekday(Date.UTC(2028, 0, 3 + day)));
    const figures = [t.number(-1_234_567.89, 2), t.percent(12)];
    expect(uncovered([written, ...days, ...week, ...figures].join(''))).toEqual([]);
  });
});
