// Contract: what a transaction changes commits together or not at all, and its connection is always given back.
import { describe, expect, it } from 'vitest';
import type { StoreTx } from '../../../src/ports/store/index.ts';
import { atOnce, identity, meeting, NOW, newId, newWorld, request, type StoreUnderTest } from './world.ts';

export function transactionsContract(test: () => StoreUnderTest): void {
  describe('a transaction', () => {
    it('keeps nothing of what it wrote, and passes the error on as it is, when its body throws', async () => {
      const world = await newWorld(test());
      const before = await test().rowsOf(world.workspaceId);
      const error = new Error('second thoughts');
      const going = world.tx(async (tx) => {
        await tx.people.resolve([request(identity())], newId, NOW);
        throw error;
      });
      await expect(going).rejects.toBe(error);
      expect(await test().rowsOf(world.workspaceId)).toEqual(before);
    });

    it('answers with what its body answers', async () => {
      const world = await newWorld(test());
      expect(await world.tx(async () => 42)).toBe(42);
    });

    it('gives its connection back however it ends: a hundred failures leave room for the next', async () => {
      const world = await newWorld(test());
      const results = await Promise.allSettled(
        Array.from({ length: 100 }, (_, i) =>
          world.tx(async (tx) => {
            if (i % 2 === 0) await tx.people.lock('not an id');
            throw new Error('no');
          }),
        ),
      );
      expect(results.every((result) => result.status === 'rejected')).toBe(true);
      expect(await world.person()).toMatchObject({ optedOutAt: null });
    });

    it('is lost as a whole once the store refused something, even if the body looks away', async () => {
      const world = await newWorld(test());
      const who = identity();
      for (const refused of [
        (tx: StoreTx) => tx.people.lock('not an id'),
        (tx: StoreTx) => tx.prompts.add([world.prompt(newId(), newId())]),
      ]) {
        const going = world.tx(async (tx) => {
          await tx.people.resolve([request(who)], newId, NOW);
          await refused(tx).catch(() => {});
        });
        await expect(going).rejects.toMatchObject({ name: 'AfterwordError', remedy: expect.any(String) });
        expect(await world.tx((tx) => tx.people.find(who))).toBeNull();
      }
    });

    it('refuses a call that comes after its end instead of running it outside', async () => {
      const world = await newWorld(test());
      const escaped = await world.tx(async (tx) => tx);
      await expect(escaped.people.find(identity())).rejects.toMatchObject({
        kind: 'broken',
        message: expect.stringContaining('after its transaction had ended'),
      });
    });

    it('runs again when two block each other, so that both come through', async () => {
      const world = await newWorld(test());
      const [one, two] = [await world.person(), await world.person()];
      const met = meeting(test(), 2);
      const crossing = (first: string, second: string, at: number) =>
        world.tx(async (tx) => {
          await tx.people.lock(first);
          await met();
          await tx.people.lock(second);
          await tx.people.setOptOut(first, at);
        });
      await Promise.all([crossing(one.id, two.id, NOW), crossing(two.id, one.id, NOW + 1)]);
      const found = await world.tx(async (tx) => [
        await tx.people.lock(one.id),
        await tx.people.lock(two.id),
      ]);
      expect(found.map((person) => person?.optedOutAt)).toEqual([NOW, NOW + 1]);
    });

    it('never shows another what it has written and takes back', async () => {
      const world = await newWorld(test());
      const who = identity();
      const { id } = await world.person(who);
      const seen = await atOnce(10, async (i) => {
        if (i % 2 === 0) return (await world.tx((tx) => tx.people.find(who)))?.optedOutAt;
        const undone = world.tx(async (tx) => {
          await tx.people.setOptOut(id, NOW);
          throw new Error('undone');
        });
        await expect(undone).rejects.toThrow('undone');
        return (await world.tx((tx) => tx.people.lock(id)))?.optedOutAt;
      });
      expect(seen).toEqual(Array.from({ length: 10 }, () => null));
    });
  });
}
