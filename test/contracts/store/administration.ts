// Contract: workspaces, installations, policies, keys and the audit trail. What must be there once is there once.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, type Id } from '../../../src/domain/basics.ts';
import { defaultPolicy } from '../../../src/domain/survey/policy.ts';
import { DEFAULT_SETTINGS } from '../../../src/domain/survey/settings.ts';
import type { Installation } from '../../../src/ports/store/administration.ts';
import { atOnce, NOW, newId, newWorld, type StoreUnderTest } from './world.ts';

const hashOf = (key: string): Uint8Array => createHash('sha256').update(key).digest();

function installation(workspaceId: Id, more: Partial<Installation> = {}): Installation {
  const externalId = `T-${newId()}`;
  return {
    id: newId(),
    workspaceId,
    platform: 'slack',
    externalId,
    name: 'Acme',
    active: true,
    installer: null,
    installedAt: NOW,
    ...more,
  };
}

export function administrationContract(test: () => StoreUnderTest): void {
  describe('administration', () => {
    it('given a new name, when twenty ensure its workspace at once, then there is one and all are told of it', async () => {
      const { admin } = test().store;
      const name = `Acme ${newId()} 你好`;
      const made = await atOnce(20, () =>
        admin.ensureWorkspace(
          { id: newId(), name, locale: 'zh-CN', zone: 'Asia/Shanghai', settings: DEFAULT_SETTINGS },
          NOW,
        ),
      );
      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
      const expected = {
        id: made[0]!.id,
        name,
        locale: 'zh-CN',
        zone: 'Asia/Shanghai',
        settings: DEFAULT_SETTINGS,
        createdAt: NOW,
      };
      expect(made[0]).toEqual(expected);
      expect(await admin.workspace(name)).toEqual(expected);
      expect(await admin.workspace(made[0]!.id)).toEqual(expected);
      expect((await admin.workspaces()).filter((one) => one.name === name)).toEqual([expected]);
    });

    it('given no such workspace, when it is looked up, then there is none', async () => {
      const { admin } = test().store;
      expect(await admin.workspace(newId())).toBeNull();
      expect(await admin.workspace("no such 'name'\0")).toBeNull();
    });

    it('given a workspace, when another name is to have its id, then that is refused', async () => {
      const world = await newWorld(test());
      const workspace = {
        id: world.workspaceId,
        name: `other ${newId()}`,
        locale: 'en',
        zone: 'UTC',
        settings: DEFAULT_SETTINGS,
      };
      await expect(test().store.admin.ensureWorkspace(workspace, NOW)).rejects.toMatchObject({
        kind: 'conflict',
      });
    });

    it('given a workspace, when its settings are saved, then they are read back; a name that is taken is refused', async () => {
      const { admin } = test().store;
      const [world, other] = [await newWorld(test()), await newWorld(test())];
      const before = (await admin.workspace(world.workspaceId))!;
      const settings = {
        ...DEFAULT_SETTINGS,
        paused: true,
        alerts: { platform: 'slack', installation: 'T1', channel: 'C1' },
      };
      const changed = { ...before, name: `new ${newId()}`, zone: 'Asia/Tokyo', settings };
      await admin.saveWorkspace(changed);
      expect(await admin.workspace(world.workspaceId)).toEqual(changed);
      const taken = (await admin.workspace(other.workspaceId))!.name;
      await expect(admin.saveWorkspace({ ...changed, name: taken })).rejects.toMatchObject({
        kind: 'conflict',
      });
      await expect(admin.saveWorkspace({ ...changed, id: newId() })).rejects.toMatchObject({
        kind: 'not_found',
      });
      expect(await admin.workspace(world.workspaceId)).toEqual(changed);
    });

    it('given a workspace, when twenty change it at once, then each began with what the one before left', async () => {
      const world = await newWorld(test());
      const { admin } = world.store;
      await atOnce(20, (i) =>
        admin.changeWorkspace(world.workspaceId, ({ locale, zone, settings }) => ({
          locale,
          zone,
          settings: {
            ...settings,
            teams: [...settings.teams, { platform: 'slack', installation: `T${i}`, ref: 'S1' }],
          },
        })),
      );
      const { settings } = (await admin.workspace(world.workspaceId))!;
      expect(new Set(settings.teams.map(({ installation }) => installation)).size).toBe(20);
    });

    it('given a change that cannot be made, or no such workspace, then nothing is changed', async () => {
      const world = await newWorld(test());
      const { admin } = world.store;
      const before = await admin.workspace(world.workspaceId);
      const failing = admin.changeWorkspace(world.workspaceId, () => {
        throw new Error('on second thoughts');
      });
      await expect(failing).rejects.toThrow('on second thoughts');
      await expect(admin.changeWorkspace(newId(), (workspace) => workspace)).rejects.toMatchObject({
        kind: 'not_found',
      });
      expect(await admin.workspace(world.workspaceId)).toEqual(before);
    });

    it('given a new installation, when twenty ensure it at once, then there is one, found by its outside id', async () => {
      const world = await newWorld(test());
      const { admin } = world.store;
      const wish = installation(world.workspaceId);
      const made = await atOnce(20, () => admin.ensureInstallation({ ...wish, id: newId() }));
      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
      expect(made[0]).toEqual({ ...wish, id: made[0]!.id });
      expect(await admin.installations(world.workspaceId)).toEqual([made[0]]);
      expect(await admin.findInstallation('slack', wish.externalId)).toEqual(made[0]);
      expect(await admin.findInstallation('discord', wish.externalId)).toBeNull();
    });

    it('given an installation, when it is saved for another workspace, then it is there and no longer here', async () => {
      const [world, other] = [await newWorld(test()), await newWorld(test())];
      const { admin } = world.store;
      const made = await admin.ensureInstallation(installation(world.workspaceId));
      const moved = {
        ...made,
        workspaceId: other.workspaceId,
        name: 'Acme EU',
        active: false,
        installer: 'U1',
      };
      await admin.saveInstallation(moved);
      expect(await admin.installations(world.workspaceId)).toEqual([]);
      expect(await admin.installations(other.workspaceId)).toEqual([moved]);
      await expect(admin.saveInstallation({ ...moved, id: newId() })).rejects.toMatchObject({
        kind: 'not_found',
      });
    });

    it('given nothing was set, when policies are read, then every kind has its defaults; what was set holds', async () => {
      const world = await newWorld(test());
      const { admin } = world.store;
      const defaults = { nps: defaultPolicy('nps'), ces: defaultPolicy('ces'), csat: defaultPolicy('csat') };
      expect(await admin.policies(world.workspaceId)).toEqual(defaults);
      const policy = {
        ...defaultPolicy('ces'),
        enabled: false,
        question: { 'zh-CN': '解决问题容易吗？' },
        delay: 0,
        reminder: null,
        expiry: 36 * HOUR,
        throttle: 45 * DAY,
        sampling: 12.5,
        quietHours: { from: 1_320, to: 450 },
        dailyCap: 40,
      };
      await atOnce(10, () => admin.savePolicy(world.workspaceId, policy, NOW));
      expect(await admin.policies(world.workspaceId)).toEqual({ ...defaults, ces: policy });
      await admin.savePolicy(world.workspaceId, defaultPolicy('ces'), NOW);
      expect(await admin.policies(world.workspaceId)).toEqual(defaults);
    });

    it('given a policy that could not be read back, when it is saved, then it is refused and the old one holds', async () => {
      const world = await newWorld(test());
      const bad = { ...defaultPolicy('nps'), sampling: 101 };
      await expect(world.store.admin.savePolicy(world.workspaceId, bad, NOW)).rejects.toMatchObject({
        kind: 'invalid',
      });
      expect((await world.store.admin.policies(world.workspaceId)).nps).toEqual(defaultPolicy('nps'));
    });

    it('given a key, when it is created, found and revoked, then its hash alone finds it and it is revoked once', async () => {
      const world = await newWorld(test());
      const { admin } = world.store;
      const [id, hash] = [newId(), hashOf(newId())];
      await admin.createApiKey({ id, workspaceId: world.workspaceId, name: 'zendesk', hash }, NOW);
      const info = { id, workspaceId: world.workspaceId, name: 'zendesk', createdAt: NOW, revokedAt: null };
      expect(await admin.findApiKey(hash)).toEqual(info);
      expect(await admin.findApiKey(hashOf('another'))).toBeNull();
      expect(await admin.apiKeys(world.workspaceId)).toEqual([info]);
      const twin = { id: newId(), workspaceId: world.workspaceId, name: 'twin', hash };
      await expect(admin.createApiKey(twin, NOW)).rejects.toMatchObject({ kind: 'conflict' });
      const revoked = await atOnce(5, () => admin.revokeApiKey(world.workspaceId, id, NOW + 1));
      expect(revoked.filter(Boolean)).toHaveLength(1);
      expect(await admin.findApiKey(hash)).toEqual({ ...info, revokedAt: NOW + 1 });
      expect(await admin.revokeApiKey(world.workspaceId, newId(), NOW)).toBe(false);
    });

    it('given a key for a workspace that is not there, when it is created, then it is refused', async () => {
      const key = { id: newId(), workspaceId: newId(), name: 'lost', hash: hashOf(newId()) };
      await expect(test().store.admin.createApiKey(key, NOW)).rejects.toMatchObject({ kind: 'not_found' });
    });

    it('given what was done, when the audit trail is read, then the newest is first, with every detail', async () => {
      const world = await newWorld(test());
      const { admin } = world.store;
      const entry = {
        actor: 'cli',
        action: 'survey.set',
        subject: 'nps',
        detail: { throttle: ['30d', '60d'], note: '改' },
      };
      const entries = [0, 1, 2].map((i) => ({ ...entry, id: newId(), at: NOW + i }));
      for (const one of entries) await admin.audit(world.workspaceId, one);
      expect(await admin.auditTrail(world.workspaceId, 2)).toEqual([entries[2], entries[1]]);
    });
  });
}
