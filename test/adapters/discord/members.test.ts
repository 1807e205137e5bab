// Who somebody is, and whether they are team.
import { afterEach, describe, expect, it } from 'vitest';
import { type Calling, type CallingOptions, callingDiscord } from './calling.ts';

let on: Calling;
const start = async (given?: CallingOptions) => {
  on = await callingDiscord(given);
  return on;
};
afterEach(async () => await on?.discord.close());

const MEMBER = 'GET /guilds/{guild_id}/members/{user_id}';

describe('somebody in a server', () => {
  it('given no team is named, when they are looked up, then whoever moderates is team', async () => {
    const { acme, members } = await start();
    const mods = acme.role('mods', ['MANAGE_THREADS']);
    const [ann, bob] = [acme.member('ann'), acme.member('bob', { roles: [mods], nick: 'Bob of Acme' })];
    expect(await members.find(acme.id, ann.id)).toMatchObject({ team: false, profile: { isTeam: false } });
    expect(await members.find(acme.id, bob.id)).toMatchObject({
      id: bob.id,
      team: true,
      profile: { name: 'Bob of Acme', isTeam: true, isBot: false },
    });
    expect(await members.find(acme.id, acme.owner.id)).toMatchObject({ team: true });
  });

  it('given a role is named, by its id or its name, when they are looked up, then its members are team', async () => {
    for (const byName of [false, true]) {
      const desk = { workspaceId: 'w', team: '', reaction: '✅', locale: 'en' };
      const { acme, members } = await start({ parts: { deskOf: async () => desk } });
      const [support, mods] = [acme.role('Support', []), acme.role('mods', ['ADMINISTRATOR'])];
      desk.team = byName ? '@support' : support.id;
      const [bob, cat] = [acme.member('bob', { roles: [support] }), acme.member('cat', { roles: [mods] })];
      expect(await members.find(acme.id, bob.id)).toMatchObject({ team: true });
      expect(await members.find(acme.id, cat.id)).toMatchObject({ team: false });
      await on.discord.close();
    }
  });

  it('given leads are named, when they are looked up, then its members are, in the team or not', async () => {
    const desk = { workspaceId: 'w', team: null, leads: '', reaction: '✅', locale: 'en' };
    const { acme, members } = await start({ parts: { deskOf: async () => desk } });
    const leads = acme.role('Leads', []);
    desk.leads = leads.id;
    const [bob, cat] = [acme.member('bob', { roles: [leads] }), acme.member('cat')];
    expect(await members.find(acme.id, bob.id)).toMatchObject({ team: false, lead: true });
    expect(await members.find(acme.id, cat.id)).toMatchObject({ team: false, lead: false });
  });

  it('given a bot, when it is looked up, then it is one, and no team', async () => {
    const { acme, members } = await start();
    const bot = acme.member('bot', { bot: true, roles: [acme.role('all', ['ADMINISTRATOR'])] });
    expect(await members.find(acme.id, bot.id)).toMatchObject({ team: false, profile: { isBot: true } });
  });

  it('given somebody left, or never was, when they are looked up, then there is nobody', async () => {
    const { acme, members, discord, platform } = await start();
    const ann = acme.member('ann');
    acme.leaves(ann);
    expect(await members.find(acme.id, ann.id)).toBe('nobody');
    const { length } = discord.calls;
    expect(await members.find(acme.id, 'ann')).toBe('nobody');
    expect(discord.calls).toHaveLength(length);
    expect(await platform.lookUp(acme.id, ann.id)).toEqual({ kind: 'nobody' });
  });

  it('given Discord is away, or the server is none of ours, when they are looked up, then that cannot be told', async () => {
    const { acme, members, discord, platform } = await start();
    const ann = acme.member('ann');
    discord.mischief.plan({ route: MEMBER, trouble: { kind: 'drop_before' }, times: 3 });
    expect(await members.find(acme.id, ann.id)).toBeNull();
    expect(await platform.lookUp('123456789012345678', ann.id)).toEqual({ kind: 'cannot_tell' });
  });

  it('given many ask at once, when they are looked up, then Discord is asked once, and again after some minutes', async () => {
    const { acme, members, discord } = await start();
    const ann = acme.member('ann');
    await Promise.all(Array.from({ length: 20 }, () => members.find(acme.id, ann.id)));
    expect(discord.called(MEMBER)).toHaveLength(1);
    discord.advance(3 * 60_000);
    await members.find(acme.id, ann.id);
    expect(discord.called(MEMBER)).toHaveLength(2);
  });
});

describe('where a conversation is read', () => {
  it('given a place, when its address is asked, then it is Discord’s own, and nobody is asked', async () => {
    const { acme, platform, discord } = await start();
    const place = { platform: 'discord', installation: acme.id, channel: '123456789012345678', thread: null };
    expect(await platform.link(place)).toBe(`https://discord.com/channels/${acme.id}/123456789012345678`);
    expect(await platform.link({ ...place, thread: '123456789012345679' })).toBe(
      `https://discord.com/channels/${acme.id}/123456789012345679`,
    );
    expect(await platform.link({ ...place, channel: '../x' })).toBeNull();
    expect(discord.calls).toEqual([]);
  });
});
