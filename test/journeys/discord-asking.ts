// Who is asked, why and where: every trigger, threads that go on after all, direct messages that are closed.
import { expect, it } from 'vitest';
import { HOUR } from '../../src/domain/basics.ts';
import { eventually } from '../support/eventually.ts';
import { button, CES, type Helped, NPS, type Office } from './discord-office.ts';
import { Outside } from './outside.ts';
import { SOON } from './scene.ts';

/** For its surveys: NPS is asked at once, CES an hour later and directly. */
export const ASKING_SURVEYS = [['ces', '--delay', '1h', '--place', 'direct']] as const;

export function asking(office: () => Office): void {
  /** Whatever happened before has come about when somebody else was asked. */
  let others = 0;
  const passed = async () => {
    others += 1;
    await office().asked(`other${others}`);
  };
  const tell = (helped: Pick<Helped, 'person' | 'thread'>, externalId: string, more: object = {}) =>
    new Outside(office().instances, office().site.apiKey).ask('POST', '/api/v1/interactions', {
      source: 'zendesk',
      externalId,
      platform: 'discord',
      workspace: office().acme.id,
      person: helped.person.id,
      channel: office().help.id,
      thread: helped.thread.id,
      ...more,
    });
  const hourAgo = () => new Date(Date.now() - HOUR).toISOString();

  it('given a thread, when somebody of the team archives it, then its customer is asked in it, once, and it is archived again', async () => {
    const { lead } = office();
    const { person, thread, prompt } = await office().asked('ann');
    expect(office().reads(prompt)).toContain('[0] [1] [2] [3] [4]\n[5] [6] [7] [8] [9]\n[10]');
    expect(office().reads(prompt)).toContain('[Not now] [Don’t ask me again]');
    await eventually('the thread to be archived again', () => thread.thread?.archived, SOON);
    lead.unarchive(thread);
    lead.archive(thread);
    lead.lock(thread);
    await passed();
    expect(office().said(thread)).toHaveLength(1);
    expect(await office().why(person)).toContain('no answer yet');
  });

  it.each<[string, (helped: Helped) => unknown]>([
    ['locks it', ({ thread }) => office().lead.lock(thread)],
    ['puts ✅ on it', ({ reply }) => office().lead.react(reply, '✅')],
    ['asks for feedback', ({ question }) => office().lead.messageCommand(question, 'Ask for feedback')],
  ])('given a thread, when somebody of the team %s, then its customer is asked in it', async (how, act) => {
    const helped = office().customer(`who-${how.replaceAll(' ', '-')}`);
    await office().heard(helped.thread);
    await act(helped);
    await office().message(() => helped.thread, NPS);
    await passed();
    expect(office().said(helped.thread)).toHaveLength(1);
  });

  it('given a post in a forum, when it is tagged as resolved, then whoever wrote it is asked in it', async () => {
    const bea = office().acme.member('bea');
    const post = bea.forumPost(office().forum, 'Broken', 'It does not work');
    office().lead.post(post, 'Now it does.');
    office().lead.tag(post, 'urgent');
    office().lead.tag(post, 'resolved');
    const prompt = await office().message(() => post, NPS);
    await office().press(bea, prompt, 9);
    await office().told(bea, 'Your answer: 9 of 10', post);
  });

  it('given a thread that fell asleep, then nobody is asked, and `/nps why` says that nobody ended it', async () => {
    const cat = office().acme.member('cat');
    const thread = cat.startThread(office().help, 'Sleepy', { autoArchive: 1 });
    cat.post(thread, 'Hello?');
    office().discord.fallAsleep(thread);
    await eventually('it to be noted', async () => (await office().why(cat)).includes('auto_closed'), SOON);
    expect(office().said(thread)).toEqual([]);
  });

  it('given a thread that is locked and archived at once, then its customer, who could press nothing in it, is asked directly', async () => {
    const { person, thread } = office().customer('dan');
    office().lead.closeThread(thread);
    await office().message(() => person.directChannel(), NPS);
    expect(office().said(thread)).toEqual([]);
  });

  it('given somebody whom nobody ever helped, when `/nps ask` names them, then they are asked directly; and where that is closed, that is said', async () => {
    const [eve, eli] = [office().acme.member('eve'), office().acme.member('eli', { closed: true })];
    expect(await office().nps(office().lead, 'ask', { person: eve })).toContain('eve will be asked shortly');
    await office().message(() => eve.directChannel(), NPS);
    await office().nps(office().lead, 'ask', { person: eli });
    await eventually(
      'it to be noted',
      async () => (await office().why(eli)).includes('no_reachable_channel'),
      SOON,
    );
  });

  it('given the HTTP API, when it names channel and thread, then the customer is asked there; and directly where the policy says so', async () => {
    const fay = office().customer('fay');
    await office().heard(fay.thread);
    const told = await tell(fay, 'T-1', {
      survey: 'nps',
      subject: 'Cannot *log* in',
      agent: office().lead.id,
    });
    expect(told).toMatchObject({ status: 202, body: { prompt: { state: 'scheduled' } } });
    const prompt = await office().message(() => fay.thread, NPS);
    expect(office().reads(prompt)).toContain('About: Cannot *log* in');
    await office().press(fay.person, prompt, 9);
    const again = office().helped(fay.person);
    await office().heard(again.thread);
    // Its hour is over already.
    await tell(again, 'T-2', { survey: 'ces', closedAt: hourAgo() });
    await office().message(() => fay.person.directChannel(), CES);
    expect(office().said(again.thread)).toEqual([]);
    expect(await tell(fay, 'T-1', { survey: 'nps' })).toMatchObject({ body: told.body as object });
  });

  it('given somebody who takes no direct messages, when they were to be asked directly, then they are asked in the thread, and are not tried again', async () => {
    const gil = office().customer('gil', { closed: true });
    await office().heard(gil.thread);
    await tell(gil, 'G-1', { survey: 'ces', closedAt: hourAgo() });
    await office().message(() => gil.thread, CES);
    const tried = () =>
      office()
        .discord.called('POST /channels/{channel_id}/messages')
        .filter(({ params }) => params['channel_id'] === gil.person.directChannel().id).length;
    expect(tried()).toBe(1);
    const again = office().helped(gil.person);
    await office().heard(again.thread);
    await tell(again, 'G-2', { survey: 'ces', closedAt: hourAgo() });
    await office().message(() => again.thread, CES);
    expect(tried()).toBe(1);
  });

  it.each<[string, (helped: Helped) => void, (helped: Helped) => void]>([
    [
      'the customer writes again',
      ({ thread }) => office().lead.archive(thread),
      ({ person, thread }) => person.post(thread, 'It broke again!'),
    ],
    [
      'somebody opens it again',
      ({ thread }) => office().lead.archive(thread),
      ({ thread }) => office().lead.unarchive(thread),
    ],
    [
      'the ✅ is taken back',
      ({ reply }) => office().lead.react(reply, '✅'),
      ({ reply }) => office().lead.unreact(reply, '✅'),
    ],
  ])('given a question still to come, when %s, then it is not asked', async (how, close, reopen) => {
    const known = await office().asked(`again-${how.split(' ')[1]}`);
    await known.person.press(known.prompt, button(8));
    // Who was asked NPS lately is asked CES, which comes an hour later.
    const helped = office().helped(known.person);
    close(helped);
    const why = () => office().why(known.person);
    await eventually('it to be planned', async () => (await why()).includes('will be asked on'), SOON);
    reopen(helped);
    await eventually('it to be cancelled', async () => (await why()).includes('reopened'), SOON);
    expect(await why()).not.toContain('will be asked on');
    expect(office().said(helped.thread)).toEqual([]);
  });

  it('given a named team, when somebody who is not of it marks a thread, then nobody is asked; and its own threads bring no question', async () => {
    const { acme, lead } = office();
    const crew = acme.role('crew');
    const [ola, oda, pat] = [
      acme.member('ola', { roles: [crew] }),
      acme.member('oda', { roles: [crew] }),
      acme.member('pat', { roles: [acme.role('moderators', ['MANAGE_MESSAGES', 'MANAGE_THREADS'])] }),
    ];
    expect(await office().nps(lead, 'setting team', { value: crew })).toContain(crew.id);
    await office().everybodyKnows();
    const kim = office().customer('kim');
    pat.react(kim.reply, '✅');
    const refused = await pat.messageCommand(kim.question, 'Ask for feedback');
    expect(office().reads(refused.reply!)).toContain('That is for the support team');
    const own = ola.startThread(office().help, 'Who takes the late shift?');
    oda.post(own, 'I do.');
    ola.archive(own);
    await passed();
    expect(office().said(kim.thread)).toEqual([]);
    expect(office().said(own)).toEqual([]);
    ola.react(kim.reply, '✅');
    await office().message(() => kim.thread, NPS);
  });
}
