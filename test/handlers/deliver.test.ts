// prompt → platform: a due question is looked at once more, sent once, and where nobody can know whether it was sent, that is said.
import { expect, it } from 'vitest';
import { DAY, type Duration, HOUR, MINUTE, SECOND } from '../../src/domain/basics.ts';
import { recordAnswer } from '../../src/handlers/record-answer.ts';
import type { Refusal } from '../../src/ports/platform.ts';
import { describeOnEachStore } from '../support/database.ts';
import { agent, CHAT, customer, House, lastView, NOON } from './house.ts';

const anna = customer('anna');

/** Somebody is helped; their question is due now and not looked at yet. */
async function due(house: House, more = {}) {
  const [outcome] = await house.help(house.closed('anna', { survey: 'nps', delay: 0, ...more }));
  return { promptId: outcome!.prompt!.id, key: `prompt-${outcome!.prompt!.id}` };
}

/** A process that was killed is long gone, and another takes its work over. */
async function later(house: House, time: Duration = MINUTE): Promise<void> {
  house.now += time;
  await house.workUntil(house.now);
}

describeOnEachStore('a question that falls due', (database) => {
  it('goes into the conversation it is about, else to the person', async () => {
    const house = await House.build(database());
    await due(house, { place: { ...CHAT, channel: 'help', thread: 't1' } });
    await house.help(house.closed('ben', { place: { ...CHAT, channel: 'help', thread: null }, delay: 0 }));
    await house.workUntil(house.now);
    expect(house.chat.messages.map(({ to }) => to)).toEqual([
      { kind: 'thread', channel: 'help', thread: 't1' },
      { kind: 'person', externalId: 'ben' },
    ]);
  });

  it('is not sent to who opted out meanwhile, of what was reopened, while paused, or switched off', async () => {
    const house = await House.build(database());
    await due(house);
    await house.command(anna, 'optout');
    const [reopened] = await house.help(house.closed('ben', { delay: HOUR }));
    await house.tx((tx) => tx.prompts.reopen(reopened!.interactionId, house.now));
    await house.workUntil(house.now);
    await house.help(house.closed('cleo', { delay: 0, survey: 'ces' }));
    await house.policy('ces', { enabled: false });
    await house.pass(2 * HOUR);
    expect(house.chat.messages).toEqual([]);
    for (const [name, reason] of [
      ['anna', 'opted_out'],
      ['ben', 'reopened'],
      ['cleo', 'survey_off'],
    ] as const)
      expect(await house.fates(name)).toEqual([reason]);
    expect(await house.work()).toEqual([]);
  });

  it('is not sent when nobody was there to send it for more than a day', async () => {
    const house = await House.build(database());
    await due(house);
    await later(house, DAY + SECOND);
    expect(await house.fates('anna')).toEqual(['too_old']);
    expect(house.chat.messages).toEqual([]);
  });

  it('late into the quiet hours waits for the morning, and is not too old then', async () => {
    const house = await House.build(database(), { now: Date.UTC(2026, 2, 4, 21, 0) });
    await due(house);
    await house.policies({ quietHours: { from: 20 * 60, to: 8 * 60 } });
    await house.workUntil(house.now);
    expect(house.chat.messages).toEqual([]);
    await house.workUntil(Date.UTC(2026, 2, 5, 7, 59));
    expect(house.chat.messages).toEqual([]);
    await house.workUntil(Date.UTC(2026, 2, 5, 8, 0));
    expect(house.chat.messages).toHaveLength(1);
  });

  it('beyond what a day may bring is suppressed, and who only waits does not count', async () => {
    const house = await House.build(database());
    await house.help(...['anna', 'ben', 'cleo'].map((name) => house.closed(name, { delay: 0 })));
    await house.help(house.closed('dan', { delay: 6 * HOUR }));
    await house.policies({ dailyCap: 2 });
    await house.workUntil(house.now);
    expect(house.chat.messages).toHaveLength(2);
    const fates = await Promise.all(['anna', 'ben', 'cleo'].map((name) => house.fates(name)));
    expect(fates.flat().sort()).toEqual(['daily_cap', 'sent', 'sent']);
  });

  it('with others of one day at once, never goes beyond what the day may bring', async () => {
    const house = await House.build(database());
    const names = ['anna', 'ben', 'cleo', 'dan', 'eve', 'fay'];
    await house.help(...names.map((name) => house.closed(name, { delay: 0 })));
    await house.policies({ dailyCap: 2 });
    await Promise.all([house, house.another(), house.another()].map((one) => one.workUntil(house.now)));
    const fates = (await Promise.all(names.map((name) => house.fates(name)))).flat();
    expect(fates.filter((fate) => fate === 'sent')).toHaveLength(2);
  });
});

