// Contract: however many call a platform, all of them together call it no faster than they may.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Duration, HOUR, MINUTE, SECOND } from '../../../src/domain/basics.ts';
import type { Budget, Rate } from '../../../src/ports/budget.ts';
import { atOnce, newId, type StoreUnderTest } from './world.ts';

interface Call {
  readonly budgets: readonly string[];
  /** Between these two it is made: a taker does not learn when exactly its call was booked. */
  readonly from: number;
  readonly to: number;
}

export function budgetContract(test: () => StoreUnderTest): void {
  describe('a budget', () => {
    const rate = (more: Partial<Rate> = {}): Rate => ({
      name: `test ${newId()}`,
      interval: 10 * SECOND,
      burst: 1,
      ...more,
    });
    const budget = () => test().store.budget;

    /** Waits shrink as time goes by: this one began as `wait`, and no second has passed. */
    const about = (wait: Duration) => ({
      asymmetricMatch: (actual: unknown) => Number(actual) <= wait && Number(actual) > wait - SECOND,
    });

    it('after a rest gives as many calls at once as its burst, and then one for each interval', async () => {
      const three = rate({ burst: 3 });
      const waits: Duration[] = [];
      for (let i = 0; i < 5; i++) waits.push((await budget().take([three], MINUTE)).wait);
      expect(waits).toEqual([0, 0, 0, about(10 * SECOND), about(20 * SECOND)]);
    });

    it('gives nothing to whoever would have to wait too long, tells them how long, and keeps it for others', async () => {
      const one = rate();
      await budget().take([one], 0);
      for (let i = 0; i < 3; i++)
        expect(await budget().take([one], 5 * SECOND)).toEqual({ taken: false, wait: about(10 * SECOND) });
      expect(await budget().take([one], 10 * SECOND)).toEqual({ taken: true, wait: about(10 * SECOND) });
    });

    it('of several gives all or none, and the slowest says how long', async () => {
      const [slow, quick] = [rate({ interval: HOUR }), rate({ interval: SECOND, burst: 2 })];
      await budget().take([slow], 0);
      for (let i = 0; i < 5; i++)
        expect(await budget().take([slow, quick], MINUTE)).toEqual({ taken: false, wait: about(HOUR) });
      expect(await budget().take([quick], 0)).toEqual({ taken: true, wait: 0 });
      expect(await budget().take([slow, quick], HOUR)).toEqual({ taken: true, wait: about(HOUR) });
    });

    it('is one for all of its name, and no other’s', async () => {
      const [one, other] = [rate(), rate()];
      await budget().take([one], 0);
      expect((await test().another().budget.take([one], 0)).taken).toBe(false);
      expect((await budget().take([other], 0)).taken).toBe(true);
      expect(await budget().take([], 0)).toEqual({ taken: true, wait: 0 });
    });

    it('named twice in one call pays once, by the stricter rate', async () => {
      const one = rate({ burst: 2 });
      expect((await budget().take([one, { ...one, burst: 1 }], 0)).wait).toBe(0);
      expect((await budget().take([one], 0)).wait).toBe(0);
      expect((await budget().take([one], 0)).taken).toBe(false);
    });

    it('that is paused makes everybody wait at least so long, whatever was saved up; a shorter pause shortens none', async () => {
      const saved = rate({ burst: 5 });
      await budget().pause(saved.name, HOUR);
      await budget().pause(saved.name, MINUTE);
      expect(await budget().take([saved], MINUTE)).toEqual({ taken: false, wait: about(HOUR) });
      expect(await budget().take([saved], HOUR)).toEqual({ taken: true, wait: about(HOUR) });
      const known = rate();
      await budget().take([known], 0);
      await budget().pause(known.name, MINUTE);
      expect((await budget().take([known], HOUR)).wait).toEqual(about(MINUTE));
    });

    it('of a name that no table likes is refused or kept, and never another’s', async () => {
      const odd = rate({ name: `"; DROP\0 ${newId()} \ud800` });
      expect((await budget().take([odd], 0)).taken).toBe(true);
      expect((await budget().take([odd], 0)).taken).toBe(false);
    });

    it('gives a hundred who come at once each their own turn', async () => {
      const one = rate({ burst: 10 });
      const began = Date.now();
      const taken = await atOnce(100, () => budget().take([one], 2 * HOUR));
      const took = Date.now() - began;
      const waits = taken.map(({ wait }) => wait).sort((a, b) => a - b);
      for (const [i, wait] of waits.entries()) {
        const due = Math.max(0, (i - 9) * 10 * SECOND);
        expect(wait).toBeLessThanOrEqual(due);
        expect(wait).toBeGreaterThanOrEqual(due - took);
      }
    });

    it('holds, in whatever order whoever takes of whichever budgets in whatever process', async () => {
      const takers = fc.array(
        fc.record({
          process: fc.nat(2),
          budgets: fc.subarray([0, 1, 2], { minLength: 1 }),
          patience: fc.constantFrom(0, 20 * SECOND, HOUR),
        }),
        { minLength: 10, maxLength: 40 },
      );
      const rates = fc.tuple(
        ...[0, 1, 2].map(() =>
          fc.record({
            interval: fc.integer({ min: 3_000, max: 30_000 }),
            burst: fc.integer({ min: 1, max: 4 }),
          }),
        ),
      );
      await fc.assert(
        fc.asyncProperty(rates, takers, async (given, wishes) => {
          const all = given.map((one) => rate(one));
          const processes: readonly Budget[] = [0, 1, 2].map(() => test().another().budget);
          const calls: Call[] = [];
          await Promise.all(
            wishes.map(async (wish) => {
              const wanted = wish.budgets.map((i) => all[i]!);
              const before = Date.now();
              const { taken, wait } = await processes[wish.process]!.take(wanted, wish.patience);
              expect(taken).toBe(wait <= wish.patience);
              const names = wanted.map(({ name }) => name);
              if (taken) calls.push({ budgets: names, from: before + wait, to: Date.now() + wait });
            }),
          );
          for (const one of all)
            keeps(
              one,
              calls.filter(({ budgets }) => budgets.includes(one.name)),
            );
        }),
        { numRuns: 25 },
      );
    }, 60_000);
  });
}

/** Between any two calls there are no more than the burst and one for each interval that passed. */
function keeps({ interval, burst }: Rate, calls: readonly Call[]): void {
  const inOrder = calls.toSorted((a, b) => a.from - b.from);
  for (const [i, first] of inOrder.entries()) {
    let end = first.to;
    for (const [more, next] of inOrder.slice(i).entries()) {
      end = Math.max(end, next.to);
      expect(more + 1).toBeLessThanOrEqual(burst + (end - first.from) / interval);
    }
  }
}
