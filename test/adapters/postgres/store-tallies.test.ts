import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DAY } from '../../../src/domain/basics.ts';
import { BEGIN, Operations } from '../../contracts/store/random-operations.ts';
import { talliesContract } from '../../contracts/store/tallies.ts';
import { newWorld } from '../../contracts/store/world.ts';
import { describeOnEachStore, TEST_DATABASE_URL } from '../../support/database.ts';
import { storeUnderTest } from './store-under-test.ts';

/** `TALLY_OPERATIONS=10000` takes some minutes. */
const OPERATIONS = Number(process.env['TALLY_OPERATIONS'] ?? 320);

const SCRIPT = fileURLToPath(new URL('./operations-process.ts', import.meta.url));

/** Answers with its exit code. */
async function operate(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  return code;
}

describeOnEachStore('The store', (database) => {
  const test = () => storeUnderTest(database());
  talliesContract(test, OPERATIONS);

  describe('several processes', () => {
    it.skipIf(TEST_DATABASE_URL === undefined)(
      'given each does random operations on one workspace, when all have ended, then tallies equal the facts',
      async () => {
        if (!test().parallel) return;
        const world = await newWorld(test());
        const { rows } = await database().pool.query<{ name: string }>('SELECT current_database() AS name');
        const url = new URL(TEST_DATABASE_URL!);
        url.pathname = `/${rows[0]!.name}`;
        const processes = [1, 2, 3].map((seed) =>
          operate([url.href, world.workspaceId, String(seed), String(Math.ceil(OPERATIONS / 4))]),
        );
        expect(await Promise.all(processes)).toEqual([0, 0, 0]);
        const check = await world.store.tallies.check(world.workspaceId, () => {});
        expect(check).toMatchObject({ different: 0, examples: [] });
        expect(check.compared).toBeGreaterThan(100);
      },
      600_000,
    );
  });

  describe('tallies that are wrong', () => {
    it('given some were changed, lost, or added by hand, when they are compared, then each is told of, and made right again', async () => {
      const world = await newWorld(test());
      const { tallies } = world.store;
      await new Operations(world, 21).run(60);
      await tallies.fold();
      const right = await test().rowsOf(world.workspaceId);
      const { pool } = database();
      const own = [world.workspaceId];
      await pool.query(
        `UPDATE tallies SET counts = jsonb_set(counts, '{asked}', '77') WHERE workspace_id = $1 AND what = 'fate' AND grain = 'day'`,
        own,
      );
      await pool.query(
        `DELETE FROM tallies WHERE workspace_id = $1 AND what = 'answered' AND grain = 'hour' AND counts ? 'score:4'`,
        own,
      );
      await pool.query(
        `INSERT INTO tallies VALUES ($1, 'sent', 'nps', 'hour', '2020-01-01 00:00+00', '{"score:11": 2}'),
           ($1, 'sent', 'nps', 'day', '2040-01-01 00:00+00', '{"score:11": 2}')`,
        own,
      );
      const check = await tallies.check(world.workspaceId, () => {});
      expect(check.different).toBeGreaterThan(4);
      expect(check.examples).toContainEqual({
        what: 'sent',
        survey: 'nps',
        grain: 'hour',
        from: Date.UTC(2020, 0, 1),
        key: 'score:11',
        kept: 2,
        counted: 0,
      });
      await tallies.rebuild(world.workspaceId, () => {});
      expect(await tallies.check(world.workspaceId, () => {})).toMatchObject({ different: 0 });
      expect(await test().rowsOf(world.workspaceId)).toEqual(right);
    });

    it('given random operations, when prompts are counted by the day their time ended, or their interaction did, then it is as plain SQL counts', async () => {
      const world = await newWorld(test());
      await new Operations(world, 33).run(120);
      const { reports } = world.store;
      for (const [from, to] of [
        [BEGIN + 1234, BEGIN + 3 * DAY + 77],
        [BEGIN - DAY, BEGIN + 9 * DAY],
      ] as const) {
        const period = [world.workspaceId, new Date(from), new Date(to)];
        const { rows: closed } = await database().pool.query(
          `SELECT survey, count(*)::int AS sent, (count(*) FILTER (WHERE answered))::int AS answered FROM (
             SELECT survey, status = 'answered' AND NOT late AS answered, CASE WHEN status = 'answered' AND late THEN least(answered_at, ended_at)
               WHEN status = 'answered' THEN answered_at WHEN status = 'declined' THEN declined_at WHEN status = 'expired' THEN ended_at END AS at
             FROM prompts WHERE workspace_id = $1) AS p WHERE at >= $2 AND at < $3 GROUP BY survey`,
          period,
        );
        expect(closed.length).toBeGreaterThan(0);
        for (const { survey, ...counts } of closed)
          expect(await reports.closedPrompts(world.workspaceId, survey, from, to)).toEqual(counts);
        const { rows: fates } = await database().pool.query<{ fate: string; n: number }>(
          `SELECT CASE WHEN status IN ('suppressed', 'undeliverable') THEN reason WHEN status = 'uncertain' THEN 'uncertain'
               WHEN status IN ('scheduled', 'sending') THEN 'waiting' ELSE 'asked' END AS fate, count(*)::int AS n
           FROM prompts p JOIN interactions i ON i.id = p.interaction_id WHERE p.workspace_id = $1 AND closed_at >= $2 AND closed_at < $3 GROUP BY 1`,
          period,
        );
        const {
          asked = 0,
          waiting = 0,
          ...skipped
        } = Object.fromEntries(fates.map(({ fate, n }) => [fate, n]));
        expect(await reports.coverage(world.workspaceId, from, to)).toEqual({ asked, waiting, skipped });
      }
    });
  });
});
