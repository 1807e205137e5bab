// The one reminder, and the end of the time to answer.
import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/domain/basics.ts';
import { recordAnswer } from '../../src/handlers/record-answer.ts';
import { describeOnEachStore } from '../support/database.ts';
import { CHAT, customer, House, lastView, NOON, textOf, WEB } from './house.ts';

const anna = customer('anna');

describeOnEachStore('a reminder', (database) => {
  it('comes once, a day after the question, and never again', async () => {
    const house = await House.build(database());
    const { id } = await house.ask('anna');
    await house.pass(DAY - MINUTE);
    expect(house.chat.messages).toHaveLength(1);
    await house.pass(MINUTE);
    expect(house.chat.of(`remind-${id}`)).toHaveLength(1);
    expect((await house.prompt(id)).state).toMatchObject({ status: 'reminded', sentAt: NOON });
    await house.pass(30 * DAY);
    expect(house.chat.messages).toHaveLength(2);
  });

  it('takes the scale with it: there is one place to answer, before and after the answer', async () => {
    const house = await House.build(database());
    const { id } = await house.ask('anna');
    await house.pass(DAY);
    const [first] = house.chat.of(`prompt-${id}`);
    const [second] = house.chat.of(`remind-${id}`);
    expect(lastView(first)).not.toContain('How likely');
    expect(lastView(second)).toContain('How likely');
    const given = { promptId: id, by: 'bearer', score: 9, elsewhere: true } as const;
    await recordAnswer(house.ctx, house.workspaceId, given);
    await house.workUntil(house.now);
    expect(lastView(second)).toBe('Answered. Thank you!');
    expect(lastView(first)).not.toContain('How likely');
  });

  it.each(['answers', 'declines'] as const)(
    'whose customer %s through the first message, before that could change, shows it too',
    async (act) => {
      const house = await House.build(database());
      const { id } = await house.ask('anna');
      house.chat.updating.push('silence');
      await house.pass(DAY);
      if (act === 'answers') await house.score('anna', id, 9);
      else await house.press(anna, { kind: 'decline', promptId: id });
      await house.workUntil(house.now);
      expect(lastView(house.chat.of(`remind-${id}`)[0])).not.toContain('How likely');
    },
  );

  it('that expires unanswered leaves no scale anywhere, also on the page', async () => {
    const house = await House.build(database());
    await house.ask('wu', {}, WEB);
    await house.pass(DAY);
    expect((await house.page('thread-wu')).join('\n').match(/How likely/g)).toHaveLength(1);
    await house.pass(10 * DAY);
    const page = await house.page('thread-wu');
    expect(page.join('\n')).not.toContain('How likely');
    expect(page.at(-1)).toContain('This question has closed');
  });

  it.each(['answer', 'decline', 'opt_out'] as const)('never comes after %s', async (act) => {
    const house = await House.build(database());
    const { id } = await house.ask('anna');
    await house.pass(HOUR);
    if (act === 'answer') await house.score('anna', id, 4);
    else await house.press(anna, { kind: act, promptId: id });
    await house.pass(30 * DAY);
    expect(house.chat.messages).toHaveLength(1);
  });

  it('is not sent where it would not be asked any more: opted out, reopened, paused, off, uninstalled', async () => {
    for (const act of [
      (house: House) => house.command(anna, 'optout'),
      (house: House, interactionId: string) => house.api.reopen(house.workspaceId, interactionId),
      (house: House) => house.settings({ paused: true }),
      (house: House) => house.policies({ reminder: null }),
      (house: House) => house.uninstall(CHAT),
    ]) {
      const house = await House.build(database());
      const prompt = await house.ask('anna');
      await act(house, prompt.interactionId);
      await house.pass(5 * DAY);
      expect(house.chat.messages).toHaveLength(1);
    }
  });

  it('in quiet hours waits for the morning', async () => {
    const house = await House.build(database(), { now: Date.UTC(2026, 2, 4, 12, 0) });
    await house.policies({ quietHours: { from: 9 * 60, to: 8 * 60 }, reminder: DAY });
    await house.policies({ quietHours: null });
    const { id } = await house.ask('anna');
    await house.policies({ quietHours: { from: 11 * 60, to: 15 * 60 } });
    await house.pass(DAY + 3 * HOUR - MINUTE);
    expect(house.chat.of(`remind-${id}`)).toHaveLength(0);
    await house.pass(MINUTE);
    expect(house.chat.of(`remind-${id}`)).toHaveLength(1);
  });

  it('that is refused for a while is sent when it may be', async () => {
    const house = await House.build(database());
    const { id } = await house.ask('anna');
    house.chat.sending.push({ refuse: 'rate_limited', retryAfter: 10 * MINUTE }, { refuse: 'unavailable' });
    await house.pass(DAY + HOUR);
    expect(house.chat.of(`remind-${id}`)).toHaveLength(1);
    expect((await house.prompt(id)).state.status).toBe('reminded');
  });

  it.each(['killed before', 'killed after'] as const)(
    'by a process that was %s it happened, comes once',
    async (fate) => {
      const house = await House.build(database());
      const { id } = await house.ask('anna');
      await house.pass(DAY - MINUTE);
      house.chat.sending.push(fate);
      house.now += MINUTE;
      expect(await house.live()).toBe('killed');
      house.now += MINUTE;
      await house.workUntil(house.now);
      expect(house.chat.of(`remind-${id}`)).toHaveLength(1);
      expect((await house.prompt(id)).state.status).toBe('reminded');
    },
  );

  it('that nobody can tell whether it was sent is never sent again', async () => {
    const house = await House.build(database());
    const { id } = await house.ask('anna');
    house.chat.looking = 'cannot tell';
    await house.pass(DAY - MINUTE);
    house.chat.sending.push('killed after');
    house.now += MINUTE;
    await house.live();
    await house.pass(5 * DAY);
    expect(house.chat.of(`remind-${id}`)).toHaveLength(1);
    expect(lastView(house.chat.of(`prompt-${id}`)[0])).toContain('How likely');
  });

  it('that crosses with the answer shows the answer, and asks no more', async () => {
    const house = await House.build(database());
    const { id } = await house.ask('anna');
    house.chat.onAppearance = async () => void (await house.score('anna', id, 9));
    await house.pass(2 * DAY);
    expect((await house.prompt(id)).state.status).toBe('answered');
    for (const message of house.chat.messages) expect(lastView(message)).toBe('Answered. Thank you!');
  });
});

