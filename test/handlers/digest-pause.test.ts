// A digest with nothing to say offers to pause after four weeks; the team decides, everybody sees it, and it can be taken back.
import { expect, it } from 'vitest';
import { DAY, type Id, MINUTE } from '../../src/domain/basics.ts';
import { nextDue, type Schedule } from '../../src/domain/digest/schedule.ts';
import { describeOnEachStore } from '../support/database.ts';
import { agent, CHAT, customer, House, lastView, NOON } from './house.ts';

const MONDAY: Schedule = { weekday: 1, time: 9 * 60, zone: 'UTC' };
const WEEK = 7 * DAY;
const posted = (house: House) => house.chat.messages.filter(({ key }) => key.startsWith('digest-'));
const offers = (house: House) => posted(house).map((one) => lastView(one).includes('Pause the digest'));

describeOnEachStore('a digest that has nothing to say', (database) => {
  async function silentFor(weeks: number) {
    const house = await House.build(database());
    const id = await house.digest(CHAT, MONDAY);
    await house.workUntil(nextDue(MONDAY, NOON) + (weeks - 1) * WEEK);
    return { house, id };
  }
  const trailOf = async (house: House) =>
    (await house.store.admin.auditTrail(house.workspaceId, 100))
      .filter(({ action }) => action.startsWith('digest.'))
      .map(({ action, actor, subject }) => ({ action, actor, subject }));
  const press = (house: House, kind: 'pause_digest' | 'resume_digest', scheduleId: Id, by = agent()) =>
    house.press(by, { kind, scheduleId });

  it('offers to pause from the fourth silent week on, and no more once something was said', {
    timeout: MINUTE,
  }, async () => {
    const { house } = await silentFor(5);
    expect(offers(house)).toEqual([false, false, false, true, true]);
    await house.ask('anna');
    await house.pass(WEEK);
    await house.pass(WEEK);
    expect(offers(house).slice(5)).toEqual([false, false]);
  });

  it('paused by the team comes no more; the message says so to everybody, and the trail says who', {
    timeout: MINUTE,
  }, async () => {
    const { house, id } = await silentFor(4);
    const outcome = await press(house, 'pause_digest', id);
    expect(outcome).toMatchObject({ kind: 'done', subject: id });
    expect(JSON.stringify(outcome)).toContain('This digest is paused.');
    expect(outcome.kind === 'done' && outcome.shared).toEqual(outcome.kind === 'done' && outcome.reply);
    await house.pass(3 * WEEK);
    expect(posted(house)).toHaveLength(4);
    expect(await house.work()).toEqual([]);
    expect(await trailOf(house)).toEqual([
      {
        action: 'digest.pause',
        actor: expect.stringContaining(agent().identity.externalId),
        subject: 'team',
      },
    ]);
  });

  it('pressed twice is paused once', { timeout: MINUTE }, async () => {
    const { house, id } = await silentFor(4);
    await Promise.all([press(house, 'pause_digest', id), press(house, 'pause_digest', id)]);
    expect(await trailOf(house)).toHaveLength(1);
  });

  it('resumed comes again when it is next due, once a week, and what was missed is not caught up', {
    timeout: MINUTE,
  }, async () => {
    const { house, id } = await silentFor(4);
    await press(house, 'pause_digest', id);
    await house.pass(2 * WEEK + DAY);
    const outcome = await press(house, 'resume_digest', id);
    expect(JSON.stringify(outcome)).toContain('every Monday at 09:00');
    await house.workUntil(house.now);
    expect(posted(house)).toHaveLength(4);
    await house.pass(2 * WEEK);
    expect(posted(house)).toHaveLength(6);
    // Whoever resumed it is not asked again at once.
    expect(offers(house).slice(4)).toEqual([false, false]);
    expect((await trailOf(house)).map(({ action }) => action).sort()).toEqual([
      'digest.pause',
      'digest.resume',
    ]);
  });

  it('paused and resumed at once comes as if nothing had been pressed', { timeout: MINUTE }, async () => {
    const { house, id } = await silentFor(4);
    await press(house, 'pause_digest', id);
    await press(house, 'resume_digest', id);
    await house.pass(WEEK);
    expect(posted(house)).toHaveLength(5);
  });

  it('is not a customer’s to pause, nor does a digest that there is none of pause', {
    timeout: MINUTE,
  }, async () => {
    const { house, id } = await silentFor(4);
    expect(await press(house, 'pause_digest', id, customer('eve'))).toMatchObject({ kind: 'rejected' });
    expect(await press(house, 'pause_digest', house.workspaceId)).toMatchObject({ kind: 'rejected' });
    await house.pass(WEEK);
    expect(posted(house)).toHaveLength(5);
  });
});
