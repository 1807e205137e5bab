// Contract: a customer id joins people, and somebody erased who had opted out is known again.
import { describe, expect, it } from 'vitest';
import { DAY } from '../../../src/domain/basics.ts';
import { identity, NOW, newId, newWorld, request, type StoreUnderTest, sent } from './world.ts';

export function joinedPeopleContract(test: () => StoreUnderTest): void {
  describe('a customer id', () => {
    it('joins identities on different platforms', async () => {
      const world = await newWorld(test());
      const [slack, discord] = [identity('U1', 'slack'), identity('7', 'discord')];
      const batch = [request(slack, { customer: 'c-1' }), request(discord, { customer: 'c-1' })];
      const [a, b] = await world.tx((tx) => tx.people.resolve(batch, newId, NOW));
      expect(a!.id).toBe(b!.id);
      expect((await world.person(identity(), { customer: 'c-1' })).id).toBe(a!.id);
      expect((await world.person(slack)).id).toBe(a!.id);
    });

    it('is taken on by somebody known without one', async () => {
      const world = await newWorld(test());
      const who = identity();
      const before = await world.person(who);
      expect((await world.person(who, { customer: 'c-1' })).id).toBe(before.id);
      expect((await world.person(identity(), { customer: 'c-1' })).id).toBe(before.id);
    });

    it('joins two people known apart: their past is one past, and the stricter opt-out wins', async () => {
      const world = await newWorld(test());
      const [first, second] = [identity(), identity()];
      const owner = await world.person(first, { customer: 'c-1' });
      const { prompt, person } = await world.asked({ state: sent(NOW - DAY) }, second);
      await world.tx((tx) => tx.people.setOptOut(person.id, NOW));

      const joined = await world.person(second, { customer: 'c-1' });

      expect(joined).toMatchObject({ id: owner.id, optedOutAt: NOW });
      expect(await world.tx((tx) => tx.people.lock(person.id))).toBeNull();
      const history = await world.tx((tx) => tx.people.history([owner.id]));
      expect(history.get(owner.id)?.lastPromptAt).toBe(NOW - DAY);
      expect((await world.tx((tx) => tx.prompts.lock(prompt.id)))?.prompt.personId).toBe(owner.id);
    });

    it('joins two people who each have an open case: one case stays open, with both answers', async () => {
      const world = await newWorld(test());
      const [first, second] = [identity(), identity()];
      const one = await world.answered({}, first);
      const two = await world.answered({}, second);
      await world.tx((tx) => tx.followUps.save(world.followUp(one.response)));
      await world.tx((tx) => tx.followUps.save(world.followUp(two.response)));
      await world.person(first, { customer: 'c-1' });
      const { id } = await world.person(second, { customer: 'c-1' });
      const open = await world.tx((tx) => tx.followUps.open(10));
      expect(open).toHaveLength(1);
      expect(open[0]!.followUp).toMatchObject({ personId: id });
      expect(new Set(open[0]!.followUp.responseIds)).toEqual(new Set([one.response.id, two.response.id]));
    });

    it('other than the one before changes nothing: the API called them two people', async () => {
      const world = await newWorld(test());
      const who = identity();
      const first = await world.person(who, { customer: 'c-1' });
      const other = await world.person(identity(), { customer: 'c-2' });
      expect((await world.person(who, { customer: 'c-2' })).id).toBe(first.id);
      expect((await world.person(identity(), { customer: 'c-2' })).id).toBe(other.id);
    });
  });

  describe('somebody erased', () => {
    it('who had opted out comes back opted out, and in again once they say so', async () => {
      const world = await newWorld(test());
      const who = identity();
      const { id } = await world.person(who);
      await world.tx((tx) => tx.people.setOptOut(id, NOW));
      await world.store.archive.erase(world.workspaceId, id, NOW);

      const back = await world.person(who);
      expect(back.optedOutAt).not.toBeNull();
      expect(back.id).not.toBe(id);

      await world.tx((tx) => tx.people.setOptOut(back.id, null));
      await world.store.archive.erase(world.workspaceId, back.id, NOW);
      expect((await world.person(who)).optedOutAt).toBeNull();
    });

    it('who had not opted out comes back as somebody new', async () => {
      const world = await newWorld(test());
      const who = identity();
      const { id } = await world.person(who);
      await world.store.archive.erase(world.workspaceId, id, NOW);
      expect((await world.person(who)).optedOutAt).toBeNull();
    });

    it('comes back opted out as somebody who is known on another platform, too', async () => {
      const world = await newWorld(test());
      const who = identity();
      const { id } = await world.person(who);
      await world.tx((tx) => tx.people.setOptOut(id, NOW));
      await world.store.archive.erase(world.workspaceId, id, NOW);
      const elsewhere = await world.person(identity(), { customer: 'c-1' });
      const joined = await world.person(who, { customer: 'c-1' });
      expect(joined.id).toBe(elsewhere.id);
      expect(joined.optedOutAt).not.toBeNull();
    });
  });
}
