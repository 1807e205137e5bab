// Reads stored answers again. The rows themselves say which are still to be read, so that whoever comes after a crash goes on where it ended.
import type { Id, Instant } from '../../../src/domain/basics.ts';
import type { Classification } from '../../../src/domain/classification/classification.ts';
import { isByLargerModel } from '../../../src/domain/classification/reconsider.ts';
import type { SurveyKind } from '../../../src/domain/survey/kind.ts';
import type { Reading, ReadingFilter, Readings, Rereading } from '../../../src/ports/store/readings.ts';
import type { StoreContext } from './context.ts';
import { foldTallies } from './fold-tallies.ts';
import { NOBODY, UNKNOWN_LOCALE } from './nobody.ts';
import { themesText } from './response-row.ts';
import { poolQuery, type Sql } from './session.ts';
import { inTransaction } from './transaction.ts';
import { at, maybeAt } from './values.ts';

/** Read in one transaction: an edit of one of them waits as long as these take. Who waits for others holds nothing meanwhile. */
const BATCH = { impatient: 500, patient: 1 };

/** A long run may go where nobody else folds. */
const FOLD_AFTER = 20_000;

// Words that were erased leave what they said.
const UNREAD = `(r.workspace_id = $1) IS TRUE AND r.verbatim IS NOT NULL AND r.classifier IS DISTINCT FROM $2
  AND ($3::text IS NULL OR r.survey = $3) AND ($4::timestamptz IS NULL OR r.answered_at >= $4) AND ($5::timestamptz IS NULL OR r.answered_at < $5)
  AND NOT EXISTS (SELECT FROM classifications c
    WHERE r.classifier LIKE 'model:%' AND c.response_id = r.id AND c.revision = r.revision AND c.classifier = $2)`;

const NEXT = `
SELECT r.id, r.revision, r.survey, r.score, r.verbatim, nullif(r.locale, '${UNKNOWN_LOCALE}') AS locale, r.classifier, r.sentiment, r.themes, r.conflict
FROM responses r WHERE ${UNREAD} AND r.id > $6 ORDER BY r.id LIMIT $7 FOR NO KEY UPDATE OF r`;

const GIVEN = `unnest($2::uuid[], $3::text[], $4::real[], $5::text[], $6::text[], $7::boolean[], $8::int[])
  AS w(id, sentiment, confidence, language, themes, conflict, revision)`;

const REPLACE = `
UPDATE responses r SET sentiment = w.sentiment, confidence = w.confidence, language = w.language, themes = string_to_array(w.themes, ','),
  conflict = w.conflict, classifier = $9, classified_at = $10
FROM ${GIVEN} WHERE r.workspace_id = $1 AND r.id = w.id AND r.revision = w.revision`;

const KEEP_BESIDE = `
INSERT INTO classifications (response_id, revision, workspace_id, sentiment, confidence, language, themes, conflict, classifier, at)
SELECT w.id, w.revision, $1, w.sentiment, w.confidence, w.language, string_to_array(w.themes, ','), w.conflict, $9, $10 FROM ${GIVEN}
ON CONFLICT DO NOTHING`;

interface UnreadRow {
  readonly id: Id;
  readonly revision: number;
  readonly survey: SurveyKind;
  readonly score: number;
  readonly verbatim: string;
  readonly locale: string | null;
  readonly classifier: string | null;
  readonly sentiment: string | null;
  readonly themes: readonly string[];
  readonly conflict: boolean;
}

interface Reread {
  readonly row: UnreadRow;
  readonly found: Classification;
}

export function createReadings(ctx: Pick<StoreContext, 'pool' | 'keepsPlans'>): Readings {
  let unfolded = 0;
  return {
    async unread(workspaceId, classifier, filter) {
      const { rows } = await poolQuery<{ n: number }>(
        ctx.pool,
        `SELECT count(*) AS n FROM responses r WHERE ${UNREAD}`,
        [workspaceId, classifier, ...bounds(filter)],
      );
      return rows[0]?.n ?? 0;
    },

    async readNext(workspaceId, work, now) {
      const again = await inTransaction(ctx, workspaceId, (sql) => rereadIn(sql, work, now));
      unfolded += again.changed;
      if (unfolded >= FOLD_AFTER) {
        unfolded = 0;
        await foldTallies(ctx);
      }
      return again;
    },

    async of(workspaceId, responseId) {
      const { rows } = await poolQuery<Reading>(
        ctx.pool,
        `SELECT revision, classifier, sentiment, confidence, language, themes, conflict, at FROM (
           SELECT revision, classifier, sentiment, confidence, language, themes, conflict, at, false AS holds
           FROM classifications WHERE workspace_id = $1 AND response_id = $2
           UNION ALL
           SELECT revision, coalesce(classifier, ''), sentiment, confidence, language, themes, conflict, coalesce(classified_at, answered_at), true
           FROM responses WHERE workspace_id = $1 AND id = $2
         ) AS said ORDER BY holds, revision, at, classifier`,
        [workspaceId, responseId],
      );
      return rows;
    },
  };
}

function bounds({ survey, from, to }: ReadingFilter) {
  return [survey ?? null, maybeAt(from), maybeAt(to)];
}

async function rereadIn(sql: Sql, work: Rereading, now: Instant) {
  const limit = work.patient ? BATCH.patient : BATCH.impatient;
  const { rows } = await sql.query<UnreadRow>(work.patient ? NEXT : `${NEXT} SKIP LOCKED`, [
    sql.workspaceId,
    work.classifier,
    ...bounds(work),
    work.after ?? NOBODY,
    limit,
  ]);
  const all = rows.map((row): Reread => {
    const { survey, score, verbatim: text, locale } = row;
    return { row, found: work.read({ survey, score, text, locale }) };
  });
  const beside = all.filter(({ row }) => isByLargerModel(row.classifier));
  const holding = all.filter(({ row }) => !isByLargerModel(row.classifier));
  if (holding.length > 0) await sql.query(REPLACE, valuesOf(sql, holding, work.classifier, now));
  if (beside.length > 0) await sql.query(KEEP_BESIDE, valuesOf(sql, beside, work.classifier, now));
  return {
    read: all.length,
    changed: holding.filter(saysOther).length,
    last: rows.length === limit ? (rows.at(-1)?.id ?? null) : null,
  };
}

function valuesOf({ workspaceId }: Sql, all: readonly Reread[], classifier: string, now: Instant) {
  return [
    workspaceId,
    all.map(({ row }) => row.id),
    all.map(({ found }) => found.sentiment),
    all.map(({ found }) => found.confidence),
    all.map(({ found }) => found.language),
    all.map(({ found }) => themesText(found).join()),
    all.map(({ found }) => found.conflict),
    all.map(({ row }) => row.revision),
    classifier,
    at(now),
  ];
}

function saysOther({ row, found }: Reread): boolean {
  return (
    row.sentiment !== found.sentiment ||
    row.conflict !== found.conflict ||
    row.themes.join() !== themesText(found).join()
  );
}
