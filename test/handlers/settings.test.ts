// What a team decides for itself, by a command or by the form: all of it holds, or nothing was changed.
import { expect, it } from 'vitest';
import { DAY, MINUTE, SECOND } from '../../src/domain/basics.ts';
import { DEFAULT_SETTINGS } from '../../src/domain/survey/settings.ts';
import type { Input } from '../../src/views/view.ts';
import { describeOnEachStore } from '../support/database.ts';
import { agent, CHAT, customer, House, NOON, textOf, WEB } from './house.ts';

const sam = agent();
const T2 = { platform: 'chat', installation: 'T2' };
const there = agent('Kim', T2);

/** What the form holds when it is opened and sent as it is. */
async function formOf(house: House, who = sam): Promise<Record<string, string>> {
  const outcome = await house.press(who, { kind: 'settings' });
  const blocks = outcome.kind === 'done' ? (outcome.reply?.blocks ?? []) : [];
  const inputs = blocks.flatMap((block): readonly Input[] => (block.kind === 'inputs' ? block.inputs : []));
  return Object.fromEntries(inputs.map(({ name, value }) => [name, value]));
}

async function send(house: House, changes: Readonly<Record<string, string>>, who = sam) {
  return await house.press(who, { kind: 'settings' }, { ...(await formOf(house, who)), ...changes });
}

/** All that settings can change. */
async function state(house: House) {
  const workspace = await house.store.admin.workspace(house.workspaceId);
  return { workspace, digests: await house.digests() };
}

