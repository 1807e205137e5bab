// Of many processes exactly one holds the gateway, and another has it within fifteen seconds when it dies.
import { beforeEach, describe, expect, it } from 'vitest';
import { createOwner, type Owner, RENEW_EVERY } from '../../../adapters/discord/receive/owner.ts';
import { recordedLog } from '../../support/recorded-log.ts';
import { memoryLeases } from './receiving.ts';

interface Process {
  readonly owner: Owner;
  /** What it was told: taken, lost. */
  readonly told: string[];
  isWilling: boolean;
}

describe('given two processes with one store', () => {
  let now: number;
  let isAway: boolean;
  let one: Process;
  let two: Process;
  beforeEach(() => {
    now = 1_000_000;
    isAway = false;
    const store = memoryLeases();
    const leases = {
      own: async (...args: Parameters<typeof store.own>) => {
        if (isAway) throw new Error('the store is away');
        return await store.own(...args);
      },
      disown: store.disown,
    };
    const start = (holder: string): Process => {
      const made: { -readonly [K in keyof Process]: Process[K] } = {
        told: [],
        isWilling: true,
        owner: null as never,
      };
      made.owner = createOwner({
        leases,
        holder,
        now: () => now,
        log: recordedLog().log,
        isWilling: () => made.isWilling,
        onTaken: () => made.told.push('taken'),
        onLost: () => made.told.push('lost'),
      });
      return made;
    };
    one = start('one');
    two = start('two');
  });
  /** Seconds pass in both, or in those that live. */
  const pass = async (seconds: number, living: readonly Process[] = [one, two]) => {
    const end = now + seconds * 1_000;
    while (now < end) {
      now = Math.min(end, now + RENEW_EVERY);
      for (const { owner } of living) await owner.tick();
    }
  };

  it('when both want it, then the first has it and keeps it', async () => {
    await pass(60);
    expect([one.told, two.told]).toEqual([['taken'], []]);
    expect([one.owner.holds(), two.owner.holds()]).toEqual([true, false]);
  });

  it('when its holder dies, then the other has it within twelve seconds, which leaves three to connect', async () => {
    await pass(10);
    await pass(12, [two]);
    expect(two.owner.holds()).toBe(true);
  });

  it('when its holder sleeps and wakes, then it lets go at once', async () => {
    await pass(10);
    await pass(30, [two]);
    expect(one.owner.holds()).toBe(false);
    await one.owner.tick();
    expect([one.told, two.told]).toEqual([['taken', 'lost'], ['taken']]);
  });

  it('when the store goes away, then it is let go before another may take it, and taken again later', async () => {
    await pass(10);
    isAway = true;
    await pass(7.5);
    expect(one.told).toEqual(['taken', 'lost']);
    isAway = false;
    await pass(5);
    expect([...one.told, ...two.told].filter((told) => told === 'taken')).toHaveLength(2);
    expect([one.owner.holds(), two.owner.holds()].filter(Boolean)).toHaveLength(1);
  });

  it('when the store stumbles once, then nothing happens', async () => {
    await pass(10);
    isAway = true;
    await pass(2.5);
    isAway = false;
    await pass(10);
    expect([one.told, two.told]).toEqual([['taken'], []]);
  });

  it('when its holder stops, then the other has it with its next look', async () => {
    await pass(10);
    await one.owner.stop();
    await pass(2.5, [two]);
    expect(two.owner.holds()).toBe(true);
  });

  it('when its holder cannot use it, then it is given to one that can', async () => {
    await pass(10);
    one.isWilling = false;
    await pass(5);
    expect([one.told, two.told]).toEqual([['taken', 'lost'], ['taken']]);
  });
});
