// Contract: the secrets of installations are renewed once, however many find at once that they are too old.
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Credentials } from '../../../src/ports/credentials.ts';
import { atOnce, NOW, newId, newWorld, type StoreUnderTest, type World } from './world.ts';

/** Installs the product for a team that nobody else has. */
export async function installed(world: World, credentials: string | null): Promise<string> {
  const team = `T-${newId()}`;
  await world.store.admin.install(
    {
      id: newId(),
      workspaceId: world.workspaceId,
      platform: 'slack',
      externalId: team,
      name: 'Acme',
      active: true,
      installer: null,
      installedAt: NOW,
    },
    credentials,
  );
  return team;
}

export function credentialsContract(test: () => StoreUnderTest): void {
  describe('credentials', () => {
    const one = (): Credentials => test().store.credentials('slack');

    it('given some, when they are loaded, then they are what was given, and nobody else’s', async () => {
      const world = await newWorld(test());
      const text = JSON.stringify({ bot: 'xoxb-1', odd: '你好 \ud83d\ude00' });
      const team = await installed(world, text);
      expect(await one().load(team)).toBe(text);
      expect(await one().load(await installed(world, null))).toBeNull();
      expect(await one().load(newId())).toBeNull();
      expect(await world.store.credentials('discord').load(team)).toBeNull();
    });

    it('given twenty in several processes who renew at once, when they are done, then one did and all have what it made', async () => {
      const team = await installed(await newWorld(test()), 'old');
      const processes = Array.from({ length: 4 }, () => test().another().credentials('slack'));
      let calls = 0;
      const renewed = await atOnce(20, (i) =>
        processes[i % 4]!.renew(team, 'old', async (current) => {
          calls++;
          await pause(50);
          return `${current} and new`;
        }),
      );
      expect(calls).toBe(1);
      expect(new Set(renewed)).toEqual(new Set(['old and new']));
      expect(await one().load(team)).toBe('old and new');
    });

    it('given somebody renewed them meanwhile, when they are renewed, then nobody is called', async () => {
      const team = await installed(await newWorld(test()), 'new');
      const never = () => Promise.reject(new Error('called'));
      expect(await one().renew(team, 'old', never)).toBe('new');
      expect(await one().renew(newId(), 'old', never)).toBeNull();
      expect(await one().renew(await installed(await newWorld(test()), null), 'old', never)).toBeNull();
    });

    it('given a renewal that fails, when it is tried again, then by whoever comes next, with what there was', async () => {
      const team = await installed(await newWorld(test()), 'old');
      const fails = () => Promise.reject(new Error('the platform is away'));
      await expect(one().renew(team, 'old', fails)).rejects.toThrow('the platform is away');
      expect(await one().load(team)).toBe('old');
      const other = test().another().credentials('slack');
      expect(await other.renew(team, 'old', async () => 'new')).toBe('new');
    });

    it('given it was removed while they were renewed, when that ends, then there are none', async () => {
      const team = await installed(await newWorld(test()), 'old');
      const renewed = await one().renew(team, 'old', async () => {
        await test().store.admin.uninstall('slack', team, NOW + 1);
        return 'new';
      });
      expect(renewed).toBeNull();
      expect(await one().load(team)).toBeNull();
    });

    it('given it was installed anew while they were renewed, when that ends, then the new ones hold', async () => {
      const world = await newWorld(test());
      const team = await installed(world, 'old');
      const renewed = await one().renew(team, 'old', async () => {
        const again = (await world.store.admin.findInstallation('slack', team))!;
        await world.store.admin.install({ ...again, installedAt: NOW + 1 }, 'of the new installation');
        return 'renewed';
      });
      expect(renewed).toBe('of the new installation');
      expect(await one().load(team)).toBe('of the new installation');
    });

    it('given a slow renewal of many, when others need the store, then it serves them', async () => {
      const world = await newWorld(test());
      const teams = await atOnce(30, () => installed(world, 'old'));
      let go = (): void => {};
      const slow = new Promise<void>((resolve) => {
        go = resolve;
      });
      let begun = 0;
      const renewing = teams.map((team) =>
        one().renew(team, 'old', async () => {
          begun++;
          await slow;
          return 'new';
        }),
      );
      while (begun < teams.length) await pause(5);
      expect(await world.store.admin.workspace(world.workspaceId)).not.toBeNull();
      go();
      expect(new Set(await Promise.all(renewing))).toEqual(new Set(['new']));
    });
  });
}
