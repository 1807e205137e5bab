// What every queue must do, on whatever server. An adapter's test calls `queueContract` once.
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { queueAwayContract } from './queue-away.ts';
import {
  IN_TIME,
  makeGate,
  makeQueueKit,
  type QueueServerUnderTest,
  SOON,
  wake,
  wakes,
} from './queue-kit.ts';

export type { QueueServerUnderTest } from './queue-kit.ts';

export function queueContract(name: string, makeServer: () => Promise<QueueServerUnderTest>): void {
  describe(`the queue: ${name}`, () => {
    const kit = makeQueueKit(makeServer);
    const { open, consuming } = kit;

    describe('given a queue that is consumed', () => {
      it('when a wake is due, then it is performed soon', async () => {
        const { queue, performed, times } = await consuming();
        await queue.wake([wake()]);
        await eventually('the first wake', () => performed.length === 1);
        const due = wake();
        await queue.wake([due]);
        await eventually('the wake', () => times(due.workId) === 1, SOON);
      });

      it('when another process wakes, then it is performed soon', async () => {
        const { performed, times } = await consuming();
        const producer = open();
        await producer.wake([wake()]);
        await eventually('the first wake', () => performed.length === 1);
        const due = wake();
        await producer.wake([due]);
        await eventually('the wake', () => times(due.workId) === 1, SOON);
      });

      it('when a wake is due later, then it is performed not before, and soon after', async () => {
        const { queue, performed } = await consuming();
        const later = [900, 300, 600].map((delay) => wake(Date.now() + delay));
        await queue.wake(later);
        await eventually('three wakes', () => performed.length === 3);
        for (const { workId, dueAt } of later) {
          const at = performed.find((one) => one.workId === workId)?.at ?? 0;
          expect(at).toBeGreaterThanOrEqual(dueAt - 5);
          expect(at).toBeLessThan(dueAt + SOON);
        }
      });

      it('when a nearer wake comes while one far off is awaited, then it does not wait for that one', async () => {
        const { queue, times } = await consuming();
        await queue.wake([wake(Date.now() + 3_600_000)]);
        const near = wake(Date.now() + 200);
        await queue.wake([near]);
        await eventually('the nearer wake', () => times(near.workId) === 1, 200 + SOON);
      });

      it('when the same pair comes twice before it is due, then it is performed once', async () => {
        const { queue, performed, times } = await consuming();
        const twice = wake(Date.now() + 300);
        await queue.wake([twice, twice]);
        await open().wake([twice]);
        const last = wake(Date.now() + 400);
        await queue.wake([last]);
        await eventually('the last wake', () => times(last.workId) === 1);
        expect(performed.map(({ workId }) => workId)).toEqual([twice.workId, last.workId]);
      });

      it('when the same work is due at another time, then it is performed again', async () => {
        const { queue, times } = await consuming();
        const first = wake();
        await queue.wake([first, { ...first, dueAt: first.dueAt + 200 }]);
        await eventually('two performances', () => times(first.workId) === 2);
      });

      it('when the same pair comes again after it was performed, then it is performed again', async () => {
        const { queue, times } = await consuming();
        const again = wake();
        await queue.wake([again]);
        await eventually('the first performance', () => times(again.workId) === 1);
        // The sweeper does this. The queue may still be putting the first one away.
        await eventually('the second performance', async () => {
          await queue.wake([again]);
          return times(again.workId) === 2;
        });
      });

      it('when performing throws, then that is logged, not retried, and the others are performed', async () => {
        const bad = wake();
        const { queue, times } = await consuming(1, async (workId) => {
          if (workId === bad.workId) throw new Error('the work is broken');
        });
        const good = wakes(3);
        await queue.wake([bad]);
        await queue.wake(good);
        await eventually('the good ones', () => good.every(({ workId }) => times(workId) === 1));
        expect(times(bad.workId)).toBe(1);
        const errors = kit.server().lines.filter(({ level }) => level === 'error');
        expect(errors).toHaveLength(1);
        expect(errors[0]?.fields).toMatchObject({ workId: bad.workId, error: 'the work is broken' });
      });

      it('when many are due, then at most as many as agreed are in hand at once', async () => {
        const gate = makeGate();
        let inHand = 0;
        let most = 0;
        const { queue, performed } = await consuming(3, async () => {
          inHand += 1;
          most = Math.max(most, inHand);
          await gate.opened;
          inHand -= 1;
        });
        await queue.wake(wakes(12));
        await eventually('three in hand', () => inHand === 3);
        gate.open();
        await eventually('all of them', () => performed.length === 12);
        expect(most).toBe(3);
      });

      it('when two processes consume, then each wake is performed by one of them', async () => {
        const [one, other] = [await consuming(5), await consuming(5)];
        const all = wakes(200);
        await one.queue.wake(all);
        await eventually('all of them', () => one.performed.length + other.performed.length >= 200, 15_000);
        for (const { workId } of all) expect(one.times(workId) + other.times(workId)).toBe(1);
      });

      it('when thousands are woken at once, then all are taken', async () => {
        const { queue, performed } = await consuming(20);
        const all = wakes(1_500);
        await queue.wake(all);
        await eventually('all of them', () => performed.length === 1_500, 40_000);
        expect(new Set(performed.map(({ workId }) => workId))).toEqual(
          new Set(all.map(({ workId }) => workId)),
        );
      }, 50_000);

      it('when many wake one by one at once, then all are taken', async () => {
        const { queue, performed } = await consuming();
        await Promise.all(wakes(100).map((one) => queue.wake([one])));
        await eventually('all of them', () => performed.length === 100);
      });
    });

    describe('given work in hand', () => {
      it('when closing, then it waits for that work and takes nothing new', async () => {
        const gate = makeGate();
        const { queue, performed } = await consuming(2, () => gate.opened);
        const [first, next] = [wake(), wake()];
        await queue.wake([first]);
        await eventually('the first in hand', () => performed.length === 1);
        let closed = false;
        const closing = queue.close(10_000).then(() => {
          closed = true;
        });
        const producer = open();
        await producer.wake([next]);
        expect(closed).toBe(false);
        gate.open();
        await closing;
        expect(performed.map(({ workId }) => workId)).toEqual([first.workId]);
        const other = await consuming();
        await eventually('the next, by another', () => other.times(next.workId) === 1);
        expect(other.times(first.workId)).toBe(0);
      });

      it('when that work does not end, then closing waits no longer than it was given', async () => {
        const { queue, performed } = await consuming(1, () => new Promise(() => undefined));
        await queue.wake([wake()]);
        await eventually('it in hand', () => performed.length === 1);
        const from = Date.now();
        await queue.close(300);
        expect(Date.now() - from).toBeGreaterThanOrEqual(295);
        expect(Date.now() - from).toBeLessThan(IN_TIME);
      });
    });

    describe('given no work', () => {
      it('when closing, then that is quick, also twice, also unused', async () => {
        const { queue } = await consuming();
        await queue.wake([wake(Date.now() + 3_600_000)]);
        const from = Date.now();
        await Promise.all([queue.close(10_000), queue.close(10_000), open().close(10_000)]);
        expect(Date.now() - from).toBeLessThan(IN_TIME);
        await expect(queue.wake([wake()])).rejects.toMatchObject({ kind: 'unavailable' });
        expect(await queue.health()).toMatchObject({ ok: false });
      });

      it('when nothing is to be woken, then that is so', async () => {
        await open().wake([]);
      });
    });

    queueAwayContract(kit);
  });
}
