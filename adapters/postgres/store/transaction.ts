// One transaction: committed as a whole or undone as a whole, its connection always given back, and run again when the
// database says that two got in each other's way.
import type { Pool, PoolClient } from 'pg';
import { AfterwordError, type Id } from '../../../src/domain/basics.ts';
import type { StoreContext } from './context.ts';
import { Collision, isLost, translate } from './errors.ts';
import { Session, type Sql } from './session.ts';

/** How often a transaction is run again. */
const RETRIES = 3;

/**
 * Read committed: what a statement sees is what was committed when it began, and rows are locked where that is not enough.
 * `body` may run more than once, and must wait for nothing but its own statements.
 */
export async function inTransaction<T>(
  ctx: Pick<StoreContext, 'pool' | 'keepsPlans'>,
  workspaceId: Id,
  body: (sql: Sql) => Promise<T>,
): Promise<T> {
  for (let retries = 0; ; retries++) {
    try {
      return await once(ctx, workspaceId, body);
    } catch (error) {
      if (!(error instanceof Collision) || retries === RETRIES) throw error;
      // Two that collided once should not start together again.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * (retries + 1)));
    }
  }
}

async function once<T>(
  { pool, keepsPlans = false }: Pick<StoreContext, 'pool' | 'keepsPlans'>,
  workspaceId: Id,
  body: (sql: Sql) => Promise<T>,
): Promise<T> {
  const client = await connect(pool);
  let lost: Error | undefined;
  // A connection that breaks between two statements says so by an event, which nobody else listens to while it is ours.
  const onError = (error: Error): void => {
    lost ??= error;
  };
  client.on('error', onError);
  const session = new Session(client, workspaceId, keepsPlans);
  try {
    await session.query('BEGIN ISOLATION LEVEL READ COMMITTED', []);
    const result = await body(session);
    session.end();
    if (session.failure) throw session.failure;
    await commit(client);
    return result;
  } catch (error) {
    session.end();
    if (error instanceof AfterwordError && isLost(error.cause)) lost ??= error;
    if (lost === undefined) await client.query('ROLLBACK').catch(onError);
    throw error;
  } finally {
    client.off('error', onError);
    client.release(lost);
  }
}

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw translate(error);
  }
}

async function commit(client: PoolClient): Promise<void> {
  try {
    await client.query('COMMIT');
  } catch (error) {
    throw translate(error);
  }
}
