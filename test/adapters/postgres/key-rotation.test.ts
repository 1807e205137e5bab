// ENCRYPTION_KEY changes while the store holds what older keys sealed: nothing is lost, and then the older ones can be dropped.
import { describe, expect, it } from 'vitest';
import { createStore } from '../../../adapters/postgres/store/index.ts';
import { lazyPrisma } from '../../../adapters/postgres/store/lazy-prisma.ts';
import {
  learnSecrets,
  rotateSecrets,
  type StoreSecrets,
} from '../../../adapters/postgres/store/rotate-secrets.ts';
import { createVault, deriveKey } from '../../../adapters/secrets/index.ts';
import type { Store } from '../../../src/ports/store/index.ts';
import { plain } from '../../contracts/store/archive-rows.ts';
import { installed } from '../../contracts/store/credentials.ts';
import { identity, NOW, newId, newWorld, World } from '../../contracts/store/world.ts';
import { describeOnEachStore, emptyTables } from '../../support/database.ts';
import { type LogLine, recordedLog } from '../../support/recorded-log.ts';
import { storeUnderTest } from './store-under-test.ts';

type Masters = readonly [Uint8Array, ...Uint8Array[]];
const [OLD, MIDDLE, NEW] = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
];

describeOnEachStore('A store whose key is changed', (database) => {
  function secretsOf(masters: Masters): StoreSecrets {
    const [newest, ...older] = masters;
    const hashKey = (master: Uint8Array) => deriveKey(master, 'opt-outs');
    return { vault: createVault(masters), hashKeys: [hashKey(newest), ...older.map(hashKey)] };
  }

  function storeWith(secrets: StoreSecrets, log = recordedLog().log): Store {
    const { pool, kind } = database();
    return createStore({ pool, prisma: lazyPrisma(pool), ...secrets, log, keepsPlans: kind === 'server' });
  }

  /** A start of the service with these keys. */
  async function started(...masters: Masters): Promise<{ store: Store; log: readonly LogLine[] }> {
    const { log, lines } = recordedLog();
    const secrets = await rotateSecrets(database().pool, secretsOf(masters), log);
    return { store: storeWith(secrets, log), log: lines };
  }

  /** A command that is run with these keys. */
  const command = async (...masters: Masters): Promise<Store> =>
    storeWith(await learnSecrets(database().pool, secretsOf(masters)));

  const fresh = async (): Promise<void> => await emptyTables(database());
  const worldOf = async (store: Store): Promise<World> => {
    const { workspaceId } = await newWorld(storeUnderTest(database()));
    return new World({ ...storeUnderTest(database()), store }, workspaceId);
  };
  const sealed = async () =>
    (
      await database().pool.query(
        `SELECT credentials::text AS sealed FROM installations UNION ALL SELECT sealed::text FROM hash_keys ORDER BY 1`,
      )
    ).rows;

  it('opens credentials by any key, seals them anew at the start, and needs the older keys no longer', async () => {
    await fresh();
    const before = await started(OLD);
    const team = await installed(await worldOf(before.store), 'secret');
    const both = await started(NEW, OLD);
    expect(await both.store.credentials('slack').load(team)).toBe('secret');
    expect(await (await started(NEW)).store.credentials('slack').load(team)).toBe('secret');
    const error = await before.store
      .credentials('slack')
      .load(team)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'invalid', message: expect.stringContaining(`slack ${team}`) });
  });

  it('leaves what the newest key sealed as it is', async () => {
    await fresh();
    const { store } = await started(NEW);
    await installed(await worldOf(store), 'secret');
    await started(NEW, OLD);
    const before = await sealed();
    await started(NEW, OLD);
    expect(await sealed()).toEqual(before);
  });

  it('given a command with other keys, then that changes nothing; with the newest alone it knows what the service knows', async () => {
    await fresh();
    const who = identity(newId());
    const world = await worldOf((await started(OLD)).store);
    const team = await installed(world, 'secret');
    const { id } = await world.person(who);
    await world.tx((tx) => tx.people.setOptOut(id, NOW));
    await world.store.archive.erase(world.workspaceId, id, NOW);
    await started(NEW, OLD);
    const before = await sealed();
    await command(MIDDLE);
    await command(OLD, NEW);
    const last = await command(NEW);
    expect(await sealed()).toEqual(before);
    expect(await last.credentials('slack').load(team)).toBe('secret');
    const back = await new World({ ...storeUnderTest(database()), store: last }, world.workspaceId).person(
      who,
    );
    expect(back.optedOutAt).not.toBeNull();
  });

  it('given a key that opens nothing, starts all the same, says so without a secret, and is healed when the key comes back', async () => {
    await fresh();
    const { store } = await started(OLD);
    const team = await installed(await worldOf(store), 'secret');
    const without = await started(NEW);
    expect(JSON.stringify(without.log)).toContain(team);
    expect(JSON.stringify(without.log)).not.toContain('"secret"');
    await expect(without.store.credentials('slack').load(team)).rejects.toMatchObject({
      kind: 'invalid',
      remedy: expect.stringContaining('ENCRYPTION_KEY'),
    });
    const healed = await started(NEW, OLD);
    expect(await healed.store.credentials('slack').load(team)).toBe('secret');
  });

  it('knows who had opted out and was erased, also when the key of that time was dropped long ago', async () => {
    await fresh();
    const who = identity(newId());
    const first = await worldOf((await started(OLD)).store);
    const { id } = await first.person(who);
    await first.tx((tx) => tx.people.setOptOut(id, NOW));
    await first.store.archive.erase(first.workspaceId, id, NOW);
    await started(MIDDLE, OLD);
    await started(NEW, MIDDLE);
    const last = new World(
      { ...storeUnderTest(database()), store: (await started(NEW)).store },
      first.workspaceId,
    );
    const back = await last.person(who);
    expect(back.optedOutAt).not.toBeNull();

    await last.tx((tx) => tx.people.setOptOut(back.id, null));
    await last.store.archive.erase(last.workspaceId, back.id, NOW);
    expect((await last.person(who)).optedOutAt).toBeNull();
  });

  it('does not import again what was erased under an older key', async () => {
    await fresh();
    const first = await worldOf((await started(OLD)).store);
    const rows = [plain({ id: 'ann-17/1', person: 'ann-17' })];
    const add = (store: Store) => store.archive.addRows(first.workspaceId, 'web', rows, newId, NOW);
    await add(first.store);
    const person = await first.store.archive.findPerson(first.workspaceId, 'ann-17');
    await first.store.archive.erase(first.workspaceId, person!.id, NOW);
    const { store } = await started(NEW, OLD);
    expect(await add(store)).toEqual({ added: 0, known: 1 });
  });

  describe('by twenty processes that start together', () => {
    it('is rotated once, whoever is quicker', async () => {
      await fresh();
      const team = await installed(await worldOf((await started(OLD)).store), 'secret');
      await Promise.all(Array.from({ length: 20 }, () => started(NEW, OLD)));
      expect(await (await started(NEW)).store.credentials('slack').load(team)).toBe('secret');
      expect((await database().pool.query('SELECT FROM hash_keys')).rowCount).toBe(2);
    });
  });
});
