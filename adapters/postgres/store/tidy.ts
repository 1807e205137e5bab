// Forgets what has served its time, so that no table grows for ever.
import { DAY, type Instant } from '../../../src/domain/basics.ts';
import type { StoreContext } from './context.ts';
import { poolQuery } from './session.ts';
import { at } from './values.ts';

const KEEP_CONVERSATIONS = 30 * DAY;

/** Budgets and echoes are dated by the database. A budget that is paid for is as good as none. */
export async function tidy({ pool }: Pick<StoreContext, 'pool'>, now: Instant): Promise<void> {
  await poolQuery(pool, 'DELETE FROM conversation_messages WHERE at < $1::timestamptz', [
    at(now - KEEP_CONVERSATIONS),
  ]);
  await poolQuery(pool, 'DELETE FROM codes WHERE expires_at <= $1::timestamptz', [at(now)]);
  await poolQuery(pool, "DELETE FROM echoes WHERE at < now() - interval '1 day'", []);
  await poolQuery(
    pool,
    // Whoever takes locks rows in another order than this would: one that is in use is passed over.
    `DELETE FROM budgets WHERE name IN (SELECT name FROM budgets
       WHERE greatest(paid_until, paused_until) < extract(epoch FROM now() - interval '1 day')::float8 * 1000 FOR UPDATE SKIP LOCKED)`,
    [],
  );
}
