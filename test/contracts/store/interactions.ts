// Contract: one interaction is kept once, from however many sides and however often it is reported.
import { describe, expect, it } from 'vitest';
import { HOUR } from '../../../src/domain/basics.ts';
import {
  atOnce,
  closed,
  crossed,
  identity,
  NOW,
  newId,
  newWorld,
  request,
  type StoreUnderTest,
  sent,
} from './world.ts';

export function interactionsContract(test: () => StoreUnderTest): void {
  describe('an interaction', () => {
    it('reported fifty times at once is new once', async () => {
      const world = await newWorld(test());
      const who = identity();
      const interaction = closed(who, { externalId: 'T-1' });
      const added = await atOnce(50, () =>
        world.tx(async (tx) => {
          const [person] = await tx.people.resolve([request(who)], newId, NOW);
          const row = { id: newId(), personId: person!.id, interaction };
          const fresh = await tx.prompts.addInteractions([row], NOW);
          if (fresh.has(row.id)) await tx.prompts.add([world.prompt(row.id, person!.id)]);
          return [...fresh];
        }),
      );
      expect(added.flat()).toHaveLength(1);
      const known = await world.tx((tx) => tx.prompts.findByInteraction('web', 'T-1'));
      expect(known).toMatchObject({
        interactionId: added.flat()[0],
        prompt: { interactionId: added.flat()[0] },
      });
    });

    it('is new again for whoever waited when the first one was undone', async () => {
      const world = await newWorld(test());
      const who = identity();
      const { id: personId } = await world.person(who);
      const interaction = closed(who);
      const add = (undo: boolean) =>
        world.tx(async (tx) => {
          const row = { id: newId(), personId, interaction };
          const fresh = await tx.prompts.addInteractions([row], NOW);
          if (undo) throw new Error('undone');
          return fresh.size;
        });
      const results = await Promise.allSettled([add(true), add(false), add(false)]);
      const sizes = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      expect(sizes.sort()).toEqual([0, 1]);
    });

    it('that a batch names twice, or that is known already, is left out of the answer', async () => {
      const world = await newWorld(test());
      const who = identity();
      const known = await world.asked({}, who);
      const rows = [
        known.interaction,
        closed(who, { externalId: 'A' }),
        closed(who, { externalId: 'A' }),
      ].map((interaction) => ({ id: newId(), personId: known.person.id, interaction }));
      const fresh = await world.tx((tx) => tx.prompts.addInteractions(rows, NOW));
      expect(fresh.size).toBe(1);
      expect(fresh.has(rows[0]!.id)).toBe(false);
      expect(await world.tx((tx) => tx.prompts.addInteractions([], NOW))).toEqual(new Set());
    });

    it('of the same name from another source is another one', async () => {
      const world = await newWorld(test());
      const who = identity();
      await world.asked({}, who, { source: 'zendesk', externalId: '1' });
      await world.asked({}, who, { source: 'intercom', externalId: '1' });
      const find = (source: string) => world.tx((tx) => tx.prompts.findByInteraction(source, '1'));
      expect((await find('zendesk'))?.interactionId).not.toBe((await find('intercom'))?.interactionId);
      expect(await find('web')).toBeNull();
    });

    it('of somebody unknown is refused, and so is one under the wrong person', async () => {
      const world = await newWorld(test());
      const [who, other] = [identity(), identity()];
      await world.person(who);
      const wrong = await world.person(other);
      for (const personId of [newId(), wrong.id]) {
        const row = { id: newId(), personId, interaction: closed(who) };
        await expect(world.tx((tx) => tx.prompts.addInteractions([row], NOW))).rejects.toMatchObject({
          kind: 'not_found',
        });
      }
    });

    it('is taken in one order, whatever the order of the batch, so that two batches never block each other for good', async () => {
      const world = await newWorld(test());
      const who = identity();
      const { id: personId } = await world.person(who);
      const [a, m, z] = ['a', 'm', 'z'].map((externalId) => closed(who, { externalId }));
      const runs = await crossed(world, [a!, m!, z!], (tx, some) =>
        tx.prompts.addInteractions(
          some.map((interaction) => ({ id: newId(), personId, interaction })),
          NOW,
        ),
      );
      expect(runs).toBe(2);
    });

    it('once reopened stays reopened, and hands out its prompt', async () => {
      const world = await newWorld(test());
      const { interactionId, prompt } = await world.asked();
      expect(await world.tx((tx) => tx.prompts.reopen(interactionId, NOW))).toEqual({ prompt });
      expect((await world.tx((tx) => tx.prompts.lock(prompt.id)))?.reopened).toBe(true);
      expect(await world.tx((tx) => tx.prompts.reopen(newId(), NOW))).toBeNull();
    });

    it('without a prompt can be found and reopened', async () => {
      const world = await newWorld(test());
      const who = identity();
      const { id: personId } = await world.person(who);
      const row = { id: newId(), personId, interaction: closed(who, { externalId: 'T-9' }) };
      await world.tx((tx) => tx.prompts.addInteractions([row], NOW));
      expect(await world.tx((tx) => tx.prompts.findByInteraction('web', 'T-9'))).toEqual({
        interactionId: row.id,
        prompt: null,
      });
      expect(await world.tx((tx) => tx.prompts.reopen(row.id, NOW))).toEqual({ prompt: null });
    });

    it('is found by its conversation while its prompt is scheduled, newest first', async () => {
      const world = await newWorld(test());
      const who = identity();
      const place = { platform: 'web', installation: 'local', channel: 'support', thread: 't-1' };
      const older = await world.asked({}, who, { place, closedAt: NOW - HOUR });
      const newer = await world.asked({}, who, { place, closedAt: NOW });
      await world.asked({ state: sent() }, who, { place });
      const unthreaded = await world.asked({}, who, { place: { ...place, thread: null } });
      await world.asked({}, who, { place: { ...place, channel: null } });
      const at = (where: typeof place | (Omit<typeof place, 'thread'> & { thread: null })) =>
        world.tx((tx) => tx.prompts.interactionsAt(where));
      expect(await at(place)).toEqual([newer.interactionId, older.interactionId]);
      expect(await at({ ...place, thread: null })).toEqual([unthreaded.interactionId]);
      expect(await at({ ...place, thread: 't-2' })).toEqual([]);
      const by = (closedBy: number) => world.tx((tx) => tx.prompts.interactionsAt(place, { closedBy }));
      expect(await by(NOW)).toEqual([newer.interactionId, older.interactionId]);
      expect(await by(NOW - 1)).toEqual([older.interactionId]);
      expect(await by(NOW - 2 * HOUR)).toEqual([]);
    });
  });
}
