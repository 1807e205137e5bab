// What has been kept for long enough: words are dropped in one transaction a batch, people are forgotten in one each.
import type { Retention } from '../../../src/ports/store/retention.ts';
import type { StoreContext } from './context.ts';
import { foldOwnTallies } from './fold-tallies.ts';
import { eraseQuiet, findQuiet } from './quiet-people.ts';
import { dropWords } from './retain-words.ts';
import { inTransaction } from './transaction.ts';

export function createRetention(ctx: StoreContext): Retention {
  return {
    dropWords: (workspaceId, before, now, limit) =>
      inTransaction(ctx, workspaceId, (sql) => dropWords(sql, before, now, limit)),

    async forgetQuiet(workspaceId, before, now, limit) {
      const { quiet, looked } = await inTransaction(ctx, workspaceId, (sql) =>
        findQuiet(sql, before, now, limit),
      );
      let people = 0;
      for (const personId of quiet) {
        const erased = await inTransaction(ctx, workspaceId, async (sql) => {
          const gone = await eraseQuiet(sql, ctx.hashKeys[0], personId, before, now);
          if (gone) await foldOwnTallies(sql);
          return gone;
        });
        if (erased) people++;
      }
      return { people, more: looked >= limit };
    },
  };
}
