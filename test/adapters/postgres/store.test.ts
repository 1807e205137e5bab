// The store's transactions, on the embedded PostgreSQL and on a server: the contract of every store, and what only this one
// can get wrong.
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../adapters/postgres/database.ts';
import { storeContract } from '../../contracts/store/index.ts';
import {
  CLASSIFIED,
  identity,
  NOW,
  newId,
  newWorld,
  request,
  type StoreUnderTest,
  sent,
  World,
} from '../../contracts/store/world.ts';
import {
  createDatabase,
  describeOnEachStore,
  type ServerDatabase,
  TEST_DATABASE_URL,
} from '../../support/database.ts';
import { storeUnderTest } from './store-under-test.ts';

describeOnEachStore('the store', (database) => {
  let made: { readonly of: Database; readonly store: StoreUnderTest } | undefined;
  const test = (): StoreUnderTest => {
    if (made?.of !== database()) made = { of: database(), store: storeUnderTest(database()) };
    return made.store;
  };
  storeContract(test);

  it('keeps an answer in six round trips', async () => {
    const { prompt, workspaceId } = await (async () => {
      const world = await newWorld(test());
      return { prompt: (await world.asked({ state: sent() })).prompt, workspaceId: world.workspaceId };
    })();
    const { pool, statements } = counted(database().pool);
    const world = new World(storeUnderTest({ pool, kind: database().kind }), workspaceId);
    await world.tx(async (tx) => {
      const dossier = await tx.prompts.lock(prompt.id);
      await tx.responses.ofPrompt(prompt.id);
      await tx.responses.save({ response: world.response(prompt), classification: CLASSIFIED });
      const state = { status: 'answered', sentAt: NOW, ref: null, answeredAt: NOW, late: false } as const;
      await tx.prompts.save({ ...dossier!.prompt, state });
    });
    expect(statements.map((text) => /^\s*(\w+)/.exec(text)?.[1])).toEqual([
      'BEGIN',
      'SELECT',
      'SELECT',
      'WITH',
      'UPDATE',
      'COMMIT',
    ]);
  });

  it('takes two statements for a thousand people who are known', async () => {
    const world = await newWorld(test());
    const batch = Array.from({ length: 1000 }, () => request(identity(), { profile: { name: 'Ann' } }));
    await world.tx((tx) => tx.people.resolve(batch, newId, NOW));
    const { pool, statements } = counted(database().pool);
    const again = new World(storeUnderTest({ pool, kind: database().kind }), world.workspaceId);
    await again.tx((tx) => tx.people.resolve(batch, newId, NOW));
    expect(statements).toHaveLength(4);
  });

  it('has tables that refuse what cannot be true, whatever the code does', async () => {
    const world = await newWorld(test());
    const { prompt, response } = await world.answered();
    const followUp = world.followUp(response);
    await world.tx((tx) => tx.followUps.save(followUp));
    const { id: work } = await world.inHand();
    const lies: readonly (readonly [string, string])[] = [
      [prompt.id, "UPDATE prompts SET status = 'sent', ref_message = NULL WHERE id = $1"],
      [prompt.id, "UPDATE prompts SET status = 'delivered' WHERE id = $1"],
      [
        prompt.id,
        "UPDATE prompts SET status = 'suppressed', reason = 'throttled', ended_at = now() WHERE id = $1",
      ],
      [prompt.id, 'UPDATE prompts SET asked_at = NULL WHERE id = $1'],
      [prompt.id, "UPDATE prompts SET survey = 'stars' WHERE id = $1"],
      [prompt.id, "UPDATE prompts SET agent = repeat('x', 801) WHERE id = $1"],
      [response.id, 'UPDATE responses SET score = 11 WHERE id = $1'],
      [response.id, "UPDATE responses SET survey = 'ces', score = 0 WHERE id = $1"],
      [response.id, "UPDATE responses SET sentiment = 'angry' WHERE id = $1"],
      [followUp.id, "UPDATE follow_ups SET status = 'claimed' WHERE id = $1"],
      [work, "UPDATE work SET kind = 'dance' WHERE id = $1"],
      [work, 'UPDATE work SET lease_until = NULL WHERE id = $1'],
    ];
    for (const [id, lie] of lies) {
      const told = database().pool.query(lie, [id]);
      await expect(told, lie).rejects.toMatchObject({ code: '23514' });
    }
  });

  it('names the zone of every moment, whatever zone the session is in', async () => {
    const world = await newWorld(test());
    const moments = [NOW, 0, 951_782_400_001, Date.UTC(2026, 2, 29, 1, 59, 59, 999), Date.UTC(2199, 11, 31)];
    for (const zone of ['UTC', 'Asia/Kolkata', 'America/St_Johns', 'Pacific/Chatham', 'Europe/Dublin']) {
      const { pool } = inZone(database().pool, zone);
      const there = new World(storeUnderTest({ pool, kind: 'embedded' }), world.workspaceId);
      for (const moment of moments) {
        const { prompt } = await there.asked({
          createdAt: moment,
          state: { status: 'scheduled', dueAt: moment },
        });
        expect(await there.tx((tx) => tx.prompts.find(prompt.id)), `${zone} ${moment}`).toEqual(prompt);
      }
    }
  });

  it('is healthy while its database answers', async () => {
    expect(await test().store.health()).toEqual({
      ok: true,
      detail: expect.stringMatching(/^PostgreSQL \d+/),
    });
  });
});

