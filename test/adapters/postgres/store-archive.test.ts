import { describe, expect, it } from 'vitest';
import { archiveContract } from '../../contracts/store/archive.ts';
import { archivePeopleContract } from '../../contracts/store/archive-people.ts';
import { erasureContract } from '../../contracts/store/erasure.ts';
import { ANN, annAtWork, annsWorld, TRACES } from '../../contracts/store/erasure-world.ts';
import { NOW } from '../../contracts/store/world.ts';
import { describeOnEachStore, emptyTables } from '../../support/database.ts';
import { storeUnderTest } from './store-under-test.ts';

describeOnEachStore('The store', (database) => {
  archiveContract(() => storeUnderTest(database()));
  archivePeopleContract(() => storeUnderTest(database()));
  erasureContract(() => storeUnderTest(database()));

  describe('every table of the database', () => {
    /** Where a text stands, in whatever column that can hold one, and in whatever table there will ever be. */
    async function placesOf(needle: string): Promise<readonly string[]> {
      const { pool } = database();
      const { rows: columns } = await pool.query<{ table: string; column: string; type: string }>(
        `SELECT c.table_name AS table, c.column_name AS column, c.data_type AS type
         FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
         WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
           AND c.data_type IN ('text', 'character varying', 'character', 'json', 'jsonb', 'bytea', 'uuid', 'ARRAY')`,
      );
      const places = columns.map(({ table, column, type }) => {
        const text = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`;
        return `SELECT '${table}.${column}' AS place WHERE EXISTS (SELECT FROM "${table}" WHERE strpos(${text}, $1) > 0 OR strpos(${text}, $2) > 0)`;
      });
      const json = JSON.stringify(needle).slice(1, -1);
      return (await pool.query<{ place: string }>(places.join(' UNION ALL '), [needle, json])).rows.map(
        ({ place }) => place,
      );
    }

    it('given everything that told of a person, when she is erased, then none of it is found anywhere', async () => {
      await emptyTables(database());
      const ann = await annsWorld(storeUnderTest(database()));
      const { world, personId } = ann;
      await annAtWork(ann);
      await world.store.tallies.fold();
      const traces = [...TRACES, personId];
      const teamwork = [
        'accounts.name',
        'budgets.name',
        'echoes.channel',
        'follow_ups.owner',
        'follow_ups.owner_ref',
        'prompts.agent',
        'responses.agent',
        'tallies.counts',
      ];
      expect([...(await placesOf(ANN.name)), ...(await placesOf(ANN.slack))]).toEqual(
        expect.arrayContaining(teamwork),
      );
      for (const trace of traces) expect(await placesOf(trace), `before: ${trace}`).not.toEqual([]);
      await world.store.archive.erase(world.workspaceId, personId, NOW);
      for (const trace of traces) expect(await placesOf(trace), trace).toEqual([]);
    });
  });
});
