// answer → response: kept before anybody is told that it was, counted once, and its giver's alone.
import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/domain/basics.ts';
import { recordAnswer } from '../../src/handlers/record-answer.ts';
import { report } from '../../src/handlers/report.ts';
import { describeOnEachStore } from '../support/database.ts';
import { agent, CHAT, customer, House, lastView, textOf, WEB } from './house.ts';

const anna = customer('anna');

async function figures(house: House) {
  const request = { survey: 'nps', from: house.now - 30 * DAY, to: house.now + DAY, zone: 'UTC' } as const;
  const { answered, sent, distribution } = await report(house.ctx, house.workspaceId, {
    ...request,
    basis: 'sent',
    by: null,
  });
  const given = Object.entries(distribution).filter(([, count]) => count > 0);
  return { sent, answered, given: Object.fromEntries(given) };
}

describeOnEachStore('an answer', (database) => {
  it('is durable, thanked for, shown to its giver alone, and counted', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    const outcome = await house.score('anna', prompt.id, 9);
    expect(textOf(outcome)).toContain('Your answer: 9 of 10');
    expect(outcome).toMatchObject({ kind: 'done', shared: { summary: 'Answered. Thank you!' } });
    expect(await house.response(prompt.id)).toMatchObject({ score: 9, revision: 1, late: false });
    expect(await figures(house)).toEqual({ sent: 1, answered: 1, given: { 9: 1 } });
    expect(await house.work()).toEqual([]);
  });

  it('of 0 is a score, and a bad one', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    await house.score('anna', prompt.id, 0);
    expect(await figures(house)).toEqual({ sent: 1, answered: 1, given: { 0: 1 } });
    expect(await house.cases()).toHaveLength(1);
  });

  it('off the scale changes nothing and names the scale', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna', { survey: 'ces' });
    for (const score of [0, 8, 10]) {
      const outcome = await house.score('anna', prompt.id, score);
      expect(outcome.kind).toBe('rejected');
      expect(textOf(outcome)).toContain('from 1 to 7');
    }
    expect(await house.response(prompt.id)).toBeNull();
    expect((await house.prompt(prompt.id)).state.status).toBe('sent');
  });

  it('of somebody else is refused, and says nothing of the one that there is', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    await house.score('anna', prompt.id, 3);
    for (const who of [customer('ben'), agent()]) {
      for (const action of [
        { kind: 'score', promptId: prompt.id, score: 10 },
        { kind: 'decline', promptId: prompt.id },
        { kind: 'opt_out', promptId: prompt.id },
        { kind: 'undo', promptId: prompt.id },
        { kind: 'change', promptId: prompt.id },
        { kind: 'add_words', promptId: prompt.id },
      ] as const) {
        const outcome = await house.press(who, action);
        expect(outcome.kind, action.kind).toBe('rejected');
        expect(textOf(outcome)).not.toMatch(/\b3\b/);
      }
      const words = await house.press(
        who,
        { kind: 'add_words', promptId: prompt.id },
        { words: 'not mine to say' },
      );
      expect(words.kind).toBe('rejected');
    }
    expect(await house.response(prompt.id)).toMatchObject({ score: 3, verbatim: null, revision: 1 });
  });

  it('may come from another identity of the same person', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna', { customer: 'C-1' });
    await house.help(house.closed('anna.web', { customer: 'C-1' }, WEB));
    await house.score('anna.web', prompt.id, 8, WEB);
    expect(await house.response(prompt.id)).toMatchObject({ score: 8 });
  });

  it('given twenty times at once is one response of one revision', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => house.score('anna', prompt.id, 2)));
    expect(new Set(outcomes.map(textOf))).toHaveLength(1);
    expect(await house.revisions(prompt.id)).toEqual([2]);
    expect(await house.cases()).toHaveLength(1);
    expect(await figures(house)).toEqual({ sent: 1, answered: 1, given: { 2: 1 } });
  });

  it('that is changed replaces, keeps its history, and the counts follow', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    await house.score('anna', prompt.id, 3);
    await house.pass(HOUR);
    await house.score('anna', prompt.id, 9);
    expect(await house.revisions(prompt.id)).toEqual([3, 9]);
    expect(await house.response(prompt.id)).toMatchObject({ score: 9, answeredAt: house.now - HOUR });
    expect(await figures(house)).toEqual({ sent: 1, answered: 1, given: { 9: 1 } });
  });

  it('keeps its words when the score changes, and its score when the words do', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    await house.score('anna', prompt.id, 7);
    await house.press(anna, { kind: 'add_words', promptId: prompt.id }, { words: 'quick help' });
    await house.score('anna', prompt.id, 8);
    expect(await house.response(prompt.id)).toMatchObject({ score: 8, verbatim: 'quick help', revision: 3 });
    await house.press(anna, { kind: 'add_words', promptId: prompt.id }, { words: '' });
    expect(await house.response(prompt.id)).toMatchObject({ score: 8, verbatim: null, revision: 4 });
  });

  it('can be changed and put into words by its giver, who is shown what they said', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    for (const kind of ['change', 'add_words'] as const)
      expect((await house.press(anna, { kind, promptId: prompt.id })).kind).toBe('rejected');
    await house.score('anna', prompt.id, 7);
    await house.press(anna, { kind: 'add_words', promptId: prompt.id }, { words: 'slow at first' });
    const change = await house.press(anna, { kind: 'change', promptId: prompt.id });
    expect(textOf(change)).toContain('6  [7]  8');
    const words = await house.press(anna, { kind: 'add_words', promptId: prompt.id });
    expect(textOf(words)).toContain('> slow at first');
    for (const outcome of [change, words]) expect(outcome).toMatchObject({ kind: 'done', shared: null });
    expect(await house.revisions(prompt.id)).toEqual([7, 7]);
  });

  it('keeps whom it is about: agent, account, channel and language', async () => {
    const house = await House.build(database());
    const place = { ...CHAT, channel: 'help', thread: 't' };
    const prompt = await house.ask('anna', { agent: 'kim', account: 'acme', place, locale: 'zh-CN' });
    await house.score('anna', prompt.id, 9);
    for (const [by, key] of [
      ['agent', 'kim'],
      ['account', 'acme'],
      ['channel', 'help'],
      ['locale', 'zh-CN'],
    ] as const) {
      const period = { survey: 'nps', from: house.now, to: house.now + 1, zone: 'UTC' } as const;
      const { groups } = await report(house.ctx, house.workspaceId, { ...period, basis: 'sent', by });
      expect(groups).toMatchObject([{ key, answered: 1, sent: 1 }]);
    }
  });

  it('after the expiry is kept, and marked late', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    await house.pass(8 * DAY);
    expect((await house.prompt(prompt.id)).state.status).toBe('expired');
    expect(textOf(await house.score('anna', prompt.id, 10))).toContain('had already closed');
    expect(await house.response(prompt.id)).toMatchObject({ score: 10, late: true });
    expect((await house.prompt(prompt.id)).state).toMatchObject({ status: 'answered', late: true });
  });

  it('after a decline counts: a changed mind', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    await house.press(anna, { kind: 'decline', promptId: prompt.id });
    await house.score('anna', prompt.id, 9);
    expect(await figures(house)).toEqual({ sent: 1, answered: 1, given: { 9: 1 } });
  });

  it('to a question that was never sent is refused', async () => {
    const house = await House.build(database());
    const [waiting] = await house.help(house.closed('anna'));
    expect((await house.score('anna', waiting!.prompt!.id, 9)).kind).toBe('rejected');
    await house.settings({ paused: true });
    await house.pass(HOUR);
    expect((await house.score('anna', waiting!.prompt!.id, 9)).kind).toBe('rejected');
    expect(await house.fates('anna')).toEqual(['survey_off']);
  });

  it('by whoever holds the token shows on the message, as much as its readers may see', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    const given = {
      promptId: prompt.id,
      by: 'bearer',
      score: 9,
      verbatim: 'secret words',
      elsewhere: true,
    } as const;
    await recordAnswer(house.ctx, house.workspaceId, given);
    await house.workUntil(house.now);
    expect(lastView(house.chat.of(`prompt-${prompt.id}`)[0])).toBe('Answered. Thank you!');
  });
});

