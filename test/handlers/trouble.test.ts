// What a person can put right is told to whoever looks after the product there: in one message, once a week, and never where it cannot be read.
import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/domain/basics.ts';
import type { Outgoing, Trouble } from '../../src/ports/platform.ts';
import { describeOnEachStore } from '../support/database.ts';
import type { Obstacle, Shown } from '../support/scripted-platform.ts';
import { agent, CHAT, House, lastView, WEB } from './house.ts';

const sam = agent();
const HERE = { place: { ...CHAT, channel: 'help', thread: 't1' } };
const NOT_IN_HELP: Trouble = { kind: 'not_in_channel', subject: 'help' };

/** A channel that takes nothing, neither in it nor in its conversations. */
function shut(channel: string, trouble: Trouble = { kind: 'not_in_channel', subject: channel }) {
  const obstacle: Obstacle = { refuse: 'no_reachable_channel', trouble };
  return (to: Outgoing['to']) => ('channel' in to && to.channel === channel ? obstacle : null);
}

function notices(house: House): readonly Shown[] {
  return house.chat.messages.filter(({ key }) => key.startsWith('notice-'));
}

function told(house: House) {
  return notices(house).map(({ to, installation }) => ({ ...to, installation }));
}

/** A house that sam installed. */
async function built(database: Parameters<typeof House.build>[0], options = {}): Promise<House> {
  const house = await House.build(database, options);
  await house.store.admin.noteInstaller('chat', 'T1', 'sam');
  house.ctx.directory.forget(house.workspaceId);
  await house.policies({ throttle: 0 });
  return house;
}

const SAM = { kind: 'person', externalId: 'sam', installation: 'T1' };
const ALERTS = { kind: 'channel', channel: 'alerts', installation: 'T1' };

describeOnEachStore('trouble with a question', (database) => {
  it.each([
    ['not_in_channel', 'help', /could not post in help, because I am not in it/],
    ['channel_gone', 'help', /could not post in help: it is archived or gone/],
    ['missing_permission', 'chat:write', /lack the permission chat:write/],
    ['token_void', '', /My access no longer holds/],
  ] as const)('of the kind %s is told as what it is, and what to do', async (kind, subject, words) => {
    const house = await built(database());
    house.chat.obstacle = shut('help', { kind, subject });
    await house.ask('anna', HERE);
    expect(told(house)).toEqual([SAM]);
    expect(lastView(notices(house)[0]).replace(/\s+/g, ' ')).toMatch(words);
  });

  it('that was met in something else is told as well, once', async () => {
    const house = await built(database());
    const trouble = { kind: 'missing_permission', subject: 'users:read' } as const;
    for (let times = 0; times < 2; times += 1)
      await house.inbound({ kind: 'trouble', eventId: null, receivedAt: house.now, at: CHAT, trouble });
    await house.pass(MINUTE);
    expect(told(house)).toEqual([SAM]);
    expect(lastView(notices(house)[0]).replace(/\s+/g, ' ')).toContain('users:read');
  });

  it('that went another way is told all the same', async () => {
    const house = await built(database());
    house.chat.obstacle = shut('help');
    const prompt = await house.ask('anna', HERE);
    expect(prompt.state.status).toBe('sent');
    expect(told(house)).toEqual([SAM]);
  });

  it('that ends the question is told all the same', async () => {
    const house = await built(database(), { capabilities: { direct: true } });
    const trouble: Trouble = { kind: 'missing_permission', subject: 'chat:write' };
    house.chat.sending.push({ refuse: 'invalid', trouble });
    await house.ask('anna', HERE);
    expect(await house.fates('anna')).toEqual(['invalid']);
    expect(told(house)).toEqual([SAM]);
  });

  it('that a person cannot put right is told nobody', async () => {
    const house = await built(database());
    house.chat.sending.push({ refuse: 'no_reachable_channel' }, { refuse: 'person_gone' });
    await house.ask('anna', HERE);
    expect(notices(house)).toEqual([]);
  });

  it('is told once, however often it is met, and again when it still stands after a week', async () => {
    const house = await built(database());
    house.chat.obstacle = shut('help');
    for (const name of ['anna', 'ben', 'cleo']) await house.ask(name, HERE);
    await house.pass(7 * DAY - MINUTE);
    await house.ask('dan', HERE);
    expect(notices(house)).toHaveLength(1);
    await house.pass(MINUTE);
    await house.ask('eve', HERE);
    expect(notices(house)).toHaveLength(2);
    // Where one key is one message for good, these are two.
    expect(new Set(notices(house).map(({ key }) => key)).size).toBe(2);
    expect(notices(house).every(({ key }) => key.length <= 64)).toBe(true);
  });

  it('met by many at once is told once', async () => {
    const house = await built(database());
    house.chat.obstacle = shut('help');
    const other = house.another();
    other.chat.obstacle = shut('help');
    await house.help(
      ...['anna', 'ben', 'cleo', 'dan'].map((name) => house.closed(name, { ...HERE, delay: 0 })),
    );
    await Promise.all([house.workUntil(house.now), other.workUntil(house.now)]);
    await house.workUntil(house.now);
    expect([...notices(house), ...notices(other)]).toHaveLength(1);
  });

  it('of two channels, or of two kinds, is told each', async () => {
    const house = await built(database());
    house.chat.obstacle = (to) =>
      shut('help')(to) ?? shut('bugs', { kind: 'channel_gone', subject: 'bugs' })(to);
    await house.ask('anna', HERE);
    await house.ask('anna', { place: { ...CHAT, channel: 'bugs', thread: 't2' } });
    expect(notices(house)).toHaveLength(2);
  });

  it('is told in the language of the workspace', async () => {
    const house = await built(database());
    await house.language('zh-CN');
    house.chat.obstacle = shut('help');
    await house.ask('anna', HERE);
    expect(lastView(notices(house)[0])).toContain('请邀请我加入');
  });

  it('with a reminder is told too', async () => {
    const house = await built(database());
    await house.ask('anna', HERE);
    house.chat.obstacle = shut('help');
    await house.pass(DAY);
    expect(told(house)).toEqual([SAM]);
  });
});