describeOnEachStore('a setting by command', (database) => {
  it('given nothing set, then what is said is what holds, and where to change it', async () => {
    const house = await House.build(database());
    const shown = await house.command(sam, 'settings');
    expect(shown).toContain('Support team: not named');
    expect(shown).toContain('Alerts: not set');
    expect(shown).toContain('Weekly digest: off');
    expect(shown).toContain('Time zone: UTC');
    expect(shown).toMatch(/conversation as done: (?:✅|white_check_mark)/);
    expect(shown).toContain('Change settings');
    expect(await house.settled()).toEqual(DEFAULT_SETTINGS);
  });

  it('given each of them, then it holds for the chat where it was typed, and the trail says who set it', async () => {
    const house = await House.build(database());
    expect(await house.command(sam, 'settings team <!subteam^S1|@support>')).toContain('Support team: S1');
    expect(await house.command(sam, 'settings alerts <#C9|alerts>')).toContain('Alerts: C9');
    expect(await house.command(sam, 'settings zone europe/berlin')).toContain('Time zone: Europe/Berlin');
    expect(await house.command(sam, 'settings reaction :tada:')).toContain('tada');
    expect(await house.settled()).toMatchObject({
      teams: [{ ...CHAT, ref: 'S1' }],
      alerts: { ...CHAT, channel: 'C9' },
      reaction: 'tada',
    });
    const [last] = await house.store.admin.auditTrail(house.workspaceId, 1);
    expect(last).toMatchObject({
      actor: 'chat:T1:sam',
      action: 'settings.set',
      subject: 'reaction',
      detail: { reaction: 'tada' },
    });
  });

  it('given that it is taken back, then it is as it was at first; a zone there always is', async () => {
    const house = await House.build(database());
    for (const text of ['team S1', 'alerts C9', 'reaction tada'])
      await house.command(sam, `settings ${text}`);
    for (const name of ['team', 'alerts', 'reaction']) await house.command(sam, `settings ${name} off`);
    expect(await house.settled()).toEqual(DEFAULT_SETTINGS);
    expect(await house.command(sam, 'settings zone off')).toContain('no time zone');
  });

  it('given alerts here, then they come to that channel; in a direct conversation there is no here', async () => {
    const house = await House.build(database());
    await house.typeIn('C5', sam, 'settings alerts here');
    expect((await house.settled()).alerts).toEqual({ ...CHAT, channel: 'C5' });
    expect(await house.typeIn(null, sam, 'settings alerts here')).toContain('no channel');
    expect((await house.settled()).alerts).toEqual({ ...CHAT, channel: 'C5' });
  });

  it.each([
    ['team @support', 'no team'],
    ['team two words', 'no team'],
    ['alerts #general', 'no channel'],
    ['zone Mars/Olympus', 'no time zone'],
    ['reaction party time', 'no emoji'],
    ['reaction 🎉', 'no emoji'],
  ])('given "%s", then it is told what it should be, and nothing changes', async (text, told) => {
    const house = await House.build(database());
    const before = await state(house);
    expect(await house.command(sam, `settings ${text}`)).toContain(told);
    expect(await state(house)).toEqual(before);
  });

  it('given two of them at once in two processes, then both hold', async () => {
    const house = await House.build(database());
    const other = house.another();
    // Both have what was before at hand.
    await Promise.all([house.command(sam, 'settings'), other.command(sam, 'settings')]);
    await Promise.all([
      house.command(sam, 'settings team S1'),
      other.command(sam, 'settings alerts C9'),
      house.command(sam, 'settings reaction tada'),
      other.command(sam, 'settings zone Asia/Tokyo'),
    ]);
    expect(await house.settled()).toMatchObject({
      teams: [{ ref: 'S1' }],
      alerts: { channel: 'C9' },
      reaction: 'tada',
    });
    expect((await house.store.admin.workspace(house.workspaceId))?.zone).toBe('Asia/Tokyo');
  });

  it('given one right after another in another process, which remembers what was before, then both hold', async () => {
    const house = await House.build(database());
    const other = house.another();
    await other.command(sam, 'settings');
    await house.command(sam, 'settings team S1');
    await other.command(sam, 'settings reaction tada');
    expect(await house.settled()).toMatchObject({ teams: [{ ref: 'S1' }], reaction: 'tada' });
  });

  it('given two chats of one workspace, then each has a team of its own, and one reaction', async () => {
    const house = await House.build(database());
    await house.install('chat', 'T2');
    await house.command(sam, 'settings team S1');
    await house.command(there, 'settings team S2');
    expect((await house.settled()).teams).toEqual([
      { ...CHAT, ref: 'S1' },
      { ...T2, ref: 'S2' },
    ]);
    await house.command(sam, 'settings team off');
    expect((await house.settled()).teams).toEqual([{ ...T2, ref: 'S2' }]);
  });

  it('given a team that nobody is in, then whoever installed it names another, and nobody else does', async () => {
    const house = await House.build(database());
    await house.command(sam, 'settings team S404');
    const nobodysTeam = { ...sam, profile: { ...sam.profile, isTeam: false } };
    const other = customer('anna', CHAT, { isTeam: false });
    expect(await house.command(other, 'settings team off')).toContain('for the support team');
    expect(await house.command(nobodysTeam, 'open')).toContain('for the support team');
    expect((await house.settled()).teams).toHaveLength(1);
    expect((await house.press(nobodysTeam, { kind: 'settings' })).kind).toBe('done');
    await house.command(nobodysTeam, 'settings team off');
    expect((await house.settled()).teams).toEqual([]);
  });

  it('given somebody who is not of the team, then it is the team’s, by command and by form', async () => {
    const house = await House.build(database());
    const before = await state(house);
    for (const text of ['settings', 'settings team S1', 'connect', 'digest off', 'digest weekly mon 9:00'])
      expect(await house.command(customer('anna', CHAT, { isTeam: false }), text), text).toContain(
        'for the support team',
      );
    for (const values of [null, { team: 'S1' }]) {
      const outcome = await house.press(customer('anna'), { kind: 'settings' }, values);
      expect(outcome.kind).toBe('rejected');
    }
    expect(await state(house)).toEqual(before);
  });
});

