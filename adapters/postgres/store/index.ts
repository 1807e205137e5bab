// The store on PostgreSQL, a server's or the embedded one.
import type { Store } from '../../../src/ports/store/index.ts';
import { createAdministration } from './administration.ts';
import { createArchive } from './archive.ts';
import { createBudget } from './budget.ts';
import type { StoreContext } from './context.ts';
import { conversationsOf } from './conversations.ts';
import { createCredentials } from './credentials.ts';
import { healthOf } from './health.ts';
import { createMailbox } from './mailbox.ts';
import { createReadings } from './readings.ts';
import { createReports } from './reports.ts';
import { createRetention } from './retention.ts';
import { createTallies } from './tallies.ts';
import { tidy } from './tidy.ts';
import { inTransaction } from './transaction.ts';
import { storeTx } from './tx.ts';
import { createVoices } from './voices.ts';
import { createWorkLedger } from './work-ledger.ts';

export type { StoreContext } from './context.ts';

export function createStore(ctx: StoreContext): Store {
  return {
    transaction: (workspaceId, body) => inTransaction(ctx, workspaceId, (sql) => body(storeTx(ctx, sql))),
    work: createWorkLedger(ctx),
    reports: createReports(ctx),
    voices: createVoices(ctx),
    tallies: createTallies(ctx),
    readings: createReadings(ctx),
    admin: createAdministration(ctx),
    archive: createArchive(ctx),
    retention: createRetention(ctx),
    mailbox: createMailbox(ctx),
    budget: createBudget(ctx),
    conversations: (platform) => conversationsOf(ctx, platform),
    credentials: createCredentials(ctx),
    tidy: (now) => tidy(ctx, now),
    health: () => healthOf(ctx.pool),
  };
}
