import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildReport,
  type GroupCounts,
  type ReportDimension,
  type ReportInput,
  reportJson,
} from '../../../src/domain/statistics/report.ts';
import { scoreCounts, type Tally } from '../../../src/domain/statistics/tally.ts';
import { anyKind, anyPair, nps } from './arbitrary.ts';

function countsOf(tally: Tally): Map<number, number> {
  const asked = scoreCounts(tally).filter(({ count }) => count > 0);
  return new Map(asked.map(({ score, count }) => [score, count]));
}

const period = { from: Date.UTC(2026, 10, 9), to: Date.UTC(2026, 10, 16) };
const noWords = { positive: 0, neutral: 0, negative: 0 };
const nobody = new Map<number, number>();
const speed = { theme: 'speed', mentions: 12, positive: 3, negative: 8 };

const week: ReportInput = {
  survey: 'nps',
  period,
  basis: 'sent',
  sent: 120,
  scores: countsOf(nps(30, 15, 9)),
  sentiment: { positive: 28, neutral: 12, negative: 14 },
  themes: [{ theme: 'price', mentions: 2, positive: 0, negative: 2 }, speed],
  by: null,
  groups: [],
  previous: countsOf(nps(21, 18, 11)),
  previousGroups: [],
};

function group(key: string | null, promoters: number, detractors = 0): GroupCounts {
  return { key, sent: 50, scores: countsOf(nps(promoters, 0, detractors)), sentiment: noWords };
}

describe('A report', () => {
  it('gives the figures of a period, unrounded', () => {
    const report = buildReport(week);
    expect(report).toMatchObject({
      survey: 'nps',
      ...period,
      sent: 120,
      answered: 54,
      responseRate: 45,
      positive: 30,
      neutral: 15,
      negative: 9,
      score: 2100 / 54,
      previous: { answered: 50, score: 20 },
      change: { significant: false },
      sentiment: { positive: 28, neutral: 12, negative: 14, none: 0 },
      groups: [],
    });
    expect(report.marginOfError).toBeCloseTo(19.7, 1);
    expect(report.low).toBeCloseTo(17.2, 1);
    expect(report.high).toBeCloseTo(56.5, 1);
    expect(report.change.difference).toBeCloseTo(18.9, 1);
    expect(report.change.z).toBeCloseTo(1.26, 2);
    expect(report.responseRateLow).toBeLessThan(45);
    expect(report.responseRateHigh).toBeGreaterThan(45);
  });

  it('has every score of the scale in its distribution, zeros included', () => {
    const { distribution } = buildReport(week);
    expect(distribution).toEqual({ 0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0, 6: 9, 7: 15, 8: 0, 9: 30, 10: 0 });
  });

  it('given nobody answered, then what cannot be known is null, never 0', () => {
    fc.assert(
      fc.property(anyKind, fc.nat(10), (survey, sent) => {
        const none = { survey, sent, scores: nobody, sentiment: noWords, previous: nobody, themes: [] };
        expect(buildReport({ ...week, ...none })).toMatchObject({
          sent,
          answered: 0,
          responseRate: sent === 0 ? null : 0,
          score: null,
          marginOfError: null,
          low: null,
          high: null,
          previous: { answered: 0, score: null },
          change: { difference: null, z: null, significant: null },
        });
      }),
    );
  });

  it('given a report by answer time, then the response rate is of the prompts sent alone, or not known', () => {
    const report = buildReport({ ...week, basis: 'answered', sent: 40, answeredOfSent: 10 });
    expect(report).toMatchObject({ sent: 40, answered: 54, responseRate: 25 });
    expect(buildReport({ ...week, basis: 'answered', sent: 40 }).responseRate).toBeNull();
    expect(() => buildReport({ ...week, sent: 40 })).toThrow('54 prompts answered of 40 sent');
  });

  it('counts as none the answers whose words say nothing, and refuses more sentiments than answers', () => {
    const some = buildReport({ ...week, sentiment: { positive: 1, neutral: 2, negative: 3 } });
    expect(some.sentiment).toEqual({ positive: 1, neutral: 2, negative: 3, none: 48 });
    const many = { positive: 55, neutral: 0, negative: 0 };
    expect(() => buildReport({ ...week, sentiment: many })).toThrow('55 sentiments of 54 answers');
  });

  it('puts the most mentioned theme first', () => {
    expect(buildReport(week).themes.map(({ theme }) => theme)).toEqual(['speed', 'price']);
  });

  it('writes its times in ISO 8601, in the zone it was asked for, and nothing else differently', () => {
    const report = buildReport(week);
    const utc = { from: '2026-11-09T00:00:00Z', to: '2026-11-16T00:00:00Z' };
    expect(reportJson(report, 'UTC')).toEqual({ ...report, ...utc });
    expect(reportJson(report, 'Asia/Shanghai').from).toBe('2026-11-09T08:00:00+08:00');
  });
});

