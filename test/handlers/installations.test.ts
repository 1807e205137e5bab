// The product comes to a team and leaves it again: whose an installation is, who looks after it there, and how a second one joins a workspace.
import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/domain/basics.ts';
import { DEFAULT_SETTINGS } from '../../src/domain/survey/settings.ts';
import { DEFAULT_WORKSPACE } from '../../src/handlers/install.ts';
import type { Actor, InboundEvent } from '../../src/ports/platform.ts';
import { describeOnEachStore, emptyTables } from '../support/database.ts';
import { agent, CHAT, customer, House, NOON } from './house.ts';

const T9 = { platform: 'chat', installation: 'T9' };
const sam = agent();
const kim = agent('Kim', T9);

/** Of what was installed by other tests, the workspaces would be left. */
async function fresh(database: Parameters<typeof House.build>[0]): Promise<House> {
  await emptyTables(database);
  return await House.build(database);
}

/** The workspace of those who never named one. */
async function base(house: House): Promise<string> {
  const wish = { id: house.ctx.ids.next(), name: DEFAULT_WORKSPACE, locale: 'zh-CN', zone: 'Asia/Shanghai' };
  return (await house.store.admin.ensureWorkspace({ ...wish, settings: DEFAULT_SETTINGS }, NOON)).id;
}

async function trail(house: House, workspaceId: string): Promise<readonly string[]> {
  const entries = await house.store.admin.auditTrail(workspaceId, 100);
  return entries.map(({ actor, action, subject }) => `${actor} ${action} ${subject}`);
}

/** Somebody ends a conversation with anna in T9. */
function closing(house: House, by: Actor | null): InboundEvent {
  const place = { ...T9, channel: 'C1', thread: 'x' };
  const interaction = house.closed('anna', { place, person: { ...T9, externalId: 'anna' } });
  return { kind: 'interaction_closed', eventId: null, receivedAt: house.now, interaction, triggeredBy: by };
}

async function codeOf(house: House, who = sam): Promise<string> {
  return /connect ([0-9A-Z]{10})/.exec(await house.command(who, 'connect'))?.[1] ?? 'none';
}

async function ownerOf(house: House, installation = 'T9'): Promise<string | undefined> {
  return (await house.store.admin.findInstallation('chat', installation))?.workspaceId;
}

