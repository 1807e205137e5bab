// After a bad answer: somebody has the case, is reminded in time, somebody above hears of it after, and the customer says whether it is solved.
import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/domain/basics.ts';
import type { WorkspaceSettings } from '../../src/domain/survey/settings.ts';
import { describeOnEachStore } from '../support/database.ts';
import type { Shown } from '../support/scripted-platform.ts';
import { agent, CHAT, customer, House, lastView, textOf } from './house.ts';

const ALERTS = { ...CHAT, channel: 'alerts' };
const LEADS = { ...CHAT, channel: 'leads' };
const sam = agent('Sam');
const kim = agent('Kim');
const anna = customer('anna');

type FollowUps = Partial<WorkspaceSettings['followUps']>;

async function opened(
  database: Parameters<typeof House.build>[0],
  followUps: FollowUps = {},
  more: { readonly account?: string; readonly weight?: number } = {},
) {
  const house = await House.build(database);
  const { settings } = (await house.ctx.directory.of(house.workspaceId)).workspace;
  await house.settings({ alerts: ALERTS, followUps: { ...settings.followUps, ...followUps } });
  if (more.account && more.weight)
    await house.store.admin.saveAccount(house.workspaceId, { name: more.account, weight: more.weight });
  const prompt = await house.ask('anna', { account: more.account ?? null });
  await house.score('anna', prompt.id, 2);
  await house.workUntil(house.now);
  const [dossier] = await house.cases();
  return { house, prompt, followUpId: dossier!.followUp.id };
}

function sent(house: House, kind: string): readonly Shown[] {
  return house.chat.messages.filter(({ key }) => key.startsWith(`${kind}-`));
}

async function closed(database: Parameters<typeof House.build>[0], followUps: FollowUps = { confirm: true }) {
  const at = await opened(database, followUps);
  await at.house.press(sam, { kind: 'close', followUpId: at.followUpId }, { note: 'called her' });
  await at.house.workUntil(at.house.now);
  return at;
}

describeOnEachStore('the time of a case', (database) => {
  it('is a day for an ordinary customer, and half of it for an account of twice the weight', async () => {
    const times = [];
    for (const weight of [1, 2, 4]) {
      const { house } = await opened(database(), {}, { account: 'acme', weight });
      const [{ followUp }] = (await house.cases()) as [Awaited<ReturnType<House['cases']>>[0]];
      times.push(followUp.dueAt - followUp.openedAt);
    }
    expect(times).toEqual([24 * HOUR, 12 * HOUR, 6 * HOUR]);
  });

  it('that runs out brings one reminder, where alerts go while nobody has it', async () => {
    const { house } = await opened(database());
    await house.pass(18 * HOUR - MINUTE);
    expect(sent(house, 'nudge')).toEqual([]);
    await house.pass(2 * MINUTE);
    expect(sent(house, 'nudge').map(({ to }) => to)).toEqual([{ kind: 'channel', channel: 'alerts' }]);
    expect(lastView(sent(house, 'nudge')[0])).toContain('Case #1 is due in 6 hours');
    await house.pass(5 * HOUR);
    expect(sent(house, 'nudge')).toHaveLength(1);
  });

  it('that runs out is said directly to whoever has it', async () => {
    const { house, followUpId } = await opened(database());
    await house.press(sam, { kind: 'claim', followUpId });
    await house.pass(19 * HOUR);
    expect(sent(house, 'nudge').map(({ to }) => to)).toEqual([{ kind: 'person', externalId: 'sam' }]);
  });

  it('that runs out is said where alerts go when whoever has it cannot be reached', async () => {
    const { house, followUpId } = await opened(database());
    await house.press(sam, { kind: 'claim', followUpId });
    await house.workUntil(house.now);
    house.chat.obstacle = ({ kind }) => (kind === 'person' ? { refuse: 'no_reachable_channel' } : null);
    await house.pass(19 * HOUR);
    expect(sent(house, 'nudge').map(({ to }) => to)).toEqual([{ kind: 'channel', channel: 'alerts' }]);
  });

  it('that is up is told to whom the settings name, once, and the alert shows it', async () => {
    const { house } = await opened(database(), { escalation: LEADS });
    await house.pass(24 * HOUR + MINUTE);
    expect(sent(house, 'escalate').map(({ to }) => to)).toEqual([{ kind: 'channel', channel: 'leads' }]);
    expect(lastView(sent(house, 'escalate')[0])).toContain('Case #1 is overdue');
    expect(lastView(sent(house, 'alert')[0])).toContain('overdue');
    await house.pass(10 * DAY);
    expect(sent(house, 'escalate')).toHaveLength(1);
  });

  it('that is up is told to whoever installed the product where nobody is named', async () => {
    const { house } = await opened(database());
    await house.store.admin.noteInstaller(CHAT.platform, CHAT.installation, 'boss');
    house.ctx.directory.forget(house.workspaceId);
    await house.pass(24 * HOUR + MINUTE);
    expect(sent(house, 'escalate').map(({ to }) => to)).toEqual([{ kind: 'person', externalId: 'boss' }]);
  });

  it('does not run on after it is closed', async () => {
    const { house } = await closed(database(), {});
    await house.pass(3 * DAY);
    expect([...sent(house, 'nudge'), ...sent(house, 'escalate')]).toEqual([]);
    expect(await house.work()).toEqual([]);
  });

  it.each(['killed before', 'killed after', 'silence', 'lost answer'] as const)(
    'is told of once also where that ended by "%s" and the platform can tell',
    async (fate) => {
      const { house } = await opened(database());
      await house.pass(18 * HOUR - MINUTE);
      house.now += MINUTE;
      house.chat.sending.push(fate);
      await house.live();
      await house.pass(5 * MINUTE);
      expect(sent(house, 'nudge')).toHaveLength(1);
    },
  );
});

