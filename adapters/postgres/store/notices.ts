// What somebody on the team has to see to: one row for each trouble of an installation, told anew when it has been quiet.
import type { Id, Instant } from '../../../src/domain/basics.ts';
import type { TroubleKind } from '../../../src/ports/platform.ts';
import type { Notice, NoticeTx } from '../../../src/ports/store/notices.ts';
import type { Sql } from './session.ts';
import { storable } from './storable.ts';
import { at } from './values.ts';

/** Longer subjects are cut: they are ids, and the name of a scope at most. */
const LONGEST_SUBJECT = 200;

interface NoticeRow {
  readonly id: Id;
  readonly platform: string;
  readonly installation: string;
  readonly kind: TroubleKind;
  readonly subject: string;
  readonly raised_at: Instant;
}

const NOTICE = 'id, platform, installation, kind, subject, raised_at';

export function noticesIn(sql: Sql): NoticeTx {
  return {
    async raise({ id, platform, installation, trouble, raisedAt }, quiet) {
      const { rows } = await sql.query<NoticeRow>(
        `INSERT INTO notices AS n (id, workspace_id, platform, installation, kind, subject, raised_at)
         VALUES ($2, $1, $3, $4, $5, $6, $7::timestamptz)
         ON CONFLICT (workspace_id, platform, installation, kind, subject) DO UPDATE SET raised_at = excluded.raised_at
         WHERE n.raised_at <= $8::timestamptz
         RETURNING ${NOTICE}`,
        [
          sql.workspaceId,
          id,
          platform,
          storable(installation),
          trouble.kind,
          storable(trouble.subject.slice(0, LONGEST_SUBJECT)),
          at(raisedAt),
          at(raisedAt - quiet),
        ],
      );
      return noticeOf(rows[0]);
    },

    async find(id) {
      const { rows } = await sql.query<NoticeRow>(
        `SELECT ${NOTICE} FROM notices WHERE workspace_id = $1 AND id = $2`,
        [sql.workspaceId, id],
      );
      return noticeOf(rows[0]);
    },

    async raisedSince(since) {
      const { rows } = await sql.query<NoticeRow>(
        `SELECT ${NOTICE} FROM notices WHERE workspace_id = $1 AND raised_at >= $2::timestamptz ORDER BY raised_at DESC, id`,
        [sql.workspaceId, at(since)],
      );
      return rows.map((row) => noticeOf(row)!);
    },
  };
}

function noticeOf(row: NoticeRow | undefined): Notice | null {
  if (row === undefined) return null;
  const { kind, subject, raised_at, ...notice } = row;
  return { ...notice, trouble: { kind, subject }, raisedAt: raised_at };
}
