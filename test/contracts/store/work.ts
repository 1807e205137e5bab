// Contract: work is asked for once, taken by one, and never lost: not by a crash, not by being asked for again while somebody has it in hand.
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, type Id, MINUTE } from '../../../src/domain/basics.ts';
import type { NewWork } from '../../../src/ports/store/work.ts';
import { crossed, NOW, newId, newWorld, type StoreUnderTest, type World } from './world.ts';

const item = (more: Partial<NewWork> = {}): NewWork => ({
  id: newId(),
  kind: 'deliver',
  subjectId: newId(),
  dueAt: NOW,
  ...more,
});

const add = (world: World, items: readonly NewWork[], now = NOW) => world.tx((tx) => tx.work.add(items, now));

const lease = (world: World, workId: Id, now = NOW, duration = MINUTE) =>
  world.store.work.lease(workId, newId(), now, duration);

export function workContract(test: () => StoreUnderTest): void {
  describe('work', () => {
    it('commits with its reason or not at all', async () => {
      const world = await newWorld(test());
      const undone = item();
      const going = world.tx(async (tx) => {
        await tx.work.add([undone], NOW);
        throw new Error('undone');
      });
      await expect(going).rejects.toThrow('undone');
      expect(await lease(world, undone.id)).toBeNull();
    });

    it('says what is to be woken and when', async () => {
      const world = await newWorld(test());
      const [one, two] = [item({ dueAt: NOW + 1 }), item({ kind: 'remind', dueAt: NOW + 2 })];
      const wakes = await add(world, [one, two]);
      expect(new Set(wakes)).toEqual(
        new Set([
          { workId: one.id, dueAt: NOW + 1 },
          { workId: two.id, dueAt: NOW + 2 },
        ]),
      );
      expect(await add(world, [])).toEqual([]);
    });

    it('asked for again moves to the new time and stays one', async () => {
      const world = await newWorld(test());
      const first = item({ dueAt: NOW + DAY });
      await add(world, [first]);
      const again = item({ subjectId: first.subjectId, dueAt: NOW + HOUR });
      expect(await add(world, [again])).toEqual([{ workId: first.id, dueAt: NOW + HOUR }]);
      expect(await lease(world, again.id, NOW + DAY)).toBeNull();
      expect(await lease(world, first.id, NOW + HOUR)).toMatchObject({ subjectId: first.subjectId });
    });

    it('asked for twice in one call is done once, at the later word', async () => {
      const world = await newWorld(test());
      const subjectId = newId();
      const wakes = await add(world, [item({ subjectId, dueAt: NOW }), item({ subjectId, dueAt: NOW + 5 })]);
      expect(wakes).toEqual([{ workId: expect.any(String), dueAt: NOW + 5 }]);
    });

    it('of another kind for the same subject is other work', async () => {
      const world = await newWorld(test());
      const subjectId = newId();
      const wakes = await add(world, [item({ subjectId }), item({ subjectId, kind: 'expire' })]);
      expect(new Set(wakes.map((wake) => wake.workId)).size).toBe(2);
    });

    it('is taken in one order, whatever the order of the batch, so that two batches never block each other for good', async () => {
      const world = await newWorld(test());
      const [a, m, z] = [newId(), newId(), newId()].toSorted();
      const runs = await crossed(world, [a!, m!, z!], (tx, some) =>
        tx.work.add(
          some.map((subjectId) => item({ subjectId })),
          NOW,
        ),
      );
      expect(runs).toBe(2);
    });
  });

  describe('finished work', () => {
    it('is gone, and can be asked for anew', async () => {
      const world = await newWorld(test());
      const work = await world.inHand();
      await world.tx((tx) => tx.work.finish(work));
      expect(await lease(world, work.id, NOW + DAY)).toBeNull();
      const next = item({ subjectId: work.subjectId });
      expect(await add(world, [next])).toEqual([{ workId: next.id, dueAt: NOW }]);
    });

    it.each(['finish then add', 'add then finish'] as const)(
      'leaves its own next run, asked for in the same transaction: %s',
      async (order) => {
        const world = await newWorld(test());
        const work = await world.inHand('digest');
        const next = item({ kind: 'digest', subjectId: work.subjectId, dueAt: NOW + 7 * DAY });
        const wakes = await world.tx(async (tx) => {
          if (order === 'finish then add') await tx.work.finish(work);
          const asked = await tx.work.add([next], NOW);
          if (order === 'add then finish') await tx.work.finish(work);
          return asked;
        });
        expect(wakes).toEqual([{ workId: expect.any(String), dueAt: NOW + 7 * DAY }]);
        const { workId } = wakes[0]!;
        expect(await lease(world, workId, NOW + DAY)).toBeNull();
        expect(await lease(world, workId, NOW + 7 * DAY)).toMatchObject({
          subjectId: work.subjectId,
          attempts: 1,
        });
      },
    );

    it('comes back when somebody else asked for it while it was in hand, for it may have missed why', async () => {
      const world = await newWorld(test());
      const work = await world.inHand('refresh');
      const wakes = await add(world, [item({ kind: 'refresh', subjectId: work.subjectId, dueAt: NOW + 1 })]);
      expect(wakes).toEqual([{ workId: work.id, dueAt: NOW + 1 }]);
      expect(await lease(world, work.id, NOW + 2)).toBeNull();
      await world.tx((tx) => tx.work.finish(work));
      const again = await lease(world, work.id, NOW + 2);
      expect(again).toMatchObject({ attempts: 1, dueAt: NOW + 1 });
      await world.tx((tx) => tx.work.finish(again!));
      expect(await lease(world, work.id, NOW + DAY)).toBeNull();
    });

    it('does not come back for what the next attempt has seen anyway', async () => {
      const world = await newWorld(test());
      const work = await world.inHand('refresh');
      await add(world, [item({ kind: 'refresh', subjectId: work.subjectId })]);
      await world.store.work.fail(work, 'away', NOW + HOUR);
      const retried = await lease(world, work.id, NOW + HOUR);
      await world.tx((tx) => tx.work.finish(retried!));
      expect(await lease(world, work.id, NOW + DAY)).toBeNull();
    });
  });

  describe('work asked for while its lease has run out', () => {
    it('is free for whoever comes, and the one before has lost it', async () => {
      const world = await newWorld(test());
      const work = await world.inHand('remind', {}, MINUTE);
      const later = NOW + HOUR;
      await add(world, [item({ kind: 'remind', subjectId: work.subjectId, dueAt: later })], NOW + MINUTE);
      await expect(world.tx((tx) => tx.work.finish(work))).rejects.toMatchObject({ kind: 'conflict' });
      expect(await lease(world, work.id, later)).toMatchObject({ attempts: 1 });
    });
  });

  describe('postponed work', () => {
    it('is free at its new time and starts counting anew', async () => {
      const world = await newWorld(test());
      const work = await world.inHand();
      await world.tx((tx) => tx.work.postpone(work, NOW + DAY));
      expect(await lease(world, work.id, NOW + HOUR)).toBeNull();
      expect(await lease(world, work.id, NOW + DAY)).toMatchObject({ attempts: 1, dueAt: NOW + DAY });
    });

    it('comes sooner when somebody asked for it sooner', async () => {
      const world = await newWorld(test());
      const work = await world.inHand('digest');
      await add(world, [item({ kind: 'digest', subjectId: work.subjectId, dueAt: NOW + HOUR })]);
      await world.tx((tx) => tx.work.postpone(work, NOW + DAY));
      expect(await lease(world, work.id, NOW + HOUR)).toMatchObject({ dueAt: NOW + HOUR });
    });
  });

  describe('cancelled work', () => {
    it('is gone, unless somebody has it in hand', async () => {
      const world = await newWorld(test());
      const [free, held] = [item({ kind: 'remind' }), await world.inHand('remind')];
      const other = item({ kind: 'expire', subjectId: free.subjectId });
      await add(world, [free, other]);
      await world.tx((tx) => tx.work.cancel(['remind'], [free.subjectId, held.subjectId, newId()]));
      expect(await lease(world, free.id)).toBeNull();
      expect(await lease(world, other.id)).not.toBeNull();
      await world.tx((tx) => tx.work.finish(held));
    });

    it('takes back what was asked for while it was in hand', async () => {
      const world = await newWorld(test());
      const held = await world.inHand('remind');
      await add(world, [item({ kind: 'remind', subjectId: held.subjectId })]);
      await world.tx((tx) => tx.work.cancel(['remind'], [held.subjectId]));
      await world.tx((tx) => tx.work.finish(held));
      expect(await lease(world, held.id, NOW + DAY)).toBeNull();
    });
  });
}
