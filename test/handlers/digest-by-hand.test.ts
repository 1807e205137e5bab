// A scripted history of three kinds of surveys over weeks, told by the digest and by the trend: both equal what is computed by hand.
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, type Instant, MINUTE } from '../../src/domain/basics.ts';
import { nextDue, type Schedule } from '../../src/domain/digest/schedule.ts';
import { trendOf } from '../../src/handlers/trend.ts';
import { describeOnEachStore } from '../support/database.ts';
import { intervalOf, type Kind, scoreOf, studentsT, verdictOf } from './by-hand.ts';
import { CHAT, House } from './house.ts';

const ZONE = 'America/New_York';
const MONDAY: Schedule = { weekday: 1, time: 9 * 60, zone: ZONE };
const KINDS: readonly Kind[] = ['nps', 'ces', 'csat'];
const WEEK = 7 * DAY;
/** A Monday; clocks in New York go back the day before. */
const DUE = Date.UTC(2026, 10, 2, 14);

interface Given {
  readonly kind: Kind;
  readonly score: number;
  readonly at: Instant;
}

/** Drawn once and for all: a linear congruential generator, so that no random source is asked. */
function history(): readonly Given[] {
  let state = 7;
  const draw = (most: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * most);
  };
  const scales: Readonly<Record<Kind, readonly [number, number]>> = {
    nps: [0, 11],
    ces: [1, 7],
    csat: [1, 5],
  };
  return KINDS.flatMap((kind, k) =>
    Array.from({ length: 5 }, (_, week) =>
      Array.from({ length: 36 + 6 * k + 4 * week }, (): Given => {
        const [least, many] = scales[kind];
        const drawn = least + draw(many);
        // The latest week of NPS is much better than the one before; the others only wander.
        const score = kind === 'nps' && week === 4 ? Math.max(drawn, draw(11), draw(11)) : drawn;
        return { kind, score, at: DUE - (5 - week) * WEEK + draw(WEEK / HOUR) * HOUR };
      }),
    ).flat(),
  );
}

describe('Student’s t by hand', () => {
  it('is that of the printed tables', () => {
    for (const [freedom, printed] of [
      [1, 12.706],
      [2, 4.303],
      [5, 2.571],
      [29, 2.045],
      [100, 1.984],
    ] as const)
      expect(studentsT(freedom)).toBeCloseTo(printed, 3);
  });
});

