// Whether the database answers.
import type { Pool } from 'pg';
import { AfterwordError, SECOND } from '../../../src/domain/basics.ts';
import type { Health } from '../../../src/ports/health.ts';
import { poolQuery } from './session.ts';

const PATIENCE = 2 * SECOND;

/** Answers within two seconds, also when the database does not. */
export async function healthOf(pool: Pool): Promise<Health> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Health>((resolve) => {
    const remedy = 'check that the database runs, is reachable and is not overloaded';
    timer = setTimeout(resolve, PATIENCE, {
      ok: false,
      detail: `no answer within ${PATIENCE / SECOND} s`,
      remedy,
    });
  });
  try {
    return await Promise.race([ask(pool), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function ask(pool: Pool): Promise<Health> {
  try {
    const { rows } = await poolQuery<{ version: string }>(
      pool,
      "SELECT current_setting('server_version') AS version",
      [],
    );
    return { ok: true, detail: `PostgreSQL ${rows[0]?.version}` };
  } catch (error) {
    if (error instanceof AfterwordError) return { ok: false, detail: error.message, remedy: error.remedy };
    throw error;
  }
}