describeOnEachStore('trouble with a digest', (database) => {
  it('is told, and the next one is tried when it is due', async () => {
    const house = await built(database());
    await house.digest(CHAT, { weekday: 4, time: 540, zone: 'UTC' }, 'news');
    house.chat.obstacle = shut('news');
    await house.pass(DAY);
    expect(told(house)).toEqual([SAM]);
    house.chat.obstacle = () => null;
    await house.pass(7 * DAY);
    expect(house.chat.messages.filter(({ key }) => key.startsWith('digest-'))).toHaveLength(1);
  });
});

describeOnEachStore('who is told of trouble', (database) => {
  async function met(house: House): Promise<void> {
    const before = house.chat.obstacle;
    house.chat.obstacle = (to, installation) => shut('help')(to) ?? before(to, installation);
    await house.ask('anna', HERE);
  }

  it('is the channel for alerts', async () => {
    const house = await built(database());
    await house.settings({ alerts: { ...CHAT, channel: 'alerts' } });
    await met(house);
    expect(told(house)).toEqual([ALERTS]);
  });

  it('is who installed it, where the channel for alerts takes nothing either', async () => {
    const house = await built(database());
    await house.settings({ alerts: { ...CHAT, channel: 'alerts' } });
    house.chat.obstacle = shut('alerts');
    await met(house);
    expect(told(house)).toEqual([SAM]);
  });

  it('is who installed it there, else who did elsewhere', async () => {
    const house = await built(database());
    await house.install('chat', 'T2');
    await house.store.admin.noteInstaller('chat', 'T2', 'kim');
    house.ctx.directory.forget(house.workspaceId);
    const there = { platform: 'chat', installation: 'T2' };
    const person = { ...there, externalId: 'ben' };
    house.chat.obstacle = shut('help');
    await house.ask('ben', { person, place: { ...there, channel: 'help', thread: 't1' } });
    expect(told(house)).toEqual([{ kind: 'person', externalId: 'kim', installation: 'T2' }]);
    house.chat.obstacle = (_to, installation) =>
      installation === 'T1'
        ? { refuse: 'workspace_uninstalled', trouble: { kind: 'token_void', subject: '' } }
        : null;
    await house.ask('anna', HERE);
    expect(told(house).at(-1)).toEqual({ kind: 'person', externalId: 'kim', installation: 'T2' });
  });

  it('is a digest’s channel where there is nobody else, and never the one where customers are', async () => {
    const house = await House.build(database());
    await house.digest(CHAT, { weekday: 1, time: 540, zone: 'UTC' }, 'news');
    await met(house);
    expect(told(house)).toEqual([{ kind: 'channel', channel: 'news', installation: 'T1' }]);
  });

  it('is nobody where nobody is known: it is in the log, and the work is done', async () => {
    const house = await House.build(database());
    await house.policies({ reminder: null, expiry: HOUR });
    await met(house);
    await house.pass(2 * HOUR);
    expect(notices(house)).toEqual([]);
    expect(house.log.some(({ message }) => message === 'somebody has to see to this')).toBe(true);
    expect(await house.work()).toEqual([]);
  });

  it('is told later where the platform is away for a while', async () => {
    const house = await built(database());
    house.chat.obstacle = (to) =>
      shut('help')(to) ??
      (house.chat.sends < 4 && to.kind === 'person' && to.externalId === 'sam'
        ? { refuse: 'rate_limited', retryAfter: 30 * SECOND }
        : null);
    await house.ask('anna', HERE);
    expect(notices(house)).toEqual([]);
    await house.pass(2 * MINUTE);
    expect(notices(house)).toHaveLength(1);
  });

  it('is told once where the process was killed as it was told', async () => {
    const house = await built(database());
    house.chat.obstacle = shut('help');
    house.chat.sending.push('well', 'killed after');
    await house.help(house.closed('anna', { ...HERE, survey: 'nps', delay: 0 }));
    expect(await house.live()).toBe('killed');
    house.now += MINUTE;
    await house.workUntil(house.now);
    expect(notices(house)).toHaveLength(1);
  });

  it('brings no trouble of its own: what cannot be told anywhere ends', async () => {
    const house = await built(database());
    house.chat.obstacle = (to) =>
      to.kind === 'person' && to.externalId === 'anna'
        ? null
        : { refuse: 'no_reachable_channel', trouble: NOT_IN_HELP };
    await house.policies({ reminder: null, expiry: HOUR });
    await house.ask('anna', HERE);
    await house.pass(2 * HOUR);
    expect(await house.work()).toEqual([]);
    expect(notices(house)).toEqual([]);
  });
});