describeOnEachStore('the product, when it is installed', (database) => {
  it('by the deployment itself, belongs to the default workspace, as often as it is started', async () => {
    const house = await fresh(database());
    const workspaceId = await base(house);
    const entries = (await trail(house, workspaceId)).length;
    expect(await house.installed('T9')).toMatchObject({ workspaceId, active: true, installer: null });
    house.now += HOUR;
    expect(await house.installed('T9')).toMatchObject({ workspaceId, active: true });
    expect((await trail(house, workspaceId)).length - entries).toBe(1);
  });

  it('a second time on one platform by the deployment itself, makes that a tenant of its own', async () => {
    const house = await fresh(database());
    const workspaceId = await base(house);
    expect(await house.installed('T9')).toMatchObject({ workspaceId });
    expect((await house.installed('T10')).workspaceId).not.toBe(workspaceId);
  });

  it('by a team of its own, makes that a tenant of its own, which nobody else’s commands show', async () => {
    const house = await fresh(database());
    const workspaceId = await base(house);
    const made = await house.installed('T9', { credentials: 'secret', installer: 'kim' });
    expect(made).toMatchObject({ active: true, installer: 'kim' });
    expect([workspaceId, house.workspaceId]).not.toContain(made.workspaceId);
    expect(await house.store.admin.workspace(made.workspaceId)).toMatchObject({
      locale: 'zh-CN',
      zone: 'Asia/Shanghai',
      settings: DEFAULT_SETTINGS,
    });
    expect(await house.store.credentials('chat').load('T9')).toBe('secret');
    await house.command(kim, 'settings team S9');
    expect(await house.command(sam, 'settings')).not.toContain('S9');
    expect(await trail(house, made.workspaceId)).toContain('chat:kim installed T9');
    expect(JSON.stringify(await house.store.admin.auditTrail(made.workspaceId, 9))).not.toContain('secret');
  });

  it('ten times at once, is one installation of one workspace', async () => {
    const house = await fresh(database());
    const wish = { credentials: 'secret', installer: 'kim' };
    const made = await Promise.all(Array.from({ length: 10 }, () => house.installed('T9', wish)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(new Set(made.map((one) => one.workspaceId)).size).toBe(1);
  });

  it('again by somebody else after it was removed, is where it was, with its settings', async () => {
    const house = await fresh(database());
    const first = await house.installed('T9', { credentials: 'one', installer: 'kim' });
    await house.command(kim, 'settings reaction tada');
    house.now += DAY;
    expect((await house.removed('T9')).kind).toBe('done');
    expect((await house.store.admin.findInstallation('chat', 'T9'))?.active).toBe(false);
    expect(await house.store.credentials('chat').load('T9')).toBeNull();
    house.now += DAY;
    const again = await house.installed('T9', { credentials: 'two', installer: 'lou' });
    expect(again).toMatchObject({
      id: first.id,
      workspaceId: first.workspaceId,
      active: true,
      installer: 'lou',
    });
    expect(await house.command(kim, 'settings')).toContain('tada');
    expect(await house.store.credentials('chat').load('T9')).toBe('two');
    expect((await trail(house, first.workspaceId)).filter((entry) => entry.includes('installed'))).toEqual([
      'chat:lou installed T9',
      'chat uninstalled T9',
      'chat:kim installed T9',
    ]);
  });

  it('and its removal comes late, after it was installed again, then nothing is removed', async () => {
    const house = await fresh(database());
    await house.installed('T9', { credentials: 'one', installedAt: NOON });
    await house.installed('T9', { credentials: 'two', installedAt: NOON + HOUR });
    house.now += 2 * HOUR;
    expect(await house.removed('T9', NOON + MINUTE)).toEqual({
      kind: 'ignored',
      reason: 'installed again since',
    });
    expect((await house.store.admin.findInstallation('chat', 'T9'))?.active).toBe(true);
    expect(await house.store.credentials('chat').load('T9')).toBe('two');
  });

  it('and that is delivered again after the removal, then it stays removed, and the trail does not say otherwise', async () => {
    const house = await fresh(database());
    const { workspaceId } = await house.installed('T9', { credentials: 'one', installedAt: NOON });
    await house.removed('T9', NOON + HOUR);
    expect(await house.removed('T9', NOON + HOUR)).toMatchObject({ kind: 'ignored' });
    const again = await house.installed('T9', { credentials: 'one', installedAt: NOON });
    expect(again.active).toBe(false);
    expect(await trail(house, workspaceId)).toHaveLength(2);
  });

  it('and removed before what was due could be sent, then nobody is asked, and why says so', async () => {
    const house = await fresh(database());
    await house.help(house.closed('anna', { delay: HOUR }));
    await house.removed('T1');
    await house.help(house.closed('ben', { delay: HOUR }));
    await house.pass(2 * HOUR);
    expect(house.chat.messages).toEqual([]);
    for (const name of ['anna', 'ben']) expect(await house.fates(name)).toEqual(['workspace_uninstalled']);
  });

  it('where nobody knows it, its removal is ignored', async () => {
    const house = await fresh(database());
    expect(await house.removed('T404')).toEqual({ kind: 'ignored', reason: 'workspace_uninstalled' });
  });
});

describeOnEachStore('who looks after an installation', (database) => {
  it('is who installed it, whoever acts first', async () => {
    const house = await fresh(database());
    await house.installed('T9', { credentials: 'one', installer: 'lou' });
    await house.command(kim, 'settings');
    expect((await house.store.admin.findInstallation('chat', 'T9'))?.installer).toBe('lou');
  });

  it.each(['command', 'home', 'trigger'] as const)(
    'is the first of the team to act there by a %s, where nobody installed it by name',
    async (how) => {
      const house = await fresh(database());
      await house.installed('T9', { credentials: 'one' });
      const act = async (who: Actor) => {
        if (how === 'command') await house.command(who, 'help');
        else if (how === 'home') await house.home(who);
        else await house.inbound(closing(house, who));
      };
      await act(customer('anna', T9));
      const installer = async () => (await house.store.admin.findInstallation('chat', 'T9'))?.installer;
      expect(await installer()).toBeNull();
      await act(kim);
      expect(await installer()).toBe('kim');
      await act(agent('Lou', T9));
      expect(await installer()).toBe('kim');
    },
  );
});

describeOnEachStore('a trigger', (database) => {
  it('by somebody known not to be of the team is refused, and asks nobody; by one of whom that is not known, it holds', async () => {
    const house = await fresh(database());
    await house.installed('T9', { credentials: 'one' });
    const stranger = { identity: { ...T9, externalId: 'bob' }, profile: { isTeam: false, locale: 'zh-CN' } };
    const refused = await house.inbound(closing(house, stranger));
    expect(refused.kind).toBe('rejected');
    expect(refused.kind === 'rejected' && refused.reply.summary).toMatch(/\p{Script=Han}/u);
    await house.pass(HOUR);
    expect(house.chat.messages).toEqual([]);
    const unsure = { ...stranger, profile: {} };
    expect((await house.inbound(closing(house, unsure))).kind).toBe('done');
    expect((await house.inbound(closing(house, null))).kind).toBe('done');
  });
});

describeOnEachStore('a code to connect', (database) => {
  it('joins the chat where it is typed to the workspace where it was made: same figures, same settings', async () => {
    const house = await fresh(database());
    await house.command(sam, 'settings reaction tada');
    await house.installed('T9', { credentials: 'one', installer: 'kim' });
    const code = await codeOf(house);
    const typed = `${code.slice(0, 5)}-${code.slice(5)}`.toLowerCase();
    expect(await house.command(kim, `connect ${typed}`)).toContain('Connected');
    expect(await ownerOf(house)).toBe(house.workspaceId);
    expect(await house.command(kim, 'settings')).toContain('tada');
    expect(await trail(house, house.workspaceId)).toContain('chat:T9:kim connect chat:T9');
    await house.inbound(closing(house, kim));
    await house.pass(HOUR);
    expect(house.chat.messages.map(({ installation }) => installation)).toEqual(['T9']);
  });

  it('takes along what was set up there: its team, its digest, and alerts where the workspace has none', async () => {
    const house = await fresh(database());
    const { workspaceId: left } = await house.installed('T9', { credentials: 'one', installer: 'kim' });
    await house.command(kim, 'settings team S9');
    await house.command(kim, 'settings alerts C9');
    await house.typeIn('C9', kim, 'digest weekly friday 9:00');
    await house.command(kim, `connect ${await codeOf(house)}`);
    expect(await house.settled()).toMatchObject({
      teams: [{ ...T9, ref: 'S9' }],
      alerts: { ...T9, channel: 'C9' },
    });
    expect(await house.digests()).toEqual(['C9 5 09:00 UTC']);
    expect(await house.digests(left)).toEqual([]);
    expect((await house.store.admin.workspace(left))?.settings).toEqual(DEFAULT_SETTINGS);
    await house.pass(8 * DAY);
    expect(house.chat.messages.filter(({ to }) => to.kind === 'channel')).toHaveLength(1);
  });

  it('that was redeemed by a process that died then: the workspace that was left posts no digest there any more', async () => {
    const house = await fresh(database());
    const { workspaceId: left } = await house.installed('T9', { credentials: 'one' });
    await house.typeIn('C9', kim, 'digest weekly friday 9:00');
    await house.store.admin.moveInstallation('chat', 'T9', house.workspaceId);
    for (const workspaceId of [left, house.workspaceId]) house.ctx.directory.forget(workspaceId);
    await house.pass(15 * DAY);
    expect(house.chat.messages).toEqual([]);
  });

  it('leaves alerts where the workspace has them', async () => {
    const house = await fresh(database());
    await house.command(sam, 'settings alerts C1');
    await house.installed('T9', { credentials: 'one' });
    await house.command(kim, 'settings alerts C9');
    await house.command(kim, `connect ${await codeOf(house)}`);
    expect((await house.settled()).alerts).toEqual({ ...CHAT, channel: 'C1' });
  });

  it('works once', async () => {
    const house = await fresh(database());
    for (const installation of ['T8', 'T9']) await house.installed(installation, { credentials: 'one' });
    const code = await codeOf(house);
    await house.command(kim, `connect ${code}`);
    const lou = agent('Lou', { platform: 'chat', installation: 'T8' });
    expect(await house.command(lou, `connect ${code}`)).toContain('was used');
    expect(await ownerOf(house, 'T8')).not.toBe(house.workspaceId);
  });

  it('typed in ten chats at once joins one', async () => {
    const house = await fresh(database());
    const chats = Array.from({ length: 10 }, (_, i) => `T2${i}`);
    for (const installation of chats) await house.installed(installation, { credentials: installation });
    const code = await codeOf(house);
    await Promise.all(
      chats.map((installation) =>
        house.command(agent('Lou', { platform: 'chat', installation }), `connect ${code}`),
      ),
    );
    const owners = await Promise.all(chats.map((installation) => ownerOf(house, installation)));
    expect(owners.filter((owner) => owner === house.workspaceId)).toHaveLength(1);
  });

  it('is good for half an hour', async () => {
    const house = await fresh(database());
    await house.installed('T9', { credentials: 'one' });
    const shown = await house.command(sam, 'connect');
    expect(shown).toContain('30 minutes');
    const code = /connect ([0-9A-Z]{10})/.exec(shown)?.[1];
    house.now += 30 * MINUTE;
    expect(await house.command(kim, `connect ${code}`)).toContain('too old');
    expect(await ownerOf(house)).not.toBe(house.workspaceId);
  });

  it('that nobody made joins nothing', async () => {
    const house = await fresh(database());
    for (const text of ['connect 0000000000', 'connect !!!', `connect ${'9'.repeat(5_000)}`])
      expect(await house.command(kim, text), text.slice(0, 20)).not.toContain('Connected');
  });

  it('typed where it was made says that there is nothing to join', async () => {
    const house = await fresh(database());
    expect(await house.command(sam, `connect ${await codeOf(house)}`)).toContain('already');
  });

  it('typed where people were asked already is refused: their answers stay where they are', async () => {
    const house = await fresh(database());
    const { workspaceId } = await house.installed('T9', { credentials: 'one' });
    await house.inbound(closing(house, kim));
    expect(await house.command(kim, `connect ${await codeOf(house)}`)).toContain('cannot join another');
    expect(await ownerOf(house)).toBe(workspaceId);
  });
});
