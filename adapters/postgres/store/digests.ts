// Schedules and digest issues within one transaction.
import type { Id, Instant } from '../../../src/domain/basics.ts';
import type { Weekday } from '../../../src/domain/calendar.ts';
import type { ToldIssue } from '../../../src/domain/digest/corrections.ts';
import type { Digest } from '../../../src/domain/digest/digest.ts';
import type { DigestIssue, DigestSchedule, DigestTx } from '../../../src/ports/store/digests.ts';
import type { Sql } from './session.ts';
import { at, maybeAt } from './values.ts';

const SCHEDULE =
  's.id, s.platform, s.installation, s.channel, s.locale, s.weekday, s.minute, s.zone, s.enabled, s.next_due_at';

interface ScheduleRow {
  readonly id: Id;
  readonly platform: string;
  readonly installation: string;
  readonly channel: string;
  readonly locale: string;
  readonly weekday: Weekday;
  readonly minute: number;
  readonly zone: string;
  readonly enabled: boolean;
  readonly next_due_at: Instant;
}

const ISSUE =
  'e.id, e.schedule_id, e.due_at, e.period_from, e.period_to, e.status, e.content, e.ref_channel, e.ref_message, e.posted_at';

interface IssueRow {
  readonly id: Id;
  readonly schedule_id: Id;
  readonly due_at: Instant;
  readonly period_from: Instant;
  readonly period_to: Instant;
  readonly status: DigestIssue['status'];
  readonly content: Digest;
  readonly ref_channel: string | null;
  readonly ref_message: string | null;
  readonly posted_at: Instant | null;
}