describeOnEachStore('where alerts go', (database) => {
  async function unhappy(house: House, place = HERE.place): Promise<void> {
    const prompt = await house.ask('anna', { place });
    await house.score('anna', prompt.id, 1);
    await house.workUntil(house.now);
  }

  function alerted(house: House) {
    return house.chat.messages
      .filter(({ key }) => key.startsWith('alert-'))
      .map(({ to, installation }) => ({ ...to, installation }));
  }

  const digest = (channel: string, installation = 'T1') => ({ kind: 'channel', channel, installation });
  const MONDAY = { weekday: 1, time: 540, zone: 'UTC' } as const;

  it('is where the settings say', async () => {
    const house = await built(database());
    await house.digest(CHAT, MONDAY, 'news');
    await house.settings({ alerts: { ...CHAT, channel: 'alerts' } });
    await unhappy(house);
    expect(alerted(house)).toEqual([ALERTS]);
  });

  it('is else the digest’s channel where the customer was helped, before who installed it', async () => {
    const house = await built(database());
    await house.digest(WEB, MONDAY);
    await house.digest(CHAT, MONDAY, 'news');
    await unhappy(house);
    expect(alerted(house)).toEqual([digest('news')]);
  });

  it('is else who installed it there, directly, before a digest elsewhere', async () => {
    const house = await built(database());
    await house.digest(WEB, MONDAY);
    await unhappy(house);
    expect(alerted(house)).toEqual([SAM]);
  });

  it('is else a digest elsewhere, also where nobody can be written to', async () => {
    const house = await built(database(), { capabilities: { direct: false } });
    await house.digest(WEB, MONDAY);
    await unhappy(house);
    expect(alerted(house)).toEqual([]);
    expect((await house.page('team')).join()).toContain('case #1');
  });

  it('is never the customer’s own channel, whatever the settings say', async () => {
    const house = await built(database());
    await house.settings({ alerts: { ...CHAT, channel: 'help' } });
    await house.digest(CHAT, MONDAY, 'help');
    await unhappy(house);
    expect(alerted(house)).toEqual([SAM]);
    // A channel of that name elsewhere is another one.
    const elsewhere = await built(database());
    await elsewhere.settings({ alerts: { platform: 'chat', installation: 'T2', channel: 'help' } });
    await unhappy(elsewhere);
    expect(alerted(elsewhere)).toEqual([digest('help', 'T2')]);
  });

  it('is the next place where one takes nothing, and who installed it is told why', async () => {
    const house = await built(database());
    await house.settings({ alerts: { ...CHAT, channel: 'alerts' } });
    house.chat.obstacle = shut('alerts');
    await unhappy(house);
    expect(alerted(house)).toEqual([SAM]);
    expect(told(house)).toEqual([SAM]);
    expect(lastView(notices(house)[0])).toContain('alerts');
  });

  it('is told as trouble also where there is no other place', async () => {
    const house = await built(database());
    await house.settings({ alerts: { ...CHAT, channel: 'alerts' } });
    house.chat.obstacle = shut('alerts');
    const prompt = await house.ask('wu', {}, WEB);
    await house.score('wu', prompt.id, 1, WEB);
    await house.workUntil(house.now);
    expect(alerted(house)).toEqual([]);
    expect(told(house)).toEqual([SAM]);
    expect((await house.work()).find(({ kind }) => kind === 'alert')?.status).toBe('dead');
  });

  it('shows the way to the conversation, unless names are not to be shown', async () => {
    for (const [showNames, shown] of [
      [true, true],
      [false, false],
    ] as const) {
      const house = await built(database());
      await house.settings({ showNames });
      await unhappy(house);
      const [alert] = house.chat.messages.filter(({ key }) => key.startsWith('alert-'));
      expect(JSON.stringify(alert?.views).includes('https://chat.example/help/t1')).toBe(shown);
      await house.command(sam, 'claim 1');
      await house.workUntil(house.now);
      expect(JSON.stringify(alert?.views.at(-1)).includes('https://chat.example/help/t1')).toBe(shown);
    }
  });
});