describeOnEachStore('sending', (database) => {
  it('by two workers at once, and when each is woken twice, sends once', async () => {
    const house = await House.build(database());
    const { key } = await due(house);
    const other = house.another();
    await Promise.all([house, other, house, other].map((one) => one.workUntil(house.now)));
    expect([...house.chat.of(key), ...other.chat.of(key)]).toHaveLength(1);
  });

  it.each(['killed before', 'killed after'] as const)(
    'by a process that was %s it happened, sends once where the platform can tell',
    async (fate) => {
      const house = await House.build(database());
      const { promptId, key } = await due(house);
      house.chat.sending.push(fate);
      expect(await house.live()).toBe('killed');
      expect((await house.prompt(promptId)).state.status).toBe('sending');
      await later(house);
      expect(house.chat.of(key)).toHaveLength(1);
      expect((await house.prompt(promptId)).state).toMatchObject({
        status: 'sent',
        ref: { message: 'm1' },
        sentAt: fate === 'killed after' ? NOON : NOON + MINUTE,
      });
    },
  );

  it.each(['killed before', 'killed after'] as const)(
    'by a process that was %s it happened, is uncertain where nobody can tell: visible, never sent again, reminded with the scale',
    async (fate) => {
      const house = await House.build(database());
      house.chat.looking = 'cannot tell';
      const { promptId, key } = await due(house);
      house.chat.sending.push(fate);
      await house.live();
      await later(house);
      expect((await house.prompt(promptId)).state.status).toBe('uncertain');
      expect(await house.command(agent(), 'why anna')).toContain('uncertain');
      const digest = await house.command(agent(), 'digest now');
      expect(digest).toContain('uncertain');
      await house.pass(DAY);
      expect(house.chat.of(key)).toHaveLength(fate === 'killed after' ? 1 : 0);
      const [reminder] = house.chat.of(`remind-${promptId}`);
      expect(lastView(reminder)).toContain('0  1  2  3  4  5  6  7  8  9  10');
      expect((await house.prompt(promptId)).state).toMatchObject({
        status: 'reminded',
        ref: { message: reminder?.id },
      });
    },
  );

  it.each(['silence', 'lost answer'] as const)(
    'that ends in %s is uncertain, and an answer settles it',
    async (fate) => {
      const house = await House.build(database());
      const { promptId } = await due(house);
      house.chat.sending.push(fate);
      house.chat.looking = 'cannot tell';
      await house.workUntil(house.now);
      expect((await house.prompt(promptId)).state.status).toBe('uncertain');
      await house.score('anna', promptId, 9);
      await house.pass(10 * DAY);
      expect((await house.prompt(promptId)).state.status).toBe('answered');
      expect(house.chat.sends).toBe(1);
    },
  );

  it('that ends in a lost answer is sent where the platform then shows it, and is not sent again', async () => {
    const house = await House.build(database());
    const { promptId } = await due(house);
    house.chat.sending.push('lost answer');
    await house.workUntil(house.now);
    expect((await house.prompt(promptId)).state.status).toBe('sent');
    await house.pass(10 * DAY);
    expect(house.chat.of(`prompt-${promptId}`)).toHaveLength(1);
  });

  it('that was interrupted looks again before it sends: opted out, reopened, or too old by then is not sent', async () => {
    const house = await House.build(database());
    for (const name of ['anna', 'ben', 'cleo']) {
      await house.help(house.closed(name, { delay: 0 }));
      house.chat.sending.push('killed before');
      await house.live();
    }
    await house.command(anna, 'optout');
    const trail = await house.tx(async (tx) => {
      const ben = await tx.people.find(customer('ben').identity);
      return await tx.prompts.trail(ben!.id, 1);
    });
    await house.api.reopen(house.workspaceId, trail[0]!.prompt.interactionId);
    await later(house);
    expect(await house.fates('anna')).toEqual(['opted_out']);
    expect(await house.fates('ben')).toEqual(['reopened']);
    expect(await house.fates('cleo')).toEqual(['sent']);
    await house.help(house.closed('dan', { delay: 0 }));
    house.chat.sending.push('killed before');
    await house.live();
    await later(house, 2 * DAY);
    expect(await house.fates('dan')).toEqual(['too_old']);
    expect(house.chat.messages.filter(({ key }) => key.startsWith('prompt-'))).toHaveLength(1);
  });

  it('that was interrupted, to who opted out meanwhile, is noted as sent where it was', async () => {
    const house = await House.build(database());
    const { key } = await due(house);
    house.chat.sending.push('killed after');
    await house.live();
    await house.command(anna, 'optout');
    await later(house);
    expect(house.chat.of(key)).toHaveLength(1);
    expect(await house.fates('anna')).toEqual(['sent']);
  });

  it('that was interrupted, by a platform that is off by now, is uncertain: it may have been sent', async () => {
    const house = await House.build(database());
    const { promptId } = await due(house);
    house.chat.sending.push('killed after');
    await house.live();
    house.now += MINUTE;
    const without = house.another();
    (without.ctx.platforms as Map<string, unknown>).delete('chat');
    await without.workUntil(without.now);
    expect((await house.prompt(promptId)).state.status).toBe('uncertain');
  });

  it('that was interrupted at night waits for the morning', async () => {
    const house = await House.build(database());
    await house.policies({ quietHours: { from: 20 * 60, to: 8 * 60 } });
    await due(house);
    house.chat.sending.push('killed before');
    await house.live();
    await later(house, 10 * HOUR);
    expect(house.chat.messages).toEqual([]);
    await house.pass(10 * HOUR);
    expect(await house.fates('anna')).toEqual(['sent']);
  });

  it.each(['rate_limited', 'unavailable'] as const)(
    'that is refused as %s is tried again, ever less often, until it is too old',
    async (refuse) => {
      const house = await House.build(database());
      await due(house);
      house.chat.sending.push(...Array.from({ length: 1000 }, () => ({ refuse })));
      const times: number[] = [];
      const send = house.chat.send.bind(house.chat);
      house.chat.send = async (message) => {
        times.push(house.now - NOON);
        return await send(message);
      };
      await house.pass(HOUR);
      house.now = NOON + 23 * HOUR;
      await house.pass(HOUR + 20 * MINUTE);
      const waits = times.slice(1).map((at, i) => at - times[i]!);
      expect(waits.slice(0, 4)).toEqual([2 * SECOND, 2 * SECOND, 4 * SECOND, 8 * SECOND]);
      const before = waits.slice(
        0,
        waits.findIndex((wait) => wait > 10 * MINUTE),
      );
      expect(before.every((wait, i) => i === 0 || wait >= before[i - 1]!)).toBe(true);
      expect(before.at(-1)).toBe(10 * MINUTE);
      expect(times.at(-1)).toBeLessThanOrEqual(DAY);
      expect(await house.fates('anna')).toEqual(['too_old']);
      expect(house.chat.messages).toEqual([]);
      expect(await house.work()).toEqual([]);
    },
  );

  it('that is refused for a while waits as long as it was told', async () => {
    const house = await House.build(database());
    await due(house);
    house.chat.sending.push({ refuse: 'rate_limited', retryAfter: 5 * MINUTE });
    await house.pass(5 * MINUTE - SECOND);
    expect(house.chat.sends).toBe(1);
    await house.pass(SECOND);
    expect(await house.fates('anna')).toEqual(['sent']);
  });

  it.each([
    ['no_reachable_channel', 'suppressed'],
    ['workspace_uninstalled', 'suppressed'],
    ['person_gone', 'undeliverable'],
    ['invalid', 'undeliverable'],
  ] as const)(
    'that is refused for good as %s ends %s, with its reason, and gives the throttle back',
    async (refuse, status) => {
      const house = await House.build(database());
      const { promptId } = await due(house);
      const fate = { refuse: refuse satisfies Refusal };
      house.chat.sending.push(fate, fate);
      await house.pass(10 * DAY);
      expect((await house.prompt(promptId)).state).toMatchObject({ status, reason: refuse });
      // Only a place that cannot be written to gives way to the other one.
      expect(house.chat.sends).toBe(refuse === 'no_reachable_channel' ? 2 : 1);
      expect(await house.work()).toEqual([]);
      expect((await house.help(house.closed('anna')))[0]?.prompt?.state).toBe('scheduled');
    },
  );

  it('to somebody whose messages are closed is remembered, and a conversation is still written into', async () => {
    const house = await House.build(database());
    const direct = { place: { ...CHAT, channel: null, thread: null } };
    await due(house, direct);
    house.chat.sending.push({ refuse: 'no_reachable_channel' });
    await house.workUntil(house.now);
    await due(house, direct);
    await house.workUntil(house.now);
    expect(house.chat.sends).toBe(1);
    expect(await house.fates('anna')).toEqual(['no_reachable_channel', 'no_reachable_channel']);
    await due(house);
    await house.workUntil(house.now);
    expect((await house.fates('anna'))[0]).toBe('sent');
    // People change their mind: after a month it is tried again.
    await house.pass(31 * DAY);
    await due(house, direct);
    await house.workUntil(house.now);
    expect(house.chat.messages.at(-1)?.to.kind).toBe('person');
  });

  it('that breaks is tried again, and sends once', async () => {
    const house = await House.build(database());
    const { key } = await due(house);
    house.chat.sending.push('throws', 'throws');
    await house.pass(HOUR);
    expect(house.chat.of(key)).toHaveLength(1);
    expect(await house.fates('anna')).toEqual(['sent']);
  });

  it('that breaks for ever is given up, where somebody can see it', async () => {
    const house = await House.build(database());
    await due(house);
    house.chat.sending.push(...Array.from({ length: 50 }, () => 'throws' as const));
    await house.pass(10 * DAY);
    expect(await house.work()).toEqual([
      expect.objectContaining({ kind: 'deliver', status: 'dead', error: 'the wire was cut' }),
    ]);
    expect(await house.store.work.dead(10)).toHaveLength(1);
  });
});