describeOnEachStore('the form of settings', (database) => {
  it('given nothing set, when it is sent as it was opened, then nothing changes', async () => {
    const house = await House.build(database());
    const before = await state(house);
    expect(await formOf(house)).toEqual({
      team: '',
      alerts: '',
      digest: '',
      weekday: '1',
      time: '09:00',
      zone: 'UTC',
      reaction: 'white_check_mark',
      leads: '',
    });
    expect((await send(house, {})).kind).toBe('done');
    expect(await state(house)).toEqual(before);
  });

  it('given every field, then all of it holds, and is in the form when it is opened again', async () => {
    const house = await House.build(database());
    const values = {
      team: 'S1',
      alerts: 'C9',
      digest: 'C7',
      weekday: '5',
      time: '16:30',
      zone: 'Europe/Berlin',
      reaction: 'tada',
      leads: 'S2',
    };
    const outcome = await send(house, { ...values, zone: ' europe/berlin ', reaction: ':tada:' });
    expect(textOf(outcome)).toContain('Weekly digest: C7 – every Friday at 16:30 (Europe/Berlin)');
    const lead = { ...sam, profile: { ...sam.profile, isLead: true } };
    expect(await formOf(house, lead)).toEqual(values);
    expect(await house.digests()).toEqual(['C7 5 16:30 Europe/Berlin']);
  });

  it.each([
    ['team', 'two words'],
    ['alerts', '#general'],
    ['digest', '#general'],
    ['weekday', '9'],
    ['time', '25:00'],
    ['time', 'nine'],
    ['zone', 'Mars/Olympus'],
    ['reaction', '<!channel>'],
  ])(
    'given a %s of "%s" among what is right, then that is told, and nothing is saved',
    async (name, value) => {
      const house = await House.build(database());
      const right = {
        team: 'S1',
        alerts: 'C9',
        digest: 'C7',
        weekday: '5',
        time: '16:30',
        zone: 'Asia/Tokyo',
      };
      const before = await state(house);
      const outcome = await send(house, { ...right, reaction: 'tada', [name]: value });
      expect(outcome.kind).toBe('rejected');
      expect(await state(house)).toEqual(before);
      expect(await house.store.admin.auditTrail(house.workspaceId, 10)).toEqual([]);
    },
  );

  it('given what was emptied, then lines stay as they were, and what is picked is taken back', async () => {
    const house = await House.build(database());
    await send(house, { team: 'S1', alerts: 'C9', digest: 'C7', time: '16:30', zone: 'Asia/Tokyo' });
    await send(house, { team: '', alerts: '', digest: '', weekday: '', time: '', zone: '', reaction: '' });
    expect(await house.settled()).toEqual(DEFAULT_SETTINGS);
    expect((await house.store.admin.workspace(house.workspaceId))?.zone).toBe('Asia/Tokyo');
    expect(await house.digests()).toEqual([]);
  });

  it('given alerts in another chat, which it cannot show, then they stay there until a channel is picked', async () => {
    const house = await House.build(database());
    await house.install('chat', 'T2');
    await house.command(sam, 'settings alerts C9');
    expect(await house.command(there, 'settings')).toContain('in another chat of this workspace');
    await send(house, { team: 'S2' }, there);
    expect((await house.settled()).alerts).toEqual({ ...CHAT, channel: 'C9' });
    await send(house, { alerts: 'C3' }, there);
    expect((await house.settled()).alerts).toEqual({ ...T2, channel: 'C3' });
  });

  it('given words of whoever fills it in, then they are told back harmlessly', async () => {
    const house = await House.build(database());
    for (const value of ['\0', '\ud800', '<!channel>', 'x'.repeat(40_000), '‮evil', '__proto__'])
      expect((await send(house, { zone: value })).kind, value.slice(0, 20)).not.toBe('failed');
  });
});

