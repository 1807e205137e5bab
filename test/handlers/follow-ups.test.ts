// A bad answer opens a case: the team hears of it, somebody takes it, and everybody can see on the very message how it stands.
import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/domain/basics.ts';
import { describeOnEachStore } from '../support/database.ts';
import type { Shown } from '../support/scripted-platform.ts';
import { agent, CHAT, customer, House, lastView, textOf, WEB } from './house.ts';

const ALERTS = { ...CHAT, channel: 'alerts' };
const sam = agent('Sam');
const kim = agent('Kim');

async function opened(database: Parameters<typeof House.build>[0], score = 2) {
  const house = await House.build(database);
  await house.settings({ alerts: ALERTS });
  const prompt = await house.ask('anna');
  await house.score('anna', prompt.id, score);
  await house.workUntil(house.now);
  const [dossier] = await house.cases();
  return { house, prompt, followUpId: dossier?.followUp.id ?? '' };
}

function alerts(house: House): readonly Shown[] {
  return house.chat.messages.filter(({ to, key }) => to.kind === 'channel' && /^(?:alert|again)-/u.test(key));
}

describeOnEachStore('an unhappy answer', (database) => {
  it('is told to the team once, where alerts go, with the words and who said them', async () => {
    const { house } = await opened(database());
    expect(alerts(house).map(({ to }) => to)).toEqual([{ kind: 'channel', channel: 'alerts' }]);
    expect(lastView(alerts(house)[0])).toMatch(/case #1\b[\s\S]*anna answered 2 of 10/);
    await house.pass(10 * DAY);
    expect(alerts(house)).toHaveLength(1);
  });

  it('is told where the digest goes while nothing else is said, also while that digest is off', async () => {
    const house = await House.build(database());
    const scheduleId = await house.digest(WEB, { weekday: 1, time: 9 * 60, zone: 'UTC' });
    await house.tx(async (tx) => {
      const schedule = await tx.digests.lock(scheduleId);
      await tx.digests.saveSchedule({ ...schedule!, enabled: false });
    });
    const prompt = await house.ask('anna');
    await house.score('anna', prompt.id, 0);
    await house.workUntil(house.now);
    expect((await house.page('team')).join()).toContain('case #1');
    expect(house.chat.messages).toHaveLength(1);
  });

  it('is told without the name where the policy shows none', async () => {
    const house = await House.build(database());
    await house.settings({ alerts: ALERTS, showNames: false });
    const prompt = await house.ask('anna', { profile: { name: 'Anna Adams' } });
    await house.score('anna', prompt.id, 1);
    await house.workUntil(house.now);
    expect(lastView(alerts(house)[0])).toContain('A customer answered 1 of 10');
    expect(JSON.stringify(alerts(house)[0]?.views)).not.toMatch(/anna/i);
  });

  it('of 7 or more opens nothing', async () => {
    const { house } = await opened(database(), 7);
    expect(await house.cases()).toEqual([]);
    expect(alerts(house)).toEqual([]);
  });

  it('that was a good one first opens a case when it is changed', async () => {
    const { house, prompt } = await opened(database(), 9);
    await house.pass(HOUR);
    await house.score('anna', prompt.id, 1);
    await house.workUntil(house.now);
    expect(alerts(house)).toHaveLength(1);
    expect(await house.cases()).toHaveLength(1);
  });

  it('that turns out better shows so on the alert, and leaves the case to the team', async () => {
    const { house, prompt } = await opened(database());
    await house.score('anna', prompt.id, 9);
    await house.workUntil(house.now);
    expect(lastView(alerts(house)[0])).toContain('no longer a bad one');
    expect(await house.cases()).toHaveLength(1);
  });

  it('after another of the same person joins its case: one alert, and it says that there are two', async () => {
    const { house, followUpId } = await opened(database());
    await house.policies({ throttle: 0 });
    const second = await house.ask('anna', { place: { ...CHAT, channel: null, thread: 'other' } });
    await house.score('anna', second.id, 3);
    await house.workUntil(house.now);
    const cases = await house.cases();
    expect(cases.map(({ followUp }) => followUp.id)).toEqual([followUpId]);
    expect(cases[0]?.followUp.responseIds).toHaveLength(2);
    expect(alerts(house)).toHaveLength(1);
    expect(lastView(alerts(house)[0])).toContain('2 bad answers');
  });

  it('in twenty answers of one person at once is one case and one alert', async () => {
    const house = await House.build(database());
    await house.settings({ alerts: ALERTS });
    await house.policies({ throttle: 0 });
    const prompts = [];
    for (let i = 0; i < 5; i++)
      prompts.push(await house.ask('anna', { place: { ...CHAT, channel: null, thread: `t${i}` } }));
    await Promise.all(
      prompts.flatMap(({ id }) => [1, 2, 3, 2].map((score) => house.score('anna', id, score))),
    );
    await house.workUntil(house.now);
    expect(await house.cases()).toHaveLength(1);
    expect(alerts(house)).toHaveLength(1);
  });
});

describeOnEachStore('an alert', (database) => {
  it('for which there is no channel is said in the log, kept, and posted as soon as there is one', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    await house.score('anna', prompt.id, 2);
    await house.pass(5 * HOUR);
    expect(house.log.filter(({ level }) => level === 'warn')[0]?.message).toContain('no channel for alerts');
    await house.settings({ alerts: ALERTS });
    await house.pass(6 * HOUR);
    expect(alerts(house)).toHaveLength(1);
    expect(lastView(alerts(house)[0])).toContain('anna answered 2 of 10');
  });

  it('for which there is no channel for weeks is looked after ever less often', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    await house.score('anna', prompt.id, 2);
    await house.pass(10 * DAY);
    const looks = house.log.filter(({ message }) => message.includes('no channel for alerts')).length;
    expect(looks).toBeGreaterThan(40);
    expect(looks).toBeLessThan(60);
  });

  it('for which there is no channel is let go when the case is closed', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    await house.score('anna', prompt.id, 2);
    await house.workUntil(house.now);
    await house.command(sam, 'close 1 called them');
    await house.settings({ alerts: ALERTS });
    await house.pass(2 * HOUR);
    expect(alerts(house)).toEqual([]);
    expect((await house.work()).map(({ kind }) => kind)).not.toContain('alert');
  });

  it('that is refused for a while is posted when it may be', async () => {
    const house = await House.build(database());
    await house.settings({ alerts: ALERTS });
    const prompt = await house.ask('anna');
    house.chat.sending.push({ refuse: 'rate_limited' }, { refuse: 'unavailable', retryAfter: 5 * MINUTE });
    await house.score('anna', prompt.id, 2);
    await house.pass(HOUR);
    expect(alerts(house)).toHaveLength(1);
  });

  it('that is refused for good is given up where somebody sees it, and posted when it is tried again', async () => {
    const house = await House.build(database());
    await house.settings({ alerts: ALERTS });
    const prompt = await house.ask('anna');
    house.chat.sending.push({ refuse: 'no_reachable_channel' });
    await house.score('anna', prompt.id, 2);
    await house.pass(HOUR);
    const [dead] = await house.store.work.dead(10);
    expect(dead).toMatchObject({ kind: 'alert', error: expect.stringContaining('no_reachable_channel') });
    await house.store.work.revive([dead!.id], house.now);
    await house.workUntil(house.now);
    expect(alerts(house)).toHaveLength(1);
    expect((await house.cases())[0]?.alert).not.toBeNull();
  });

  it.each(['killed before', 'killed after', 'silence', 'lost answer', 'throws'] as const)(
    'whose sending ended by "%s" is posted once where the platform can tell',
    async (fate) => {
      const house = await House.build(database());
      await house.settings({ alerts: ALERTS });
      const prompt = await house.ask('anna');
      await house.score('anna', prompt.id, 2);
      house.chat.sending.push(fate);
      await house.live();
      await house.pass(5 * MINUTE);
      expect(alerts(house)).toHaveLength(1);
      expect((await house.cases())[0]?.alert?.ref.message).toBe(alerts(house)[0]?.id);
    },
  );

  it('of which nobody can tell whether it was posted is rather posted twice than never', async () => {
    const house = await House.build(database());
    house.chat.looking = 'cannot tell';
    await house.settings({ alerts: ALERTS });
    const prompt = await house.ask('anna');
    house.chat.sending.push('killed before');
    await house.score('anna', prompt.id, 2);
    await house.live();
    await house.pass(5 * MINUTE);
    expect(alerts(house)).toHaveLength(1);
  });

  it('to a platform that never says whether it posted is not posted for ever', async () => {
    const house = await House.build(database());
    house.chat.looking = 'cannot tell';
    await house.settings({ alerts: ALERTS });
    const prompt = await house.ask('anna');
    house.chat.sending.push(...Array.from({ length: 50 }, () => 'lost answer' as const));
    await house.score('anna', prompt.id, 2);
    await house.pass(3 * DAY);
    expect(alerts(house)).toHaveLength(2);
    expect(house.log.some(({ level, message }) => level === 'error' && message.includes('alert'))).toBe(true);
  });

  it('whose case was claimed while it was on its way shows that in the end', async () => {
    const house = await House.build(database());
    await house.settings({ alerts: ALERTS });
    const prompt = await house.ask('anna');
    house.chat.onAppearance = async () => {
      const [dossier] = await house.cases();
      await house.press(sam, { kind: 'claim', followUpId: dossier!.followUp.id });
      await house.workUntil(house.now);
    };
    await house.score('anna', prompt.id, 2);
    await house.workUntil(house.now);
    expect(lastView(alerts(house)[0])).toContain('Sam has had it');
  });

  it('is brought up to date also where the platform was away for a while', async () => {
    const { house, followUpId } = await opened(database());
    house.chat.updating.push({ refuse: 'unavailable' }, 'silence');
    await house.press(sam, { kind: 'claim', followUpId });
    await house.pass(HOUR);
    expect(lastView(alerts(house)[0])).toContain('Sam has had it');
  });
});

