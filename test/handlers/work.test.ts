// What is to be done: taken in hand once, tried again, given up where somebody sees it; and what the queue lost is found again.
import { expect, it } from 'vitest';
import {
  AfterwordError,
  DAY,
  type ErrorKind,
  HOUR,
  type Instant,
  MINUTE,
  SECOND,
} from '../../src/domain/basics.ts';
import { DEFAULT_WORKSPACE, installDefaults, WEB } from '../../src/handlers/install.ts';
import { perform } from '../../src/handlers/perform.ts';
import { SWEEP_EVERY, sweep, tidy } from '../../src/handlers/sweep.ts';
import { describeOnEachStore } from '../support/database.ts';
import { House, NOON } from './house.ts';

/** A house whose platform throws this for ever, and when it was called. */
async function failing(house: House, error: Error): Promise<Instant[]> {
  const times: Instant[] = [];
  house.chat.send = async () => {
    times.push(house.now);
    throw error;
  };
  await house.help(house.closed('anna', { delay: 0 }));
  return times;
}

describeOnEachStore('work that fails', (database) => {
  it('is tried again ever less often, and is dead after the twelfth time', async () => {
    const house = await House.build(database());
    const times = await failing(house, new Error('broken'));
    await house.pass(5 * DAY);
    expect(times).toHaveLength(12);
    const waits = times.slice(1).map((at, i) => at - times[i]!);
    expect(waits.slice(0, 4)).toEqual([2 * SECOND, 4 * SECOND, 8 * SECOND, 16 * SECOND]);
    expect(Math.max(...waits)).toBeLessThanOrEqual(HOUR);
    expect(await house.store.work.dead(10)).toMatchObject([
      { kind: 'deliver', attempts: 12, error: 'broken' },
    ]);
    expect(house.log.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  it.each(['invalid', 'forbidden'] as const)(
    'because it is %s is dead at once: trying again cannot help',
    async (kind) => {
      const house = await House.build(database());
      const times = await failing(house, new AfterwordError(kind, 'no', 'none'));
      await house.pass(DAY);
      expect(times).toHaveLength(1);
      expect(await house.store.work.dead(10)).toHaveLength(1);
    },
  );

  it.each<ErrorKind>(['unavailable', 'busy'])(
    'because something is %s comes back every minute, and is never given up',
    async (kind) => {
      const house = await House.build(database());
      const times = await failing(house, new AfterwordError(kind, 'away', 'wait'));
      await house.pass(20 * MINUTE);
      expect(times.length).toBeGreaterThan(20);
      expect(await house.store.work.dead(10)).toEqual([]);
    },
  );

  it('is done when it is revived', async () => {
    const house = await House.build(database());
    const send = house.chat.send.bind(house.chat);
    await failing(house, new AfterwordError('invalid', 'no', 'none'));
    await house.workUntil(house.now);
    house.chat.send = send;
    const dead = await house.store.work.dead(10);
    await house.store.work.revive(
      dead.map(({ id }) => id),
      house.now,
    );
    await house.workUntil(house.now);
    expect(house.chat.messages).toHaveLength(1);
  });

  it('says nothing of what customers said', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    house.chat.update = async () => {
      throw new Error('the wire was cut');
    };
    await house.api.answer(prompt.id, house.tokens.sign(house.workspaceId, prompt.id), {
      score: 9,
      verbatim: 'my secret words',
    });
    await house.pass(DAY);
    expect(JSON.stringify([house.log, await house.work()])).not.toContain('my secret words');
  });
});

describeOnEachStore('work in hand', (database) => {
  it('that nobody knows, or that was done, is nothing', async () => {
    const house = await House.build(database());
    await perform(house.ctx, house.ctx.ids.next());
    await house.ask('anna');
    const { rows } = await house.database.pool.query('SELECT id FROM work WHERE workspace_id = $1', [
      house.workspaceId,
    ]);
    for (const { id } of rows) await perform(house.ctx, id);
    expect(house.chat.messages).toHaveLength(1);
    expect(await house.work()).toHaveLength(2);
  });
});

describeOnEachStore('the sweeper', (database) => {
  it('wakes what is due soon, by one process at a time, and by the next when that one is gone', async () => {
    const house = await House.build(database());
    const woken: string[] = [];
    const ctx = {
      ...house.ctx,
      queue: {
        wake: async (all: readonly { workId: string }[]) => void woken.push(...all.map((one) => one.workId)),
      },
    };
    await house.help(house.closed('anna', { delay: 30 * SECOND }), house.closed('ben', { delay: HOUR }));
    const [one, two] = [house.ctx.ids.next(), house.ctx.ids.next()];
    expect(await sweep(ctx, one, false)).toBe(1);
    expect(woken).toHaveLength(1);
    expect(await sweep(ctx, two, false)).toBeNull();
    house.now += 3 * SWEEP_EVERY;
    expect(await sweep(ctx, two, false)).toBe(1);
    expect(await sweep(ctx, one, false)).toBeNull();
  });

  it('forgets deliveries that nobody repeats any more, and no others', async () => {
    const house = await House.build(database());
    await house.store.work.markSeen('chat', 'T1', 'old', NOON - 4 * DAY);
    await house.store.work.markSeen('chat', 'T1', 'new', NOON - DAY);
    await tidy(house.ctx);
    expect(await house.store.work.hasSeen('chat', 'T1', 'old')).toBe(false);
    expect(await house.store.work.hasSeen('chat', 'T1', 'new')).toBe(true);
  });
});

describeOnEachStore('a fresh store', (database) => {
  it('gets one workspace, one page and one weekly digest, however many processes start at once, and again', async () => {
    const house = await House.build(database());
    await house.database.pool.query('DELETE FROM installations');
    await house.database.pool.query('DELETE FROM workspaces WHERE name = $1', [DEFAULT_WORKSPACE]);
    const defaults = { locale: 'zh-CN', zone: 'Asia/Shanghai' };
    const made = await Promise.all(
      Array.from({ length: 8 }, () => installDefaults(house.another().ctx, defaults)),
    );
    const [workspace] = made;
    expect(new Set(made.map(({ id }) => id))).toHaveLength(1);
    expect(workspace).toMatchObject({ name: DEFAULT_WORKSPACE, ...defaults });
    await installDefaults(house.ctx, { locale: 'en', zone: 'UTC' });
    const { store } = house;
    expect(await store.admin.installations(workspace!.id)).toMatchObject([
      { platform: WEB.platform, externalId: WEB.installation, active: true },
    ]);
    const schedules = await store.transaction(workspace!.id, (tx) => tx.digests.list());
    expect(schedules).toMatchObject([
      { ...WEB, locale: 'zh-CN', enabled: true, schedule: { weekday: 1, time: 540, zone: 'Asia/Shanghai' } },
    ]);
    const due = await store.work.due(NOON + 8 * DAY, NOON, 10);
    expect(due).toEqual([{ workId: expect.any(String), dueAt: Date.UTC(2026, 2, 9, 1) }]);
  });

  it('keeps what was set: a digest that was turned off stays off', async () => {
    const house = await House.build(database());
    await house.database.pool.query('DELETE FROM installations');
    await house.database.pool.query('DELETE FROM workspaces WHERE name = $1', [DEFAULT_WORKSPACE]);
    const { id } = await installDefaults(house.ctx, { locale: 'en', zone: 'UTC' });
    await house.store.transaction(id, async (tx) => {
      const [schedule] = await tx.digests.list();
      await tx.digests.saveSchedule({ ...schedule!, enabled: false });
    });
    await installDefaults(house.ctx, { locale: 'en', zone: 'UTC' });
    const [schedule] = await house.store.transaction(id, (tx) => tx.digests.list());
    expect(schedule?.enabled).toBe(false);
  });

  it('moves a digest’s date when its day is changed', async () => {
    const house = await House.build(database());
    const id = await house.digest(WEB, { weekday: 1, time: 9 * 60, zone: 'UTC' });
    expect(await house.digest(WEB, { weekday: 4, time: 8 * 60, zone: 'UTC' })).toBe(id);
    expect(await house.work()).toMatchObject([{ kind: 'digest', dueAt: Date.UTC(2026, 2, 5, 8) }]);
    await house.pass(DAY - MINUTE);
    expect(await house.page('team')).toHaveLength(1);
  });
});
