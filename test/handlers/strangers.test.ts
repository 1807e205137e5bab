// Somebody whom only the platform knows so far: asked by name, or named by a helpdesk.
import { expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/domain/basics.ts';
import type { ApiInteraction } from '../../src/ports/api.ts';
import { describeOnEachStore } from '../support/database.ts';
import { agent, CHAT, House, lastView } from './house.ts';

const sam = agent();

function known(house: House, id: string, profile = {}): void {
  house.chat.people.set(`T1:${id}`, { kind: 'found', profile: { name: `Name of ${id}`, ...profile } });
}

describeOnEachStore('asking somebody who was never helped', (database) => {
  it('given that the platform knows them, then they are asked directly, in their language, and called by their name', async () => {
    const house = await House.build(database());
    known(house, 'U7', { locale: 'zh-CN', zone: 'Asia/Shanghai' });
    expect(await house.command(sam, 'ask <@U7|xiao> nps')).toContain('Name of U7');
    await house.workUntil(house.now);
    expect(house.chat.messages.map(({ to }) => to)).toEqual([{ kind: 'person', externalId: 'U7' }]);
    expect(lastView(house.chat.messages[0])).toMatch(/\p{Script=Han}/u);
  });

  it('given one of the team, who is asked by name, then they are a customer like any other', async () => {
    const house = await House.build(database());
    known(house, 'U7', { isTeam: true });
    await house.command(sam, 'ask <@U7>');
    await house.workUntil(house.now);
    expect(await house.fates('U7')).toEqual(['sent']);
  });

  it('given a bot, then it is not asked, and it is said why', async () => {
    const house = await House.build(database());
    known(house, 'B1', { isBot: true });
    expect(await house.command(sam, 'ask <@B1>')).toContain('a bot or a member of the team');
    await house.pass(HOUR);
    expect(house.chat.messages).toEqual([]);
  });

  it.each(['nobody', 'cannot_tell'] as const)(
    'given that the platform says "%s", then nobody is asked, and it is said so',
    async (kind) => {
      const house = await House.build(database());
      house.chat.people.set('T1:U7', { kind });
      expect(await house.command(sam, 'ask <@U7>')).toContain('Nobody called “U7” is known here');
      expect(house.chat.messages).toEqual([]);
    },
  );

  it('given that they opted out, then they are not asked, also by name', async () => {
    const house = await House.build(database());
    known(house, 'U7');
    await house.command({ identity: { ...CHAT, externalId: 'U7' }, profile: {} }, 'optout');
    expect(await house.command(sam, 'ask <@U7>')).toContain('asked not to be asked again');
    await house.pass(HOUR);
    expect(house.chat.messages).toEqual([]);
  });

  it('given nobody in particular, then it is asked whom', async () => {
    const house = await House.build(database());
    for (const text of ['ask', 'ask @', 'ask nps', 'ask <!channel>']) {
      expect(await house.command(sam, text), text).not.toContain('Name of');
      expect(house.chat.sends, text).toBe(0);
    }
  });
});

describeOnEachStore('somebody whom a helpdesk names', (database) => {
  const told: ApiInteraction = {
    source: 'desk',
    externalId: 'X1',
    platform: 'chat',
    person: 'U7',
    survey: 'nps',
  };

  async function trigger(house: House, ...interactions: readonly ApiInteraction[]) {
    const outcomes = await house.api.trigger(house.workspaceId, interactions);
    return outcomes.map((one) => ('problem' in one ? one.problem : (one.prompt.reason ?? one.prompt.state)));
  }

  it('is asked in the language and the zone that the platform tells', async () => {
    const house = await House.build(database());
    await house.policies({ quietHours: { from: 20 * 60, to: 8 * 60 } });
    // Noon in UTC is nine in the evening there.
    known(house, 'U7', { locale: 'zh-CN', zone: 'Asia/Tokyo' });
    expect(await trigger(house, told)).toEqual(['scheduled']);
    await house.pass(10 * HOUR + 59 * MINUTE);
    expect(house.chat.messages).toEqual([]);
    await house.pass(MINUTE);
    expect(lastView(house.chat.messages[0])).toMatch(/\p{Script=Han}/u);
  });

  it('is asked in the language that the helpdesk tells, where both tell one', async () => {
    const house = await House.build(database());
    known(house, 'U7', { locale: 'zh-CN' });
    await trigger(house, { ...told, locale: 'en' });
    await house.pass(HOUR);
    expect(lastView(house.chat.messages[0])).toContain('How likely');
  });

  it('is not asked where the platform knows them as a bot; that they are of the team does not matter', async () => {
    const house = await House.build(database());
    known(house, 'B1', { isBot: true });
    known(house, 'U8', { isTeam: true });
    expect(
      await trigger(house, { ...told, person: 'B1' }, { ...told, externalId: 'X2', person: 'U8' }),
    ).toEqual(['not_a_customer', 'scheduled']);
  });

  it.each(['nobody', 'cannot_tell'] as const)(
    'is asked on the helpdesk’s word where the platform says "%s"',
    async (kind) => {
      const house = await House.build(database());
      house.chat.people.set('T1:U7', { kind });
      expect(await trigger(house, told)).toEqual(['scheduled']);
    },
  );

  it('with more than ten others at once is not looked up: that would take too long', async () => {
    const house = await House.build(database());
    let looked = 0;
    house.chat.lookUp = async () => {
      looked++;
      return { kind: 'cannot_tell' };
    };
    const many = (n: number) => Array.from({ length: n }, (_, i) => ({ ...told, externalId: `${n}-${i}` }));
    await trigger(house, ...many(10));
    expect(looked).toBe(10);
    await trigger(house, ...many(11));
    expect(looked).toBe(10);
  });
});