describeOnEachStore('a case', (database) => {
  it('is claimed and closed by the team alone', async () => {
    const { house, followUpId } = await opened(database());
    for (const action of ['claim', 'close'] as const) {
      const outcome = await house.press(
        customer('anna', CHAT, { isTeam: false }),
        { kind: action, followUpId },
        { note: 'it is fine' },
      );
      expect(outcome.kind).toBe('rejected');
      expect(textOf(outcome)).toContain('for the support team');
    }
    expect((await house.cases())[0]?.followUp.state.status).toBe('open');
  });

  it('shows on its alert who has it and how it ended', async () => {
    const { house, followUpId } = await opened(database());
    const claimed = await house.press(sam, { kind: 'claim', followUpId });
    expect(textOf(claimed)).toContain('Sam has had it');
    await house.workUntil(house.now);
    expect(lastView(alerts(house)[0])).toContain('Sam has had it');
    expect(textOf(await house.press(sam, { kind: 'close', followUpId }))).toContain('How was it resolved?');
    await house.press(sam, { kind: 'close', followUpId }, { note: 'called, refunded' });
    await house.workUntil(house.now);
    expect(lastView(alerts(house)[0])).toMatch(/Closed by Sam[\s\S]*called, refunded/);
    expect(await house.cases()).toEqual([]);
  });

  it('that one has is not another’s to claim; pressed twice by the same, it is theirs still', async () => {
    const { house, followUpId } = await opened(database());
    await house.press(sam, { kind: 'claim', followUpId });
    expect((await house.press(sam, { kind: 'claim', followUpId })).kind).toBe('done');
    const other = await house.press(kim, { kind: 'claim', followUpId });
    expect(other.kind).toBe('rejected');
    expect(textOf(other)).toContain('Sam already has case #1');
    await house.press(kim, { kind: 'close', followUpId }, { note: 'done for Sam' });
    expect((await house.press(kim, { kind: 'close', followUpId }, { note: 'done for Sam' })).kind).toBe(
      'done',
    );
    expect((await house.press(sam, { kind: 'close', followUpId }, { note: 'mine' })).kind).toBe('rejected');
  });

  it('claimed by ten at once is one’s', async () => {
    const { house, followUpId } = await opened(database());
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, i) => house.press(agent(`Agent ${i}`), { kind: 'claim', followUpId })),
    );
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1);
  });

  it('that is not there, or is another workspace’s, is gone', async () => {
    const { followUpId } = await opened(database());
    const stranger = await House.build(database());
    expect((await stranger.press(sam, { kind: 'claim', followUpId })).kind).toBe('rejected');
    expect(await stranger.command(sam, 'claim 1')).toContain('nothing to do');
    expect(await stranger.command(sam, 'claim 2147483647')).toContain('nothing to do');
  });

  it('is opened, claimed and closed by command too', async () => {
    const { house } = await opened(database());
    expect(await house.command(sam, 'open')).toMatch(/#1\b.*anna/s);
    expect(await house.command(sam, 'claim 1')).toContain('Sam has had it');
    expect(await house.command(sam, 'close 1 called them')).toContain('called them');
    expect(await house.command(sam, 'open')).not.toContain('#1');
    expect(await house.command(customer('anna', CHAT, { isTeam: false }), 'open')).toContain(
      'for the support team',
    );
  });

  it('that was closed stays closed when its answer gets better', async () => {
    const { house, prompt, followUpId } = await opened(database());
    await house.press(sam, { kind: 'close', followUpId }, { note: 'called' });
    await house.score('anna', prompt.id, 4);
    await house.workUntil(house.now);
    expect(await house.cases()).toEqual([]);
    expect(lastView(alerts(house)[0])).toContain('4 of 10');
  });

  it('that was closed is opened again, where everybody sees it, when its answer gets worse', async () => {
    const { house, prompt, followUpId } = await opened(database());
    await house.press(sam, { kind: 'close', followUpId }, { note: 'called' });
    await house.pass(DAY);
    await house.score('anna', prompt.id, 0);
    await house.workUntil(house.now);
    expect((await house.cases()).map(({ followUp }) => followUp.id)).toEqual([followUpId]);
    expect(alerts(house)).toHaveLength(2);
    expect(lastView(alerts(house)[0])).toBe('Case #1 is open again: see further down.');
    expect(lastView(alerts(house)[1])).toContain('anna answered 0 of 10');
    await house.press(sam, { kind: 'claim', followUpId });
    await house.workUntil(house.now);
    expect(lastView(alerts(house)[1])).toContain('Sam has had it');
  });

  it('that was closed is followed by another of its own, for a new bad answer', async () => {
    const { house, followUpId } = await opened(database());
    await house.press(sam, { kind: 'close', followUpId }, { note: 'called' });
    await house.pass(31 * DAY);
    const second = await house.ask('anna');
    await house.score('anna', second.id, 1);
    await house.workUntil(house.now);
    expect((await house.cases()).map(({ number }) => number)).toEqual([2]);
    expect(alerts(house)).toHaveLength(2);
  });
});