describe('The groups of a report', () => {
  it('have the same figures as a report of their answers alone', () => {
    fc.assert(
      fc.property(anyPair, ([now, before]) => {
        const counts = { sent: 100, scores: countsOf(now), sentiment: noWords, themes: [speed] };
        const previous = countsOf(before);
        const report = buildReport({
          ...week,
          survey: now.kind,
          ...counts,
          previous,
          by: 'agent',
          groups: [{ key: 'a', ...counts }],
          previousGroups: [{ key: 'a', scores: previous }],
        });
        const { survey, from, to, basis, by, groups, ...figures } = report;
        expect(groups).toEqual([{ key: 'a', ...figures }]);
      }),
    );
  });

  it('come by time when they are weeks, else by answers, the one without a key last', () => {
    const monday = ['2026-11-02', '2026-11-09', '2026-11-16'] as const;
    const groups = [group(null, 9), group(monday[1], 2), group(monday[2], 5), group(monday[0], 2)];
    const keys = (by: ReportDimension, shuffled: GroupCounts[]) =>
      buildReport({ ...week, by, groups: shuffled }).groups.map(({ key }) => key);
    fc.assert(
      fc.property(fc.shuffledSubarray(groups, { minLength: 4 }), (shuffled) => {
        expect(keys('week', shuffled)).toEqual([...monday, null]);
        expect(keys('agent', shuffled)).toEqual([monday[2], monday[0], monday[1], null]);
      }),
    );
  });

  it('are compared with the same group before, and with nothing when it had no answers', () => {
    const previousGroups = [
      { key: 'a', scores: countsOf(nps(1, 0, 3)) },
      { key: null, scores: countsOf(nps(0, 0, 2)) },
    ];
    const groups = [group('a', 3, 1), group('b', 3, 1), group(null, 1)];
    const [a, b, none] = buildReport({ ...week, by: 'agent', groups, previousGroups }).groups;
    expect(a).toMatchObject({ key: 'a', previous: { answered: 4, score: -50 }, change: { difference: 100 } });
    expect(b).toMatchObject({
      key: 'b',
      previous: { answered: 0, score: null },
      change: { difference: null },
    });
    expect(none).toMatchObject({ key: null, previous: { answered: 2, score: -100 } });
  });

  it('given weeks, then each is compared with the whole calendar week before', () => {
    // The period begins in the middle of the week of the 9th, whose first days belong to what came before.
    const groups = [group('2026-11-09', 1), group('2026-11-16', 1, 1)];
    const previousGroups = [
      { key: '2026-11-02', scores: countsOf(nps(0, 4, 0)) },
      { key: '2026-11-09', scores: countsOf(nps(0, 0, 3)) },
    ];
    const [first, second] = buildReport({ ...week, by: 'week', groups, previousGroups }).groups;
    expect(first).toMatchObject({ answered: 1, previous: { answered: 4, score: 0 } });
    expect(second).toMatchObject({ answered: 2, previous: { answered: 4, score: -50 } });
  });

  it('by theme have no prompts and no response rate, since only an answer has a theme', () => {
    const [speedGroup] = buildReport({ ...week, by: 'theme', groups: [group('speed', 3)] }).groups;
    expect(speedGroup).toMatchObject({ sent: null, responseRate: null, answered: 3, score: 100 });
  });
});
