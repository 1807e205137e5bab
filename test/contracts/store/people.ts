// Contract: identities become people, one each, whoever asks and however many ask at once.
import { describe, expect, it } from 'vitest';
import type { IdentityRef } from '../../../src/domain/trigger/interaction.ts';
import type { StoreTx } from '../../../src/ports/store/index.ts';
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
} from './world.ts';

export function peopleContract(test: () => StoreUnderTest): void {
  describe('people', () => {
    it('are made when they are new, in the order asked, and found again', async () => {
      const world = await newWorld(test());
      const who = [identity('z'), identity('a'), identity('m')];
      const made = await world.tx((tx) =>
        tx.people.resolve(
          who.map((one) => request(one)),
          newId,
          NOW,
        ),
      );
      expect(new Set(made.map((person) => person.id)).size).toBe(3);
      const again = await world.tx((tx) =>
        tx.people.resolve(
          [who[2]!, who[0]!, who[1]!].map((one) => request(one)),
          newId,
          NOW,
        ),
      );
      expect(again.map((person) => person.id)).toEqual([made[2]!.id, made[0]!.id, made[1]!.id]);
      expect(await world.tx((tx) => tx.people.find(who[1]!))).toEqual(made[1]);
    });

    it('keep the language that they chose, whatever their platform tells, until they take it back', async () => {
      const world = await newWorld(test());
      const who = identity();
      const seen = async (locale: string) =>
        (
          await world.tx((tx) => tx.people.resolve([{ ...request(who), profile: { locale } }], newId, NOW))
        )[0]!;
      const { id } = await seen('en-US');
      await world.tx((tx) => tx.people.setLanguage(id, 'de'));
      expect(await seen('fr')).toMatchObject({ id, locale: 'de', language: 'de' });
      expect(await world.tx((tx) => tx.people.find(who))).toMatchObject({ locale: 'de', language: 'de' });
      const other = await world.person(identity());
      await world.store.archive.link(world.workspaceId, other.id, id, NOW);
      expect(await world.tx((tx) => tx.people.lock(other.id))).toMatchObject({ language: 'de' });
      await world.tx((tx) => tx.people.setLanguage(other.id, null));
      expect(await world.tx((tx) => tx.people.find(who))).toMatchObject({ locale: 'fr', language: null });
    });

    it('are the same person when one batch names them twice', async () => {
      const world = await newWorld(test());
      const who = identity();
      const both = await world.tx((tx) =>
        tx.people.resolve([request(who), request(identity()), request(who)], newId, NOW),
      );
      expect(both[0]!.id).toBe(both[2]!.id);
      expect(both[1]!.id).not.toBe(both[0]!.id);
    });

    it('are one when fifty transactions bring the same new identity at once', async () => {
      const world = await newWorld(test());
      const who = identity();
      const people = await atOnce(50, () => world.person(who));
      expect(new Set(people.map((person) => person.id)).size).toBe(1);
    });

    it('are one when fifty new identities of one new customer come at once', async () => {
      const world = await newWorld(test());
      const people = await atOnce(50, () => world.person(identity(), { customer: 'c-1' }));
      const now = await world.person(identity(), { customer: 'c-1' });
      expect(new Set([...people, now].map((person) => person.id)).size).toBe(1);
    });

    it('are made and locked in one order, whatever the order of the batch, so that two batches never block each other for good', async () => {
      const world = await newWorld(test());
      const who = [identity('a'), identity('m'), identity('z')] as const;
      const resolve = (tx: StoreTx, some: readonly IdentityRef[]) =>
        tx.people.resolve(
          some.map((one) => request(one)),
          newId,
          NOW,
        );
      expect(await crossed(world, who, resolve), 'new people').toBe(2);

      const known = await world.tx((tx) => resolve(tx, who));
      const sorted = who.toSorted((a, b) => (known[who.indexOf(a)]!.id < known[who.indexOf(b)]!.id ? -1 : 1));
      const [first, middle, last] = sorted;
      expect(await crossed(world, [first!, middle!, last!], resolve), 'known people').toBe(2);
    });

    it('are the same in the order of each batch, when batches of known and new ones meet in opposite orders', async () => {
      const world = await newWorld(test());
      const who = Array.from({ length: 100 }, () => identity());
      const resolve = (some: readonly IdentityRef[]) =>
        world.tx((tx) =>
          tx.people.resolve(
            some.map((one) => request(one)),
            newId,
            NOW,
          ),
        );
      await resolve(who.slice(0, 50));
      const batches = await atOnce(6, async (i) =>
        i % 2 === 0 ? await resolve(who) : (await resolve(who.toReversed())).toReversed(),
      );
      for (const people of batches) {
        expect(people.map((person) => person.id)).toEqual(batches[0]!.map((person) => person.id));
      }
    });

    it('are held until the transaction ends: of ten who would ask somebody never asked, one does', async () => {
      const world = await newWorld(test());
      const who = identity();
      await world.person(who);
      const asked = await atOnce(10, () =>
        world.tx(async (tx) => {
          const [person] = await tx.people.resolve([request(who)], newId, NOW);
          if ((await tx.people.history([person!.id])).size > 0) return 0;
          const row = { id: newId(), personId: person!.id, interaction: closed(who) };
          await tx.prompts.addInteractions([row], NOW);
          await tx.prompts.add([world.prompt(row.id, person!.id)]);
          return 1;
        }),
      );
      expect(asked.filter((one) => one === 1)).toHaveLength(1);
    });

    it('keep what a profile told until another one tells otherwise', async () => {
      const world = await newWorld(test());
      const who = identity();
      const first = await world.person(who, {
        profile: { name: 'Ann', locale: 'de', zone: 'Europe/Berlin' },
      });
      expect(first).toMatchObject({ locale: 'de', zone: 'Europe/Berlin' });
      const silent = await world.person(who, { profile: {} });
      expect(silent).toEqual(first);
      const moved = await world.person(who, { profile: { zone: 'Asia/Shanghai' } });
      expect(moved).toEqual({ ...first, zone: 'Asia/Shanghai' });
      expect(await world.tx((tx) => tx.people.lock(first.id))).toEqual(moved);
      const asked = await world.asked({}, who);
      expect((await world.tx((tx) => tx.prompts.lock(asked.prompt.id)))?.identityName).toBe('Ann');
    });

    it('have the last word of a batch, whichever of their identities says it', async () => {
      const world = await newWorld(test());
      const [one, two] = [identity(), identity()];
      await world.person(one, { customer: 'c-1', profile: { locale: 'de' } });
      await world.person(two, { customer: 'c-1' });
      const say = (who: IdentityRef, locale: string) => request(who, { profile: { locale } });
      for (const batch of [
        [say(one, 'fr'), say(two, 'de')],
        [say(two, 'fr'), say(one, 'zh')],
        [say(one, 'de'), say(two, 'fr')],
      ]) {
        const told = await world.tx((tx) => tx.people.resolve(batch, newId, NOW));
        expect(new Set(told.map((person) => person.locale))).toEqual(new Set([batch[1]!.profile.locale]));
        expect(await world.tx((tx) => tx.people.find(one))).toEqual(told[0]);
      }
    });

    it('hold words that PostgreSQL cannot: a NUL in a name does not lose the interaction', async () => {
      const world = await newWorld(test());
      const who = identity();
      await world.person(who, { profile: { name: 'A\0nn' } });
      const asked = await world.asked({}, who);
      expect((await world.tx((tx) => tx.prompts.lock(asked.prompt.id)))?.identityName).toBe('Ann');
    });

    it('own their identities and no others', async () => {
      const world = await newWorld(test());
      const [mine, alsoMine, other] = [identity(), identity(), identity()];
      const me = await world.person(mine, { customer: 'c-1' });
      await world.person(alsoMine, { customer: 'c-1' });
      await world.person(other);
      const claims = [other, mine, identity(), alsoMine].map((one) => ({ personId: me.id, identity: one }));
      const owned = await world.tx((tx) => tx.people.owns(...claims));
      expect(owned).toEqual([false, true, false, true]);
      expect(await world.tx((tx) => tx.people.owns())).toEqual([]);
    });

    it('that are not there are null', async () => {
      const world = await newWorld(test());
      expect(await world.tx((tx) => tx.people.find(identity()))).toBeNull();
      expect(await world.tx((tx) => tx.people.lock(newId()))).toBeNull();
      expect((await world.tx((tx) => tx.people.history([newId()]))).size).toBe(0);
      expect(await world.tx((tx) => tx.people.resolve([], newId, NOW))).toEqual([]);
    });

    it('opt out and in again', async () => {
      const world = await newWorld(test());
      const who = identity();
      const { id } = await world.person(who);
      await world.tx((tx) => tx.people.setOptOut(id, NOW));
      expect((await world.person(who)).optedOutAt).toBe(NOW);
      await world.tx((tx) => tx.people.setOptOut(id, null));
      expect((await world.person(who)).optedOutAt).toBeNull();
    });
  });
}
