// Drops words that were kept for long enough, a batch at a time. Each step finds its own by an index that what is done has left, so that several
// processes may be at it, one that dies leaves nothing half done, and looking costs nothing when there is nothing to do.
import { v7 as uuidv7 } from 'uuid';
import { DAY, type Id, type Instant } from '../../../src/domain/basics.ts';
import type { DroppedWords } from '../../../src/ports/store/retention.ts';
import type { Sql } from './session.ts';
import { at } from './values.ts';
import { workIn } from './work.ts';

/** What the product and the team said on the page stays so long at least: a question may still wait for its answer there. */
const PAGE_KEEPS = 30 * DAY;

export interface WordsGone {
  readonly dropped: DroppedWords;
  readonly more: boolean;
}

export async function dropWords(sql: Sql, before: Instant, now: Instant, limit: number): Promise<WordsGone> {
  const answers = await dropVersions(sql, before, limit);
  const quotes = await dropQuotes(sql, before, limit, answers.responses);
  const summaries = await dropSummaries(sql, before, limit, answers.responses);
  const notes = await dropNotes(sql, before, limit);
  const subjects = await dropSubjects(sql, before, limit);
  const messages = await dropMessages(sql, before, now, limit);
  const shown = [...answers.cases, ...notes.cases].map((subjectId) => ({
    id: uuidv7(),
    kind: 'refresh' as const,
    subjectId,
    dueAt: now,
  }));
  const digests = new Set([...quotes.issues, ...summaries.issues]);
  const posted = [...new Set([...quotes.posted, ...summaries.posted])].map((subjectId) => ({
    id: uuidv7(),
    kind: 'reprint' as const,
    subjectId,
    dueAt: now,
  }));
  await workIn(sql).add([...shown, ...posted], now);
  const full = [
    answers.found,
    quotes.issues.length,
    summaries.issues.length,
    notes.found,
    subjects,
    messages,
  ].some((n) => n >= limit);
  return {
    dropped: {
      answers: answers.responses.length,
      versions: answers.versions,
      notes: notes.found,
      subjects,
      digests: digests.size,
      messages,
    },
    more: full,
  };
}

/** A version that is old goes; the answer's own words with its newest. Answers are locked first, as whoever edits one does. */
async function dropVersions(sql: Sql, before: Instant, limit: number) {
  const { rows } = await sql.query<{
    found: number;
    versions: number;
    responses: readonly Id[];
    cases: readonly Id[];
  }>(
    `WITH found AS MATERIALIZED (
       SELECT response_id FROM response_revisions WHERE workspace_id = $1 AND verbatim IS NOT NULL AND at < $2::timestamptz ORDER BY at LIMIT $3
     ), locked AS MATERIALIZED (
       SELECT r.id FROM responses r WHERE r.workspace_id = $1 AND r.id IN (SELECT response_id FROM found) ORDER BY r.id FOR UPDATE SKIP LOCKED
     ), versions AS (
       UPDATE response_revisions v SET verbatim = NULL FROM locked l
       WHERE v.workspace_id = $1 AND v.response_id = l.id AND v.at < $2::timestamptz AND v.verbatim IS NOT NULL
       RETURNING v.response_id, v.revision
     ), emptied AS (
       UPDATE responses r SET verbatim = NULL FROM versions v
       WHERE r.workspace_id = $1 AND r.id = v.response_id AND r.revision = v.revision RETURNING r.id, r.follow_up_id
     )
     SELECT (SELECT count(*) FROM found) AS found, (SELECT count(*) FROM versions) AS versions,
       (SELECT coalesce(array_agg(id), '{}') FROM emptied) AS responses,
       (SELECT coalesce(array_agg(DISTINCT f.id), '{}') FROM emptied e JOIN follow_ups f ON f.workspace_id = $1 AND f.id = e.follow_up_id
          AND f.ref_message IS NOT NULL) AS cases`,
    [sql.workspaceId, at(before), limit],
  );
  return rows[0]!;
}

