// Responses within one transaction: the version that holds, and every version there was.
import type { Id, Instant } from '../../../src/domain/basics.ts';
import type { Response } from '../../../src/domain/response/response.ts';
import type { ReadResponse, ResponseTx } from '../../../src/ports/store/responses.ts';
import { UNKNOWN_LOCALE } from './nobody.ts';
import { mentionOf, RESPONSE, REVISED, type ResponseRow, responseOf, themesText } from './response-row.ts';
import type { Sql } from './session.ts';
import { storable } from './storable.ts';
import { at } from './values.ts';

// What reports group by is copied from the prompt at the first answer, so that a report reads one index. A prompt that is answered before the
// platform has said "sent" was sent when it was attempted. Of several versions of one response the newest one stays, and each leaves its row.
const SAVE = `
WITH given AS MATERIALIZED (
  SELECT * FROM unnest($2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::text[], $7::real[], $8::text[], $9::text[], $10::boolean[], $11::text[],
    $12::timestamptz[], $13::boolean[], $14::int[], $15::timestamptz[], $16::boolean[])
  AS w(id, prompt_id, score, verbatim, sentiment, confidence, language, themes, conflict, classifier, answered_at, late, revision, at, newest)
), saved AS (
  INSERT INTO responses (id, workspace_id, prompt_id, person_id, survey, score, verbatim, sentiment, confidence, language, themes, conflict,
    classifier, classified_at, sent_at, answered_at, late, revision, agent, channel, account, locale)
  SELECT w.id, $1, p.id, p.person_id, p.survey, w.score, w.verbatim, w.sentiment, w.confidence, w.language, string_to_array(w.themes, ','),
    w.conflict, w.classifier, w.at, coalesce(p.sent_at, p.attempted_at), w.answered_at, w.late, w.revision, p.agent, p.channel, p.account, p.locale
  FROM given w JOIN prompts p ON p.id = w.prompt_id AND (p.workspace_id = $1) IS TRUE
  WHERE w.newest
  ON CONFLICT (id) DO UPDATE SET score = excluded.score, verbatim = excluded.verbatim, sentiment = excluded.sentiment,
    confidence = excluded.confidence, language = excluded.language, themes = excluded.themes, conflict = excluded.conflict,
    classifier = excluded.classifier, classified_at = excluded.classified_at, revision = excluded.revision
  WHERE responses.workspace_id = $1 AND responses.prompt_id = excluded.prompt_id
  RETURNING id
)
INSERT INTO response_revisions (response_id, revision, workspace_id, score, verbatim, at)
SELECT w.id, w.revision, $1, w.score, w.verbatim, w.at FROM given w JOIN saved ON saved.id = w.id`;

const WITH_WORDS = `
SELECT r.id AS "responseId", r.revision, r.survey, r.score, r.verbatim AS text, nullif(r.locale, '${UNKNOWN_LOCALE}') AS locale,
  coalesce(v.at, r.answered_at) AS "revisedAt", r.sentiment, r.confidence, r.conflict, r.themes, r.classifier, r.follow_up_id AS "followUpId",
  array_remove(array(SELECT unnest(ARRAY[d.name, d.external_id]) FROM identities d WHERE d.workspace_id = $1 AND d.person_id = r.person_id)
    || p.customer, NULL) AS names
FROM responses r ${REVISED} LEFT JOIN people p ON p.workspace_id = $1 AND p.id = r.person_id
WHERE (r.workspace_id = $1) IS TRUE AND r.id = ANY ($2::uuid[]) AND r.verbatim IS NOT NULL AND r.classifier IS NOT NULL`;

// In the order of their ids, so that two who do so wait for each other in one order.
const SAVE_READINGS = `
WITH given AS MATERIALIZED (
  SELECT w.*, r.id AS held FROM unnest($2::uuid[], $3::int[], $4::text[], $5::text[], $6::real[], $7::text[], $8::text[], $9::boolean[], $10::text[])
    AS w(id, revision, was, sentiment, confidence, language, themes, conflict, classifier)
  JOIN responses r ON r.id = w.id AND (r.workspace_id = $1) IS TRUE ORDER BY r.id FOR NO KEY UPDATE OF r
)
UPDATE responses r SET sentiment = w.sentiment, confidence = w.confidence, language = w.language, themes = string_to_array(w.themes, ','),
  conflict = w.conflict, classifier = w.classifier, classified_at = $11
FROM given w WHERE r.id = w.held AND r.revision = w.revision AND r.classifier = w.was AND r.verbatim IS NOT NULL
RETURNING r.id`;