describeOnEachStore('a case that changes hands', (database) => {
  it('is taken over from whoever has it, and reminds the new owner', async () => {
    const { house, followUpId } = await opened(database());
    await house.press(sam, { kind: 'claim', followUpId });
    expect(textOf(await house.press(kim, { kind: 'claim', followUpId }))).toContain('Sam already has');
    expect(textOf(await house.press(kim, { kind: 'take_over', followUpId }))).toContain('Kim has had it');
    await house.pass(19 * HOUR);
    expect(sent(house, 'nudge').map(({ to }) => to)).toEqual([{ kind: 'person', externalId: 'kim' }]);
  });

  it('is given back, and is anybody’s again with the time that it had', async () => {
    const { house, followUpId } = await opened(database());
    const [before] = await house.cases();
    await house.press(sam, { kind: 'claim', followUpId });
    expect(textOf(await house.press(sam, { kind: 'release', followUpId }))).toContain('Nobody has it yet');
    const [after] = await house.cases();
    expect(after?.followUp).toEqual(before?.followUp);
    expect(textOf(await house.press(kim, { kind: 'claim', followUpId }))).toContain('Kim has had it');
  });

  it('is opened again with a new deadline, told of anew, and reminded of anew', async () => {
    const { house, followUpId } = await closed(database(), {});
    await house.pass(2 * DAY);
    expect(textOf(await house.press(kim, { kind: 'reopen', followUpId }))).toContain('Nobody has it yet');
    await house.workUntil(house.now);
    expect(sent(house, 'again')).toHaveLength(1);
    expect(lastView(sent(house, 'alert')[0])).toContain('open again');
    await house.pass(19 * HOUR);
    expect(sent(house, 'nudge')).toHaveLength(1);
  });

  it('is not opened again where there is a newer one of the same customer', async () => {
    const { house, followUpId } = await closed(database(), {});
    await house.policies({ throttle: 0 });
    const second = await house.ask('anna', { place: { ...CHAT, channel: null, thread: 'other' } });
    await house.score('anna', second.id, 1);
    await house.workUntil(house.now);
    expect((await house.press(kim, { kind: 'reopen', followUpId })).kind).toBe('rejected');
    expect((await house.cases()).map(({ number }) => number)).toEqual([2]);
  });

  it.each(['take_over', 'release', 'reopen'] as const)('does not "%s" for a customer', async (kind) => {
    const { house, followUpId } = await opened(database());
    const outcome = await house.press(customer('anna', CHAT, { isTeam: false }), { kind, followUpId });
    expect(outcome.kind).toBe('rejected');
  });
});