describeOnEachStore('a typed answer', (database) => {
  it('of a score answers the open question, with the words behind it', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    expect((await house.write(anna, '9 – you were quick')).kind).toBe('done');
    expect(await house.response(prompt.id)).toMatchObject({ score: 9, verbatim: 'you were quick' });
    await house.workUntil(house.now);
    expect(lastView(house.chat.of(`prompt-${prompt.id}`)[0])).toBe('Answered. Thank you!');
  });

  it('of words alone, before any score, is mere talk', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    for (const text of ['thank you', 'abc', '1. It fails 2. again', '3 people are waiting']) {
      expect((await house.write(anna, text)).kind, text).toBe('ignored');
    }
    expect(await house.response(prompt.id)).toBeNull();
  });

  it('of words soon after a score is added to it, each line once, however often it is delivered', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    await house.score('anna', prompt.id, 9);
    await house.write(anna, 'quick');
    await house.write(anna, 'and friendly', { eventId: 'E1' });
    await house.write(anna, 'and friendly', { eventId: 'E1' });
    await Promise.all(['E2', 'E2', 'E2'].map((eventId) => house.write(anna, 'thanks', { eventId })));
    expect(await house.response(prompt.id)).toMatchObject({ verbatim: 'quick\nand friendly\nthanks' });
  });

  it('in several lines at once loses none of them', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    await house.score('anna', prompt.id, 9);
    await Promise.all(['quick', 'kind', 'clear', 'done'].map((text) => house.write(anna, text)));
    const response = await house.response(prompt.id);
    expect(response?.verbatim?.split('\n').sort()).toEqual(['clear', 'done', 'kind', 'quick']);
  });

  it('long after the score is the next conversation, and none of the answer’s words', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    await house.score('anna', prompt.id, 9);
    await house.pass(2 * HOUR);
    for (const text of ['my password does not work again', '2'])
      expect((await house.write(anna, text)).kind).toBe('ignored');
    expect(await house.response(prompt.id)).toMatchObject({ score: 9, verbatim: null });
  });

  it('in a conversation with a question still to come is talk, and that question is not sent', async () => {
    const house = await House.build(database());
    await house.policies({ throttle: 0 });
    const first = await house.ask('anna');
    await house.score('anna', first.id, 9);
    await house.pass(MINUTE);
    await house.help(house.closed('anna'));
    expect((await house.write(anna, 'one more thing')).kind).toBe('done');
    expect(await house.response(first.id)).toMatchObject({ verbatim: null });
    expect(await house.fates('anna')).toEqual(['reopened', 'answered']);
  });

  it('of somebody else in the same place neither answers nor holds up the question', async () => {
    const house = await House.build(database());
    await house.help(house.closed('ben', { place: { ...CHAT, channel: 'help', thread: null } }));
    await house.help(house.closed('anna'));
    await house.write(customer('ben'), 'me too', { thread: 'thread-anna' });
    await house.write(agent(), 'bye', { thread: 'thread-anna' });
    await house.pass(HOUR);
    expect(await house.fates('anna')).toEqual(['sent']);
    expect((await house.write(customer('ben'), '1', { thread: 'thread-anna' })).kind).toBe('ignored');
    expect(await house.fates('anna')).toEqual(['sent']);
  });

  it('to a question that the team asked for directly is understood where conversations are private', async () => {
    const house = await House.build(database());
    const old = { ...WEB, channel: null, thread: 'thread-wu' };
    await house.help(house.closed('wu', { place: old, closedBy: 'inactivity' }, WEB));
    await house.store.mailbox.openThread(
      house.workspaceId,
      { kind: 'conversation', name: 'thread-wu', person: 'wu' },
      house.now,
    );
    await house.command(agent('Sam', WEB), 'ask wu nps');
    await house.workUntil(house.now);
    expect((await house.write(customer('wu', WEB), '９')).kind).toBe('done');
    await house.workUntil(house.now);
    expect((await house.page('thread-wu')).join()).toContain('Your answer: 9 of 10');
  });
});

