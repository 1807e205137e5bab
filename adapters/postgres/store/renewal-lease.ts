// Who of all processes does something slow that is to be done once: a row that says until when, on the database's clock, and that is kept up while it
// is done. A process that dies leaves it to end by itself.
import type { Pool } from 'pg';
import { type Duration, type Id, MINUTE, SECOND } from '../../../src/domain/basics.ts';
import { poolQuery } from './session.ts';

const LEASE: Duration = 15 * SECOND;
const KEEP_EVERY: Duration = 5 * SECOND;
/** Whoever has not ended by then hangs. */
const KEEP_FOR: Duration = MINUTE;

const OWN = `
INSERT INTO leases AS l (name, holder, until) VALUES ($1, $2, clock_timestamp() + $3 * interval '1 ms')
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
WHERE l.holder = excluded.holder OR l.until <= clock_timestamp()`;

/** Takes the lease and keeps it until `stop`; null while another has it. */
export async function keepLease(pool: Pool, name: string, holder: Id): Promise<{ stop(): void } | null> {
  const own = async () => (await poolQuery(pool, OWN, [name, holder, LEASE])).count > 0;
  if (!(await own())) return null;
  const since = Date.now();
  const timer = setInterval(() => {
    if (Date.now() - since > KEEP_FOR) clearInterval(timer);
    else own().catch(() => {}); // tried again in a moment
  }, KEEP_EVERY).unref();
  return { stop: () => clearInterval(timer) };
}

export async function releaseLease(pool: Pool, name: string, holder: Id): Promise<void> {
  await poolQuery(pool, 'DELETE FROM leases WHERE name = $1 AND holder = $2', [name, holder]);
}