describeOnEachStore('a digest by command', (database) => {
  it('given a day, a time and a zone, then it comes to the channel where that was typed, from then on', async () => {
    const house = await House.build(database());
    expect(await house.typeIn('C7', sam, 'digest weekly thursday 9:00')).toContain(
      'the digest comes to C7 every Thursday at 09:00 (UTC)',
    );
    await house.pass(DAY);
    expect(house.chat.messages.map(({ to }) => to)).toEqual([{ kind: 'channel', channel: 'C7' }]);
    await house.pass(7 * DAY);
    expect(house.chat.messages).toHaveLength(2);
  });

  it('given another time, then it moves; given off, then it comes no more; given on again, then it does', async () => {
    const house = await House.build(database());
    await house.typeIn('C7', sam, 'digest weekly thursday 9:00');
    await house.typeIn('C7', sam, 'digest weekly friday 10:00 Asia/Tokyo');
    expect(await house.digests()).toEqual(['C7 5 10:00 Asia/Tokyo']);
    expect(await house.typeIn('C7', sam, 'digest off')).toContain('no more digest here');
    await house.pass(14 * DAY);
    expect(house.chat.messages).toEqual([]);
    expect(await house.work()).toEqual([]);
    await house.typeIn('C7', sam, 'digest weekly friday 10:00 Asia/Tokyo');
    await house.pass(7 * DAY);
    expect(house.chat.messages).toHaveLength(1);
  });

  it('given two channels, then each has its own, and off is off in one', async () => {
    const house = await House.build(database());
    await house.typeIn('C7', sam, 'digest weekly thursday 9:00');
    await house.typeIn('C8', sam, 'digest weekly friday 9:00');
    await house.typeIn('C7', sam, 'digest off');
    await house.typeIn('C9', sam, 'digest off');
    expect(await house.digests()).toEqual(['C8 5 09:00 UTC']);
  });

  it('given a direct conversation, then it asks for a channel', async () => {
    const house = await House.build(database());
    expect(await house.typeIn(null, sam, 'digest weekly thursday 9:00')).toContain('goes to a channel');
    expect(await house.typeIn(null, sam, 'digest off')).toContain('goes to a channel');
    expect(await house.digests()).toEqual([]);
  });
});

describeOnEachStore('a digest by the form', (database) => {
  it('given another channel, then it comes there and no longer where it came', async () => {
    const house = await House.build(database());
    await house.typeIn('C7', sam, 'digest weekly thursday 9:00');
    await send(house, { digest: 'C8' });
    expect(await house.digests()).toEqual(['C8 4 09:00 UTC']);
    await house.pass(DAY);
    expect(house.chat.messages.map(({ to }) => to)).toEqual([{ kind: 'channel', channel: 'C8' }]);
  });

  it('given two, then the one that the form shows is changed, and the other stays', async () => {
    const house = await House.build(database());
    await house.typeIn('C7', sam, 'digest weekly thursday 9:00');
    await house.typeIn('C8', sam, 'digest weekly friday 9:00');
    await send(house, { digest: 'C9', time: '10:00' });
    expect([...(await house.digests())].sort()).toEqual(['C8 5 09:00 UTC', 'C9 4 10:00 UTC']);
  });

  it('given a digest of the web page, then the form of a chat neither shows nor ends it', async () => {
    const house = await House.build(database());
    await house.digest(WEB, { weekday: 1, time: 540, zone: 'UTC' });
    expect((await formOf(house)).digest).toBe('');
    await send(house, {});
    expect(await house.digests()).toEqual(['team 1 09:00 UTC']);
  });

  it('given a zone of its own, then another setting leaves it alone; another zone of the workspace is also its own', async () => {
    const house = await House.build(database());
    await house.typeIn('C7', sam, 'digest weekly thursday 9:00 Asia/Tokyo');
    await send(house, { reaction: 'tada' });
    expect(await house.digests()).toEqual(['C7 4 09:00 Asia/Tokyo']);
    await send(house, { zone: 'Europe/Berlin' });
    expect(await house.digests()).toEqual(['C7 4 09:00 Europe/Berlin']);
  });

  it('given that it is due and not posted yet, when another setting is saved, then it is posted all the same', async () => {
    const house = await House.build(database());
    await house.typeIn('C7', sam, 'digest weekly thursday 9:00');
    house.now = NOON + DAY - 3 * 60 * MINUTE + SECOND;
    await send(house, { team: 'S1' });
    await house.workUntil(house.now);
    expect(house.chat.messages).toHaveLength(1);
  });
});
