// Digests across both changes of the clocks, in four zones, with nobody there when one was due and two processes when they come back:
// each comes at its hour on the wall clock, once, and tells of whole weeks.
import { expect, it } from 'vitest';
import { DAY, HOUR, type Id, type Instant, MINUTE } from '../../src/domain/basics.ts';
import { describeOnEachStore } from '../support/database.ts';
import { CHAT, House } from './house.ts';

/** The Sundays on which the clocks change: forward, at a time that is skipped, and back, at one that comes twice. */
const CHANGES = [
  ['Europe/Berlin', '2026-03-29', '02:30', '2026-10-25', '02:30'],
  ['America/New_York', '2026-03-08', '02:30', '2026-11-01', '01:30'],
  ['Australia/Sydney', '2026-10-04', '02:15', '2026-04-05', '02:15'],
  // By half an hour.
  ['Australia/Lord_Howe', '2026-10-04', '02:15', '2026-04-05', '01:45'],
] as const;

/** What clocks show, by the tables that come with the engine and nothing of the product's own. */
function clockIn(zone: string): (at: Instant) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return (at) => format.format(at);
}

/** The first minute of the day on which clocks show the time or, where it is skipped, later. */
function momentOf(date: string, time: string, zone: string): Instant {
  const shownAt = clockIn(zone);
  const begin = Date.parse(`${date}T00:00:00Z`) - 15 * HOUR;
  for (let at = begin; at < begin + 60 * HOUR; at += 5 * MINUTE) {
    const shown = shownAt(at);
    if (shown >= `${date} ${time}` && shown.startsWith(date)) return at;
  }
  throw new Error(`no ${time} on ${date} in ${zone}`);
}

const shift = (date: string, days: number) =>
  new Date(Date.parse(`${date}T12:00:00Z`) + days * DAY).toISOString().slice(0, 10);

describeOnEachStore('a digest due in the night when the clocks change', (database) => {
  const cases = CHANGES.flatMap(([zone, forward, skipped, back, doubled]) => [
    { zone, date: forward, time: skipped, change: 'forward' },
    { zone, date: back, time: doubled, change: 'back' },
  ]);

  it.each(cases)('comes once: $zone, $change, $time', { timeout: MINUTE }, async ({ zone, date, time }) => {
    const due = [-7, 0, 7].map((days) => momentOf(shift(date, days), time, zone));
    const [before, onTheNight, after] = due as [Instant, Instant, Instant];
    const house = await House.build(database(), { now: before - 2 * DAY, zone });
    const [hours, minutes] = time.split(':').map(Number);
    const schedule = { weekday: 7, time: hours! * 60 + minutes!, zone } as const;
    const id = await house.digest(CHAT, schedule);
    const other = house.another();
    const both = async (until: Instant) => {
      house.now = until;
      other.now = until;
      await Promise.all([house, other, house, other].map((one) => one.workUntil(until)));
    };
    const posted = () =>
      [...house.chat.messages, ...other.chat.messages].filter(({ key }) => key.startsWith('digest-'));

    await both(before - MINUTE);
    expect(posted()).toHaveLength(0);
    await both(before);
    expect(posted()).toHaveLength(1);
    // Nobody is there in the night, nor in the morning after.
    await both(onTheNight + 9 * HOUR);
    expect(posted()).toHaveLength(2);
    // The hour that comes twice has passed again, and so has the day.
    await both(onTheNight + 30 * HOUR);
    expect(posted()).toHaveLength(2);
    await both(after - MINUTE);
    expect(posted()).toHaveLength(2);
    await both(after + MINUTE);
    expect(posted()).toHaveLength(3);

    const issues = await issuesOf(house, id, house.now);
    expect(issues.map(({ dueAt }) => dueAt)).toEqual(due);
    expect(issues.every(({ status }) => status === 'posted')).toBe(true);
    for (const [i, issue] of issues.slice(1).entries()) expect(issue.from).toBe(issues[i]!.to);
    for (const { from, to } of issues) {
      const length = (to - from) / HOUR;
      expect(Math.abs(length - 168)).toBeLessThanOrEqual(1);
    }
    // A week in which the clocks changed is told of whole: it is not 168 hours long.
    expect(issues.some(({ from, to }) => to - from !== 7 * DAY)).toBe(true);
  });
});

async function issuesOf(house: House, scheduleId: Id, before: Instant) {
  const found = [];
  for (let end = before; ; ) {
    const issue = await house.tx((tx) => tx.digests.lastIssue(scheduleId, end));
    if (!issue) return found.toReversed();
    found.push(issue);
    end = issue.dueAt;
  }
}