describe('a store whose database is away', () => {
  it('says so, with the remedy, and asks to try again later', async () => {
    const pool = new pg.Pool({ host: '127.0.0.1', port: 1, max: 2 });
    const { store } = storeUnderTest({ pool, kind: 'server' });
    const away = {
      name: 'AfterwordError',
      kind: 'unavailable',
      remedy: expect.stringContaining('DATABASE_URL'),
    };
    await expect(store.transaction(newId(), async () => 1)).rejects.toMatchObject(away);
    await expect(store.work.counts(NOW)).rejects.toMatchObject(away);
    expect(await store.health()).toMatchObject({ ok: false, remedy: expect.stringContaining('database') });
    await pool.end();
  });
});

const skipped = TEST_DATABASE_URL === undefined ? ' (TEST_DATABASE_URL is not set)' : '';
describe.skipIf(skipped !== '')(`a connection that is lost within a transaction${skipped}`, () => {
  let server: ServerDatabase;
  let pool: pg.Pool;
  beforeAll(async () => {
    server = await createDatabase({ migrated: true });
    pool = new pg.Pool({ connectionString: server.url, max: 2 });
    pool.on('error', () => {});
  });
  afterAll(async () => {
    await pool.end();
    await server.drop();
  });

  /** Ends every other connection to the database, as a restart of the server does. */
  async function cutOthers(): Promise<void> {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await client.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await client.end();
  }

  it('undoes it, says that the store is away, and leaves the next one a new connection', async () => {
    const world = await newWorld(storeUnderTest({ pool, kind: 'server' }));
    const who = identity();
    for (const when of ['before a statement', 'before the commit'] as const) {
      const going = world.tx(async (tx) => {
        await tx.people.resolve([request(who)], newId, NOW);
        await cutOthers();
        if (when === 'before a statement') await tx.people.find(who);
      });
      await expect(going, when).rejects.toMatchObject({ kind: 'unavailable', remedy: expect.any(String) });
      expect(await world.tx((tx) => tx.people.find(who))).toBeNull();
    }
    expect(pool.totalCount).toBe(pool.idleCount);
  });
});

type Query = { readonly text: string } | string;

/** The same pool, telling every statement of its transactions. */
function counted(pool: pg.Pool): { readonly pool: pg.Pool; readonly statements: readonly string[] } {
  const statements: string[] = [];
  const spied = onConnect(pool, async (client) => {
    const spy = Object.create(client) as pg.PoolClient;
    spy.query = ((query: Query, ...rest: readonly unknown[]) => {
      statements.push(typeof query === 'string' ? query : query.text);
      return (client.query as (...all: unknown[]) => unknown).call(client, query, ...rest);
    }) as typeof client.query;
    return spy;
  });
  return { pool: spied, statements };
}

/** The same pool, its transactions in sessions of another zone. */
function inZone(pool: pg.Pool, zone: string): { readonly pool: pg.Pool } {
  const moved = onConnect(pool, async (client) => {
    const spy = Object.create(client) as pg.PoolClient;
    spy.query = (async (query: Query, ...rest: readonly unknown[]) => {
      const run = client.query as (...all: unknown[]) => Promise<unknown>;
      const answer = await run.call(client, query, ...rest);
      // For this transaction only: connections of the embedded store share their session.
      if (typeof query !== 'string' && query.text.startsWith('BEGIN'))
        await client.query(`SET LOCAL timezone = '${zone}'`);
      return answer;
    }) as typeof client.query;
    return spy;
  });
  return { pool: moved };
}

function onConnect(pool: pg.Pool, wrap: (client: pg.PoolClient) => Promise<pg.PoolClient>): pg.Pool {
  const wrapped = Object.create(pool) as pg.Pool;
  wrapped.connect = (async () => await wrap(await pool.connect())) as typeof pool.connect;
  return wrapped;
}
