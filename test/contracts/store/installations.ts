// Contract: installations come, go and change hands, whatever the order in which we hear of it; and codes that are good once.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../../src/domain/basics.ts';
import type { Installation } from '../../../src/ports/store/administration.ts';
import { atOnce, identity, NOW, newId, newWorld, type StoreUnderTest, type World } from './world.ts';

export function installationsContract(test: () => StoreUnderTest): void {
  const wish = (world: World, more: Partial<Installation> = {}): Installation => ({
    id: newId(),
    workspaceId: world.workspaceId,
    platform: 'slack',
    externalId: `T-${newId()}`,
    name: 'Acme',
    active: true,
    installer: 'U1',
    installedAt: NOW,
    ...more,
  });
  const find = async ({ platform, externalId }: Installation) =>
    await test().store.admin.findInstallation(platform, externalId);
  const secret = async ({ externalId }: Installation) =>
    await test().store.credentials('slack').load(externalId);

  describe('an installation', () => {
    it('given a new one, when twenty hear of it at once, then there is one, active, with its credentials', async () => {
      const world = await newWorld(test());
      const { admin } = world.store;
      const one = wish(world);
      const all = await atOnce(20, () => admin.install({ ...one, id: newId() }, 'secret'));
      expect(new Set(all.map(({ id }) => id)).size).toBe(1);
      expect(all[0]).toEqual({ ...one, id: all[0]!.id });
      expect(await find(one)).toEqual(all[0]);
      expect(await secret(one)).toBe('secret');
    });

    it('given one that is known, when it is installed again, then it stays with its workspace and has what is new', async () => {
      const [world, other] = [await newWorld(test()), await newWorld(test())];
      const { admin } = world.store;
      const one = await admin.install(wish(world), 'first');
      const again = {
        ...one,
        id: newId(),
        workspaceId: other.workspaceId,
        name: 'Acme 2',
        installer: 'U2',
        installedAt: NOW + 1,
      };
      const expected = { ...again, id: one.id, workspaceId: world.workspaceId };
      expect(await admin.install(again, 'second')).toEqual(expected);
      expect(await secret(one)).toBe('second');
      const once = await admin.install({ ...again, installer: null, installedAt: NOW + 2 }, null);
      expect(once).toEqual({ ...expected, installedAt: NOW + 2 });
      expect(await secret(one)).toBe('second');
    });

    it('given one, when an older installation of it is heard of, then nothing changes', async () => {
      const world = await newWorld(test());
      const { admin } = world.store;
      const one = await admin.install(wish(world), 'secret');
      const old = { ...one, name: 'old', installer: 'U9', installedAt: NOW - 1 };
      expect(await admin.install(old, 'old')).toEqual(one);
      expect(await secret(one)).toBe('secret');
    });

    it('given one, when it is removed, then it is not active and its credentials are gone, once', async () => {
      const world = await newWorld(test());
      const { admin } = world.store;
      const one = await admin.install(wish(world), 'secret');
      expect(await admin.uninstall('discord', one.externalId, NOW + 1)).toBe(false);
      const removed = await atOnce(5, () => admin.uninstall('slack', one.externalId, NOW + 1));
      expect(removed.filter(Boolean)).toHaveLength(1);
      expect(await find(one)).toEqual({ ...one, active: false });
      expect(await secret(one)).toBeNull();
      expect(await admin.install({ ...one, installedAt: NOW + 2 }, 'new')).toMatchObject({ active: true });
      expect(await secret(one)).toBe('new');
    });

    it('given it was installed again, when an older removal is heard of, then it stays; and a removed one does not come back by an old installation', async () => {
      const world = await newWorld(test());
      const { admin } = world.store;
      const one = await admin.install(wish(world), 'secret');
      expect(await admin.uninstall('slack', one.externalId, NOW - 1)).toBe(false);
      expect(await find(one)).toEqual(one);
      expect(await secret(one)).toBe('secret');
      await admin.uninstall('slack', one.externalId, NOW + 1);
      expect(await admin.install(one, 'secret')).toMatchObject({ active: false });
      expect(await secret(one)).toBeNull();
    });

    it('given nobody is noted, when several use it first, then one of them is who to turn to, and stays', async () => {
      const world = await newWorld(test());
      const { admin } = world.store;
      const one = await admin.install(wish(world, { installer: null }), null);
      await atOnce(10, (i) => admin.noteInstaller('slack', one.externalId, `U${i}`));
      const noted = (await find(one))?.installer;
      expect(noted).toMatch(/^U\d$/);
      await admin.noteInstaller('slack', one.externalId, 'late');
      expect((await find(one))?.installer).toBe(noted);
    });

    it('given a new one, when it is moved to another workspace, then it is there with all that it has', async () => {
      const [world, other] = [await newWorld(test()), await newWorld(test())];
      const { admin } = world.store;
      const one = await admin.install(wish(world), 'secret');
      const moves = await atOnce(5, () => admin.moveInstallation('slack', one.externalId, other.workspaceId));
      expect(new Set(moves)).toEqual(new Set(['moved']));
      expect(await admin.installations(other.workspaceId)).toEqual([
        { ...one, workspaceId: other.workspaceId },
      ]);
      expect(await admin.installations(world.workspaceId)).toEqual([]);
      expect(await admin.workspace(world.workspaceId)).not.toBeNull();
      expect(await secret(one)).toBe('secret');
      expect(await admin.moveInstallation('slack', newId(), other.workspaceId)).toBe('not_found');
    });

    it('given its workspace has had interactions, when it is moved, then it is in use and stays', async () => {
      const [world, other] = [await newWorld(test()), await newWorld(test())];
      const { admin } = world.store;
      const one = await admin.install(wish(world), 'secret');
      await world.asked();
      expect(await admin.moveInstallation('slack', one.externalId, other.workspaceId)).toBe('in_use');
      expect(await find(one)).toEqual(one);
      expect(await admin.moveInstallation('slack', one.externalId, world.workspaceId)).toBe('moved');
    });

    it('given a workspace that is not there, when it is to be moved to it, then that is refused', async () => {
      const world = await newWorld(test());
      const one = await world.store.admin.install(wish(world), null);
      const moving = world.store.admin.moveInstallation('slack', one.externalId, newId());
      await expect(moving).rejects.toMatchObject({ kind: 'not_found' });
    });

    it('given somebody there had said no, when it is moved, then they are not asked in the new workspace either', async () => {
      const [world, other] = [await newWorld(test()), await newWorld(test())];
      const { admin, archive } = world.store;
      const one = await admin.install(wish(world), null);
      const who = (name: string) => ({ ...identity(name, 'slack'), installation: one.externalId });
      const [no, erased, yes] = [who('no'), who('erased'), who('yes')];
      for (const somebody of [no, erased, yes]) {
        const { id } = await world.person(somebody);
        if (somebody !== yes) await world.tx((tx) => tx.people.setOptOut(id, NOW));
        if (somebody === erased) await archive.erase(world.workspaceId, id, NOW);
      }
      await admin.moveInstallation('slack', one.externalId, other.workspaceId);
      expect((await other.person(no)).optedOutAt).not.toBeNull();
      expect((await other.person(erased)).optedOutAt).not.toBeNull();
      expect((await other.person(yes)).optedOutAt).toBeNull();
    });

    it('given one who installed it, spoke, and is the subject of a notice, when they are erased, then they are found nowhere', async () => {
      const world = await newWorld(test());
      const one = await world.store.admin.install(wish(world, { installer: 'U-erased-17' }), null);
      const [other] = [await newWorld(test())];
      const who = { platform: 'slack', installation: one.externalId, externalId: 'U-erased-17' };
      const talks = world.store.conversations('slack');
      const said = { channel: 'C1', thread: 't', at: NOW };
      await talks.note(one.externalId, { ...said, message: 'm1', author: who.externalId });
      await talks.note(one.externalId, { ...said, message: 'm2', author: 'U-agent' });
      const theirs = await other.person(who);
      await other.store.archive.erase(other.workspaceId, theirs.id, NOW);
      expect(
        await talks.authors(one.externalId, 'C1', 't'),
        'erased in a workspace that does not own it',
      ).toHaveLength(2);
      const { id } = await world.person(who);
      await world.store.archive.erase(world.workspaceId, id, NOW);
      expect(await talks.authors(one.externalId, 'C1', 't')).toEqual(['U-agent']);
      expect((await find(one))?.installer).toBeNull();
    });
  });

  describe('a code', () => {
    const hashOf = (word: string): Uint8Array => createHash('sha256').update(word).digest();

    it('given twenty who redeem it at once, when they are done, then one did', async () => {
      const world = await newWorld(test());
      const { admin } = world.store;
      const code = {
        hash: hashOf(newId()),
        workspaceId: world.workspaceId,
        purpose: 'connect',
        expiresAt: NOW + MINUTE,
      } as const;
      await admin.createCode(code);
      expect(await admin.redeemCode(hashOf('another'), 'connect', NOW)).toBeNull();
      const redeemed = await atOnce(20, () => admin.redeemCode(code.hash, 'connect', NOW));
      expect(redeemed.filter((one) => one !== null)).toEqual([world.workspaceId]);
    });

    it('given it is too old, when it is redeemed, then that is refused', async () => {
      const world = await newWorld(test());
      const { admin } = world.store;
      const code = {
        hash: hashOf(newId()),
        workspaceId: world.workspaceId,
        purpose: 'connect',
        expiresAt: NOW,
      } as const;
      await admin.createCode(code);
      expect(await admin.redeemCode(code.hash, 'connect', NOW)).toBeNull();
    });

    it('given a workspace that is not there, when a code is made for it, then that is refused', async () => {
      const code = {
        hash: hashOf(newId()),
        workspaceId: newId(),
        purpose: 'connect',
        expiresAt: NOW,
      } as const;
      await expect(test().store.admin.createCode(code)).rejects.toMatchObject({ kind: 'not_found' });
    });

    it('given one that links people, when twenty redeem it at once, then one is told who made it; elsewhere and later nobody is', async () => {
      const world = await newWorld(test());
      const other = await newWorld(test());
      const { admin } = world.store;
      const person = await world.person(identity());
      const code = { workspaceId: world.workspaceId, personId: person.id, expiresAt: NOW + MINUTE };
      const [hash, late, erased] = [hashOf(newId()), hashOf(newId()), hashOf(newId())];
      await admin.createLink({ ...code, hash });
      expect(await admin.redeemLink(other.workspaceId, hash, NOW)).toBeNull();
      expect(await admin.redeemCode(hash, 'connect', NOW)).toBeNull();
      const redeemed = await atOnce(20, () => admin.redeemLink(world.workspaceId, hash, NOW));
      expect(redeemed.filter((one) => one !== null)).toEqual([person.id]);
      await admin.createLink({ ...code, hash: late });
      expect(await admin.redeemLink(world.workspaceId, late, NOW + MINUTE)).toBeNull();
      await admin.createLink({ ...code, hash: erased });
      await world.store.archive.erase(world.workspaceId, person.id, NOW);
      expect(await admin.redeemLink(world.workspaceId, erased, NOW)).toBeNull();
    });
  });
}