describeOnEachStore('"is it solved?"', (database) => {
  it('is asked once, in the conversation, when the case is closed', async () => {
    const { house } = await closed(database());
    const [asked, ...others] = sent(house, 'confirm');
    expect(others).toEqual([]);
    expect(asked?.to).toEqual({ kind: 'thread', channel: '', thread: 'thread-anna' });
    expect(lastView(asked)).toContain('Is it solved?');
    expect(lastView(sent(house, 'alert')[0])).toContain('was asked whether it is solved');
  });

  it('is not asked where the policy does not say so, nor of whoever opted out', async () => {
    const { house } = await closed(database(), {});
    expect(sent(house, 'confirm')).toEqual([]);
    const other = await opened(database(), { confirm: true });
    await other.house.command(anna, 'optout');
    await other.house.press(sam, { kind: 'close', followUpId: other.followUpId }, { note: 'done' });
    await other.house.pass(DAY);
    expect(sent(other.house, 'confirm')).toEqual([]);
  });

  it('waits for the end of quiet hours', async () => {
    const at = await opened(database(), { confirm: true });
    await at.house.policies({ quietHours: { from: 12 * 60, to: 14 * 60 } });
    await at.house.press(sam, { kind: 'close', followUpId: at.followUpId }, { note: 'done' });
    await at.house.pass(HOUR);
    expect(sent(at.house, 'confirm')).toEqual([]);
    await at.house.pass(HOUR);
    expect(sent(at.house, 'confirm')).toHaveLength(1);
  });

  it('answered with yes is thanked for, shown to the team, and leaves the case closed', async () => {
    const { house, followUpId } = await closed(database());
    const said = await house.press(anna, { kind: 'solved', followUpId });
    expect(textOf(said)).toContain('Good to hear');
    await house.workUntil(house.now);
    expect(lastView(sent(house, 'alert')[0])).toContain('says that it is solved');
    expect(await house.cases()).toEqual([]);
  });

  it('answered with no opens the case again, and the team is told anew', async () => {
    const { house, followUpId } = await closed(database());
    const said = await house.press(anna, { kind: 'unsolved', followUpId });
    expect(textOf(said)).toContain('will look at it again');
    await house.press(anna, { kind: 'unsolved', followUpId });
    await house.workUntil(house.now);
    expect((await house.cases()).map(({ followUp }) => followUp.state.status)).toEqual(['open']);
    expect(sent(house, 'again')).toHaveLength(1);
    expect(lastView(sent(house, 'again')[0])).toContain('says that it is not solved');
    await house.press(kim, { kind: 'close', followUpId }, { note: 'now it is' });
    await house.pass(DAY);
    expect(sent(house, 'confirm')).toHaveLength(1);
  });

  it('about an older case, answered with no, opens the newer one again', async () => {
    const { house, followUpId } = await closed(database());
    await house.policies({ throttle: 0 });
    const second = await house.ask('anna', { place: { ...CHAT, channel: null, thread: 'other' } });
    await house.score('anna', second.id, 1);
    await house.workUntil(house.now);
    const [newer] = await house.cases();
    await house.press(sam, { kind: 'close', followUpId: newer!.followUp.id }, { note: 'done too' });
    await house.press(anna, { kind: 'unsolved', followUpId });
    await house.workUntil(house.now);
    expect((await house.cases()).map(({ number }) => number)).toEqual([2]);
  });

  it('is its customer’s alone to answer, and others learn nothing of it', async () => {
    const { house, followUpId } = await closed(database());
    expect((await house.press(customer('bert'), { kind: 'solved', followUpId })).kind).toBe('rejected');
    const said = await house.press(anna, { kind: 'solved', followUpId });
    expect(said.kind === 'done' && JSON.stringify(said.shared)).not.toMatch(/solved|hear/iu);
  });

  it.each([
    ['killed before', 1],
    ['killed after', 1],
    ['lost answer', 1],
    ['silence', 0],
  ] as const)('whose sending ended by "%s" is never asked twice', async (fate, times) => {
    const at = await opened(database(), { confirm: true });
    await at.house.press(sam, { kind: 'close', followUpId: at.followUpId }, { note: 'done' });
    // The alert is brought up to date first, which sends nothing.
    at.house.chat.sending.push(fate);
    await at.house.live();
    await at.house.pass(DAY);
    expect(sent(at.house, 'confirm')).toHaveLength(times);
    await at.house.press(anna, { kind: 'unsolved', followUpId: at.followUpId });
    expect(await at.house.cases()).toHaveLength(1);
  });

  it('is not asked any more of whoever opted out while that was tried', async () => {
    const at = await opened(database(), { confirm: true });
    await at.house.press(sam, { kind: 'close', followUpId: at.followUpId }, { note: 'done' });
    at.house.chat.sending.push('killed before');
    await at.house.live();
    await at.house.command(anna, 'optout');
    await at.house.pass(DAY);
    expect(sent(at.house, 'confirm')).toEqual([]);
    expect(await at.house.work()).toEqual([]);
  });

  it('is not asked again where nobody can tell whether it was', async () => {
    const at = await opened(database(), { confirm: true });
    at.house.chat.looking = 'cannot tell';
    await at.house.press(sam, { kind: 'close', followUpId: at.followUpId }, { note: 'done' });
    at.house.chat.sending.push('killed after');
    await at.house.live();
    await at.house.pass(DAY);
    expect(sent(at.house, 'confirm')).toHaveLength(1);
  });

  it('is forgotten with the customer', async () => {
    const { house, followUpId } = await closed(database());
    await house.store.archive.erase(house.workspaceId, await house.personId(anna.identity), house.now);
    expect((await house.press(anna, { kind: 'solved', followUpId })).kind).toBe('rejected');
    const { rows } = await house.database.pool.query(
      'SELECT confirmation, owner_ref FROM follow_ups WHERE workspace_id = $1',
      [house.workspaceId],
    );
    expect(rows).toEqual([{ confirmation: null, owner_ref: null }]);
  });
});