describeOnEachStore('saying no', (database) => {
  it('once ends the question, and can be taken back', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    expect(textOf(await house.press(anna, { kind: 'decline', promptId: prompt.id }))).toContain('No problem');
    await house.pass(10 * DAY);
    expect(house.chat.messages).toHaveLength(1);
    expect(await figures(house)).toEqual({ sent: 1, answered: 0, given: {} });
    const again = await house.press(anna, { kind: 'undo', promptId: prompt.id });
    expect(textOf(again)).toContain('How likely are you');
    await house.score('anna', prompt.id, 6);
    expect(await figures(house)).toEqual({ sent: 1, answered: 1, given: { 6: 1 } });
  });

  it('for ever holds across all of a person’s identities, and can be taken back', async () => {
    const house = await House.build(database());
    await house.policies({ throttle: 0 });
    const prompt = await house.ask('anna', { customer: 'C-1' });
    await house.press(anna, { kind: 'opt_out', promptId: prompt.id });
    const elsewhere = () => house.closed('anna.web', { customer: 'C-1' }, WEB);
    expect((await house.help(elsewhere()))[0]?.prompt?.reason).toBe('opted_out');
    await house.press(anna, { kind: 'undo', promptId: prompt.id });
    await house.score('anna', prompt.id, 9);
    expect((await house.help(elsewhere()))[0]?.prompt?.state).toBe('scheduled');
  });

  it('for ever after saying it once, or after an answer, can be taken back too', async () => {
    const house = await House.build(database());
    await house.policies({ throttle: 0, declineThrottle: 0 });
    const optedOut = async () => {
      const [outcome] = await house.help(house.closed('anna', { closedAt: house.now }));
      await house.api.reopen(house.workspaceId, outcome!.interactionId);
      return outcome?.prompt?.reason === 'opted_out';
    };
    const first = await house.ask('anna');
    await house.press(anna, { kind: 'decline', promptId: first.id });
    await house.press(anna, { kind: 'undo', promptId: first.id });
    await house.pass(MINUTE);
    await house.press(anna, { kind: 'opt_out', promptId: first.id });
    expect(await optedOut()).toBe(true);
    await house.press(anna, { kind: 'undo', promptId: first.id });
    expect(await optedOut()).toBe(false);
    await house.score('anna', first.id, 9);
    await house.pass(MINUTE);
    await house.press(anna, { kind: 'opt_out', promptId: first.id });
    expect(await optedOut()).toBe(true);
    await house.press(anna, { kind: 'undo', promptId: first.id });
    expect(await optedOut()).toBe(false);
  });

  it('for ever after an answer leaves the answer standing, for all to see and for its giver', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    await house.score('anna', prompt.id, 9);
    const out = await house.press(anna, { kind: 'opt_out', promptId: prompt.id });
    expect(textOf(out)).toContain('won’t ask you again');
    expect(out).toMatchObject({ shared: { summary: 'Answered. Thank you!' } });
    const back = await house.press(anna, { kind: 'undo', promptId: prompt.id });
    expect(textOf(back)).toContain('Your answer: 9 of 10');
    expect(back).toMatchObject({ shared: { summary: 'Answered. Thank you!' } });
  });

  it('for ever by command is not taken back by answering one question after all', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    await house.press(anna, { kind: 'decline', promptId: prompt.id });
    await house.pass(MINUTE);
    await house.command(anna, 'optout');
    await house.press(anna, { kind: 'undo', promptId: prompt.id });
    await house.score('anna', prompt.id, 9);
    expect(await house.response(prompt.id)).toMatchObject({ score: 9 });
    expect((await house.help(house.closed('anna')))[0]?.prompt?.reason).toBe('opted_out');
  });

  it('to the reminder’s question stops it', async () => {
    const house = await House.build(database());
    await house.ask('anna');
    await house.command(anna, 'optout');
    await house.pass(10 * DAY);
    expect(house.chat.messages).toHaveLength(1);
  });
});

