// trigger → eligibility → prompt, on the real store: whoever was helped is asked once, or it is noted why not.
import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/domain/basics.ts';
import { describeOnEachStore } from '../support/database.ts';
import { agent, CHAT, customer, House, NOON, WEB } from './house.ts';

describeOnEachStore('an interaction that ended', (database) => {
  it('brings one prompt, due after the delay, and says so', async () => {
    const house = await House.build(database());
    const [outcome] = await house.help(house.closed('anna', { closedAt: NOON - MINUTE }));
    expect(outcome?.prompt).toEqual({
      id: expect.any(String),
      state: 'scheduled',
      reason: null,
      dueAt: NOON + 9 * MINUTE,
    });
    await house.pass(8 * MINUTE);
    expect(house.chat.messages).toHaveLength(0);
    await house.pass(MINUTE);
    expect(house.chat.of(`prompt-${outcome?.prompt?.id}`)).toHaveLength(1);
  });

  it('reported again, answers as the first time and asks nobody, also when the question went out or was answered since', async () => {
    const house = await House.build(database());
    const event = house.closed('anna', { survey: 'nps' });
    const [first] = await house.help(event);
    expect(await house.help(event)).toEqual([first]);
    await house.pass(HOUR);
    expect(await house.help(event)).toEqual([first]);
    await house.score('anna', first!.prompt!.id, 9);
    expect(await house.help(event)).toEqual([first]);
    await house.pass(HOUR);
    expect(house.chat.messages).toHaveLength(1);
  });

  it('reported again after it was reopened, says that nothing will be sent', async () => {
    const house = await House.build(database());
    const event = house.closed('anna');
    const [first] = await house.help(event);
    await house.api.reopen(house.workspaceId, first!.interactionId);
    const [again] = await house.help(event);
    expect(again?.prompt).toMatchObject({ state: 'suppressed', reason: 'reopened', dueAt: null });
  });

  it('reported twenty times at once, brings one prompt and one answer', async () => {
    const house = await House.build(database());
    const event = house.closed('anna');
    const answers = await Promise.all(Array.from({ length: 20 }, () => house.help(event)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toHaveLength(1);
    await house.pass(HOUR);
    expect(house.chat.messages).toHaveLength(1);
  });

  it('twice in one batch, is one', async () => {
    const house = await House.build(database());
    const event = house.closed('anna');
    const [one, two] = await house.help(event, event);
    expect(two).toEqual(one);
    expect(await house.fates('anna')).toEqual(['scheduled']);
  });

  it('of somebody who is in the same batch with another, is throttled by it', async () => {
    const house = await House.build(database());
    const other = { ...CHAT, channel: null, thread: 'another' };
    const outcomes = await house.help(
      house.closed('anna'),
      house.closed('ben'),
      house.closed('anna', { place: other }),
    );
    expect(outcomes.map(({ prompt }) => prompt?.reason)).toEqual([null, null, 'throttled']);
  });

  it('is throttled for 30 days after a prompt, answered or not, and not a moment longer', async () => {
    const house = await House.build(database());
    await house.ask('anna');
    await house.pass(30 * DAY - HOUR);
    expect((await house.help(house.closed('anna')))[0]?.prompt?.reason).toBe('throttled');
    await house.pass(HOUR);
    expect((await house.help(house.closed('anna')))[0]?.prompt?.state).toBe('scheduled');
  });

  it('is throttled by what the same person was asked on another platform', async () => {
    const house = await House.build(database());
    await house.ask('anna', { customer: 'C-1' });
    const elsewhere = house.closed('anna.web', { customer: 'C-1' }, WEB);
    expect((await house.help(elsewhere))[0]?.prompt?.reason).toBe('throttled');
  });

  it('gives the throttle back when it is reopened before anybody was asked', async () => {
    const house = await House.build(database());
    const other = { ...CHAT, channel: null, thread: 'another' };
    const [first] = await house.help(house.closed('anna'));
    expect((await house.help(house.closed('anna', { place: other })))[0]?.prompt?.reason).toBe('throttled');
    await house.api.reopen(house.workspaceId, first!.interactionId);
    expect((await house.help(house.closed('anna')))[0]?.prompt?.state).toBe('scheduled');
  });

  it('gives the throttle back when the prompt is suppressed as it falls due', async () => {
    const house = await House.build(database());
    await house.help(house.closed('anna'));
    await house.settings({ paused: true });
    await house.pass(HOUR);
    await house.settings({ paused: false });
    expect((await house.help(house.closed('anna')))[0]?.prompt?.state).toBe('scheduled');
    expect(await house.fates('anna')).toEqual(['scheduled', 'survey_off']);
  });

  it('is left in peace for 90 days after an explicit decline', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    await house.press(customer('anna'), { kind: 'decline', promptId: prompt.id });
    await house.pass(89 * DAY);
    expect((await house.help(house.closed('anna')))[0]?.prompt?.reason).toBe('declined_recently');
    await house.pass(DAY);
    expect((await house.help(house.closed('anna')))[0]?.prompt?.state).toBe('scheduled');
  });

  it('counts the daily cap across a batch', async () => {
    const house = await House.build(database());
    await house.policies({ dailyCap: 2 });
    await house.help(house.closed('anna'));
    const outcomes = await house.help(...['ben', 'cleo', 'dan'].map((name) => house.closed(name)));
    expect(outcomes.map(({ prompt }) => prompt?.reason)).toEqual([null, 'daily_cap', 'daily_cap']);
  });

  it('counts the daily cap by the local day, also by one of 25 hours', async () => {
    // In Berlin the 25th of October 2026 has 25 hours: from 22:00 to 23:00 UTC.
    const house = await House.build(database(), { now: Date.UTC(2026, 9, 24, 21, 0), zone: 'Europe/Berlin' });
    await house.policies({ dailyCap: 1, delay: 0 });
    await house.help(house.closed('anna'));
    expect((await house.help(house.closed('ben')))[0]?.prompt?.reason).toBe('daily_cap');
    await house.workUntil(Date.UTC(2026, 9, 24, 22, 0));
    expect((await house.help(house.closed('cleo')))[0]?.prompt?.state).toBe('scheduled');
    await house.workUntil(Date.UTC(2026, 9, 25, 22, 30));
    expect((await house.help(house.closed('dan')))[0]?.prompt?.reason).toBe('daily_cap');
    await house.workUntil(Date.UTC(2026, 9, 25, 23, 0));
    expect((await house.help(house.closed('eve')))[0]?.prompt?.state).toBe('scheduled');
  });

  it('counts the daily cap across many batches at once, and never beyond', async () => {
    const house = await House.build(database());
    await house.policies({ dailyCap: 5 });
    const names = Array.from({ length: 12 }, (_, i) => `person-${i}`);
    const outcomes = (await Promise.all(names.map((name) => house.help(house.closed(name))))).flat();
    expect(outcomes.filter(({ prompt }) => prompt?.state === 'scheduled')).toHaveLength(5);
  });

  it('in quiet hours is put off into the morning of the person', async () => {
    const house = await House.build(database());
    await house.policies({ quietHours: { from: 20 * 60, to: 8 * 60 } });
    // Noon in London is 20:00 in Shanghai.
    const here = house.closed('anna', { profile: { zone: 'Europe/London' } });
    const there = house.closed('bo', { profile: { zone: 'Asia/Shanghai' } });
    const outcomes = await house.help(here, there);
    expect(outcomes.map(({ prompt }) => prompt?.dueAt)).toEqual([NOON + 10 * MINUTE, NOON + 12 * HOUR]);
  });

  it('is sampled by a stable choice: the same interactions on every store, about as many as asked for', async () => {
    const house = await House.build(database());
    await house.policies({ sampling: 50 });
    const events = Array.from({ length: 200 }, (_, i) =>
      house.closed(`p${i}`, { externalId: `T-${i}`, delay: 0 }),
    );
    const reasons = (await house.help(...events)).map(({ prompt }) => prompt?.reason);
    const out = reasons.filter((reason) => reason === 'sampled_out').length;
    expect(out).toBeGreaterThan(70);
    expect(out).toBeLessThan(130);
    expect(reasons.filter((reason) => reason === null)).toHaveLength(200 - out);
  });

  it('brings NPS when the person was not asked it for 90 days, and CES otherwise', async () => {
    const house = await House.build(database());
    await house.policies({ throttle: 0 });
    const surveyOf = async (more = {}) => {
      const [outcome] = await house.help(house.closed('anna', { delay: 0, ...more }));
      await house.workUntil(house.now);
      const { survey } = await house.prompt(outcome!.prompt!.id);
      // A good answer: a bad one would have the team told every hour that there is no channel for alerts.
      await house.score('anna', outcome!.prompt!.id, survey === 'nps' ? 9 : 5);
      return survey;
    };
    expect(await surveyOf()).toBe('nps');
    await house.pass(89 * DAY);
    expect(await surveyOf()).toBe('ces');
    await house.pass(DAY);
    expect(await surveyOf()).toBe('nps');
    expect(await surveyOf({ survey: 'csat' })).toBe('csat');
  });

  it('is skipped with its reason: closed by inactivity, a bot, the team, a survey that is off, a pause, long ago', async () => {
    const house = await House.build(database());
    await house.policy('csat', { enabled: false });
    const outcomes = await house.help(
      house.closed('a', { closedBy: 'inactivity' }),
      house.closed('b', { profile: { isBot: true } }),
      house.closed('c', { profile: { isTeam: true } }),
      house.closed('d', { survey: 'csat' }),
      house.closed('e', { closedAt: NOON - DAY - 11 * MINUTE }),
      house.closed('f', { closedAt: NOON - DAY - 9 * MINUTE }),
    );
    expect(outcomes.map(({ prompt }) => prompt?.reason)).toEqual([
      'auto_closed',
      'not_a_customer',
      'not_a_customer',
      'survey_off',
      'too_old',
      null,
    ]);
    await house.settings({ paused: true });
    expect((await house.help(house.closed('g')))[0]?.prompt?.reason).toBe('survey_off');
  });

  it('on an installation that was taken away is skipped', async () => {
    const house = await House.build(database());
    await house.uninstall(CHAT);
    expect((await house.help(house.closed('anna')))[0]?.prompt?.reason).toBe('workspace_uninstalled');
  });

  it('where nobody can be written to is skipped at once', async () => {
    const house = await House.build(database(), { capabilities: { direct: false } });
    const nowhere = { ...CHAT, channel: null, thread: null };
    expect((await house.help(house.closed('anna', { place: nowhere })))[0]?.prompt?.reason).toBe(
      'no_reachable_channel',
    );
    expect((await house.help(house.closed('ben')))[0]?.prompt?.state).toBe('scheduled');
  });

  it('in a conversation whose last question is still open is a duplicate', async () => {
    const house = await House.build(database());
    await house.policies({ throttle: 0 });
    await house.ask('anna');
    expect((await house.help(house.closed('anna')))[0]?.prompt?.reason).toBe('duplicate');
    const other = { ...CHAT, channel: null, thread: 'another' };
    expect((await house.help(house.closed('anna', { place: other })))[0]?.prompt?.state).toBe('scheduled');
  });

  it('that a clock running ahead reports is due by our clock', async () => {
    const house = await House.build(database());
    const [outcome] = await house.help(house.closed('anna', { closedAt: NOON + DAY }));
    expect(outcome?.prompt?.dueAt).toBe(NOON + 10 * MINUTE);
  });
});

describeOnEachStore('a question that the team asks for', (database) => {
  const lead = agent();

  it('passes throttle, decline and sampling', async () => {
    const house = await House.build(database());
    const first = await house.ask('anna');
    await house.press(customer('anna'), { kind: 'decline', promptId: first.id });
    await house.policies({ sampling: 0 });
    expect(await house.command(lead, 'ask anna')).toContain('anna will be asked');
    await house.workUntil(house.now);
    expect(await house.fates('anna')).toEqual(['sent', 'declined']);
  });

  it('never passes an opt-out', async () => {
    const house = await House.build(database());
    await house.ask('anna');
    await house.command(customer('anna'), 'optout');
    await house.command(lead, 'ask anna');
    expect(await house.fates('anna')).toEqual(['opted_out', 'sent']);
  });

  it('does not put a second live question before the same person', async () => {
    const house = await House.build(database());
    await house.ask('anna');
    await house.command(lead, 'ask anna');
    expect(await house.fates('anna')).toEqual(['duplicate', 'sent']);
  });

  it('asked for twice by one redelivered command, is one', async () => {
    const house = await House.build(database());
    await house.ask('anna');
    await house.pass(8 * DAY);
    await Promise.all(['E1', 'E1', 'E1'].map((id) => house.command(lead, 'ask anna', id)));
    expect(await house.fates('anna')).toEqual(['scheduled', 'expired']);
  });
});
