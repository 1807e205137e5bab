// `/nps …`: what the team may ask for and what anybody may, answered in their language.
import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/domain/basics.ts';
import { describeOnEachStore } from '../support/database.ts';
import { agent, CHAT, customer, House, textOf, WEB } from './house.ts';

const sam = agent();
const anna = customer('anna', CHAT, { isTeam: false });

describeOnEachStore('a command', (database) => {
  it('of the team’s by somebody whom the platform could not look up just now does nothing, and may be tried again', async () => {
    const house = await House.build(database());
    const nobodyKnows = customer('sam');
    for (const text of ['', 'open', 'ask anna'])
      expect(await house.command(nobodyKnows, text), text).toContain('try again in a moment');
    expect(textOf(await house.press(nobodyKnows, { kind: 'settings' }))).toContain('try again in a moment');
    expect(await house.command(nobodyKnows, 'help')).toContain('/nps');
  });

  it('of the team’s is refused to everybody else; help, optout and optin are anybody’s', async () => {
    const house = await House.build(database());
    await house.ask('anna');
    for (const text of [
      '',
      'summary',
      'why anna',
      'ask anna',
      'digest now',
      'open',
      'claim 1',
      'close 1 note',
    ])
      expect(await house.command(anna, text), text).toContain('for the support team');
    expect(await house.command(anna, 'help')).toContain('/nps');
    expect(await house.command(anna, 'optout')).toContain('won’t be asked again');
    expect(await house.command(anna, 'optin')).toContain('may be asked again');
    expect(await house.fates('anna')).toEqual(['sent']);
  });

  it('summary tells what was asked and answered, by the kinds that there were', async () => {
    const house = await House.build(database());
    for (const [name, score] of [
      ['a', 10],
      ['b', 9],
      ['c', 3],
    ] as const)
      await house.score(name, (await house.ask(name)).id, score);
    await house.ask('d');
    await house.ask('e', { survey: 'ces' });
    await house.pass(MINUTE);
    const summary = await house.command(sam, 'summary 7d');
    expect(summary).toContain('NPS 33 · 95% interval -51 to 85 · 3 answers');
    expect(summary).toContain('75% of 4 questions sent');
    expect(summary).toContain('CES: nobody answered');
    expect(summary).not.toContain('CSAT');
    expect(await house.command(sam, '7d nps')).not.toContain('CES');
    await house.pass(8 * DAY);
    expect(await house.command(sam, 'summary 7d nps')).toContain('NPS: nobody answered');
  });

  it('why shows every ask and every skip, with its reason', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    await house.help(
      house.closed('anna', { closedBy: 'inactivity', place: { ...CHAT, channel: null, thread: 'x' } }),
    );
    await house.help(house.closed('anna', { place: { ...CHAT, channel: null, thread: 'y' } }));
    await house.pass(MINUTE);
    await house.press(anna, { kind: 'decline', promptId: prompt.id });
    const why = await house.command(sam, 'why anna');
    for (const reason of ['auto_closed', 'throttled', 'said “not now”']) expect(why).toContain(reason);
    expect(await house.command(sam, 'why <@anna|Anna>')).toBe(why);
    expect(await house.command(sam, 'why nobody')).toContain('Nobody called “nobody” is known here');
  });

  it('about a name that several go by means the one here, and else asks which', async () => {
    const house = await House.build(database());
    await house.install('chat', 'T2');
    await house.install('chat', 'T3');
    for (const installation of ['T2', 'T3']) {
      const there = { platform: 'chat', installation };
      const person = { ...there, externalId: 'ben' };
      await house.help(house.closed('ben', { person, place: { ...there, channel: null, thread: 'z' } }));
    }
    expect(await house.command(sam, 'why ben')).toContain('Several people here go by “ben”');
    expect(await house.command(sam, 'ask ben')).toContain('Several people here go by “ben”');
    expect(await house.command(sam, 'why chat:T2:ben')).toContain('ben');
    await house.ask('ben');
    expect(await house.command(sam, 'why ben')).toContain('no answer yet');
  });

  it('ask reaches the person where it was typed, else where they can be written to', async () => {
    const house = await House.build(database());
    await house.policies({ throttle: 0 });
    await house.help(house.closed('wu', { closedBy: 'inactivity' }, WEB));
    await house.command(sam, 'ask wu csat');
    await house.workUntil(house.now);
    expect((await house.page('direct-wu')).join()).toContain('How satisfied are you');
    expect(house.chat.messages).toEqual([]);
  });

  it('digest now tells of the last seven days and posts nothing', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    await house.score('anna', prompt.id, 9);
    await house.pass(MINUTE);
    const digest = await house.command(sam, 'digest now');
    expect(digest).toContain('Recommendation (NPS)');
    expect(house.chat.messages).toHaveLength(1);
  });

  it('open lists the cases that wait, oldest first', async () => {
    const house = await House.build(database());
    for (const name of ['anna', 'ben']) {
      await house.score(name, (await house.ask(name)).id, 1);
      await house.pass(HOUR);
    }
    expect(await house.command(sam, 'open')).toMatch(/#1 .*anna[\s\S]*#2 .*ben/);
  });

  it('that is not one says what is, in the language of who typed it', async () => {
    const house = await House.build(database());
    expect(await house.command(sam, 'sumary')).toContain('/nps summary');
    expect(await house.command(sam, 'claim twelve')).toContain('claim 12');
    const outcome = await house.inbound({
      kind: 'command',
      eventId: null,
      receivedAt: 0,
      place: { ...CHAT, channel: 'team', thread: null },
      by: sam,
      text: '帮助',
      locale: 'zh-CN',
    });
    expect(textOf(outcome)).toMatch(/\p{Script=Han}/u);
  });

  it('opting out holds on every platform of the person, and opting in ends it', async () => {
    const house = await House.build(database());
    await house.help(house.closed('anna', { customer: 'C-1', closedBy: 'inactivity' }));
    await house.help(house.closed('anna.web', { customer: 'C-1', closedBy: 'inactivity' }, WEB));
    await house.command(customer('anna.web', WEB), 'optout');
    const event = () =>
      house.closed('anna', { place: { ...CHAT, channel: null, thread: house.ctx.ids.next() } });
    expect((await house.help(event()))[0]?.prompt?.reason).toBe('opted_out');
    await house.command(anna, 'optin');
    expect((await house.help(event()))[0]?.prompt?.state).toBe('scheduled');
  });

  it('opting out is remembered of somebody who was never helped yet', async () => {
    const house = await House.build(database());
    await house.command(customer('zoe'), 'optout');
    expect((await house.help(house.closed('zoe')))[0]?.prompt?.reason).toBe('opted_out');
  });
});
