// Contract: what is kept beside the facts is what the facts say, whatever was done to them and by how many at once; and what is asked of any
// period equals a count of the facts.
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/domain/basics.ts';
import { SURVEY_KINDS } from '../../../src/domain/survey/kind.ts';
import type { ReportQuery } from '../../../src/ports/store/reports.ts';
import { addAll, plain, said } from './archive-rows.ts';
import { byText, sorted } from './counted-by-hand.ts';
import { BEGIN, dice, Operations } from './random-operations.ts';
import { newWorld, type StoreUnderTest, sent, World } from './world.ts';

const silent = () => {};

/** Whole hours, whole days, odd moments, nothing at all. */
function someSpans(seed: number) {
  const roll = dice(seed);
  const odd = Array.from({ length: 3 }, () => {
    const from = BEGIN - DAY + roll(7 * DAY);
    return { from, to: from + roll(roll(2) === 0 ? 2 * HOUR : 8 * DAY) + 1 };
  });
  const day = Math.floor(BEGIN / DAY) * DAY;
  return [
    ...odd,
    { from: day, to: day + 5 * DAY },
    { from: day + HOUR, to: day + 3 * HOUR },
    { from: day + 5 * MINUTE, to: day + 6 * MINUTE },
    { from: 0, to: day + 100 * DAY },
  ];
}

/** By the agent is counted from the facts, and says the same of the whole. */
async function expectFactsAndTalliesAlike({ store, workspaceId }: World, seed: number): Promise<void> {
  const { reports } = store;
  for (const { from, to } of someSpans(seed)) {
    for (const survey of SURVEY_KINDS) {
      for (const basis of ['sent', 'answered'] as const) {
        const query = (by: ReportQuery['by']): ReportQuery => {
          return { workspaceId, survey, from, to, basis, by, zone: 'Asia/Kathmandu' };
        };
        const facts = sorted({ ...(await reports.counts(query('agent'))), groups: [] });
        expect(sorted(await reports.counts(query(null))), JSON.stringify(query(null))).toEqual(facts);
        const weeks = await reports.counts(query('week'));
        expect(sorted({ ...weeks, groups: [] })).toEqual(facts);
        const sum = weeks.groups.reduce((all, one) => all + one.sent + one.answeredOfSent, 0);
        expect(sum).toBe(weeks.sent + weeks.answeredOfSent);
        expect([...(await reports.scores(query(null)))].sort(byText)).toEqual(
          [...(await reports.counts(query('agent'))).scores].sort(byText),
        );
      }
    }
  }
}

export function talliesContract(test: () => StoreUnderTest, most: number): void {
  describe('tallies', () => {
    it(`given up to ${most} random operations, several at once, when they are compared with the facts, then they are equal`, async () => {
      const world = await newWorld(test());
      const lanes = test().parallel ? 4 : 1;
      const operations = test().parallel ? most : most / 4;
      await Promise.all(
        Array.from({ length: lanes }, (_, lane) => {
          const own = new World({ ...test(), store: test().another() }, world.workspaceId);
          return new Operations(own, 17 * lane + 5).run(operations / lanes);
        }),
      );
      const check = await world.store.tallies.check(world.workspaceId, silent);
      expect(check).toMatchObject({ different: 0, examples: [] });
      expect(check.compared).toBeGreaterThan(100);
      await expectFactsAndTalliesAlike(world, 3);
      await world.store.tallies.fold();
      expect(await world.store.tallies.check(world.workspaceId, silent)).toEqual(check);
    }, 300_000);

    it('given they are right, when they are made again, then they are as they were', async () => {
      const world = await newWorld(test());
      await new Operations(world, 99).run(60);
      await world.store.tallies.fold();
      const before = await test().rowsOf(world.workspaceId);
      let told = 0;
      const count = await world.store.tallies.rebuild(world.workspaceId, (done, of) => {
        expect(done).toBeLessThan(of);
        told++;
      });
      expect(told).toBeGreaterThan(0);
      expect(count).toBeGreaterThan(10);
      expect(await test().rowsOf(world.workspaceId)).toEqual(before);
    });

    it('given scores of many periods, when they are asked for at once, then each is as if it was asked for alone', async () => {
      const world = await newWorld(test());
      await new Operations(world, 7).run(80);
      const periods = someSpans(11);
      const all = await world.store.reports.scoresOf(world.workspaceId, 'nps', periods);
      for (const [i, { from, to }] of periods.entries()) {
        const query = {
          workspaceId: world.workspaceId,
          survey: 'nps',
          from,
          to,
          basis: 'answered',
          by: 'agent',
          zone: 'UTC',
        } as const;
        const { scores } = await world.store.reports.counts(query);
        expect([...(all[i] ?? [])].sort(byText)).toEqual([...scores].sort(byText));
      }
    });

    it('given conversations of agents in channels, when it is asked after whose were asked, then only those with enough are told of', async () => {
      const world = await newWorld(test());
      const closedAt = BEGIN + 90 * MINUTE;
      const about = { closedAt, agent: 'bob' };
      const suppressed = { status: 'suppressed', reason: 'throttled', at: closedAt } as const;
      for (let i = 0; i < 4; i++) {
        const agent = i === 3 ? 'eve' : 'bob';
        await world.asked({ agent, state: i === 0 ? sent(closedAt) : suppressed }, undefined, about);
      }
      const askedOf = (from: number, to: number, atLeast: number) =>
        world.store.reports.askedOf(world.workspaceId, from, to, atLeast);
      const channel = { of: 'channel', name: 'support', ended: 4, asked: 1 };
      const bob = { of: 'agent', name: 'bob', ended: 3, asked: 1 };
      for (const [from, to] of [
        [BEGIN - 7 * DAY, BEGIN + 7 * DAY],
        [closedAt, closedAt + 1],
      ] as const) {
        expect(await askedOf(from, to, 3)).toEqual([channel, bob]);
        expect(await askedOf(from, to, 1)).toEqual([
          channel,
          bob,
          { of: 'agent', name: 'eve', ended: 1, asked: 0 },
        ]);
      }
      expect(await askedOf(closedAt + 1, closedAt + DAY, 1)).toEqual([]);
    });

    it('given an answer that says everything twice, when it is kept, then each theme is one mention', async () => {
      const world = await newWorld(test());
      const themes = ['speed:positive', 'speed:negative', 'price:negative', 'price:negative'] as const;
      await addAll(world, [{ ...plain(), classification: said(themes, 'negative') }]);
      await expectFactsAndTalliesAlike(world, 5);
    });
  });
}