/** The quotes of these answers, and all of a digest whose week is over for so long. */
async function dropQuotes(sql: Sql, before: Instant, limit: number, responses: readonly Id[]) {
  const { rows } = await sql.query<{ id: Id; posted: boolean }>(
    `WITH found AS MATERIALIZED (
       SELECT e.id, (SELECT coalesce(jsonb_agg(q.quote ORDER BY q.place), '[]') FROM jsonb_array_elements(e.content->'quotes')
           WITH ORDINALITY AS q(quote, place)
         WHERE e.period_to >= $2::timestamptz AND NOT q.quote->>'responseId' = ANY ($4::text[])) AS left_over
       FROM digest_issues e WHERE e.workspace_id = $1 AND e.content->'quotes' <> '[]'::jsonb AND e.period_from < $2::timestamptz
       ORDER BY e.period_from LIMIT $3 FOR UPDATE SKIP LOCKED
     )
     UPDATE digest_issues e SET content = jsonb_set(e.content, '{quotes}', f.left_over) FROM found f
     WHERE e.workspace_id = $1 AND e.id = f.id AND e.content->'quotes' <> f.left_over
     RETURNING e.id, e.ref_message IS NOT NULL AS posted`,
    [sql.workspaceId, at(before), limit, responses],
  );
  return issuesOf(rows);
}

/** The points that these answers stand behind, and all of a digest whose week is over for so long. */
async function dropSummaries(sql: Sql, before: Instant, limit: number, responses: readonly Id[]) {
  const { rows } = await sql.query<{ id: Id; posted: boolean }>(
    `WITH found AS MATERIALIZED (
       SELECT e.id, e.period_to < $2::timestamptz AS over, (SELECT coalesce(jsonb_agg(p.point ORDER BY p.place), '[]')
         FROM jsonb_array_elements(e.content->'summary'->'points') WITH ORDINALITY AS p(point, place)
         WHERE NOT p.point->'responseIds' ?| $4::text[]) AS left_over
       FROM digest_issues e WHERE e.workspace_id = $1 AND e.content ? 'summary' AND e.period_from < $2::timestamptz
       ORDER BY e.period_from LIMIT $3 FOR UPDATE SKIP LOCKED
     )
     UPDATE digest_issues e SET content = CASE WHEN f.over OR f.left_over = '[]' THEN e.content - 'summary'
       ELSE jsonb_set(e.content, '{summary,points}', f.left_over) END FROM found f
     WHERE e.workspace_id = $1 AND e.id = f.id AND (f.over OR e.content->'summary'->'points' <> f.left_over)
     RETURNING e.id, e.ref_message IS NOT NULL AS posted`,
    [sql.workspaceId, at(before), limit, responses],
  );
  return issuesOf(rows);
}

function issuesOf(rows: readonly { readonly id: Id; readonly posted: boolean }[]) {
  return {
    issues: rows.map(({ id }) => id),
    posted: rows.flatMap(({ id, posted }) => (posted ? [id] : [])),
  };
}

async function dropNotes(sql: Sql, before: Instant, limit: number) {
  const { rows } = await sql.query<{ id: Id; posted: boolean }>(
    `UPDATE follow_ups f SET note = '' WHERE f.workspace_id = $1 AND f.id IN (
       SELECT id FROM follow_ups WHERE workspace_id = $1 AND note <> '' AND closed_at < $2::timestamptz
       ORDER BY closed_at LIMIT $3 FOR UPDATE SKIP LOCKED)
     RETURNING f.id, f.ref_message IS NOT NULL AS posted`,
    [sql.workspaceId, at(before), limit],
  );
  return { found: rows.length, cases: rows.flatMap(({ id, posted }) => (posted ? [id] : [])) };
}

async function dropSubjects(sql: Sql, before: Instant, limit: number): Promise<number> {
  const { count } = await sql.query(
    `UPDATE interactions i SET subject = NULL WHERE i.workspace_id = $1 AND i.id IN (
       SELECT id FROM interactions WHERE workspace_id = $1 AND subject IS NOT NULL AND closed_at < $2::timestamptz
       ORDER BY closed_at LIMIT $3 FOR UPDATE SKIP LOCKED)`,
    [sql.workspaceId, at(before), limit],
  );
  return count;
}

async function dropMessages(sql: Sql, before: Instant, now: Instant, limit: number): Promise<number> {
  const { count } = await sql.query(
    `DELETE FROM mail_messages m WHERE m.workspace_id = $1 AND m.id IN (
       SELECT id FROM mail_messages WHERE workspace_id = $1 AND created_at < $2::timestamptz
         AND (author_kind = 'customer' OR created_at < $4::timestamptz)
       ORDER BY created_at LIMIT $3 FOR UPDATE SKIP LOCKED)`,
    [sql.workspaceId, at(before), limit, at(Math.min(before, now - PAGE_KEEPS))],
  );
  return count;
}
