// How fast a platform may be called, shared by every process: a generic cell rate algorithm (GCRA) on one row a budget.
//
// Times are those of the database: it is the one clock that all takers share, so that a process whose own is fast takes nothing too early. A row
// says until when all that was taken is paid for; a call may be made while that is at most `burst - 1` intervals away.
import type { Duration } from '../../../src/domain/basics.ts';
import type { Budget, Rate } from '../../../src/ports/budget.ts';
import type { StoreContext } from './context.ts';
import { poolQuery } from './session.ts';
import { storable } from './storable.ts';

// Rows are locked in the order of their names, and the time is read when all of them are ours: whoever waited for a row must not reckon with the
// time at which it began to wait. A call is booked in every budget for the time at which it will be made, which is that of the slowest.
const TAKE = `
WITH wanted AS MATERIALIZED (
  SELECT * FROM unnest($1::text[], $2::float8[], $3::float8[]) AS w(name, spacing, burst)
), locked AS MATERIALIZED (
  SELECT b.name, b.paid_until, b.paused_until, w.spacing, w.burst
  FROM budgets b JOIN wanted w ON w.name = b.name ORDER BY b.name FOR NO KEY UPDATE OF b
), decided AS MATERIALIZED (
  SELECT count(*) AS found, extract(epoch FROM clock_timestamp())::float8 * 1000 AS now,
    coalesce(max(greatest(paused_until, paid_until - (burst - 1) * spacing)), 0) AS free_at
  FROM locked
), taken AS (
  UPDATE budgets b SET paid_until = greatest(l.paid_until, d.now, d.free_at) + l.spacing
  FROM locked l, decided d
  WHERE b.name = l.name AND d.found = cardinality($1::text[]) AND d.free_at - d.now <= $4::float8
  RETURNING b.name
)
SELECT d.found::int AS found, greatest(0, ceil(d.free_at - d.now))::float8 AS wait, (SELECT count(*) FROM taken)::int AS taken FROM decided d`;

const MAKE = 'INSERT INTO budgets (name, paid_until) SELECT unnest($1::text[]), 0 ON CONFLICT DO NOTHING';

const PAUSE = `
INSERT INTO budgets AS b (name, paid_until, paused_until)
VALUES ($1, 0, extract(epoch FROM clock_timestamp())::float8 * 1000 + $2::float8)
ON CONFLICT (name) DO UPDATE SET paused_until = greatest(b.paused_until, excluded.paused_until)`;

interface Taken {
  readonly found: number;
  readonly wait: Duration;
  readonly taken: number;
}

export function createBudget({ pool }: Pick<StoreContext, 'pool'>): Budget {
  return {
    async take(rates, patience) {
      const wanted = once(rates);
      if (wanted.length === 0) return { taken: true, wait: 0 };
      const names = wanted.map(({ name }) => name);
      const values = [
        names,
        wanted.map(({ interval }) => interval),
        wanted.map(({ burst }) => burst),
        patience,
      ];
      for (;;) {
        const { rows } = await poolQuery<Taken>(pool, TAKE, values);
        const { found, wait, taken } = rows[0] as Taken;
        if (found === wanted.length) return { taken: taken > 0, wait };
        // The first call ever, or the first after a rest so long that the row was tidied away.
        await poolQuery(pool, MAKE, [names]);
      }
    },

    async pause(name, wait) {
      await poolQuery(pool, PAUSE, [storable(name), wait]);
    },
  };
}

/** Each budget once, in the order of their names, so that two who make rows wait for each other in one order; named twice, the stricter counts. */
function once(rates: readonly Rate[]): readonly Rate[] {
  const byName = new Map<string, Rate>();
  for (const rate of rates) {
    const name = storable(rate.name);
    const known = byName.get(name) ?? rate;
    byName.set(name, {
      name,
      interval: Math.max(known.interval, rate.interval),
      burst: Math.min(known.burst, rate.burst),
    });
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
