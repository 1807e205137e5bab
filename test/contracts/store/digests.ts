// Contract: schedules and the issues that came of them, one a due time.
import { describe, expect, it } from 'vitest';
import { DAY, type Id } from '../../../src/domain/basics.ts';
import type { Digest } from '../../../src/domain/digest/digest.ts';
import type { DigestIssue, DigestSchedule } from '../../../src/ports/store/digests.ts';
import { atOnce, NOW, newId, newWorld, type StoreUnderTest } from './world.ts';

export function schedule(more: Partial<DigestSchedule> = {}): DigestSchedule {
  return {
    id: newId(),
    platform: 'web',
    installation: 'local',
    channel: 'team',
    locale: 'zh-CN',
    schedule: { weekday: 7, time: 23 * 60 + 59, zone: 'Asia/Shanghai' },
    enabled: true,
    nextDueAt: NOW,
    ...more,
  };
}

export function issue(scheduleId: Id, more: Partial<DigestIssue> = {}): DigestIssue {
  const content: Digest = {
    from: NOW - 7 * DAY,
    to: NOW,
    zone: 'UTC',
    sections: [],
    quotes: [{ responseId: newId(), survey: 'nps', score: 3, words: '慢 “slow” \\u0041 👎', by: null }],
    open: [],
    coverage: { asked: 1.5, skipped: { throttled: 2 } },
    corrections: [],
  };
  return {
    id: newId(),
    scheduleId,
    dueAt: NOW,
    from: NOW - 7 * DAY,
    to: NOW,
    status: 'posting',
    content,
    ref: null,
    postedAt: null,
    ...more,
  };
}

export function digestsContract(test: () => StoreUnderTest): void {
  describe('a digest schedule', () => {
    it('comes back as it was saved, and changes', async () => {
      const world = await newWorld(test());
      const first = schedule();
      await world.tx((tx) => tx.digests.saveSchedule(first));
      expect(await world.tx((tx) => tx.digests.lock(first.id))).toEqual(first);
      const moved = schedule({
        id: first.id,
        channel: 'elsewhere',
        locale: 'en',
        schedule: { weekday: 1, time: 0, zone: 'UTC' },
        enabled: false,
        nextDueAt: NOW + 7 * DAY,
      });
      await world.tx((tx) => tx.digests.saveSchedule(moved));
      expect(await world.tx((tx) => tx.digests.list())).toEqual([moved]);
    });

    it('is one a channel: a second one is refused', async () => {
      const world = await newWorld(test());
      await world.tx((tx) => tx.digests.saveSchedule(schedule()));
      const second = world.tx((tx) => tx.digests.saveSchedule(schedule()));
      await expect(second).rejects.toMatchObject({ kind: 'conflict' });
    });

    it('is locked for one at a time, so that two workers write one issue', async () => {
      const world = await newWorld(test());
      const { id } = schedule();
      await world.tx((tx) => tx.digests.saveSchedule(schedule({ id })));
      const written = await atOnce(10, () =>
        world.tx(async (tx) => {
          await tx.digests.lock(id);
          if (await tx.digests.issueOf(id, NOW)) return 0;
          await tx.digests.saveIssue(issue(id), NOW);
          return 1;
        }),
      );
      expect(written.filter((one) => one === 1)).toHaveLength(1);
    });

    it('that is not there is null', async () => {
      const world = await newWorld(test());
      expect(await world.tx((tx) => tx.digests.lock(newId()))).toBeNull();
      expect(await world.tx((tx) => tx.digests.list())).toEqual([]);
    });
  });

  describe('a digest issue', () => {
    it('comes back as it was saved, before and after it was posted', async () => {
      const world = await newWorld(test());
      const { id } = schedule();
      await world.tx((tx) => tx.digests.saveSchedule(schedule({ id })));
      const first = issue(id);
      await world.tx((tx) => tx.digests.saveIssue(first, NOW));
      expect(await world.tx((tx) => tx.digests.issueOf(id, NOW))).toEqual(first);
      const posted = {
        ...first,
        status: 'posted',
        ref: { channel: 'team', message: 'm' },
        postedAt: NOW + 5,
      } as const;
      await world.tx((tx) => tx.digests.saveIssue(posted, NOW));
      expect(await world.tx((tx) => tx.digests.issueOf(id, NOW))).toEqual(posted);
      expect(await world.tx((tx) => tx.digests.issueOf(id, NOW + 1))).toBeNull();
    });

    it('is one a due time', async () => {
      const world = await newWorld(test());
      const { id } = schedule();
      await world.tx((tx) => tx.digests.saveSchedule(schedule({ id })));
      await world.tx((tx) => tx.digests.saveIssue(issue(id), NOW));
      const second = world.tx((tx) => tx.digests.saveIssue(issue(id), NOW));
      await expect(second).rejects.toMatchObject({ kind: 'conflict' });
    });

    it('is found as the last one strictly before a moment', async () => {
      const world = await newWorld(test());
      const { id } = schedule();
      await world.tx((tx) => tx.digests.saveSchedule(schedule({ id })));
      const [older, newer] = [issue(id, { dueAt: NOW - 7 * DAY }), issue(id, { dueAt: NOW })];
      for (const one of [newer, older]) await world.tx((tx) => tx.digests.saveIssue(one, NOW));
      const last = (before: number) => world.tx((tx) => tx.digests.lastIssue(id, before));
      expect(await last(NOW + 1)).toEqual(newer);
      expect(await last(NOW)).toEqual(older);
      expect(await last(NOW - 7 * DAY)).toBeNull();
    });

    it('is told of again by its figures and corrections, if its readers may have seen it, the newest first', async () => {
      const world = await newWorld(test());
      const { id } = schedule();
      await world.tx((tx) => tx.digests.saveSchedule(schedule({ id })));
      const correction = {
        ...{ survey: 'nps', from: NOW - 14 * DAY, to: NOW - 7 * DAY },
        ...{ before: { answered: 4, score: 100 }, after: { answered: 3, score: 100 / 3 } },
      } as const;
      const statuses = ['posted', 'refused', 'uncertain', 'posting', 'posted'] as const;
      for (const [weeks, status] of statuses.entries()) {
        const dueAt = NOW - weeks * 7 * DAY;
        const whole = issue(id, { dueAt, from: dueAt - 7 * DAY, to: dueAt, status });
        const sections = weeks === 2 ? [] : [{ survey: 'ces', answered: 7, score: 6.1, themes: [] }];
        const content = { ...whole.content, sections, corrections: weeks === 0 ? [correction] : [] };
        await world.tx((tx) =>
          tx.digests.saveIssue({ ...whole, content: content as unknown as Digest }, dueAt),
        );
      }
      const told = (before: number, limit: number) => world.tx((tx) => tx.digests.told(id, before, limit));
      const week = (weeks: number) => ({ from: NOW - (weeks + 1) * 7 * DAY, to: NOW - weeks * 7 * DAY });
      const ces = { survey: 'ces', answered: 7, score: 6.1 };
      expect(await told(NOW + 1, 9)).toEqual([
        { ...week(0), sections: [ces], corrections: [correction] },
        { ...week(2), sections: [], corrections: [] },
        { ...week(4), sections: [ces], corrections: [] },
      ]);
      expect(await told(NOW, 1)).toEqual([{ ...week(2), sections: [], corrections: [] }]);
    });

    it('of no schedule is refused', async () => {
      const world = await newWorld(test());
      const going = world.tx((tx) => tx.digests.saveIssue(issue(newId()), NOW));
      await expect(going).rejects.toMatchObject({ kind: 'not_found' });
    });
  });
}