describeOnEachStore('a scripted history', (database) => {
  async function told() {
    const house = await House.build(database(), { now: DUE - 6 * WEEK, zone: ZONE });
    const scheduleId = await house.digest(CHAT, MONDAY);
    const given = history();
    const rows = given.map(({ kind, score, at }, i) => ({
      row: {
        ...{ id: `r${i}`, source: 'file', survey: kind, score, verbatim: null },
        ...{ sentAt: at - HOUR, answeredAt: at, person: `p${i}` },
        ...{ locale: null, agent: null, channel: null, account: null },
      },
      classification: house.ctx.classify({ survey: kind, score, text: null, locale: null }),
    }));
    const add = (some: typeof rows) =>
      house.store.archive.addRows(house.workspaceId, 'file', some, () => house.ctx.ids.next(), house.now);
    // Ten answers of the last week but one come in only after its digest was posted.
    const late = new Set(rows.filter(({ row }) => row.answeredAt < DUE - WEEK).slice(-10));
    await add(rows.filter((row) => !late.has(row)));
    house.now = DUE - WEEK - HOUR;
    await house.workUntil(DUE - WEEK);
    await add([...late]);
    await house.workUntil(DUE);
    const issue = await house.tx((tx) => tx.digests.lastIssue(scheduleId, DUE + 1));
    const lateGiven = given.filter((_, i) => late.has(rows[i]!));
    return { house, given, lateGiven, digest: issue!.content, dueAt: issue!.dueAt };
  }

  const within = (given: readonly Given[], kind: Kind, from: Instant, to: Instant) =>
    given.filter((one) => one.kind === kind && one.at >= from && one.at < to).map(({ score }) => score);

  it('equals what is computed by hand: digest, verdicts, correction and trend', {
    timeout: MINUTE,
  }, async () => {
    const { house, given, lateGiven, digest, dueAt } = await told();
    expect(dueAt).toBe(DUE);
    expect(nextDue(MONDAY, DUE - 1)).toBe(DUE);
    // The clocks went back within the week: it is an hour longer, and begins at nine by the wall clock as well.
    expect([digest.from, digest.to]).toEqual([DUE - WEEK - HOUR, DUE]);
    expect(digest.sections.map(({ survey }) => survey)).toEqual(KINDS);
    const verdicts = digest.sections.map(({ survey, ...section }) => {
      const now = within(given, survey, digest.from, digest.to);
      const before = within(given, survey, digest.from - WEEK, digest.from);
      expect(section.answered).toBe(now.length);
      expect(section.previous.answered).toBe(before.length);
      expect(section.score).toBeCloseTo(scoreOf(survey, now)!, 9);
      expect(section.previous.score).toBeCloseTo(scoreOf(survey, before)!, 9);
      expect(section.difference).toBeCloseTo(scoreOf(survey, now)! - scoreOf(survey, before)!, 9);
      const [low, high] = intervalOf(survey, now)!;
      expect(section.low).toBeCloseTo(low, 5);
      expect(section.high).toBeCloseTo(high, 5);
      for (const [score, count] of Object.entries(section.distribution))
        expect(count).toBe(now.filter((one) => one === Number(score)).length);
      expect(section.verdict).toBe(verdictOf(survey, now, before));
      return section.verdict;
    });
    expect(new Set(verdicts)).toEqual(new Set(['real', 'within_noise']));

    const posted = given.filter((one) => !lateGiven.includes(one));
    const from = digest.from - WEEK;
    for (const kind of new Set(lateGiven.map(({ kind }) => kind))) {
      const before = within(posted, kind, from, digest.from);
      const after = within(given, kind, from, digest.from);
      const said = digest.corrections.find(({ survey, from: start }) => survey === kind && start === from);
      expect(said?.before.answered).toBe(before.length);
      expect(said?.after.answered).toBe(after.length);
      expect(said?.before.score).toBeCloseTo(scoreOf(kind, before)!, 9);
      expect(said?.after.score).toBeCloseTo(scoreOf(kind, after)!, 9);
    }

    const trends = await trendOf(house.ctx, house.workspaceId, {
      ...{ from: DUE - 5 * WEEK, to: DUE, zone: ZONE },
      survey: null,
    });
    expect(trends.map(({ survey }) => survey)).toEqual(KINDS);
    for (const { survey, trend } of trends) {
      expect(trend.length).toBeGreaterThanOrEqual(5);
      for (const [i, week] of trend.entries()) {
        const end = trend[i + 1]?.from ?? DUE;
        const scores = within(given, survey, week.from, end);
        expect(week.answered).toBe(scores.length);
        if (scores.length > 0) expect(week.score).toBeCloseTo(scoreOf(survey, scores)!, 9);
        const interval = intervalOf(survey, scores);
        if (interval) expect(week.low).toBeCloseTo(interval[0], 5);
      }
      // Midnight of a Monday on the wall clock: an hour later by UTC once the clocks went back.
      expect(trend.map((week) => new Date(week.from).getUTCHours())).toEqual([
        ...trend.slice(1).map(() => 4),
        5,
      ]);
    }
    const [csat] = await trendOf(house.ctx, house.workspaceId, {
      ...{ from: DUE - HOUR, to: DUE, zone: ZONE },
      survey: 'csat',
    });
    expect(csat?.answered).toBe(within(given, 'csat', csat!.from, DUE).length);
  });
});
