// Where the product presents itself: to a lead the figures, the open cases and what is left to set up; to everybody else one line. And the
// question to oneself, of which nothing is kept.
import { expect, it } from 'vitest';
import { DAY } from '../../src/domain/basics.ts';
import type { Action } from '../../src/domain/command/action.ts';
import { REHEARSAL } from '../../src/handlers/rehearsal.ts';
import { storeUnderTest } from '../adapters/postgres/store-under-test.ts';
import { describeOnEachStore } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { agent, CHAT, customer, House, lastView, textOf } from './house.ts';

const sam = agent();
const anna = customer('anna');
const chinese = { locale: 'zh-CN' };

describeOnEachStore('home', (database) => {
  it('given nothing yet, then a lead sees how it works and what is left to set up', async () => {
    const house = await House.build(database());
    const home = await house.home(sam);
    expect(home).toMatch(/Put\s+(?:✅|white_check_mark)\s+on\s+a\s+conversation/);
    for (const step of ['Name your support team', 'Choose a channel, a day', 'Choose a channel for unhappy'])
      expect(home).toContain(`○ ${step}`);
    expect(home).toContain('✓ Time zone: UTC');
    expect(home).toMatch(/\[ Change settings \].*\[ Send me a test question \]/);
  });

  it('given what was set up here, then those steps are done; what was set up elsewhere is not', async () => {
    const house = await House.build(database());
    await house.install('chat', 'T2');
    for (const text of [
      'settings team S1',
      'settings alerts C1',
      'settings reaction tada',
      'digest weekly mon 9:00',
    ])
      await house.command(sam, text);
    const home = await house.home(sam);
    expect(home).toMatch(/Put\s+:?tada:?\s+on\s+a\s+conversation/);
    for (const step of ['Name your support team', 'Choose a channel, a day', 'Choose a channel for unhappy'])
      expect(home).toContain(`✓ ${step}`);
    const other = await house.home(agent('Kim', { platform: 'chat', installation: 'T2' }));
    expect(other).toContain('○ Name your support team');
    expect(other).toContain('○ Choose a channel, a day');
    expect(other).toContain('✓ Choose a channel for unhappy');
  });

  it('given answers and a case, then a lead sees the last four weeks and what is open', async () => {
    const house = await House.build(database());
    await house.score('anna', (await house.ask('anna')).id, 2);
    await house.pass(DAY);
    const home = await house.home(sam);
    expect(home).toContain('NPS -100');
    expect(home).toMatch(/#1\b.*anna/s);
    await house.pass(28 * DAY);
    expect(await house.home(sam)).not.toContain('NPS -100');
  });

  it('given names that are not to be shown, then none is', async () => {
    const house = await House.build(database());
    await house.settings({ showNames: false });
    await house.score('anna', (await house.ask('anna')).id, 2);
    expect(await house.home(sam)).not.toMatch(/anna/i);
  });

  it('given somebody else, or somebody of whom that is not known, then it says what they are asked and how that stops', async () => {
    const house = await House.build(database());
    await house.score('anna', (await house.ask('anna')).id, 2);
    for (const isTeam of [{}, { isTeam: false }]) {
      const home = await house.home(customer('anna', CHAT, isTeam));
      expect(home).toContain('/nps optout');
      expect(home).not.toMatch(/#1|NPS|settings/);
    }
  });

  it('given their language, then each reads it in theirs', async () => {
    const house = await House.build(database());
    const lead = { ...sam, profile: { ...sam.profile, ...chinese } };
    expect(await house.home(lead)).toContain('指定您的客服团队');
    expect(await house.home(customer('anna', CHAT, chinese))).toContain('只有客服团队能看到您的回答');
  });
});

describeOnEachStore('a test question', (database) => {
  it('given a lead who asks for it, then it comes to them directly, in their language, and they are told at once', async () => {
    const house = await House.build(database());
    const lead = { ...sam, profile: { ...sam.profile, ...chinese } };
    expect(textOf(await house.press(lead, { kind: 'test_prompt' }))).toContain('测试不计入统计');
    await eventually('the question', () => house.chat.messages.length === 1);
    expect(house.chat.messages[0]?.to).toEqual({ kind: 'person', externalId: 'sam' });
    expect(lastView(house.chat.messages[0])).toMatch(/1 {2}2 {2}3 {2}4 {2}5 {2}6 {2}7/);
    expect(lastView(house.chat.messages[0])).toMatch(/\p{Script=Han}/u);
  });

  it('given a platform that takes its time, breaks or refuses, then they are told at once all the same', async () => {
    const house = await House.build(database());
    for (const fate of ['silence', 'throws', { refuse: 'person_gone' }] as const) {
      house.chat.sending.push(fate);
      expect((await house.press(sam, { kind: 'test_prompt' })).kind).toBe('done');
    }
    await eventually(
      'each failure in the log',
      () => house.log.filter(({ message }) => message.includes('test question')).length === 3,
    );
    house.chat.send = () => new Promise(() => undefined);
    expect((await house.press(sam, { kind: 'test_prompt' })).kind).toBe('done');
  });

  it('given a platform where nobody can be written to, then it is shown at once', async () => {
    const house = await House.build(database(), { capabilities: { direct: false } });
    expect(textOf(await house.press(sam, { kind: 'test_prompt' }))).toMatch(/1 {2}2 {2}3/);
    expect(house.chat.sends).toBe(0);
  });

  it('given somebody who is not of the team, then nothing is sent', async () => {
    const house = await House.build(database());
    expect((await house.press(anna, { kind: 'test_prompt' })).kind).toBe('rejected');
    expect(house.chat.sends).toBe(0);
  });

  it('given everything that can be pressed on it, then each shows what a customer would see, and the store is as it was', async () => {
    const house = await House.build(database());
    const { rowsOf } = storeUnderTest(database());
    const before = await rowsOf(house.workspaceId);
    const promptId = REHEARSAL;
    const all: readonly (readonly [Action, Record<string, string> | null, string])[] = [
      [{ kind: 'score', promptId, score: 6 }, null, '6 of 7'],
      [{ kind: 'change', promptId }, null, '1  2  3  4  5  6  7'],
      [{ kind: 'add_words', promptId }, null, 'words'],
      [{ kind: 'add_words', promptId }, { words: 'quick <!channel>' }, 'quick <!channel>'],
      [{ kind: 'decline', promptId }, null, ''],
      [{ kind: 'undo', promptId }, null, '1  2  3  4  5  6  7'],
      [{ kind: 'opt_out', promptId }, null, ''],
    ];
    for (const [action, values, told] of all) {
      const outcome = await house.press(sam, action, values);
      expect(outcome.kind, action.kind).toBe('done');
      expect(textOf(outcome).toLowerCase(), action.kind).toContain(told.toLowerCase());
    }
    expect(await rowsOf(house.workspaceId)).toEqual(before);
    expect(await house.home(sam)).not.toContain('CES 6');
  });

  it('given a score that is not on its scale, then it is told so, as a customer would be', async () => {
    const house = await House.build(database());
    const outcome = await house.press(sam, { kind: 'score', promptId: REHEARSAL, score: 99 });
    expect(outcome.kind).toBe('rejected');
  });
});
