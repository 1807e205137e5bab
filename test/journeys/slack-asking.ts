// Who is asked, why and where: every trigger, a conversation that goes on after all, and customers of every kind.
import { expect, it } from 'vitest';
import { HOUR } from '../../src/domain/basics.ts';
import type { Message } from '../fakes/slack/index.ts';
import { eventually } from '../support/eventually.ts';
import { Outside } from './outside.ts';
import { button, type Helped, type Office, SOON } from './slack-office.ts';

const NPS = 'How likely are you to recommend us';
const CES = 'It was easy to get my problem solved';

/** For its surveys: NPS is asked at once, CES an hour later and directly. */
export const ASKING_SURVEYS = [['ces', '--delay', '1h', '--place', 'direct']] as const;

export function asking(office: () => Office): void {
  it('given a conversation, when a team member marks it with ✅, then its customer is asked in its thread, once, however often it is marked', async () => {
    const { lead, slack } = office();
    const { channel, question, reply, prompt } = await office().asked('ann');
    expect(prompt.thread_ts).toBe(question.ts);
    expect(office().reads(prompt)).toMatch(/\[0\].*\[10\]/);
    expect(office().reads(prompt)).toContain('[Not now] [Don’t ask me again]');
    lead.react(question, 'white_check_mark');
    lead.unreact(reply, 'white_check_mark');
    lead.react(reply, 'white_check_mark');
    lead.react(reply, 'tada');
    await slack.settled();
    await office().nps(lead, 'why ann');
    expect(office().said(channel)).toHaveLength(1);
  });

  it('given a message of a conversation, when “Ask for feedback” is used on it, then the customer is asked, and whoever used it is told', async () => {
    const { person, channel, question, reply } = await office().customer('ben');
    const outcome = await office().lead.shortcut(reply, 'afterword_ask');
    expect(outcome).toMatchObject({ ok: true });
    const prompt = await office().message(() => channel, NPS);
    expect(prompt.thread_ts).toBe(question.ts);
    await office().told(office().lead, 'ben will be asked shortly', channel);
    expect(person.ephemerals()).toEqual([]);
  });

  it('given somebody whom nobody ever helped, when `/nps ask` names them, then they are asked directly', async () => {
    const cem = office().team.user('cem', { displayName: 'Cem' });
    expect(await office().nps(office().lead, `ask <@${cem.id}|cem>`)).toContain('Cem will be asked shortly');
    await office().message(() => cem.direct(), NPS);
    expect(await office().nps(office().lead, 'why @nobody-at-all')).toContain('Nobody called');
  });

  it('given the HTTP API, when it names channel and thread, then the customer is asked there; and directly where the policy says so', async () => {
    const dee = await office().customer('dee');
    const tell = (externalId: string, more: object) =>
      new Outside(office().instances, office().site.apiKey).ask('POST', '/api/v1/interactions', {
        source: 'zendesk',
        externalId,
        platform: 'slack',
        workspace: office().team.id,
        person: dee.person.id,
        channel: dee.channel.id,
        thread: dee.question.ts,
        agent: office().lead.id,
        subject: 'Cannot log in',
        ...more,
      });
    expect(await tell('T-1', { survey: 'nps' })).toMatchObject({
      status: 202,
      body: { prompt: { state: 'scheduled' } },
    });
    const prompt = await office().message(() => dee.channel, NPS);
    expect(prompt.thread_ts).toBe(dee.question.ts);
    expect(office().reads(prompt)).toContain('About: Cannot log in');
    await dee.person.press(prompt, button(9));

    // Its hour is over already.
    const closedAt = new Date(Date.now() - HOUR).toISOString();
    const again = await office().helped(dee.person, dee.channel);
    expect(await tell('T-2', { survey: 'ces', closedAt, thread: again.question.ts })).toMatchObject({
      status: 202,
      body: { prompt: { state: 'scheduled' } },
    });
    await office().message(() => dee.person.direct(), CES);
    expect(office().said(dee.channel)).toHaveLength(1);
  });

  it('given the bot was removed from channels, when their customers are to be asked directly, or in the thread, then they are, and the lead is told once for each', async () => {
    const outside = new Outside(office().instances, office().site.apiKey);
    const { bot, team, lead, slack } = office();
    await office().nps(lead, 'help');
    const away = [await office().customer('eva'), await office().customer('eli')];
    // The second one asks in the channel of the first.
    away[0]!.channel.members.add(away[1]!.person.id);
    const second = await office().helped(away[1]!.person, away[0]!.channel);
    away[0]!.channel.members.delete(bot!.botUserId);
    for (const [i, { person }] of away.entries())
      await outside.ask('POST', '/api/v1/interactions', {
        source: 'zendesk',
        externalId: `away-${i}`,
        platform: 'slack',
        workspace: team.id,
        person: person.id,
        channel: away[0]!.channel.id,
        thread: i === 0 ? away[0]!.question.ts : second.question.ts,
        survey: 'nps',
      });
    for (const { person } of away) await office().message(() => person.direct(), NPS);
    const notices = () => office().saidAnywhere('I could not post in');
    await eventually('the lead to be told', () => notices().length > 0, SOON);
    await slack.settled();
    expect(notices()).toHaveLength(1);
    expect(office().reads(notices()[0])).toContain('#help-eva');
  });

  it('given a question still to come, when the ✅ is taken back, or the customer writes again, then it is not asked, and `/nps why` says that the conversation was opened again', async () => {
    const { lead, slack } = office();
    for (const [name, reopen] of [
      ['fay', (_: Helped, reply: Message) => lead.unreact(reply, 'white_check_mark')],
      [
        'gus',
        ({ person, channel }: Helped, reply: Message) =>
          person.post(channel, 'It broke again!', { thread: reply }),
      ],
    ] as const) {
      const known = await office().asked(name);
      await known.person.press(known.prompt, button(8));
      // Who was asked NPS lately is asked CES, which comes an hour later.
      const { reply } = await office().helped(known.person, known.channel);
      lead.react(reply, 'white_check_mark');
      const why = () => office().nps(lead, `why <@${known.person.id}|${name}>`);
      await eventually(
        `${name} to be asked later`,
        async () => (await why()).includes('will be asked on'),
        SOON,
      );
      reopen(known, reply);
      await slack.settled();
      const said = await eventually(
        `${name} not to be asked`,
        async () => ((text) => !text.includes('will be asked on') && text)(await why()),
        SOON,
      );
      expect(said).toContain('reopened');
      expect(office().said(known.channel)).toHaveLength(1);
    }
  });

  it('given customers who are guests, or of another organisation, when they were helped, then they are asked like any other', async () => {
    const guest = await office().asked('hal', { guest: 'single_channel' });
    const partner = office().slack.team('Partner');
    const stranger = await office().customer('ida', { stranger: true }, partner);
    office().lead.react(stranger.reply, 'white_check_mark');
    const prompt = await office().message(() => stranger.channel, NPS);
    for (const [who, at] of [
      [guest.person, guest.prompt],
      [stranger.person, prompt],
    ] as const) {
      await who.press(at, button(10));
      await office().told(who, 'Your answer: 10 of 10');
    }
  });

  it('given a named team, when somebody who is not of it marks a conversation, then nobody is asked; and its own conversations bring no question', async () => {
    const { lead, team, slack } = office();
    const [ola, pat] = ['ola', 'pat'].map((name) => team.user(name));
    const support = team.group('support', [lead, ola!]);
    expect(await office().nps(lead, `settings team <!subteam^${support.id}|@support>`)).toContain(support.id);
    await office().everybodyKnows();
    const kim = await office().customer('kim');
    kim.channel.members.add(pat!.id).add(ola!.id);
    pat!.react(kim.reply, 'white_check_mark');
    await slack.settled();
    expect((await pat!.command('/nps', 'why kim', kim.channel)).ok).toBe(true);
    await office().told(pat!, 'That is for the support team', kim.channel);
    expect(office().said(kim.channel)).toEqual([]);
    ola!.react(kim.reply, 'white_check_mark');
    await office().message(() => kim.channel, NPS);

    const own = lead.post(office().desk, 'Who takes the late shift?');
    ola!.react(lead.post(office().desk, 'I do.', { thread: own }), 'white_check_mark');
    await slack.settled();
    expect(office().said(office().desk)).toEqual([]);
  });
}
