// Long streams over the facts, and what is done to one person: each in a file of its own.
import type { Archive } from '../../../src/ports/store/archive.ts';
import { archivePeople } from './archive-people.ts';
import { archiveRows } from './archive-rows.ts';
import type { StoreContext } from './context.ts';
import { erasePerson } from './erase.ts';
import { foldOwnTallies, foldTallies } from './fold-tallies.ts';
import { importRows } from './import-rows.ts';
import { personRecord } from './person-record.ts';
import { inTransaction } from './transaction.ts';

/** A long import may run where nobody else folds. */
const FOLD_AFTER = 20_000;

export function createArchive(ctx: StoreContext): Archive {
  let unfolded = 0;
  return {
    async addRows(workspaceId, platform, rows, newId, now) {
      const counted = await inTransaction(ctx, workspaceId, (sql) =>
        importRows({ ...ctx, sql, newId, now }, platform, rows),
      );
      unfolded += counted.added;
      if (unfolded >= FOLD_AFTER) {
        unfolded = 0;
        await foldTallies(ctx);
      }
      return counted;
    },
    ...archiveRows(ctx),
    ...archivePeople(ctx),
    ...personRecord(ctx),
    erase: (workspaceId, personId, now) =>
      inTransaction(ctx, workspaceId, async (sql) => {
        const erased = await erasePerson(sql, ctx.hashKeys[0], personId, now);
        // Else a channel that tells who it was would stay behind as a tally of nothing.
        await foldOwnTallies(sql);
        return erased;
      }),
  };
}
