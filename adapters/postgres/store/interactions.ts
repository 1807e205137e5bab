// Interactions within one transaction: written once each, however often and from however many sides they are reported.
import type { Id, Instant } from '../../../src/domain/basics.ts';
import type { Prompt } from '../../../src/domain/prompt/prompt.ts';
import type { NewInteraction, PromptTx } from '../../../src/ports/store/prompts.ts';
import { PROMPT, type PromptRow, promptOf } from './prompt-row.ts';
import type { Sql } from './session.ts';
import { storable } from './storable.ts';
import { at, same } from './values.ts';

type InteractionsTx = Pick<PromptTx, 'addInteractions' | 'findByInteraction' | 'reopen' | 'interactionsAt'>;

// In the order of their names, so that two batches with the same ones wait for each other in one order.
const ADD = `
WITH given AS (
  SELECT w.*, d.id AS identity_id
  FROM unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
    $12::text[], $13::text[], $14::text[], $15::text[], $16::timestamptz[], $17::text[], $18::text[])
    AS w(id, source, external_id, person_id, platform, installation, channel, thread, agent, account,
      subject, locale, identity_platform, identity_installation, closed_at, closed_by, identity_external_id)
  JOIN LATERAL (
    SELECT id FROM identities WHERE workspace_id = $1 AND platform = w.identity_platform AND installation = w.identity_installation
      AND external_id = w.identity_external_id AND person_id = w.person_id LIMIT 1
  ) d ON true
), added AS (
  INSERT INTO interactions (id, workspace_id, source, external_id, person_id, identity_id, platform, installation, channel, thread, agent,
    account, subject, locale, closed_at, closed_by, created_at)
  SELECT id, $1, source, external_id, person_id, identity_id, platform, installation, channel, thread, agent,
    account, subject, locale, closed_at, closed_by, $19::timestamptz
  FROM given ORDER BY source, external_id
  ON CONFLICT (workspace_id, source, external_id) DO NOTHING
  RETURNING id
)
SELECT (SELECT count(*) FROM given) AS known, ARRAY(SELECT id FROM added) AS added`;

export function interactionsIn(sql: Sql): InteractionsTx {
  const ws = sql.workspaceId;

  return {
    async addInteractions(rows: readonly NewInteraction[], now: Instant) {
      if (rows.length === 0) return new Set<Id>();
      const { rows: answer } = await sql.query<{ known: number; added: Id[] }>(ADD, [
        ws,
        rows.map((r) => r.id),
        rows.map((r) => r.interaction.source),
        rows.map((r) => r.interaction.externalId),
        rows.map((r) => r.personId),
        rows.map((r) => r.interaction.place.platform),
        rows.map((r) => r.interaction.place.installation),
        rows.map((r) => r.interaction.place.channel),
        rows.map((r) => r.interaction.place.thread),
        rows.map((r) => r.interaction.agent),
        rows.map((r) => r.interaction.account),
        rows.map((r) => storable(r.interaction.subject)),
        rows.map((r) => r.interaction.locale),
        rows.map((r) => r.interaction.person.platform),
        rows.map((r) => r.interaction.person.installation),
        rows.map((r) => at(r.interaction.closedAt)),
        rows.map((r) => r.interaction.closedBy),
        rows.map((r) => r.interaction.person.externalId),
        at(now),
      ]);
      const { known, added } = answer[0] as { known: number; added: Id[] };
      if (known !== rows.length) {
        sql.giveUp(
          'not_found',
          'an interaction names somebody whom this workspace does not have',
          'resolve its person first',
        );
      }
      return new Set(added);
    },

    async findByInteraction(source, externalId) {
      const { rows } = await sql.query<Partial<PromptRow> & { found: Id }>(
        `SELECT i.id AS found, ${PROMPT} FROM interactions i LEFT JOIN prompts p ON p.workspace_id = $1 AND p.interaction_id = i.id
         WHERE i.workspace_id = $1 AND i.source = $2 AND i.external_id = $3`,
        [ws, source, externalId],
      );
      const row = rows[0];
      if (!row) return null;
      if (!row.id) return { interactionId: row.found, prompt: null };
      return { interactionId: row.found, prompt: promptOf(row as PromptRow), dueAt: row.due_at ?? null };
    },

    async reopen(interactionId, reopenedAt) {
      // The locks first and in their order: whoever decides about this prompt holds them, and looks at the interaction after that.
      const { rows } = await sql.query<PromptRow>(
        `SELECT ${PROMPT} FROM prompts p JOIN people pe ON pe.workspace_id = $1 AND pe.id = p.person_id
         WHERE p.workspace_id = $1 AND p.interaction_id = $2 FOR NO KEY UPDATE OF pe, p`,
        [ws, interactionId],
      );
      const { count } = await sql.query(
        `UPDATE interactions SET reopened_at = coalesce(reopened_at, $3::timestamptz) WHERE workspace_id = $1 AND id = $2`,
        [ws, interactionId, at(reopenedAt)],
      );
      if (count === 0) return null;
      const prompt: Prompt | null = rows[0] ? promptOf(rows[0]) : null;
      return { prompt };
    },

    async interactionsAt({ platform, installation, channel, thread }, { personId, closedBy } = {}) {
      const { rows } = await sql.query<{ id: Id }>(
        `SELECT i.id FROM interactions i JOIN prompts p ON p.workspace_id = $1 AND p.interaction_id = i.id AND p.status = 'scheduled'
         WHERE i.workspace_id = $1 AND i.platform = $2 AND i.installation = $3
           AND ${same('i.channel', '$4', channel)} AND ${same('i.thread', '$5', thread)} AND ($6::uuid IS NULL OR i.person_id = $6)
           AND ($7::timestamptz IS NULL OR i.closed_at <= $7)
         ORDER BY i.closed_at DESC, i.id DESC`,
        [
          ws,
          platform,
          installation,
          channel,
          thread,
          personId ?? null,
          closedBy === undefined ? null : at(closedBy),
        ],
      );
      return rows.map((row) => row.id);
    },
  };
}
