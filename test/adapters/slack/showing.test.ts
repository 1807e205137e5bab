// What came of an act is shown where it was done: on the message for all, or to whoever acted alone.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Step, stepsOf } from '../../../adapters/slack/show.ts';
import { encodeAction } from '../../../src/domain/command/action.ts';
import type { Message } from '../../fakes/slack/index.ts';
import { eventually } from '../../support/eventually.ts';
import { asking, done, NOTHING, PROMPT, post, type Stage, sentence, stage, wordsForm } from './receiving.ts';

const NINE = encodeAction({ kind: 'score', promptId: PROMPT, score: 9 });
const WORDS = encodeAction({ kind: 'add_words', promptId: PROMPT });
const CLAIM = encodeAction({ kind: 'claim', followUpId: PROMPT });
const shared = sentence('Answered.');
const reply = sentence('You said nine.');

describe('given somebody in a thread', () => {
  let at: Stage;
  let prompt: Message;
  beforeEach(async () => {
    at = await stage('HTTP');
    const question = at.ann.post(at.support, 'It does not work');
    prompt = await post(at, { channel: at.support.id, thread: question.ts }, asking());
    await at.slack.settled();
  });
  afterEach(async () => {
    expect(at.slack.violations).toEqual([]);
    await at.close();
  });
  const public_ = () => at.slack.readable(at.slack.thread(prompt)[1]!);
  const alone = (person = at.ann) => person.ephemerals().map((message) => at.slack.readable(message));

  it('when they answer, then the message says so to all, and they alone read what they said, in the thread', async () => {
    at.handle = async () => done(shared, reply);
    await at.ann.press(prompt, NINE);
    await eventually('both are shown', () => public_() === 'Answered.' && alone().length === 1);
    expect(alone()).toEqual(['You said nine.']);
    expect(at.ann.ephemerals()[0]?.thread_ts).toBe(prompt.thread_ts);
    expect(at.slack.messages(at.support)).toHaveLength(2);
  });

  it('when all may read the same, then it is not said twice', async () => {
    at.handle = async () => done(sentence('Bob has it.'), sentence('Bob has it.'));
    await at.bob.press(prompt, CLAIM);
    await eventually('it is shown', () => public_() === 'Bob has it.');
    await at.receiver.stop();
    expect(alone(at.bob)).toEqual([]);
  });

  it('when it is not theirs, then they are told and the message stays', async () => {
    at.handle = async () => ({ kind: 'rejected', reply: sentence('Not yours.') });
    const before = public_();
    await at.carol.press(prompt, NINE);
    await eventually('they are told', () => alone(at.carol).length === 1);
    expect([alone(at.carol), public_()]).toEqual([['Not yours.'], before]);
  });

  it('when they act on what they alone see, then that is replaced and nothing else', async () => {
    at.handle = async () => done(shared, { ...asking(), summary: 'Yours' });
    await at.ann.press(prompt, NINE);
    await eventually('it is shown', () => alone().length === 1);
    at.handle = async () => done(sentence('For all'), sentence('Changed.'));
    await at.ann.press(at.ann.ephemerals()[0]!, NINE);
    await eventually('it is replaced', () => alone()[0] === 'Changed.');
    expect(alone()).toHaveLength(1);
    expect(public_()).toBe('Answered.');
  });

  it('when a button leads to a form, then it opens at once, and what was filled in is shown where it began', async () => {
    at.handle = async () => done(null, wordsForm());
    expect((await at.ann.press(prompt, WORDS)).ok).toBe(true);
    await eventually('the form is open', () => at.ann.modal);
    expect(at.slack.readable(at.ann.modal!)).toContain('Your words');
    at.handle = async () => done(shared, sentence('Saved.'));
    expect((await at.ann.submitModal({ words: 'quick <!channel> help' })).trouble).toBeNull();
    expect(at.events.at(-1)).toMatchObject({
      kind: 'action',
      action: { kind: 'add_words', promptId: PROMPT },
      values: { words: 'quick <!channel> help' },
      by: { identity: { installation: at.team.id, externalId: at.ann.id } },
    });
    expect(at.ann.modal).toBeNull();
    await eventually('it is shown', () => alone()[0] === 'Saved.' && public_() === 'Answered.');
  });

  it('when a form is refused or could not be saved, then that is said in it and what was typed stays', async () => {
    at.handle = async () => done(null, wordsForm());
    await at.ann.press(prompt, WORDS);
    await eventually('the form is open', () => at.ann.modal);
    for (const kind of ['rejected', 'failed'] as const) {
      at.handle = async () => ({ kind, reply: sentence(`It was ${kind}.`) });
      await at.ann.submitModal({ words: 'so-so' });
      expect(Object.values(at.ann.modal?.errors ?? {})).toEqual([`It was ${kind}.`]);
    }
    expect(alone()).toEqual([]);
  });

  it('when Slack no longer opens the form, then a button of theirs alone leads to it', async () => {
    at.slack.mischief.next('views.open', { kind: 'error', error: 'expired_trigger_id' });
    at.handle = async () => done(null, wordsForm());
    await at.ann.press(prompt, WORDS);
    await eventually('they are told', () => alone().length === 1);
    expect(at.slack.called('views.open')).toHaveLength(1);
    expect(at.ann.modal).toBeNull();
    await at.ann.press(at.ann.ephemerals()[0]!, WORDS);
    await eventually('the form is open', () => at.ann.modal);
  });

  it('when nobody knows whether the form opened, then it is not opened again and nothing is said', async () => {
    at.slack.mischief.next('views.open', { kind: 'drop_after' });
    at.handle = async () => done(null, wordsForm());
    await at.ann.press(prompt, WORDS);
    await eventually('the form is open', () => at.ann.modal);
    await at.receiver.stop();
    expect(at.slack.called('views.open')).toHaveLength(1);
    expect(alone()).toEqual([]);
  });

  it('when the address for answers does not serve, then the message is updated all the same', async () => {
    at.slack.mischief.plan({ method: 'response_url', trouble: { kind: 'status', status: 404 } });
    at.handle = async () => done(shared, null);
    await at.ann.press(prompt, NINE);
    await eventually('it is shown', () => public_() === 'Answered.');
    expect(at.slack.called('chat.update')).toHaveLength(1);
  });

  it('when the address for answers does not serve, then they are told all the same, they alone', async () => {
    at.slack.mischief.plan({ method: 'response_url', trouble: { kind: 'status', status: 404 } });
    at.handle = async () => ({ kind: 'rejected', reply: sentence('Not yours.') });
    await at.bob.press(prompt, NINE);
    await eventually('they are told', () => alone(at.bob).length === 1);
    expect(alone(at.bob)).toEqual(['Not yours.']);
    expect(at.slack.called('chat.postEphemeral')).toHaveLength(1);
  });

  it('when it is between them and the bot, then the reply stands in the message’s place', async () => {
    const open = await fetch(`${at.slack.apiUrl}conversations.open?users=${at.ann.id}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${at.bot.token}` },
    });
    const { channel } = (await open.json()) as { channel: { id: string } };
    const direct = await post(at, { channel: channel.id }, asking());
    at.handle = async () => done(shared, reply);
    await at.ann.press(direct, NINE);
    const shown = () => at.slack.messages(at.ann.direct()!).map((message) => at.slack.readable(message));
    await eventually('it is shown', () => shown()[0] === 'You said nine.');
    expect(shown()).toHaveLength(1);
    expect(alone()).toEqual([]);
  });

  it('when the shortcut is used, then whoever used it alone is told what comes of it', async () => {
    at.handle = async () => done(sentence('never shown'), sentence('Ann will be asked.'));
    await at.bob.shortcut(at.slack.thread(prompt)[0]!, 'afterword_ask');
    await eventually('they are told', () => alone(at.bob).length === 1);
    expect(alone(at.bob)).toEqual(['Ann will be asked.']);
    expect(public_()).toContain('How was it?');
  });

  it('when a command is typed, then the answer is in the acknowledgement, for whoever typed it', async () => {
    at.handle = async () => done(null, sentence('NPS <!channel> & <b>'));
    const outcome = await at.bob.command('/nps', 'summary', at.support);
    expect(outcome.json).toMatchObject({ response_type: 'ephemeral' });
    expect(alone(at.bob)).toEqual(['NPS <!channel> & <b>']);
    expect(at.slack.alive(at.bob.ephemerals()[0]!)).toEqual([]);
  });

  it('when the home tab is opened, then it is made; and after an act on it, made anew', async () => {
    const home = (words: string) => ({
      ...sentence(words),
      blocks: [
        { kind: 'text', text: [words], tone: 'plain' } as const,
        {
          kind: 'buttons',
          buttons: [{ label: 'Settings', action: { kind: 'settings' }, style: 'plain' }],
        } as const,
      ],
    });
    at.handle = async (event) =>
      event.kind === 'home' ? done(null, home('Welcome')) : done(null, wordsForm());
    at.bob.openHome();
    await eventually('it is there', () => at.bob.home);
    expect(at.slack.readable(at.bob.home!)).toContain('Welcome');
    expect(at.events.at(-1)).toMatchObject({ kind: 'home', by: { profile: { isTeam: true, name: 'bob' } } });
    await at.bob.press(at.bob.home!, 'settings');
    await eventually('the form is open', () => at.bob.modal);
    at.handle = async (event) =>
      event.kind === 'home' ? done(null, home('Set up')) : done(null, sentence('Saved.'));
    await at.bob.submitModal({ words: 'x' });
    await eventually('it is made anew', () => at.slack.readable(at.bob.home!).includes('Set up'));
    at.handle = async () => ({ kind: 'rejected', reply: sentence('Not for you.') });
    await at.ann.openHome();
    await at.bob.press(at.bob.home!, 'settings');
    await eventually('they are told', () => at.bob.modal);
    expect(at.slack.readable(at.bob.modal!)).toContain('Not for you.');
  });

  it('when nothing came of it, then nothing is shown', async () => {
    const before = public_();
    at.handle = async () => NOTHING;
    await at.ann.press(prompt, NINE);
    at.handle = async () => ({ kind: 'ignored', reason: 'nothing' });
    await at.ann.press(prompt, NINE);
    await at.receiver.stop();
    expect([public_(), alone()]).toEqual([before, []]);
  });
});

describe('given an outcome and where somebody acted', () => {
  const origin = {
    installation: 'T1',
    responseUrl: 'https://hooks.slack.com/x',
    channel: 'C1',
    message: '1.2',
    thread: null,
    ephemeral: false,
    home: false,
  };
  const kinds = (steps: readonly Step[]) => steps.map(({ kind }) => kind);

  it.each([
    ['a channel', {}, ['replace', 'tell']],
    ['a direct message', { channel: 'D1' }, ['replace']],
    ['what they alone see', { ephemeral: true }, ['replace']],
    ['the home tab', { home: true, responseUrl: null, channel: null }, ['home']],
  ])('when it was in %s, then it is shown there', (_, where, expected) => {
    expect(kinds(stepsOf(done(shared, reply), { ...origin, ...where }, true))).toEqual(expected);
  });

  it('when there is a form and a new look of the message, then both; and where none can be opened, it is told', () => {
    const outcome = done(shared, wordsForm());
    expect(kinds(stepsOf(outcome, origin, true))).toEqual(['form', 'replace']);
    expect(kinds(stepsOf(outcome, origin, false))).toEqual(['replace', 'tell']);
  });
});
