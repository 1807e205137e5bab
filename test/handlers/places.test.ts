// Where a question goes: into the conversation or directly, as the policy says, and the other way where the first is impossible.
import { expect, it } from 'vitest';
import { DAY, MINUTE } from '../../src/domain/basics.ts';
import type { Outgoing, Refusal } from '../../src/ports/platform.ts';
import { describeOnEachStore } from '../support/database.ts';
import type { Obstacle } from '../support/scripted-platform.ts';
import { CHAT, customer, House, lastView } from './house.ts';

const THREAD = { kind: 'thread', channel: 'help', thread: 't1' } as const;
const DIRECT = { kind: 'person', externalId: 'anna' } as const;
const HERE = { place: { ...CHAT, channel: 'help', thread: 't1' } };
const NO_WAY = { refuse: 'no_reachable_channel' } as const;

/** Something stands against all that goes one way. */
function against(kind: Outgoing['to']['kind'], obstacle: Obstacle = NO_WAY) {
  return (to: Outgoing['to']) => (to.kind === kind ? obstacle : null);
}

function places(house: House): readonly Outgoing['to'][] {
  return house.chat.messages.map(({ to }) => to);
}

describeOnEachStore('a question about a conversation', (database) => {
  it.each([
    // the policy, what the platform can, where the question goes
    ['thread', { direct: true }, THREAD],
    ['thread', { direct: false }, THREAD],
    ['direct', { direct: true }, DIRECT],
    ['direct', { direct: false }, THREAD],
    // Where a conversation is its customer's alone, it is as good as a direct message.
    ['direct', { direct: true, privateThreads: true }, THREAD],
    ['thread', { direct: true, privateThreads: true }, THREAD],
  ] as const)(
    'by the policy "%s", where the platform can %o, goes to %o',
    async (place, capabilities, to) => {
      const house = await House.build(database(), { capabilities });
      await house.policies({ place });
      await house.ask('anna', HERE);
      expect(places(house)).toEqual([to]);
    },
  );

  it.each([
    ['thread', 'thread', DIRECT],
    ['direct', 'person', THREAD],
  ] as const)(
    'by the policy "%s", where that is impossible, goes the other way, once',
    async (place, closed, to) => {
      const house = await House.build(database());
      await house.policies({ place });
      house.chat.obstacle = against(closed);
      const prompt = await house.ask('anna', HERE);
      expect(places(house)).toEqual([to]);
      expect(prompt.state.status).toBe('sent');
      await house.pass(MINUTE);
      expect(places(house)).toHaveLength(1);
    },
  );

  it('that can go neither way is not sent, and why says so', async () => {
    const house = await House.build(database());
    house.chat.obstacle = () => NO_WAY;
    await house.ask('anna', HERE);
    expect(house.chat.tried).toEqual([THREAD, DIRECT]);
    expect(await house.fates('anna')).toEqual(['no_reachable_channel']);
    expect(await house.work()).toEqual([]);
  });

  it('about which the platform cannot write to anybody directly is not tried that way', async () => {
    const house = await House.build(database(), { capabilities: { direct: false } });
    house.chat.obstacle = against('thread');
    await house.ask('anna', HERE);
    expect(house.chat.tried).toEqual([THREAD]);
    expect(await house.fates('anna')).toEqual(['no_reachable_channel']);
  });

  it.each(['person_gone', 'invalid', 'workspace_uninstalled'] satisfies Refusal[])(
    'that is refused as %s is not tried elsewhere: no other place would do',
    async (refuse) => {
      const house = await House.build(database());
      house.chat.obstacle = against('thread', { refuse });
      await house.ask('anna', HERE);
      expect(house.chat.tried).toEqual([THREAD]);
      expect(await house.fates('anna')).toEqual([refuse]);
    },
  );

  it('that is refused for a while waits for its place rather than going elsewhere', async () => {
    const house = await House.build(database());
    house.chat.sending.push({ refuse: 'rate_limited', retryAfter: MINUTE });
    await house.ask('anna', HERE);
    expect(places(house)).toEqual([]);
    await house.pass(MINUTE);
    expect(places(house)).toEqual([THREAD]);
  });

  it('of whose second sending nobody knows the end is uncertain, not sent a third time', async () => {
    const house = await House.build(database());
    house.chat.looking = 'cannot tell';
    house.chat.sending.push(NO_WAY, 'lost answer');
    const prompt = await house.ask('anna', HERE);
    expect(prompt.state.status).toBe('uncertain');
    await house.pass(MINUTE);
    expect(places(house)).toEqual([DIRECT]);
  });

  it('whose process was killed after the second place took it, is found there', async () => {
    const house = await House.build(database());
    const [outcome] = await house.help(house.closed('anna', { ...HERE, survey: 'nps', delay: 0 }));
    house.chat.sending.push(NO_WAY, 'killed after');
    expect(await house.live()).toBe('killed');
    house.now += MINUTE;
    await house.workUntil(house.now);
    expect((await house.prompt(outcome!.prompt!.id)).state.status).toBe('sent');
    expect(places(house)).toEqual([DIRECT]);
  });
});