describeOnEachStore('a typed answer that is not clear', (database) => {
  it('is not guessed: the scale is shown once more, and only once', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    const said = await house.write(customer('anna'), '11');
    expect(textOf(said)).toContain('“11” could mean several things');
    expect(textOf(said)).toContain('How likely');
    expect(await house.response(prompt.id)).toBeNull();
    expect((await house.write(customer('anna'), '8-9')).kind).toBe('ignored');
    expect(await house.response(prompt.id)).toBeNull();
    await house.write(customer('anna'), 'nine, it was quick');
    expect(await house.response(prompt.id)).toMatchObject({ score: 9, verbatim: 'it was quick' });
  });

  it('in two processes at once is asked about once', async () => {
    const house = await House.build(database());
    await house.ask('anna');
    const processes = [house, house.another()];
    const said = await Promise.all(processes.map((one) => one.write(customer('anna'), '100%')));
    expect(said.map(({ kind }) => kind).sort()).toEqual(['done', 'ignored']);
  });

  it('is talk before a question is there, after it was answered, and when it is over', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    await house.score('anna', prompt.id, 9);
    expect(textOf(await house.write(customer('anna'), '8-9'))).not.toContain('could mean');
    const other = await house.ask('bert');
    await house.pass(8 * DAY);
    expect((await house.prompt(other.id)).state.status).toBe('expired');
    expect((await house.write(customer('bert'), '8-9')).kind).toBe('ignored');
  });
});
