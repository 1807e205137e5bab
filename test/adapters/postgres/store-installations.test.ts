// What the store keeps for platforms, on the embedded PostgreSQL and on a server: the contracts, and what only this store can get wrong.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../../src/domain/basics.ts';
import { budgetContract } from '../../contracts/store/budget.ts';
import { conversationsContract } from '../../contracts/store/conversations.ts';
import { credentialsContract, installed } from '../../contracts/store/credentials.ts';
import { installationsContract } from '../../contracts/store/installations.ts';
import { NOW, newId, newWorld } from '../../contracts/store/world.ts';
import { describeOnEachStore } from '../../support/database.ts';
import { storeUnderTest } from './store-under-test.ts';

describeOnEachStore('The store', (database) => {
  const test = () => storeUnderTest(database());
  budgetContract(test);
  conversationsContract(test);
  credentialsContract(test);
  installationsContract(test);

  const rows = async (text: string, ...values: unknown[]) => (await database().pool.query(text, values)).rows;

  describe('credentials at rest', () => {
    it('are not in the table as they are, nor twice the same', async () => {
      const world = await newWorld(test());
      const [one, other] = [await installed(world, 'xoxb-secret'), await installed(world, 'xoxb-secret')];
      const [a, b] = await rows(
        'SELECT credentials FROM installations WHERE external_id IN ($1, $2)',
        one,
        other,
      );
      expect(a.credentials.toString('latin1')).not.toContain('secret');
      expect(a.credentials).not.toEqual(b.credentials);
    });

    it('of one installation put into another’s row do not open, and the error names it, the remedy and no secret', async () => {
      const world = await newWorld(test());
      const [one, other] = [await installed(world, 'xoxb-secret'), await installed(world, 'xoxb-other')];
      await rows(
        'UPDATE installations SET credentials = (SELECT credentials FROM installations WHERE external_id = $1) WHERE external_id = $2',
        one,
        other,
      );
      const error = await test()
        .store.credentials('slack')
        .load(other)
        .catch((thrown: Error) => thrown);
      expect(error).toMatchObject({
        kind: 'invalid',
        message: expect.stringContaining(`slack ${other}`),
        remedy: expect.stringContaining('ENCRYPTION_KEY'),
      });
      expect(JSON.stringify(error) + (error as Error).stack).not.toContain('xoxb');
    });

    it('of a process that died while it renewed them are renewed by the next when its lease has ended', async () => {
      const team = await installed(await newWorld(test()), 'old');
      const name = `credentials slack ${team}`;
      await rows(
        `INSERT INTO leases (name, holder, until) VALUES ($1, $2, now() + interval '600 ms')`,
        name,
        newId(),
      );
      const began = Date.now();
      expect(
        await test()
          .store.credentials('slack')
          .renew(team, 'old', async () => 'new'),
      ).toBe('new');
      expect(Date.now() - began).toBeGreaterThan(500);
      expect(await rows('SELECT FROM leases WHERE name = $1', name)).toEqual([]);
    });
  });

  describe('tidying', () => {
    it('forgets what has served its time, and nothing else', async () => {
      const world = await newWorld(test());
      const { store } = world;
      const team = newId();
      const talks = store.conversations('slack');
      const said = { channel: 'C1', thread: 't', author: 'U1' };
      await talks.note(team, { ...said, message: 'old', at: NOW - 30 * DAY - 1 });
      await talks.note(team, { ...said, message: 'young', at: NOW - 30 * DAY });
      const ref = { channel: 'C1', message: 'm' };
      await talks.noteEcho(team, 'old', ref);
      await talks.noteEcho(team, 'young', ref);
      await rows(
        `UPDATE echoes SET at = now() - interval '25 hours' WHERE installation = $1 AND key = 'old'`,
        team,
      );
      const rate = (name: string) => ({ name: `${name} ${team}`, interval: HOUR, burst: 1 });
      for (const name of ['used', 'unused']) await store.budget.take([rate(name)], 0);
      await store.budget.pause(rate('paused').name, HOUR);
      await rows(
        'UPDATE budgets SET paid_until = paid_until - $2 WHERE name = $1',
        rate('unused').name,
        26 * HOUR,
      );
      const code = (hash: string, expiresAt: number) => ({
        hash: createHash('sha256')
          .update(hash + team)
          .digest(),
        workspaceId: world.workspaceId,
        purpose: 'connect' as const,
        expiresAt,
      });
      const [expired, good] = [code('expired', NOW), code('good', NOW + 1)];
      for (const one of [expired, good]) await store.admin.createCode(one);

      await store.tidy(NOW);

      expect(await talks.threadOf(team, 'C1', 'old')).toBeNull();
      expect(await talks.threadOf(team, 'C1', 'young')).toBe('t');
      expect(await talks.echo(team, 'old')).toBeNull();
      expect(await talks.echo(team, 'young')).toEqual(ref);
      const left = await rows('SELECT name FROM budgets WHERE strpos(name, $1) > 0 ORDER BY 1', team);
      expect(left.map(({ name }) => name)).toEqual([rate('paused').name, rate('used').name]);
      expect((await store.budget.take([rate('used')], 0)).taken).toBe(false);
      expect((await store.budget.take([rate('unused')], 0)).taken).toBe(true);
      expect(await rows('SELECT FROM codes WHERE hash = $1', expired.hash)).toEqual([]);
      expect(await store.admin.redeemCode(good.hash, 'connect', NOW)).toBe(world.workspaceId);
    });
  });
});