describeOnEachStore('closed direct messages', (database) => {
  it('are remembered: the next question goes into the conversation at once', async () => {
    const house = await House.build(database());
    await house.policies({ place: 'direct', throttle: 0 });
    house.chat.obstacle = against('person');
    await house.ask('anna', HERE);
    expect(house.chat.tried).toEqual([DIRECT, THREAD]);
    await house.ask('anna', { place: { ...CHAT, channel: 'help', thread: 't2' } });
    expect(house.chat.tried.slice(2)).toEqual([{ ...THREAD, thread: 't2' }]);
  });

  it('are not what a missing permission is: when that is given, they are written to again', async () => {
    const house = await House.build(database());
    await house.policies({ place: 'direct', throttle: 0 });
    const trouble = { kind: 'missing_permission', subject: 'im:write' } as const;
    house.chat.obstacle = against('person', { ...NO_WAY, trouble });
    await house.ask('anna', HERE);
    house.chat.obstacle = () => null;
    await house.ask('anna', { place: { ...CHAT, channel: 'help', thread: 't2' } });
    expect(places(house).at(-1)).toEqual(DIRECT);
  });

  it('of one person say nothing of another', async () => {
    const house = await House.build(database());
    await house.policies({ place: 'direct' });
    house.chat.sending.push(NO_WAY);
    await house.ask('anna', HERE);
    await house.ask('ben', HERE);
    expect(places(house)).toEqual([THREAD, { kind: 'person', externalId: 'ben' }]);
  });
});

describeOnEachStore('a reminder', (database) => {
  it.each([
    ['thread', 'thread', DIRECT],
    ['direct', 'person', THREAD],
  ] as const)(
    'of a question that could not go by "%s" goes the other way too, once, and the first gives up its scale',
    async (place, closed, to) => {
      const house = await House.build(database());
      await house.policies({ place });
      house.chat.obstacle = against(closed);
      const { id } = await house.ask('anna', HERE);
      await house.pass(DAY);
      expect(house.chat.of(`remind-${id}`).map((message) => message.to)).toEqual([to]);
      expect(lastView(house.chat.of(`prompt-${id}`)[0])).not.toContain('How likely');
      await house.pass(3 * DAY);
      expect(places(house)).toHaveLength(2);
    },
  );

  it('of which nobody answered whether it was sent is looked for, and is the place to answer where it is found', async () => {
    const house = await House.build(database());
    const { id } = await house.ask('anna', HERE);
    house.chat.sending.push('lost answer');
    await house.pass(DAY);
    const [reminder] = house.chat.of(`remind-${id}`);
    expect((await house.prompt(id)).state).toMatchObject({
      status: 'reminded',
      ref: { message: reminder?.id },
    });
    expect(lastView(house.chat.of(`prompt-${id}`)[0])).not.toContain('How likely');
    await house.pass(10 * DAY);
    expect(lastView(reminder)).toContain('This question has closed');
    expect(house.chat.of(`remind-${id}`)).toHaveLength(1);
  });

  it('of which nobody answered, and that is not to be found, leaves the first question to answer, and is not sent again', async () => {
    const house = await House.build(database());
    const { id } = await house.ask('anna', HERE);
    house.chat.sending.push('silence');
    await house.pass(3 * DAY);
    expect(house.chat.of(`remind-${id}`)).toEqual([]);
    expect(house.chat.sends).toBe(2);
    expect(lastView(house.chat.of(`prompt-${id}`)[0])).toContain('How likely');
  });
});

describeOnEachStore('an answer typed directly', (database) => {
  const anna = customer('anna');

  it.each(['thread', 'direct'] as const)('to a question asked by "%s" counts', async (place) => {
    const house = await House.build(database());
    await house.policies({ place });
    const prompt = await house.ask('anna', HERE);
    expect((await house.write(anna, '9 – quick help', { thread: null })).kind).toBe('done');
    expect(await house.response(prompt.id)).toMatchObject({ score: 9, verbatim: 'quick help' });
    await house.workUntil(house.now);
    expect(lastView(house.chat.of(`prompt-${prompt.id}`)[0])).toBe('Answered. Thank you!');
  });

  it('where several are open is to the newest', async () => {
    const house = await House.build(database());
    await house.policies({ throttle: 0 });
    const first = await house.ask('anna', HERE);
    house.now += MINUTE;
    const second = await house.ask('anna', { place: { ...CHAT, channel: 'help', thread: 't2' } });
    await house.write(anna, '3', { thread: null });
    expect(await house.response(first.id)).toBeNull();
    expect(await house.response(second.id)).toMatchObject({ score: 3 });
  });

  it('while a question is still to come is no reason not to send it', async () => {
    const house = await House.build(database());
    await house.help(house.closed('anna', { ...HERE, delay: MINUTE }));
    expect(await house.write(anna, 'hello', { thread: null })).toEqual({ kind: 'ignored', reason: 'talk' });
    await house.pass(MINUTE);
    expect(places(house)).toHaveLength(1);
  });

  it('by somebody else is theirs, and to none of anna’s', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna', HERE);
    await house.ask('ben', { place: { ...CHAT, channel: 'help', thread: 't2' } });
    await house.write(customer('ben'), '3', { thread: null });
    await house.write(customer('cleo'), '4', { thread: null });
    expect(await house.response(prompt.id)).toBeNull();
  });
});
