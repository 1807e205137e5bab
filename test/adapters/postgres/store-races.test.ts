// What happens between two statements of the store, made to happen there: somebody else is quicker.
import type pg from 'pg';
import { describe, expect, it } from 'vitest';
import { createStore } from '../../../adapters/postgres/store/index.ts';
import { SECOND } from '../../../src/domain/basics.ts';
import type { Store } from '../../../src/ports/store/index.ts';
import { installed } from '../../contracts/store/credentials.ts';
import { NOW, newId, newWorld } from '../../contracts/store/world.ts';
import { describeOnEachStore } from '../../support/database.ts';
import { eventually } from '../../support/eventually.ts';
import { recordedLog } from '../../support/recorded-log.ts';
import { SECRETS, storeUnderTest } from './store-under-test.ts';

/** A store on the same database in which something happens once, just before a statement that begins so. */
function interrupted(pool: pg.Pool, statement: string, happens: () => Promise<unknown>): Store {
  let waiting = true;
  const slow = Object.create(pool) as pg.Pool;
  slow.query = (async (query: { readonly text: string }) => {
    if (waiting && query.text.trimStart().startsWith(statement)) {
      waiting = false;
      await happens();
    }
    return await pool.query(query);
  }) as unknown as typeof pool.query;
  const prisma = () => Promise.reject(new Error('Prisma was loaded'));
  return createStore({ pool: slow, prisma, ...SECRETS, log: recordedLog().log });
}

describeOnEachStore('Between two statements', (database) => {
  const test = () => storeUnderTest(database());
  const never = () => Promise.reject(new Error('renewed twice'));

  describe('of one who renews credentials', () => {
    it('given another process does it just before the lease is asked for, then it is not done again', async () => {
      const team = await installed(await newWorld(test()), 'old');
      const others = test().another().credentials('slack');
      const late = interrupted(database().pool, 'INSERT INTO leases', () =>
        others.renew(team, 'old', async () => 'new'),
      );
      expect(await late.credentials('slack').renew(team, 'old', never)).toBe('new');
    });

    it('given it is removed just before they are written, then they are not', async () => {
      const team = await installed(await newWorld(test()), 'old');
      const late = interrupted(database().pool, 'UPDATE installations SET credentials', () =>
        test().store.admin.uninstall('slack', team, NOW + 1),
      );
      expect(await late.credentials('slack').renew(team, 'old', async () => 'new')).toBeNull();
      expect(await test().store.credentials('slack').load(team)).toBeNull();
    });

    it('given the store is away when they are to be written, then they are written when it is back', async () => {
      const team = await installed(await newWorld(test()), 'old');
      const late = interrupted(database().pool, 'UPDATE installations SET credentials', () =>
        Promise.reject(Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' })),
      );
      expect(await late.credentials('slack').renew(team, 'old', async () => 'new')).toBe('new');
      expect(await test().store.credentials('slack').load(team)).toBe('new');
    });
  });

  describe('of one who takes from a budget', () => {
    it('there is no second statement, however many budgets it takes from', async () => {
      const rates = Array.from({ length: 5 }, () => ({
        name: `test ${newId()}`,
        interval: SECOND,
        burst: 9,
      }));
      await test().store.budget.take(rates, 0);
      const statements: string[] = [];
      const { pool } = database();
      const spied = Object.create(pool) as pg.Pool;
      spied.query = ((query: { readonly text: string }) => {
        statements.push(query.text);
        return pool.query(query);
      }) as unknown as typeof pool.query;
      spied.connect = () => Promise.reject(new Error('a connection was kept'));
      const prisma = () => Promise.reject(new Error('Prisma was loaded'));
      const { budget } = createStore({ pool: spied, prisma, ...SECRETS, log: recordedLog().log });
      expect(await budget.take(rates, 0)).toEqual({ taken: true, wait: 0 });
      expect(statements).toHaveLength(1);
    });

    it('given the row is tidied away just before, then it is made anew', async () => {
      const rate = { name: `test ${newId()}`, interval: SECOND, burst: 1 };
      const late = interrupted(database().pool, 'WITH wanted', () =>
        database().pool.query('DELETE FROM budgets WHERE name = $1', [rate.name]),
      );
      await test().store.budget.pause(rate.name, 0);
      expect(await late.budget.take([rate], 0)).toEqual({ taken: true, wait: 0 });
    });

    it('given it waits for a row, then its call counts from when it got it', async () => {
      if (database().kind === 'embedded') return; // one after the other there
      const { pool } = database();
      const rate = { name: `test ${newId()}`, interval: SECOND, burst: 1 };
      await test().store.budget.pause(rate.name, 0);
      const holder = await pool.connect();
      await holder.query('BEGIN');
      await holder.query('SELECT FROM budgets WHERE name = $1 FOR UPDATE', [rate.name]);
      const taking = test().store.budget.take([rate], 0);
      await eventually('the taker to wait for the row', async () => {
        const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        return ((await pool.query(waiting)).rowCount ?? 0) > 0;
      });
      await holder.query('SELECT pg_sleep(0.8)');
      await holder.query('COMMIT');
      holder.release();
      expect(await taking).toEqual({ taken: true, wait: 0 });
      expect((await test().store.budget.take([rate], SECOND)).wait).toBeGreaterThan(SECOND / 2);
    });
  });
});