describeOnEachStore('the time to answer', (database) => {
  it('ends seven days after the question, and the message says so', async () => {
    const house = await House.build(database());
    await house.policies({ reminder: null });
    const { id } = await house.ask('anna');
    await house.pass(7 * DAY - MINUTE);
    expect((await house.prompt(id)).state.status).toBe('sent');
    await house.pass(MINUTE);
    expect((await house.prompt(id)).state.status).toBe('expired');
    expect(lastView(house.chat.messages[0])).toContain('This question has closed');
    expect(await house.work()).toEqual([]);
  });

  it('that ended says so also where the platform was away for a while or gave no answer', async () => {
    const house = await House.build(database());
    await house.policies({ reminder: null });
    await house.ask('anna');
    house.chat.updating.push(
      { refuse: 'unavailable' },
      { refuse: 'rate_limited', retryAfter: MINUTE },
      'silence',
    );
    await house.pass(8 * DAY);
    expect(lastView(house.chat.messages[0])).toContain('This question has closed');
    expect(await house.work()).toEqual([]);
  });

  it('that ended does not end a conversation that somebody deleted: the message is left alone', async () => {
    const house = await House.build(database());
    await house.policies({ reminder: null });
    await house.ask('anna');
    house.chat.updating.push({ refuse: 'invalid' });
    await house.pass(8 * DAY);
    expect(house.chat.updates).toBe(1);
    expect(await house.work()).toEqual([]);
  });

  it('begins anew for nobody: an answer after it is late by its own account, also before the end was noted', async () => {
    const house = await House.build(database());
    const { id } = await house.ask('anna');
    house.now += 7 * DAY;
    expect(textOf(await house.score('anna', id, 9))).toContain('had already closed');
    expect(await house.response(id)).toMatchObject({ late: true });
    await house.pass(DAY);
    expect((await house.prompt(id)).state.status).toBe('answered');
  });
});
