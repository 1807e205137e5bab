// Contract: one person is found by any name an operator has for them; two are joined, and an identity is parted again with what was said as it.
import { describe, expect, it } from 'vitest';
import { identity, NOW, newId, newWorld, type StoreUnderTest, type World } from './world.ts';

const idsOf = async (world: World, personId: string) => {
  const found = await world.store.archive.findPerson(world.workspaceId, personId);
  return found?.identities.map(({ externalId }) => externalId).sort() ?? null;
};

export function archivePeopleContract(test: () => StoreUnderTest): void {
  describe('one person', () => {
    it('given somebody with two identities, when they are looked up by any of their names, then it is them', async () => {
      const world = await newWorld(test());
      const [web, slack] = [identity('ann@example.com'), identity('U:ann', 'slack')];
      const person = await world.person(web, { customer: 'c-7', profile: { name: 'Ann' } });
      await world.person(slack, { customer: 'c-7' });
      await world.answered({}, web);
      await world.asked({}, slack);
      const expected = {
        id: person.id,
        customer: 'c-7',
        optedOut: false,
        identities: [
          { ...web, name: 'Ann' },
          { ...slack, name: null },
        ],
        prompts: 2,
        responses: 1,
      };
      const names = [
        person.id,
        person.id.toUpperCase(),
        'c-7',
        ' ann@example.com ',
        'U:ann',
        'slack:local:U:ann',
        'web:local:ann@example.com',
      ];
      for (const name of names)
        expect(await world.store.archive.findPerson(world.workspaceId, name), name).toEqual(expected);
      for (const name of [newId(), 'Ann', 'slack:local:ann', '', ':', "'\0"]) {
        expect(await world.store.archive.findPerson(world.workspaceId, name), name).toBeNull();
      }
    });

    it('given an outside id that two people have, when it is looked up alone, then that is refused with the full names', async () => {
      const world = await newWorld(test());
      await world.person(identity('7', 'slack'));
      const other = await world.person(identity('7', 'discord'));
      const error = await world.store.archive.findPerson(world.workspaceId, '7').catch((e: unknown) => e);
      expect(error).toMatchObject({
        kind: 'conflict',
        remedy: 'write one of discord:local:7, slack:local:7',
      });
      expect((await world.store.archive.findPerson(world.workspaceId, 'discord:local:7'))?.id).toBe(other.id);
    });

    it('given two people, when they are linked, then all is the first one’s and the opt-out holds', async () => {
      const world = await newWorld(test());
      const into = await world.answered({}, identity('a'));
      const from = await world.answered({}, identity('b', 'slack'));
      await world.tx((tx) => tx.people.setOptOut(from.person.id, NOW));
      await world.store.archive.link(world.workspaceId, into.person.id, from.person.id, NOW);
      expect(await world.store.archive.findPerson(world.workspaceId, into.person.id)).toMatchObject({
        optedOut: true,
        prompts: 2,
        responses: 2,
        identities: [{ externalId: 'a' }, { externalId: 'b' }],
      });
      expect(await world.store.archive.findPerson(world.workspaceId, from.person.id)).toBeNull();
      expect((await world.tx((tx) => tx.prompts.lock(from.prompt.id)))?.identity.externalId).toBe('b');
    });

    it('given somebody who is not there, or oneself, when they are linked, then that is refused, or nothing', async () => {
      const world = await newWorld(test());
      const { id } = await world.person(identity('a'));
      const link = (into: string, from: string) =>
        world.store.archive.link(world.workspaceId, into, from, NOW);
      await expect(link(id, newId())).rejects.toMatchObject({ kind: 'not_found' });
      await expect(link(newId(), id)).rejects.toMatchObject({ kind: 'not_found' });
      await link(id, id);
      expect(await idsOf(world, id)).toEqual(['a']);
    });

    it('given a person of two identities, when one is unlinked, then it goes with what was said as it and with the opt-out', async () => {
      const world = await newWorld(test());
      const [web, slack] = [identity('a'), identity('b', 'slack')];
      const one = await world.answered({}, web);
      const two = await world.answered({}, slack);
      await world.tx(async (tx) => {
        await tx.followUps.save(world.followUp(one.response));
        await tx.followUps.save(world.followUp(two.response));
        await tx.people.setOptOut(one.person.id, NOW);
      });
      await world.store.archive.link(world.workspaceId, one.person.id, two.person.id, NOW);
      const parted = newId();
      expect(await world.store.archive.unlink(world.workspaceId, slack, parted, NOW)).toBe(true);
      const summary = { optedOut: true, prompts: 1, responses: 1 };
      const { archive } = world.store;
      expect(await archive.findPerson(world.workspaceId, 'b')).toMatchObject({
        id: parted,
        ...summary,
        customer: null,
      });
      expect(await archive.findPerson(world.workspaceId, 'a')).toMatchObject({
        id: one.person.id,
        ...summary,
      });
      expect((await world.tx((tx) => tx.prompts.find(two.prompt.id)))?.personId).toBe(parted);
      expect((await world.tx((tx) => tx.responses.ofPrompt(two.prompt.id)))?.personId).toBe(parted);
      expect((await world.tx((tx) => tx.prompts.find(one.prompt.id)))?.personId).toBe(one.person.id);
    });

    it('given two identities on one installation, when one is unlinked, then only what it said goes with it', async () => {
      const world = await newWorld(test());
      const [a, b] = [identity('a'), identity('b')];
      const [one, two] = [await world.answered({}, a), await world.answered({}, b)];
      await world.store.archive.link(world.workspaceId, one.person.id, two.person.id, NOW);
      const parted = newId();
      expect(await world.store.archive.unlink(world.workspaceId, a, parted, NOW)).toBe(true);
      expect((await world.tx((tx) => tx.prompts.find(one.prompt.id)))?.personId).toBe(parted);
      expect((await world.tx((tx) => tx.prompts.find(two.prompt.id)))?.personId).toBe(one.person.id);
    });

    it('given an identity that is all its person has, or nobody’s, when it is unlinked, then nothing changes', async () => {
      const world = await newWorld(test());
      await world.person(identity('a'));
      const before = await world.test.rowsOf(world.workspaceId);
      expect(await world.store.archive.unlink(world.workspaceId, identity('a'), newId(), NOW)).toBe(false);
      expect(await world.store.archive.unlink(world.workspaceId, identity('b'), newId(), NOW)).toBe(false);
      expect(await world.test.rowsOf(world.workspaceId)).toEqual(before);
    });

    it('given a case whose answers are all of one identity, when that is unlinked, then the case goes along', async () => {
      const world = await newWorld(test());
      const [one, two] = [await world.answered({}, identity('a')), await world.answered({}, identity('b'))];
      const followUp = world.followUp(two.response);
      await world.tx((tx) => tx.followUps.save(followUp));
      await world.store.archive.link(world.workspaceId, one.person.id, two.person.id, NOW);
      const parted = newId();
      await world.store.archive.unlink(world.workspaceId, identity('b'), parted, NOW);
      expect((await world.tx((tx) => tx.followUps.lock(followUp.id)))?.followUp.personId).toBe(parted);
    });
  });
}
