// Prompts within one transaction. The lock order of the whole store: people, then prompts, each by id, then what hangs on them.
import type { Instant } from '../../../src/domain/basics.ts';
import type { Prompt, PromptStatus } from '../../../src/domain/prompt/prompt.ts';
import { TRANSITIONS } from '../../../src/domain/prompt/transition.ts';
import type { WhichPrompts } from '../../../src/ports/store/people.ts';
import type { PromptTx } from '../../../src/ports/store/prompts.ts';
import { interactionsIn } from './interactions.ts';
import { lockFreePrompts, lockPrompt } from './prompt-locks.ts';
import { columnsOf, PROMPT, type PromptRow, promptOf } from './prompt-row.ts';
import { savePrompts } from './save-prompts.ts';
import type { Sql } from './session.ts';
import { at, same } from './values.ts';

/** The columns of a new prompt that its state does not tell. */
const ADD = `
INSERT INTO prompts (id, workspace_id, interaction_id, person_id, survey, explicit, platform, installation, channel, thread, locale, agent,
  account, created_at, source, status, asked_at, due_at, attempted_at, sent_at, reminded_at, answered_at, declined_at, ended_at, late, reason,
  ref_channel, ref_message)
SELECT w.id, $1, i.id, w.person_id, w.survey, w.explicit, w.platform, w.installation, w.channel, w.thread, w.locale, w.agent,
  w.account, w.created_at, i.source, w.status, w.asked_at, w.due_at, w.attempted_at, w.sent_at, w.reminded_at, w.answered_at, w.declined_at,
  w.ended_at, w.late, w.reason, w.ref_channel, w.ref_message
FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::boolean[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
  $12::text[], $13::text[], $14::timestamptz[], $15::text[], $16::timestamptz[], $17::timestamptz[], $18::timestamptz[], $19::timestamptz[],
  $20::timestamptz[], $21::timestamptz[], $22::timestamptz[], $23::timestamptz[], $24::boolean[], $25::text[], $26::text[], $27::text[])
  AS w(id, interaction_id, person_id, survey, explicit, platform, installation, channel, thread, locale, agent, account, created_at, status,
    asked_at, due_at, attempted_at, sent_at, reminded_at, answered_at, declined_at, ended_at, late, reason, ref_channel, ref_message)
JOIN LATERAL (
  SELECT id, source FROM interactions WHERE workspace_id = $1 AND id = w.interaction_id AND person_id = w.person_id LIMIT 1
) i ON true`;

/** In the order of their parameters in `ADD`. */
const STATE_COLUMNS = [
  'status',
  'asked_at',
  'due_at',
  'attempted_at',
  'sent_at',
  'reminded_at',
  'answered_at',
  'declined_at',
  'ended_at',
  'late',
  'reason',
  'ref_channel',
  'ref_message',
] as const;

/** Whatever an answer may still follow. */
const ANSWERABLE = (Object.keys(TRANSITIONS) as PromptStatus[]).filter((status) =>
  (TRANSITIONS[status] as readonly PromptStatus[]).includes('answered'),
);

export function promptsIn(sql: Sql): PromptTx {
  const ws = sql.workspaceId;

  return {
    ...interactionsIn(sql),

    /** Each takes its interaction's own source. */
    async add(prompts) {
      if (prompts.length === 0) return;
      const states = prompts.map((prompt) => columnsOf(prompt.state));
      const { count } = await sql.query(ADD, [
        ws,
        prompts.map((p) => p.id),
        prompts.map((p) => p.interactionId),
        prompts.map((p) => p.personId),
        prompts.map((p) => p.survey),
        prompts.map((p) => p.explicit),
        prompts.map((p) => p.place.platform),
        prompts.map((p) => p.place.installation),
        prompts.map((p) => p.place.channel),
        prompts.map((p) => p.place.thread),
        prompts.map((p) => p.locale),
        prompts.map((p) => p.agent),
        prompts.map((p) => p.account),
        prompts.map((p) => at(p.createdAt)),
        ...STATE_COLUMNS.map((column) =>
          states.map((state) => state[column] ?? (column === 'late' ? false : null)),
        ),
      ]);
      if (count !== prompts.length) {
        sql.giveUp(
          'not_found',
          'a prompt names an interaction that its person did not have here',
          'add its interaction first',
        );
      }
    },

    async find(promptId) {
      const { rows } = await sql.query<PromptRow>(
        `SELECT ${PROMPT} FROM prompts p WHERE p.workspace_id = $1 AND p.id = $2`,
        [ws, promptId],
      );
      return rows[0] ? promptOf(rows[0]) : null;
    },

    lock: (promptId) => lockPrompt(sql, promptId),
    lockFree: (promptIds) => lockFreePrompts(sql, promptIds),
    save: (...prompts) => savePrompts(sql, prompts),

    async countReserved(from, to, which: WhichPrompts = {}) {
      // Two statements: the second must look at what the holders of the lock before us have committed.
      await sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`daily cap ${ws}`]);
      const { rows } = await sql.query<{ reserved: number }>(
        `SELECT count(*) AS reserved FROM prompts
         WHERE workspace_id = $1 AND asked_at >= $2::timestamptz AND asked_at < $3::timestamptz AND id IS DISTINCT FROM $4::uuid
           AND (NOT $5::boolean OR attempted_at IS NOT NULL OR sent_at IS NOT NULL)`,
        [ws, at(from), at(to), which.except ?? null, which.begunOnly ?? false],
      );
      return rows[0]?.reserved ?? 0;
    },

    async noteAskedAgain(promptId, when) {
      const { count } = await sql.hot(
        `UPDATE prompts SET asked_again_at = $3 WHERE workspace_id = $1 AND id = $2 AND asked_again_at IS NULL`,
        [ws, promptId, at(when)],
      );
      return count === 1;
    },

    async openPromptFor(personId, place) {
      const here = place
        ? `AND p.platform = $4 AND p.installation = $5 AND ${same('p.channel', '$6', place.channel)} AND ${same('p.thread', '$7', place.thread)}`
        : '';
      const values = place ? [place.platform, place.installation, place.channel, place.thread] : [];
      const { rows } = await sql.query<PromptRow>(
        `SELECT ${PROMPT} FROM prompts p WHERE p.workspace_id = $1 AND p.person_id = $2 AND p.status = ANY ($3::text[]) ${here}
         ORDER BY p.asked_at DESC, p.id DESC LIMIT 1`,
        [ws, personId, ANSWERABLE, ...values],
      );
      return rows[0] ? promptOf(rows[0]) : null;
    },

    async trail(personId, limit) {
      const { rows } = await sql.query<
        PromptRow & { source: string; external_id: string; closed_at: Instant }
      >(
        `SELECT ${PROMPT}, i.source, i.external_id, i.closed_at
         FROM prompts p JOIN interactions i ON i.workspace_id = $1 AND i.id = p.interaction_id
         WHERE p.workspace_id = $1 AND p.person_id = $2 ORDER BY p.created_at DESC, p.id DESC LIMIT $3`,
        [ws, personId, limit],
      );
      return rows.map((row) => {
        const prompt: Prompt = promptOf(row);
        return {
          prompt,
          survey: prompt.survey,
          source: row.source,
          externalId: row.external_id,
          closedAt: row.closed_at,
        };
      });
    },
  };
}
