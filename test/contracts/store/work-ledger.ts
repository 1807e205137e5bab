// Contract: work is in one pair of hands at a time, and what failed, is overdue or is dead is seen.
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, type Id, MINUTE, SECOND } from '../../../src/domain/basics.ts';
import type { NewWork } from '../../../src/ports/store/work.ts';
import { atOnce, NOW, newId, newWorld, type StoreUnderTest, type World } from './world.ts';

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

export function workLedgerContract(test: () => StoreUnderTest): void {
  describe('a lease', () => {
    it('is taken by one of twenty', async () => {
      const world = await newWorld(test());
      const { id } = item();
      await add(world, [item({ id })]);
      const taken = await atOnce(20, () => lease(world, id));
      expect(taken.filter((work) => work !== null)).toHaveLength(1);
    });

    it('tells all about the work', async () => {
      const world = await newWorld(test());
      const wanted = item({ kind: 'remind', dueAt: NOW - 5 });
      await add(world, [wanted]);
      const token = newId();
      expect(await world.store.work.lease(wanted.id, token, NOW, MINUTE)).toEqual({
        ...wanted,
        workspaceId: world.workspaceId,
        attempts: 1,
        token,
      });
    });

    it('waits until the work is due, give or take a second', async () => {
      const world = await newWorld(test());
      const { id } = item();
      await add(world, [item({ id, dueAt: NOW })]);
      expect(await lease(world, id, NOW - SECOND - 1)).toBeNull();
      expect(await lease(world, id, NOW - SECOND)).not.toBeNull();
    });

    it('runs out: then another takes the work, and counts the attempt', async () => {
      const world = await newWorld(test());
      const first = await world.inHand('deliver', {}, MINUTE);
      expect(await lease(world, first.id, NOW + MINUTE - 1)).toBeNull();
      const second = await lease(world, first.id, NOW + MINUTE);
      expect(second).toMatchObject({ id: first.id, attempts: 2 });
    });

    it('that was lost lets nothing through: whoever finishes or postpones late undoes their whole transaction', async () => {
      const world = await newWorld(test());
      const first = await world.inHand('deliver', {}, MINUTE);
      const second = await lease(world, first.id, NOW + MINUTE);
      for (const late of ['finish', 'postpone'] as const) {
        const other = item();
        const going = world.tx(async (tx) => {
          await tx.work.add([other], NOW);
          // Even if the error is swallowed.
          await (late === 'finish' ? tx.work.finish(first) : tx.work.postpone(first, NOW + DAY)).catch(
            () => {},
          );
        });
        await expect(going).rejects.toMatchObject({ kind: 'conflict' });
        expect(await lease(world, other.id)).toBeNull();
      }
      await world.store.work.fail(first, 'late', null);
      await world.tx((tx) => tx.work.finish(second!));
      await expect(world.tx((tx) => tx.work.finish(second!))).rejects.toMatchObject({ kind: 'conflict' });
    });

    it('is renewed by its holder, and not by one who lost it', async () => {
      const world = await newWorld(test());
      const first = await world.inHand('deliver', {}, MINUTE);
      await world.store.work.renew([first], NOW + 3 * MINUTE);
      expect(await lease(world, first.id, NOW + 3 * MINUTE - 1)).toBeNull();
      const second = await lease(world, first.id, NOW + 3 * MINUTE);
      await world.store.work.renew([first], NOW + DAY);
      expect(await lease(world, second!.id, NOW + 4 * MINUTE)).not.toBeNull();
    });

    it('ends when all are released, with every ownership, and what was in hand is due from then', async () => {
      const world = await newWorld(test());
      const held = await world.inHand('deliver', { dueAt: NOW - MINUTE }, DAY);
      const name = `sweep ${newId()}`;
      await world.store.work.own(name, newId(), NOW, NOW + DAY);
      await world.store.work.release(NOW);
      expect(await world.store.work.own(name, newId(), NOW, NOW + DAY)).toBe(true);
      const due = await world.store.work.due(NOW, NOW, 10_000);
      expect(due.find((one) => one.workId === held.id)).toEqual({ workId: held.id, dueAt: NOW });
      expect(await lease(world, held.id, NOW)).toMatchObject({ attempts: 2 });
    });

    it('that ran out but was not taken still finishes', async () => {
      const world = await newWorld(test());
      const work = await world.inHand('deliver', {}, 1);
      await world.tx((tx) => tx.work.finish(work));
      expect(await lease(world, work.id, NOW + DAY)).toBeNull();
    });
  });

  describe('failed work', () => {
    it('is free again at its time, and counts its attempts', async () => {
      const world = await newWorld(test());
      const work = await world.inHand();
      await world.store.work.fail(work, 'away', NOW + MINUTE);
      expect(await lease(world, work.id, NOW + SECOND)).toBeNull();
      expect(await lease(world, work.id, NOW + MINUTE)).toMatchObject({ attempts: 2 });
    });

    it('without another time is dead: never taken, shown with its error, until it is revived', async () => {
      const world = await newWorld(test());
      const work = await world.inHand();
      await world.store.work.fail(work, `bro\0ken: ${'x'.repeat(10_000)}`, null);
      expect(await lease(world, work.id, NOW + DAY)).toBeNull();
      const dead = async () => (await world.store.work.dead(1000)).filter((one) => one.id === work.id);
      expect(await dead()).toEqual([
        {
          id: work.id,
          workspaceId: world.workspaceId,
          kind: 'deliver',
          subjectId: work.subjectId,
          attempts: 1,
          error: expect.stringMatching(/^broken: x{100}/),
          dueAt: NOW,
        },
      ]);
      expect(await world.store.work.revive([work.id, newId()], NOW + DAY)).toBe(1);
      expect(await dead()).toEqual([]);
      expect(await lease(world, work.id, NOW + DAY)).toMatchObject({ attempts: 1, dueAt: NOW + DAY });
    });

    it('that is dead lives again when it is asked for', async () => {
      const world = await newWorld(test());
      const work = await world.inHand();
      await world.store.work.fail(work, 'broken', null);
      await add(world, [item({ subjectId: work.subjectId, dueAt: NOW + 1 })]);
      expect(await lease(world, work.id, NOW + 1)).toMatchObject({ attempts: 1 });
    });

    it('that was asked for again meanwhile does not die', async () => {
      const world = await newWorld(test());
      const work = await world.inHand();
      await add(world, [item({ subjectId: work.subjectId, dueAt: NOW + 1 })]);
      await world.store.work.fail(work, 'broken', null);
      expect(await lease(world, work.id, NOW + 1)).toMatchObject({ attempts: 1 });
    });
  });

  describe('the sweeper', () => {
    it('sees what is due and free, the most overdue first', async () => {
      const world = await newWorld(test());
      const due = [item({ dueAt: NOW - 1 }), item({ dueAt: NOW - 3 }), item({ dueAt: NOW - 2 })];
      await add(world, [...due, item({ dueAt: NOW })]);
      const held = await world.inHand('deliver', { dueAt: NOW - 10 }, MINUTE);
      const dead = await world.inHand('deliver', { dueAt: NOW - 10 });
      await world.store.work.fail(dead, 'broken', null);
      const mine = new Set([...due.map((one) => one.id), held.id, dead.id]);
      const look = async (until: number, now: number) =>
        (await world.store.work.due(until, now, 10_000)).filter((one) => mine.has(one.workId));
      expect(await look(NOW, NOW - 5)).toEqual([
        { workId: due[1]!.id, dueAt: NOW - 3 },
        { workId: due[2]!.id, dueAt: NOW - 2 },
        { workId: due[0]!.id, dueAt: NOW - 1 },
      ]);
      // The one in hand shows again when its lease has run out, due from then.
      const leaseEnd = NOW - 10 + MINUTE;
      expect((await look(NOW, NOW + HOUR))[0]).toEqual({
        workId: held.id,
        dueAt: expect.toSatisfy((at) => at >= leaseEnd),
      });
      expect(await world.store.work.due(NOW, NOW + HOUR, 1)).toHaveLength(1);
    });

    it('counts what is pending, overdue and dead', async () => {
      const world = await newWorld(test());
      const before = await world.store.work.counts(NOW);
      await add(world, [item({ dueAt: NOW }), item({ dueAt: NOW + DAY })]);
      await world.inHand();
      await world.store.work.fail(await world.inHand(), 'broken', null);
      const after = await world.store.work.counts(NOW);
      expect(after.pending - before.pending).toBe(3);
      expect(after.overdue - before.overdue).toBe(1);
      expect(after.dead - before.dead).toBe(1);
      await add(world, [item({ dueAt: 1 })]);
      expect((await world.store.work.counts(NOW)).oldestDueAt).toBe(1);
    });
  });

  describe('what only one may do', () => {
    it('is owned by one of twenty, who may renew; another takes it when it has run out or was given up', async () => {
      const { store } = test();
      const name = `sweep ${newId()}`;
      const holders = Array.from({ length: 20 }, () => newId());
      const won = await atOnce(20, (n) => store.work.own(name, holders[n]!, NOW, NOW + MINUTE));
      expect(won.filter(Boolean)).toHaveLength(1);
      const holder = holders[won.indexOf(true)]!;
      const other = newId();
      expect(await store.work.own(name, holder, NOW + 1, NOW + 2 * MINUTE)).toBe(true);
      expect(await store.work.own(name, other, NOW + MINUTE, NOW + 3 * MINUTE)).toBe(false);
      await store.work.disown(name, other);
      expect(await store.work.own(name, other, NOW + 2 * MINUTE, NOW + 3 * MINUTE)).toBe(true);
      expect(await store.work.own(name, holder, NOW + 2 * MINUTE, NOW + 3 * MINUTE)).toBe(false);
      await store.work.disown(name, other);
      expect(await store.work.own(name, holder, NOW, NOW + MINUTE)).toBe(true);
    });
  });

  describe('a delivery from outside', () => {
    it('is seen once it was marked, until it is forgotten', async () => {
      const { work } = test().store;
      const eventId = newId();
      const seen = (installation = 'T1') => work.hasSeen('slack', installation, eventId);
      expect(await seen()).toBe(false);
      await atOnce(5, () => work.markSeen('slack', 'T1', eventId, NOW - DAY));
      expect(await seen()).toBe(true);
      expect(await seen('T2')).toBe(false);
      await work.forgetEvents(NOW - DAY);
      expect(await seen()).toBe(true);
      expect(await work.forgetEvents(NOW - DAY + 1)).toBeGreaterThanOrEqual(1);
      expect(await seen()).toBe(false);
    });
  });
}
