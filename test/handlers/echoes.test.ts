// The platform shows us what we posted: the proof of a sending of which nobody answered, whenever it comes.
import { expect, it } from 'vitest';
import { DAY } from '../../src/domain/basics.ts';
import { recordAnswer } from '../../src/handlers/record-answer.ts';
import { describeOnEachStore } from '../support/database.ts';
import { agent, CHAT, customer, House, lastView, NOON } from './house.ts';

const anna = customer('anna');

/** A platform that can find nothing but what it showed us itself. */
function findsEchoes(house: House): House {
  house.chat.find = async ({ installation, key }) => {
    const ref = await house.store.conversations('chat').echo(installation, key);
    return ref ? { kind: 'found', ref } : { kind: 'cannot_tell' };
  };
  return house;
}

async function built(database: Parameters<typeof House.build>[0]): Promise<House> {
  return findsEchoes(await House.build(database));
}

/** Anna's question was posted, and nobody answered us. */
async function lost(house: House) {
  house.chat.sending.push('lost answer');
  const prompt = await house.ask('anna');
  expect(prompt.state.status).toBe('uncertain');
  return { prompt, shown: house.chat.messages[0]! };
}

describeOnEachStore('an echo', (database) => {
  it('given a sending that was answered, then it says nothing new, before the answer or after it', async () => {
    const house = await built(database());
    const outcomes: string[] = [];
    house.chat.onAppearance = async (shown) => void outcomes.push((await house.echo(shown)).kind);
    const prompt = await house.ask('anna');
    outcomes.push((await house.echo(house.chat.messages[0]!)).kind);
    expect(outcomes).toEqual(['ignored', 'ignored']);
    expect(prompt.state).toMatchObject({ status: 'sent', sentAt: NOON, ref: { message: 'm1' } });
    await house.pass(10 * DAY);
    expect(house.chat.of(`prompt-${prompt.id}`)).toHaveLength(1);
    expect(house.chat.of(`remind-${prompt.id}`)).toHaveLength(1);
  });

  it('that comes before the sending ends unanswered, then it was sent', async () => {
    const house = await built(database());
    house.chat.onAppearance = async (shown) => void (await house.echo(shown));
    house.chat.sending.push('lost answer');
    const prompt = await house.ask('anna');
    expect(prompt.state).toMatchObject({ status: 'sent', ref: { message: 'm1' } });
    await house.pass(10 * DAY);
    expect(house.chat.of(`prompt-${prompt.id}`)).toHaveLength(1);
  });

  it('that comes after the sending ended unanswered, then it was sent, once, however often it comes', async () => {
    const house = await built(database());
    const { prompt, shown } = await lost(house);
    expect((await house.echo(shown)).kind).toBe('done');
    expect((await house.echo(shown)).kind).toBe('ignored');
    expect((await house.prompt(prompt.id)).state).toMatchObject({ status: 'sent', sentAt: NOON });
    await house.pass(DAY);
    expect(lastView(shown)).not.toContain('How likely');
    await house.pass(10 * DAY);
    expect(house.chat.messages).toHaveLength(2);
  });

  it('ten times at once, then it is noted once', async () => {
    const house = await built(database());
    const { shown } = await lost(house);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => house.echo(shown)));
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1);
  });

  it('that comes after the process was killed, then the next one finds it and does not send again', async () => {
    const house = await built(database());
    const [outcome] = await house.help(house.closed('anna', { survey: 'nps', delay: 0 }));
    house.chat.sending.push('killed after');
    expect(await house.live()).toBe('killed');
    expect((await house.echo(house.chat.messages[0]!)).kind).toBe('ignored');
    house.now += 60_000;
    await house.workUntil(house.now);
    expect((await house.prompt(outcome!.prompt!.id)).state.status).toBe('sent');
    expect(house.chat.messages).toHaveLength(1);
  });

  it('of a question that was answered meanwhile, then the answer shows on its message', async () => {
    const house = await built(database());
    const { prompt, shown } = await lost(house);
    const given = { promptId: prompt.id, by: 'bearer', score: 9, elsewhere: true } as const;
    await recordAnswer(house.ctx, house.workspaceId, given);
    await house.workUntil(house.now);
    expect(lastView(shown)).toContain('How likely');
    expect((await house.echo(shown)).kind).toBe('done');
    await house.workUntil(house.now);
    expect(lastView(shown)).toBe('Answered. Thank you!');
    expect((await house.prompt(prompt.id)).state).toMatchObject({
      status: 'answered',
      ref: { message: 'm1' },
    });
  });

  it('of a question that was reminded of meanwhile, then the reminder stays the place to answer', async () => {
    const house = await built(database());
    const { prompt, shown } = await lost(house);
    await house.pass(DAY);
    expect((await house.echo(shown)).kind).toBe('ignored');
    expect((await house.prompt(prompt.id)).state).toMatchObject({
      status: 'reminded',
      ref: { message: 'm2' },
    });
  });

  it('of a reminder, an alert, or what is not ours, then nothing changes', async () => {
    const house = await built(database());
    const { prompt } = await lost(house);
    const keys = [
      'prompt-',
      'prompt-x',
      `remind-${prompt.id}`,
      `alert-${prompt.id}`,
      'digest-1',
      '',
      '\0',
      `x${prompt.id}`,
    ];
    for (const key of [...keys, `prompt-${house.ctx.ids.next()}`, `prompt-${'-'.repeat(36)}`])
      expect(await house.echo({ key, id: 'm9', installation: CHAT.installation }), key).toEqual({
        kind: 'ignored',
        reason: 'known already',
      });
    expect((await house.prompt(prompt.id)).state.status).toBe('uncertain');
  });

  it('from a chat of another workspace, then it says nothing of this one', async () => {
    const house = await built(database());
    const { prompt, shown } = await lost(house);
    await house.installed('T9', { credentials: 'one' });
    expect((await house.echo({ ...shown, installation: 'T9' })).kind).toBe('ignored');
    expect((await house.prompt(prompt.id)).state.status).toBe('uncertain');
  });

  it('of what was declined, then it is declined', async () => {
    const house = await built(database());
    const { prompt, shown } = await lost(house);
    await house.press(anna, { kind: 'decline', promptId: prompt.id });
    await house.echo(shown);
    await house.workUntil(house.now);
    expect((await house.prompt(prompt.id)).state.status).toBe('declined');
    expect(lastView(shown)).not.toContain('How likely');
  });
});

describeOnEachStore('a digest of whose posting nobody answered', (database) => {
  it('is posted where the platform then shows it, and else uncertain; either way once', async () => {
    for (const [looking, status] of [
      ['tells', 'posted'],
      ['cannot tell', 'uncertain'],
    ] as const) {
      const house = await House.build(database());
      house.chat.looking = looking;
      const schedule = await house.digest(CHAT, { weekday: 4, time: 540, zone: 'UTC' }, 'news');
      house.chat.sending.push('lost answer');
      await house.pass(DAY);
      const issue = await house.tx((tx) => tx.digests.lastIssue(schedule, house.now));
      expect(issue?.status).toBe(status);
      expect(house.chat.messages).toHaveLength(1);
      expect(await house.command(agent(), 'help')).toContain('/nps');
    }
  });
});
