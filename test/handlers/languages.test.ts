// Whoever is asked is spoken to in their own language, else in the workspace's, else in the default; a digest in its channel's.
import { expect, it } from 'vitest';
import { DAY } from '../../src/domain/basics.ts';
import { nextDue } from '../../src/domain/digest/schedule.ts';
import { setSchedule } from '../../src/handlers/install.ts';
import { MESSAGES } from '../../src/locales/index.ts';
import { describeOnEachStore } from '../support/database.ts';
import { CHAT, customer, House, lastView, NOON } from './house.ts';

const QUESTIONS = Object.entries(MESSAGES).map(([locale, words]) => [locale, words['question.nps']] as const);

describeOnEachStore('the language', (database) => {
  it('of a prompt, and of the thanks, is the customer’s own, in each of the seven', async () => {
    const house = await House.build(database());
    for (const [locale, question] of QUESTIONS) {
      const prompt = await house.ask(`c-${locale}`, { profile: { locale } });
      expect(lastView(house.chat.messages.at(-1)), locale).toContain(question);
      const outcome = await house.score(`c-${locale}`, prompt.id, 10);
      const thanks = MESSAGES[locale as keyof typeof MESSAGES]['answered.positive'];
      expect(JSON.stringify(outcome), locale).toContain(thanks);
    }
  });

  it('is the workspace’s where the customer’s is not spoken or not known, and else the default', async () => {
    const house = await House.build(database());
    await house.language('ja');
    const prompt = await house.ask('piet', { profile: { locale: 'nl-NL' } });
    expect(lastView(house.chat.messages.at(-1))).toContain(MESSAGES.ja['question.nps']);
    const declined = await house.press(customer('piet'), { kind: 'decline', promptId: prompt.id });
    expect(JSON.stringify(declined)).toContain(MESSAGES.ja['declined.text']);
    await house.ask('anybody', { locale: null });
    expect(lastView(house.chat.messages.at(-1))).toContain(MESSAGES.ja['question.nps']);
    await house.language('sv');
    await house.ask('nobody', { profile: { locale: 'nl' } });
    expect(lastView(house.chat.messages.at(-1))).toContain(MESSAGES.en['question.nps']);
  });

  it('of a digest is its channel’s', async () => {
    const house = await House.build(database());
    const monday = { weekday: 1, time: 9 * 60, zone: 'UTC' } as const;
    for (const locale of Object.keys(MESSAGES))
      await setSchedule(house.ctx, house.workspaceId, { ...CHAT, channel: `team-${locale}`, locale }, monday);
    await house.workUntil(nextDue(monday, NOON) + DAY);
    const digests = house.chat.messages.filter(({ key }) => key.startsWith('digest-'));
    expect(digests.map((one) => one.views.at(-1)?.locale).sort()).toEqual(Object.keys(MESSAGES).sort());
  });
});