export function responsesIn(sql: Sql): ResponseTx {
  const ws = sql.workspaceId;

  async function ofPrompts(promptIds: readonly Id[]): Promise<ReadonlyMap<Id, Response>> {
    const { rows } = await sql.hot<ResponseRow>(
      `SELECT ${RESPONSE} FROM responses r ${REVISED} WHERE r.prompt_id = ANY ($2::uuid[]) AND (r.workspace_id = $1) IS TRUE`,
      [ws, promptIds],
    );
    return new Map(rows.map((row) => [row.prompt_id, responseOf(row)]));
  }

  return {
    ofPrompts,
    ofPrompt: async (promptId) => (await ofPrompts([promptId])).get(promptId) ?? null,

    async save(...versions) {
      if (versions.length === 0) return;
      const newest = new Map(versions.map(({ response }, i) => [response.id, i]));
      const { count } = await sql.hot(SAVE, [
        ws,
        versions.map(({ response }) => response.id),
        versions.map(({ response }) => response.promptId),
        versions.map(({ response }) => response.score),
        versions.map(({ response }) => storable(response.verbatim)),
        versions.map(({ classification }) => classification.sentiment),
        versions.map(({ classification }) => classification.confidence),
        versions.map(({ classification }) => classification.language),
        versions.map(({ classification }) => themesText(classification).join()),
        versions.map(({ classification }) => classification.conflict),
        versions.map(({ classification }) => classification.classifier),
        versions.map(({ response }) => at(response.answeredAt)),
        versions.map(({ response }) => response.late),
        versions.map(({ response }) => response.revision),
        versions.map(({ response }) => at(response.revisedAt)),
        versions.map(({ response }, i) => newest.get(response.id) === i),
      ]);
      if (count < versions.length) {
        sql.giveUp(
          'not_found',
          `there is no such prompt for a response among ${versions.map(({ response }) => response.promptId).join()}`,
          'lock its prompt first',
        );
      }
    },

    async withWords(responseIds) {
      const { rows } = await sql.query<Omit<ReadResponse, 'themes'> & { readonly themes: readonly string[] }>(
        WITH_WORDS,
        [ws, responseIds],
      );
      return rows.map((row) => ({ ...row, themes: row.themes.map(mentionOf) }));
    },

    async holdWords(responseIds) {
      const { rows } = await sql.query<{ id: Id }>(
        `SELECT id FROM responses WHERE (workspace_id = $1) IS TRUE AND id = ANY ($2::uuid[]) AND verbatim IS NOT NULL ORDER BY id FOR SHARE`,
        [ws, responseIds],
      );
      return new Set(rows.map(({ id }) => id));
    },

    async saveReadings(readings, now) {
      if (readings.length === 0) return [];
      const { rows } = await sql.query<{ id: Id }>(SAVE_READINGS, [
        ws,
        readings.map(({ of }) => of.responseId),
        readings.map(({ of }) => of.revision),
        readings.map(({ of }) => of.classifier),
        readings.map(({ classification }) => classification.sentiment),
        readings.map(({ classification }) => classification.confidence),
        readings.map(({ classification }) => classification.language),
        readings.map(({ classification }) => themesText(classification).join()),
        readings.map(({ classification }) => classification.conflict),
        readings.map(({ classification }) => classification.classifier),
        at(now),
      ]);
      return rows.map(({ id }) => id);
    },

    async revisions(responseId) {
      const { rows } = await sql.query<{
        revision: number;
        score: number;
        verbatim: string | null;
        at: Instant;
      }>(
        'SELECT revision, score, verbatim, at FROM response_revisions WHERE workspace_id = $1 AND response_id = $2 ORDER BY revision',
        [ws, responseId],
      );
      return rows;
    },
  };
}
