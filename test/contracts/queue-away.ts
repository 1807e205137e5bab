// What every queue must do when its server goes away, stops answering, or was never there.
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { IN_TIME, makeGate, type QueueKit, taken, wake } from './queue-kit.ts';

export function queueAwayContract({ server, open, consuming }: QueueKit): void {
  describe('given a server that goes away', () => {
    it('when there, then it is healthy, and says where', async () => {
      const health = await open().health();
      expect(health.ok).toBe(true);
      expect(health.detail).toMatch(/redis|postgres/i);
    });

    for (const [how, go] of [
      ['refuses', () => server().shut()],
      ['does not answer', async () => server().freeze()],
    ] as const) {
      it(`when it ${how}, then waking fails in time, health says so, and later both work again`, async () => {
        const { queue, times } = await consuming();
        const fresh = open();
        const before = wake();
        await queue.wake([before]);
        await eventually('a wake before', () => times(before.workId) === 1);
        await go();
        for (const one of [queue, fresh]) {
          const from = Date.now();
          await expect(one.wake([wake()])).rejects.toMatchObject({
            name: 'AfterwordError',
            kind: 'unavailable',
            remedy: expect.stringMatching(/./),
          });
          expect(Date.now() - from).toBeLessThan(IN_TIME);
          const health = await one.health();
          expect(health).toMatchObject({ ok: false, remedy: expect.stringMatching(/./) });
          expect(Date.now() - from).toBeLessThan(2 * IN_TIME);
        }
        await server().reopen();
        const after = wake();
        await eventually('waking again', () => taken(fresh, after), 15_000);
        await eventually('performing again', () => times(after.workId) >= 1, 25_000);
        await eventually('health again', async () => (await queue.health()).ok);
      }, 60_000);
    }

    it('when away for a while, then there is one line when lost and one when back', async () => {
      const { queue, performed } = await consuming();
      await queue.wake([wake()]);
      await eventually('a wake before', () => performed.length === 1);
      await server().shut();
      await eventually('the first line', () => server().lines.length > 0);
      for (let attempt = 0; attempt < 20; attempt += 1) await queue.wake([wake()]).catch(() => undefined);
      await server().reopen();
      await eventually('the last line', () => server().lines.length > 1, 15_000);
      const after = wake();
      await eventually('waking again', () => taken(queue, after));
      await eventually('performing again', () => performed.some(({ workId }) => workId === after.workId));
      expect(server().lines.map(({ level, message }) => `${level}: ${message}`)).toEqual([
        'warn: The queue is lost; connecting again until it is back',
        'info: The queue is back',
      ]);
    }, 60_000);

    it('when away from the start, then consuming begins once it is there', async () => {
      await server().shut();
      const { queue, times } = await consuming();
      await expect(queue.wake([wake()])).rejects.toMatchObject({ kind: 'unavailable' });
      await server().reopen();
      const after = wake();
      await eventually('waking', () => taken(queue, after), 15_000);
      await eventually('performing', () => times(after.workId) === 1, 15_000);
    }, 60_000);

    it('when away while closing, then closing does not hang', async () => {
      const gate = makeGate();
      const { queue, performed } = await consuming(1, () => gate.opened);
      await queue.wake([wake()]);
      await eventually('it in hand', () => performed.length === 1);
      await server().shut();
      const from = Date.now();
      const closing = queue.close(20_000);
      gate.open();
      await closing;
      expect(Date.now() - from).toBeLessThan(IN_TIME);
    });
  });
}
