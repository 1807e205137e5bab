// How people answer: by every button, by typing, in a form; who else may not; and what becomes of a question that nobody answers.
import { expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { Outside } from './outside.ts';
import { type Asked, button, type Helped, type Office, SOON } from './slack-office.ts';

/** CSAT is asked at once, reminded soon and over soon. */
export const ANSWERING_SURVEYS = [['csat', '--delay', '0s', '--reminder', '3s', '--expiry', '7s']] as const;

export function answering(office: () => Office): void {
  const ended: { late?: Helped; answers?: Helped; declines?: Helped } = {};

  it('given three are asked whose question ends soon, when one answers, one says “not now”, and one says nothing …', async () => {
    const outside = new Outside(office().instances, office().site.apiKey);
    for (const name of ['late', 'answers', 'declines'] as const) {
      const helped = await office().customer(name);
      ended[name] = helped;
      await outside.ask('POST', '/api/v1/interactions', {
        source: 'helpdesk',
        externalId: `ends-soon-${name}`,
        platform: 'slack',
        workspace: office().team.id,
        person: helped.person.id,
        channel: helped.channel.id,
        thread: helped.question.ts,
        survey: 'csat',
      });
    }
    const question = (helped: Helped) => office().message(() => helped.channel, 'How satisfied are you');
    await ended.answers!.person.press(await question(ended.answers!), button(4));
    await ended.declines!.person.press(await question(ended.declines!), button('decline'));
    await question(ended.late!);
  });

  it('given a question, when a score is pressed, then everybody sees that it was answered, the giver alone sees what, can change it and add words', async () => {
    const { person, channel, prompt } = await office().asked('mia');
    const other = office().team.user('nobody');
    channel.members.add(other.id);
    expect(await person.press(prompt, button(7))).toMatchObject({ ok: true, trouble: null });
    expect(await office().says(prompt, 'Answered. Thank you!')).not.toContain('7');
    expect(prompt.blocks?.filter((one) => one.type === 'actions')).toEqual([]);
    const own = await office().told(person, 'Your answer: 7 of 10', channel);
    expect(other.ephemerals()).toEqual([]);

    await person.press(own, button('change'));
    await office().says(own, 'Pick another score to change it');
    await person.press(own, button(3));
    expect(await office().says(own, 'Your answer: 3 of 10')).toContain('sorry it wasn’t better');

    await person.press(own, button('add_words'));
    const form = await eventually('the form', () => person.modal, SOON);
    expect(office().slack.readable(form)).toContain('What should we know?');
    expect(await person.submitModal({ words: 'Too slow.' })).toMatchObject({ ok: true, trouble: null });
    expect(person.modal).toBeNull();
    await office().says(own, 'Too slow.');
    await person.press(own, button('add_words'));
    const again = await eventually('the form', () => person.modal, SOON);
    expect(JSON.stringify(again.blocks)).toContain('"initial_value":"Too slow."');
    expect(office().reads(prompt)).not.toContain('slow');
    expect(await office().rows(person.id)).toMatchObject([
      { survey: 'nps', score: 3, verbatim: 'Too slow.' },
    ]);
  });

  it('given a question, when somebody else presses or types, then they are told kindly, and nothing is answered', async () => {
    const { person, channel, question, prompt } = await office().asked('noa');
    const other = office().team.user('otto', { guest: 'multi_channel' });
    channel.members.add(other.id);
    for (const what of [9, 'decline', 'opt_out'] as const) {
      const before = other.ephemerals(channel).length;
      expect(await other.press(prompt, button(what))).toMatchObject({ ok: true, trouble: null });
      const reply = await eventually('a reply', () => other.ephemerals(channel)[before], SOON);
      expect(office().reads(reply)).toContain('This question is for somebody else');
    }
    other.post(channel, '9', { thread: question });
    await office().slack.settled();
    expect(office().reads(prompt)).toContain('[9]');
    await person.press(prompt, button(0));
    await office().told(person, 'Your answer: 0 of 10', channel);
  });

  it.each([
    ['par', '9', 9, null],
    ['quinn', '9 – quick help', 9, 'quick help'],
    ['ria', '０', 0, null],
  ])(
    'given a question in a thread, when %s types “%s” below it, then that is the answer',
    async (name, typed, score, words) => {
      const { person, channel, question, prompt } = await office().asked(name);
      person.post(channel, 'Thank you all!', { thread: question });
      // What comes in the same moment may be heard in another order by another process.
      await office().slack.settled();
      person.post(channel, typed, { thread: question });
      await office().says(prompt, 'Answered. Thank you!');
      expect(await office().rows(person.id)).toMatchObject([{ score, verbatim: words }]);
    },
  );

  it('given an answer, when the giver replies in the thread, or to the bot directly, then those are its words', async () => {
    const sam = await office().asked('sam');
    await sam.person.press(sam.prompt, button(6));
    await office().told(sam.person, 'Your answer: 6 of 10');
    sam.person.post(sam.channel, 'It took three days.', { thread: sam.question });
    await eventually(
      'its words',
      async () => (await office().rows(sam.person.id))[0]?.verbatim === 'It took three days.',
      SOON,
    );

    const tam = office().team.user('tam', { displayName: 'Tam' });
    await office().nps(office().lead, `ask <@${tam.id}>`);
    const asked = await office().message(() => tam.direct(), 'How likely');
    tam.post(tam.direct()!, '9 – quick help');
    expect(await office().says(asked, 'Your answer: 9 of 10')).toContain('quick help');
    tam.post(tam.direct()!, 'And friendly.');
    await office().says(asked, 'And friendly.');
    expect(await office().rows(tam.id)).toMatchObject([
      { score: 9, verbatim: expect.stringContaining('quick help') },
    ]);
  });

  it('given a question, when it is declined, or refused for good, then that holds, and can be taken back', async () => {
    const una = await office().asked('una');
    const why = () => office().nps(office().lead, `why <@${una.person.id}>`);
    await eventually('it to be noted', async () => (await why()).includes('no answer yet'), SOON);
    await una.person.press(una.prompt, button('decline'));
    await office().says(una.prompt, 'No problem');
    await una.person.press(una.prompt, button('undo'));
    await office().says(una.prompt, '[10]');
    await una.person.press(una.prompt, button(10));
    await office().says(una.prompt, 'Answered');

    const vic = await office().asked('vic');
    await vic.person.press(vic.prompt, button('opt_out'));
    const undo = await office().told(vic.person, 'we won’t ask you again', vic.channel);
    expect(office().reads(vic.prompt)).not.toContain('ask you again');
    const ask = () => office().nps(office().lead, `ask <@${vic.person.id}>`);
    expect(await ask()).toContain('will not be asked: they asked not to be asked again');
    await vic.person.press(undo, button('undo'));
    await office().says(undo, '[10]');
    await vic.person.press(undo, button(9));
    await office().says(undo, 'Your answer: 9 of 10');
    await office().says(vic.prompt, 'Answered');
    expect(await ask()).toContain('will be asked shortly');
    await office().nps(vic.person, 'optout', vic.channel);
    expect(await ask()).toContain('will not be asked');
    await office().nps(vic.person, 'optin', vic.channel);
    expect(await ask()).not.toContain('asked not to be asked');
  });

  it('… then who said nothing is reminded once, their question loses its buttons when it is over, and the others are left in peace', async () => {
    const { late, answers, declines } = ended as Required<typeof ended>;
    await eventually('the reminder', () => office().said(late.channel).length === 2, SOON);
    const [first, reminder] = office().said(late.channel) as [Asked['prompt'], Asked['prompt']];
    expect(reminder.thread_ts).toBe(late.question.ts);
    await office().says(first, 'Asked again further down.');
    const texts = (message: typeof reminder) =>
      [...message.versions.map(({ text }) => text), message.text].join('\n');
    expect(texts(reminder)).toContain('Still curious');
    await office().says(reminder, 'This question has closed');
    for (const message of [first, reminder]) expect(office().reads(message)).not.toContain('[');
    expect(office().said(late.channel)).toHaveLength(2);
    expect(office().said(answers.channel)).toHaveLength(1);
    expect(office().said(declines.channel)).toHaveLength(1);
    // A client that has not seen it yet shows the scale still: late answers are kept.
    expect(await office().rows(late.person.id)).toMatchObject([{ score: null }]);
  });
}
