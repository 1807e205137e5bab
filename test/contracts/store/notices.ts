// Contract: trouble is told once, and again when it has been quiet for a while.
import { describe, expect, it } from 'vitest';
import { DAY } from '../../../src/domain/basics.ts';
import type { TroubleKind } from '../../../src/ports/platform.ts';
import type { Notice } from '../../../src/ports/store/notices.ts';
import { atOnce, NOW, newId, newWorld, type StoreUnderTest } from './world.ts';

export function noticeOf(kind: TroubleKind, subject: string, raisedAt = NOW): Notice {
  return { id: newId(), platform: 'slack', installation: 'T1', trouble: { kind, subject }, raisedAt };
}

export function noticesContract(test: () => StoreUnderTest): void {
  describe('a notice', () => {
    it('given a trouble nobody knew, when it is raised, then it is to be told, and found', async () => {
      const world = await newWorld(test());
      const notice = noticeOf('not_in_channel', 'C1');
      expect(await world.tx((tx) => tx.notices.raise(notice, DAY))).toEqual(notice);
      expect(await world.tx((tx) => tx.notices.find(notice.id))).toEqual(notice);
      expect(await world.tx((tx) => tx.notices.find(newId()))).toBeNull();
    });

    it('given several, when those since a time are asked for, then they come newest first', async () => {
      const world = await newWorld(test());
      const [old, first, second] = [-1, 0, 1].map((later) =>
        noticeOf('channel_gone', `C${later}`, NOW + later),
      );
      for (const notice of [first, old, second]) await world.tx((tx) => tx.notices.raise(notice!, DAY));
      expect(await world.tx((tx) => tx.notices.raisedSince(NOW))).toEqual([second, first]);
      expect(await world.tx((tx) => tx.notices.raisedSince(NOW + 2))).toEqual([]);
    });

    it('given twenty who raise one trouble at once, when they are done, then one tells it', async () => {
      const world = await newWorld(test());
      const raised = await atOnce(20, () =>
        world.tx((tx) => tx.notices.raise(noticeOf('token_void', ''), DAY)),
      );
      expect(raised.filter((one) => one !== null)).toHaveLength(1);
    });

    it('given it was told of, when it is raised again, then not before it has been quiet, and then as the same notice', async () => {
      const world = await newWorld(test());
      const first = noticeOf('channel_gone', 'C1');
      const raise = (at: number) =>
        world.tx((tx) => tx.notices.raise(noticeOf('channel_gone', 'C1', at), DAY));
      await world.tx((tx) => tx.notices.raise(first, DAY));
      expect(await raise(NOW + DAY - 1)).toBeNull();
      const again = { ...first, raisedAt: NOW + DAY };
      expect(await raise(NOW + DAY)).toEqual(again);
      expect(await world.tx((tx) => tx.notices.find(first.id))).toEqual(again);
      expect(await raise(NOW + DAY + 1)).toBeNull();
    });

    it('given one trouble, when another is raised, of another kind, thing or installation, then it is told too', async () => {
      const world = await newWorld(test());
      const first = noticeOf('not_in_channel', 'C1');
      const others = [
        noticeOf('channel_gone', 'C1'),
        noticeOf('not_in_channel', 'C2'),
        { ...first, id: newId(), installation: 'T2' },
      ];
      await world.tx((tx) => tx.notices.raise(first, DAY));
      for (const other of others) expect(await world.tx((tx) => tx.notices.raise(other, DAY))).toEqual(other);
    });

    it('given a subject that no row could hold, when it is raised, then it is kept as far as that goes, and is one trouble', async () => {
      const world = await newWorld(test());
      const endless = `C\0${'🚫'.repeat(40_000)}`;
      const raise = () => world.tx((tx) => tx.notices.raise(noticeOf('not_in_channel', endless), DAY));
      expect((await raise())?.trouble.subject.startsWith('C🚫')).toBe(true);
      expect(await raise()).toBeNull();
    });
  });
}