describeOnEachStore('a customer who is quicker than we are', (database) => {
  it.each(['answers', 'declines'] as const)(
    'and %s before the sending was noted, is not overwritten by it',
    async (act) => {
      const house = await House.build(database());
      const { promptId, key } = await due(house);
      house.chat.onAppearance = async () => {
        if (act === 'answers') await house.score('anna', promptId, 9);
        else await house.press(anna, { kind: 'decline', promptId });
      };
      await house.pass(10 * DAY);
      expect((await house.prompt(promptId)).state).toMatchObject({
        status: act === 'answers' ? 'answered' : 'declined',
        ref: { message: 'm1' },
      });
      expect(house.chat.of(key)).toHaveLength(1);
      expect(house.chat.messages).toHaveLength(1);
      expect(lastView(house.chat.of(key)[0])).not.toContain('How likely');
    },
  );

  it('and whose answer came through the token, sees it on the message in the end', async () => {
    const house = await House.build(database());
    const { promptId, key } = await due(house);
    house.chat.onAppearance = async () => {
      const given = { promptId, by: 'bearer', score: 9, elsewhere: true } as const;
      await recordAnswer(house.ctx, house.workspaceId, given);
    };
    await house.workUntil(house.now);
    expect(lastView(house.chat.of(key)[0])).toBe('Answered. Thank you!');
  });
});

describeOnEachStore('a worker that lost its lease', (database) => {
  it('changes nothing when it comes back with its outcome', async () => {
    const house = await House.build(database());
    const { promptId, key } = await due(house);
    const slow = house.another();
    let go = () => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    slow.chat.send = async () => {
      await gate;
      return { kind: 'refused', reason: 'invalid', retryAfter: null, detail: 'too late' };
    };
    const work = slow.workUntil(slow.now);
    while ((await house.prompt(promptId)).state.status !== 'sending')
      await new Promise((resolve) => setTimeout(resolve, 5));
    await later(house);
    expect(await house.fates('anna')).toEqual(['sent']);
    go();
    await work;
    expect(await house.fates('anna')).toEqual(['sent']);
    expect(house.chat.of(key)).toHaveLength(1);
    expect((await house.work()).map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      'remind pending',
      'expire pending',
    ]);
  });
});
