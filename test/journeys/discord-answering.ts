// How people answer: by every button, by typing to the bot, in a form; who else may not; and what becomes of a question that nobody answers.
import { expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Asked, button, type Helped, NPS, type Office } from './discord-office.ts';
import { Outside } from './outside.ts';
import { SOON } from './scene.ts';

/** CSAT is asked at once, reminded soon and over soon. */
export const ANSWERING_SURVEYS = [['csat', '--delay', '0s', '--reminder', '3s', '--expiry', '7s']] as const;

const HOSTILE =
  '@everyone <@&1> <#2> **bold** [free](https://evil.example) `x` \u202Eabc <:a:123456789012345678> ';

export function answering(office: () => Office): void {
  const ended: { late?: Helped; answers?: Helped; declines?: Helped } = {};

  it('given three are asked whose question ends soon, when one answers, one says “not now”, and one says nothing …', async () => {
    const outside = new Outside(office().instances, office().site.apiKey);
    for (const name of ['late', 'answers', 'declines'] as const) {
      const helped = office().customer(name);
      ended[name] = helped;
      await office().heard(helped.thread);
      await outside.ask('POST', '/api/v1/interactions', {
        source: 'helpdesk',
        externalId: `ends-soon-${name}`,
        platform: 'discord',
        workspace: office().acme.id,
        person: helped.person.id,
        channel: office().help.id,
        thread: helped.thread.id,
        survey: 'csat',
      });
    }
    const question = (helped: Helped) => office().message(() => helped.thread, 'How satisfied are you');
    await office().press(ended.answers!.person, await question(ended.answers!), 4);
    await office().press(ended.declines!.person, await question(ended.declines!), 'decline');
    await question(ended.late!);
  });

  it('given a question, when a score is pressed, then everybody sees that it was answered, the giver alone sees what, can change it and add words', async () => {
    const { person, thread, prompt } = await office().asked('mia');
    const other = office().acme.member('nobody');
    await office().press(person, prompt, 7);
    expect(await office().says(prompt, 'Answered. Thank you!')).not.toContain('7');
    expect(prompt.components).toEqual([]);
    const own = await office().told(person, 'Your answer: 7 of 10', thread);
    expect(other.ephemerals()).toEqual([]);

    await office().press(person, own, 'change');
    await office().says(own, 'Pick another score to change it');
    await office().press(person, own, 3);
    expect(await office().says(own, 'Your answer: 3 of 10')).toContain('sorry it wasn’t better');

    await office().press(person, own, 'add_words');
    expect(office().reads(own)).not.toContain('Too slow');
    expect(office().discord.readable(person.modal!)).toContain('What should we know?');
    expect(await person.submitModal({ words: `Too slow. ${HOSTILE}` })).toMatchObject({ ok: true });
    await office().says(own, 'Too slow.');
    expect(inert(office(), own)).toEqual([]);
    await office().press(person, own, 'add_words');
    expect(JSON.stringify(person.modal!.components)).toContain('"value":"Too slow. ');
    person.closeModal();
    expect(office().reads(prompt)).not.toContain('slow');
    expect(await office().rows(person.id)).toMatchObject([
      { survey: 'nps', score: 3, verbatim: expect.stringContaining('Too slow. @everyone') },
    ]);
  });

  it('given a question, when somebody else presses, then they are told kindly, and nothing is answered', async () => {
    const { person, thread, prompt } = await office().asked('noa');
    const other = office().acme.member('otto');
    for (const what of [9, 'decline', 'opt_out'] as const) {
      const { reply, ephemeral } = await office().press(other, prompt, what);
      expect(ephemeral).toBe(true);
      expect(office().reads(reply!)).toContain('This question is for somebody else');
    }
    expect(office().reads(prompt)).toContain('[9]');
    await office().press(person, prompt, 0);
    await office().told(person, 'Your answer: 0 of 10', thread);
  });

  it.each([
    ['par', '9', 9, null],
    ['quinn', '9 – quick help', 9, 'quick help'],
    ['ria', '０', 0, null],
  ])(
    'given a question in direct messages, when %s types “%s” there, then that is the answer, and what is typed next its words',
    async (name, typed, score, words) => {
      const person = office().acme.member(name);
      await office().nps(office().lead, 'ask', { person });
      const asked = await office().message(() => person.directChannel(), NPS);
      person.direct(typed);
      await office().says(asked, `Your answer: ${score} of 10`);
      expect(await office().rows(person.id)).toMatchObject([{ score, verbatim: words }]);
      person.direct('And friendly.', { replyTo: asked });
      await office().says(asked, 'And friendly.');
    },
  );

  it('given a question in direct messages, when it is pressed, then the message says all of it', async () => {
    const person = office().acme.member('tam');
    await office().nps(office().lead, 'ask', { person, survey: 'csat' });
    const asked = await office().message(() => person.directChannel(), 'How satisfied are you');
    await office().press(person, asked, 5);
    await office().says(asked, 'Your answer: 5 of 5');
    await office().press(person, asked, 'add_words');
    await person.submitModal({ words: 'Kind.' });
    await office().says(asked, 'Kind.');
    expect(person.ephemerals()).toEqual([]);
  });

  it('given interactions that come over HTTP, when any process gets them, then they are answered there; what Discord did not sign is refused', async () => {
    const { discord, lead, instances } = office();
    const url = `http://127.0.0.1:${instances.at(-1)!.port}/discord/interactions`;
    const { person, thread, prompt } = await office().asked('http');
    await discord.interactionsTo(url);
    await office().press(person, prompt, 6);
    const own = await office().told(person, 'Your answer: 6 of 10', thread);
    await office().says(prompt, 'Answered');
    await office().press(person, own, 'add_words');
    await person.submitModal({ words: 'By post.' });
    await office().says(own, 'By post.');
    expect(await office().nps(lead, 'help')).toContain('What you can type');
    for (const how of [{ forged: true }, { skew: -302 }])
      expect(await discord.post(url, { type: 1 }, how)).toMatchObject({ status: 401 });
    await discord.interactionsTo(null);
    expect(await office().rows(person.id)).toMatchObject([{ score: 6, verbatim: 'By post.' }]);
  });

  it('given a question, when it is declined, or refused for good, then that holds, and can be taken back', async () => {
    const una = await office().asked('una');
    await office().press(una.person, una.prompt, 'decline');
    await office().says(una.prompt, 'No problem');
    await office().press(una.person, una.prompt, 'undo');
    await office().says(una.prompt, '[10]');
    await office().press(una.person, una.prompt, 10);
    await office().says(una.prompt, 'Answered');

    const vic = await office().asked('vic');
    await office().press(vic.person, vic.prompt, 'opt_out');
    const undo = await office().told(vic.person, 'we won’t ask you again', vic.thread);
    expect(office().reads(vic.prompt)).not.toContain('ask you again');
    const ask = () => office().nps(office().lead, 'ask', { person: vic.person });
    expect(await ask()).toContain('will not be asked: they asked not to be asked again');
    await office().press(vic.person, undo, 'undo');
    await office().says(undo, '[10]');
    await office().press(vic.person, undo, 9);
    await office().says(undo, 'Your answer: 9 of 10');
    await office().says(vic.prompt, 'Answered');
    expect(await ask()).toContain('will be asked shortly');
    await office().nps(vic.person, 'optout', {}, office().help);
    expect(await ask()).toContain('will not be asked');
    await office().nps(vic.person, 'optin', {}, office().help);
    expect(await ask()).not.toContain('asked not to be asked');
  });

  it('… then who said nothing is reminded once, their question loses its buttons when it is over, and the others are left in peace', async () => {
    const { late, answers, declines } = ended as Required<typeof ended>;
    await eventually('the reminder', () => office().said(late.thread).length === 2, SOON);
    const [first, reminder] = office().said(late.thread) as [Asked['prompt'], Asked['prompt']];
    await office().says(first, 'Asked again further down.');
    expect([...reminder.versions.map(({ content }) => content), reminder.content].join('\n')).toContain(
      'If you have a second',
    );
    await office().says(reminder, 'This question has closed');
    for (const message of [first, reminder]) expect(message.components).toEqual([]);
    expect(office().said(late.thread)).toHaveLength(2);
    expect(office().said(answers.thread)).toHaveLength(1);
    expect(office().said(declines.thread)).toHaveLength(1);
    // A client that has not seen it yet shows the scale still: late answers are kept.
    const pressed = await late.person.press(reminder, button(2), { stale: true });
    expect(pressed.ok).toBe(true);
    expect(await office().rows(late.person.id)).toMatchObject([{ score: 2 }]);
  });
}

/** What in a message of ours is alive although it came from people. */
export function inert(office: Office, message: Asked['prompt']) {
  return office.discord
    .alive(message)
    .filter(({ kind, text }) => kind !== 'markdown' && !text.includes(`/channels/${office.acme.id}/`));
}
