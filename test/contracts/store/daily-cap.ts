// Contract: the daily cap has no last place for two.
import { describe, expect, it } from 'vitest';
import { DAY } from '../../../src/domain/basics.ts';
import type { WhichPrompts } from '../../../src/ports/store/people.ts';
import type { NewInteraction } from '../../../src/ports/store/prompts.ts';
import {
  atOnce,
  closed,
  identity,
  NOW,
  newId,
  newWorld,
  type StoreUnderTest,
  scheduled,
  sent,
} from './world.ts';

export function dailyCapContract(test: () => StoreUnderTest): void {
  describe('the daily cap', () => {
    const [from, to] = [NOW, NOW + DAY];

    it('counts what was sent or is scheduled that day, from its first millisecond up to its last', async () => {
      const world = await newWorld(test());
      const count = (which?: WhichPrompts) => world.tx((tx) => tx.prompts.countReserved(from, to, which));
      expect(await count()).toBe(0);
      const first = await world.asked({ state: scheduled(from) });
      await world.asked({ state: sent(to - 1) });
      for (const state of [scheduled(from - 1), scheduled(to), sent(from - 1), sent(to)])
        await world.asked({ state });
      expect(await count()).toBe(2);
      expect(await count({ except: first.prompt.id })).toBe(1);
      expect(await count({ begunOnly: true })).toBe(1);
    });

    it('gives back the place of a prompt that is suppressed or undeliverable', async () => {
      const world = await newWorld(test());
      const { prompt } = await world.asked();
      const count = () => world.tx((tx) => tx.prompts.countReserved(from, to));
      expect(await count()).toBe(1);
      await world.tx((tx) =>
        tx.prompts.save({ ...prompt, state: { status: 'suppressed', reason: 'reopened', at: NOW } }),
      );
      expect(await count()).toBe(0);
    });

    it('has three places for three, however many decide at once', async () => {
      const world = await newWorld(test());
      const rows: NewInteraction[] = [];
      for (let n = 0; n < 20; n++) {
        const who = identity();
        const { id: personId } = await world.person(who);
        rows.push({ id: newId(), personId, interaction: closed(who) });
      }
      await world.tx((tx) => tx.prompts.addInteractions(rows, NOW));
      const taken = await atOnce(rows.length, (n) =>
        world.tx(async (tx) => {
          if ((await tx.prompts.countReserved(from, to)) >= 3) return 0;
          await tx.prompts.add([world.prompt(rows[n]!.id, rows[n]!.personId)]);
          return 1;
        }),
      );
      expect(taken.filter((place) => place === 1)).toHaveLength(3);
    });
  });
}
