// Long streams over the facts, and what is done to one person: each in a file of its own.
import type { Archive } from '../../../src/ports/store/archive.ts';
import { archivePeople } from './archive-people.ts';
import { archiveRows } from './archive-rows.ts';
import type { StoreContext } from './context.ts';
import { erasePerson } from './erase.ts';
import { importRows } from './import-rows.ts';
import { inTransaction } from './transaction.ts';

export function createArchive(ctx: StoreContext): Archive {
  return {
    addRows: (workspaceId, platform, rows, newId, now) =>
      inTransaction(ctx, workspaceId, (sql) => importRows({ ...ctx, sql, newId, now }, platform, rows)),
    ...archiveRows(ctx),
    ...archivePeople(ctx),
    erase: (workspaceId, personId, now) =>
      inTransaction(ctx, workspaceId, (sql) => erasePerson(sql, ctx.hashKeys[0], personId, now)),
  };
}