export function digestsIn(sql: Sql): DigestTx {
  const ws = sql.workspaceId;

  return {
    async lock(scheduleId) {
      const { rows } = await sql.query<ScheduleRow>(
        `SELECT ${SCHEDULE} FROM schedules s WHERE s.workspace_id = $1 AND s.id = $2 FOR NO KEY UPDATE`,
        [ws, scheduleId],
      );
      return rows[0] ? scheduleOf(rows[0]) : null;
    },

    async list() {
      const { rows } = await sql.query<ScheduleRow>(
        `SELECT ${SCHEDULE} FROM schedules s WHERE s.workspace_id = $1 ORDER BY s.id`,
        [ws],
      );
      return rows.map(scheduleOf);
    },

    async saveSchedule({ id, platform, installation, channel, locale, schedule, enabled, nextDueAt }) {
      const { count } = await sql.query(
        `INSERT INTO schedules (id, workspace_id, platform, installation, channel, locale, weekday, minute, zone, enabled, next_due_at)
         VALUES ($2, $1, $3, $4, $5, $6, $7, $8, $9, $10, $11::timestamptz)
         ON CONFLICT (id) DO UPDATE SET platform = excluded.platform, installation = excluded.installation, channel = excluded.channel,
           locale = excluded.locale, weekday = excluded.weekday, minute = excluded.minute, zone = excluded.zone, enabled = excluded.enabled,
           next_due_at = excluded.next_due_at
         WHERE schedules.workspace_id = $1`,
        [
          ws,
          id,
          platform,
          installation,
          channel,
          locale,
          schedule.weekday,
          schedule.time,
          schedule.zone,
          enabled,
          at(nextDueAt),
        ],
      );
      if (count === 0) sql.giveUp('not_found', `there is no schedule ${id} here`, 'load it again');
    },

    async issueOf(scheduleId, dueAt) {
      const { rows } = await sql.query<IssueRow>(
        `SELECT ${ISSUE} FROM digest_issues e WHERE e.workspace_id = $1 AND e.schedule_id = $2 AND e.due_at = $3::timestamptz FOR NO KEY UPDATE`,
        [ws, scheduleId, at(dueAt)],
      );
      return rows[0] ? issueOf(rows[0]) : null;
    },

    async lastIssue(scheduleId, before) {
      const { rows } = await sql.query<IssueRow>(
        `SELECT ${ISSUE} FROM digest_issues e WHERE e.workspace_id = $1 AND e.schedule_id = $2 AND e.due_at < $3::timestamptz
         ORDER BY e.due_at DESC LIMIT 1`,
        [ws, scheduleId, at(before)],
      );
      return rows[0] ? issueOf(rows[0]) : null;
    },

    async told(scheduleId, before, limit) {
      const { rows } = await sql.query<{
        from: Instant;
        to: Instant;
        sections: ToldIssue['sections'];
        corrections: ToldIssue['corrections'];
      }>(
        `SELECT period_from AS "from", period_to AS "to", content->'corrections' AS corrections, (
           SELECT coalesce(jsonb_agg(jsonb_build_object('survey', s->'survey', 'answered', s->'answered', 'score', s->'score')), '[]')
           FROM jsonb_array_elements(content->'sections') AS s) AS sections
         FROM digest_issues WHERE workspace_id = $1 AND schedule_id = $2 AND due_at < $3::timestamptz AND status IN ('posted', 'uncertain')
         ORDER BY due_at DESC LIMIT $4`,
        [ws, scheduleId, at(before), limit],
      );
      return rows;
    },

    async saveIssue(issue, now) {
      const { count } = await sql.query(
        `INSERT INTO digest_issues (id, workspace_id, schedule_id, due_at, period_from, period_to, status, content, ref_channel, ref_message,
           posted_at, created_at)
         SELECT $2, $1, s.id, $4::timestamptz, $5::timestamptz, $6::timestamptz, $7, $8::jsonb, $9, $10, $11::timestamptz, $12::timestamptz
         FROM schedules s WHERE s.workspace_id = $1 AND s.id = $3
         ON CONFLICT (id) DO UPDATE SET status = excluded.status, ref_channel = excluded.ref_channel,
           ref_message = excluded.ref_message, posted_at = excluded.posted_at
         WHERE digest_issues.workspace_id = $1`,
        [
          ws,
          issue.id,
          issue.scheduleId,
          at(issue.dueAt),
          at(issue.from),
          at(issue.to),
          issue.status,
          JSON.stringify(issue.content),
          issue.ref?.channel ?? null,
          issue.ref?.message ?? null,
          maybeAt(issue.postedAt),
          at(now),
        ],
      );
      if (count === 0)
        sql.giveUp('not_found', `there is no schedule ${issue.scheduleId} here`, 'load it again');
    },

    async posted(issueId) {
      const { rows } = await sql.query<
        ScheduleRow & { readonly content: Digest; readonly ref_channel: string; readonly ref_message: string }
      >(
        `SELECT ${SCHEDULE}, e.content, e.ref_channel, e.ref_message FROM digest_issues e JOIN schedules s ON s.workspace_id = $1 AND s.id = e.schedule_id
         WHERE e.workspace_id = $1 AND e.id = $2 AND e.ref_channel IS NOT NULL AND e.ref_message IS NOT NULL`,
        [ws, issueId],
      );
      return (
        rows.map(({ content, ref_channel, ref_message, ...row }) => ({
          schedule: scheduleOf(row),
          content,
          ref: { channel: ref_channel, message: ref_message },
        }))[0] ?? null
      );
    },
  };
}

function scheduleOf(row: ScheduleRow): DigestSchedule {
  return {
    id: row.id,
    platform: row.platform,
    installation: row.installation,
    channel: row.channel,
    locale: row.locale,
    schedule: { weekday: row.weekday, time: row.minute, zone: row.zone },
    enabled: row.enabled,
    nextDueAt: row.next_due_at,
  };
}

function issueOf(row: IssueRow): DigestIssue {
  return {
    id: row.id,
    scheduleId: row.schedule_id,
    dueAt: row.due_at,
    from: row.period_from,
    to: row.period_to,
    status: row.status,
    content: row.content,
    ref:
      row.ref_channel === null || row.ref_message === null
        ? null
        : { channel: row.ref_channel, message: row.ref_message },
    postedAt: row.posted_at,
  };
}
