// Work across workspaces: who has what in hand, what is overdue, what is dead. Every call is one statement of its own.
import { type Id, type Instant, SECOND } from '../../../src/domain/basics.ts';
import type { DeadWork, LeasedWork, WorkKind, WorkLedger } from '../../../src/ports/store/work.ts';
import type { StoreContext } from './context.ts';
import { poolQuery } from './session.ts';
import { storable } from './storable.ts';
import { at, maybeAt } from './values.ts';

/** Clocks of two machines may differ by this much. */
const TOLERANCE = SECOND;

/** Longer errors are cut: they are read by people. */
const LONGEST_ERROR = 2_000;

interface WorkRow {
  readonly id: Id;
  readonly workspace_id: Id;
  readonly kind: WorkKind;
  readonly subject_id: Id;
  readonly due_at: Instant;
  readonly attempts: number;
  readonly last_error: string | null;
}

const WORK = 'id, workspace_id, kind, subject_id, due_at, attempts, last_error';

export function createWorkLedger({ pool }: StoreContext): WorkLedger {
  return {
    async lease(workId, token, now, duration) {
      // What was asked for again before now is done by this very attempt.
      const { rows } = await poolQuery<WorkRow>(
        pool,
        `UPDATE work SET lease_token = $2, lease_until = $4::timestamptz, attempts = attempts + 1,
           again_at = CASE WHEN again_at > $3::timestamptz THEN again_at END
         WHERE id = $1 AND status = 'pending' AND due_at <= $3::timestamptz AND (lease_until IS NULL OR lease_until <= $5::timestamptz)
         RETURNING ${WORK}`,
        [workId, token, at(now + TOLERANCE), at(now + duration), at(now)],
      );
      return rows[0] ? { ...itemOf(rows[0]), token } : null;
    },

    async leaseMore({ workspaceId, kind, token }, until, now, duration, limit) {
      const { rows } = await poolQuery<WorkRow>(
        pool,
        `UPDATE work SET lease_token = $3, lease_until = $6::timestamptz, attempts = attempts + 1,
           again_at = CASE WHEN again_at > $5::timestamptz THEN again_at END
         WHERE id IN (SELECT id FROM work WHERE workspace_id = $1 AND kind = $2 AND status = 'pending' AND due_at <= $4::timestamptz
           AND (lease_until IS NULL OR lease_until <= $5::timestamptz) ORDER BY due_at LIMIT $7 FOR UPDATE SKIP LOCKED)
         RETURNING ${WORK}`,
        [workspaceId, kind, token, at(until), at(now), at(now + duration), limit],
      );
      return rows.map((row) => ({ ...itemOf(row), token }));
    },

    async renew(works, until) {
      // What is locked is being finished; to wait for one while holding another could block two transactions for good.
      await poolQuery(
        pool,
        `UPDATE work SET lease_until = $3::timestamptz
         WHERE id IN (SELECT id FROM work WHERE id = ANY ($1::uuid[]) AND lease_token = ANY ($2::uuid[]) FOR UPDATE SKIP LOCKED)`,
        [works.map((work) => work.id), works.map((work) => work.token), at(until)],
      );
    },

    async release(now) {
      await poolQuery(
        pool,
        `WITH disowned AS (DELETE FROM leases)
         UPDATE work SET lease_until = $1::timestamptz WHERE lease_until > $1::timestamptz`,
        [at(now)],
      );
    },

    async fail(work, error, dueAt) {
      // Dead, unless somebody asked again meanwhile: that is new work.
      await poolQuery(
        pool,
        `UPDATE work SET last_error = $4, lease_token = NULL, lease_until = NULL,
           status = CASE WHEN $5::timestamptz IS NULL AND again_at IS NULL THEN 'dead' ELSE 'pending' END,
           attempts = CASE WHEN $5::timestamptz IS NULL AND again_at IS NOT NULL THEN 0 ELSE attempts END,
           due_at = coalesce($5::timestamptz, again_at, due_at),
           again_at = CASE WHEN $5::timestamptz IS NULL THEN NULL ELSE again_at END
         WHERE workspace_id = $1 AND id = $2 AND lease_token = $3`,
        [work.workspaceId, work.id, work.token, storable(error).slice(0, LONGEST_ERROR), maybeAt(dueAt)],
      );
    },

    async due(until, now, limit) {
      // A lease that ran out names a time of its own: the queue may still hold the wake of whoever died with it, and would take this for the same.
      const { rows } = await poolQuery<{ id: Id; due_at: Instant }>(
        pool,
        `SELECT id, greatest(due_at, lease_until) AS due_at FROM work
         WHERE status = 'pending' AND due_at < $1::timestamptz AND (lease_until IS NULL OR lease_until <= $2::timestamptz)
         ORDER BY work.due_at LIMIT $3`,
        [at(until), at(now), limit],
      );
      return rows.map((row) => ({ workId: row.id, dueAt: row.due_at }));
    },

    async dead(limit) {
      const { rows } = await poolQuery<WorkRow>(
        pool,
        `SELECT ${WORK} FROM work WHERE status = 'dead' ORDER BY due_at, id LIMIT $1`,
        [limit],
      );
      return rows.map((row): DeadWork => ({ ...itemOf(row), error: row.last_error ?? '' }));
    },

    async revive(workIds, now) {
      const { count } = await poolQuery(
        pool,
        `UPDATE work SET status = 'pending', attempts = 0, due_at = $2::timestamptz WHERE id = ANY ($1::uuid[]) AND status = 'dead'`,
        [workIds, at(now)],
      );
      return count;
    },

    async counts(now) {
      const { rows } = await poolQuery<{
        pending: number;
        overdue: number;
        dead: number;
        oldest: Instant | null;
      }>(
        pool,
        `SELECT count(*) FILTER (WHERE status = 'pending') AS pending,
           count(*) FILTER (WHERE status = 'pending' AND due_at <= $1::timestamptz AND (lease_until IS NULL OR lease_until <= $1::timestamptz)) AS overdue,
           count(*) FILTER (WHERE status = 'dead') AS dead,
           min(due_at) FILTER (WHERE status = 'pending') AS oldest
         FROM work`,
        [at(now)],
      );
      const { pending = 0, overdue = 0, dead = 0, oldest = null } = rows[0] ?? {};
      return { pending, overdue, dead, oldestDueAt: oldest };
    },

    async own(name, holder, now, until) {
      const { count } = await poolQuery(
        pool,
        `INSERT INTO leases AS l (name, holder, until) VALUES ($1, $2, $4::timestamptz)
         ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
         WHERE l.holder = excluded.holder OR l.until <= $3::timestamptz`,
        [name, holder, at(now), at(until)],
      );
      return count > 0;
    },

    async disown(name, holder) {
      await poolQuery(pool, 'DELETE FROM leases WHERE name = $1 AND holder = $2', [name, holder]);
    },

    async hasSeen(platform, installation, eventId) {
      const { count } = await poolQuery(
        pool,
        'SELECT FROM seen_events WHERE platform = $1 AND installation = $2 AND event_id = $3',
        [platform, installation, eventId],
      );
      return count > 0;
    },

    async markSeen(platform, installation, eventId, now) {
      await poolQuery(
        pool,
        `INSERT INTO seen_events (platform, installation, event_id, at) VALUES ($1, $2, $3, $4::timestamptz)
         ON CONFLICT DO NOTHING`,
        [platform, installation, eventId, at(now)],
      );
    },

    async forgetEvents(before) {
      const { count } = await poolQuery(pool, 'DELETE FROM seen_events WHERE at < $1::timestamptz', [
        at(before),
      ]);
      return count;
    },
  };
}

function itemOf(row: WorkRow): Omit<LeasedWork, 'token'> {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    kind: row.kind,
    subjectId: row.subject_id,
    dueAt: row.due_at,
    attempts: row.attempts,
  };
}
