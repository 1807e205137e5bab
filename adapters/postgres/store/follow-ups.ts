// Follow-ups within one transaction.
import type { Id, Instant } from '../../../src/domain/basics.ts';
import type { Confirmation } from '../../../src/domain/follow-up/confirmation.ts';
import type { FollowUp, FollowUpState, FollowUpStatus } from '../../../src/domain/follow-up/follow-up.ts';
import type { IdentityRef } from '../../../src/domain/trigger/interaction.ts';
import type { FollowUpDossier, FollowUpTx } from '../../../src/ports/store/follow-ups.ts';
import { RESPONSE, REVISED, type ResponseRow, responseOf } from './response-row.ts';
import type { Sql } from './session.ts';
import { storable } from './storable.ts';
import { at } from './values.ts';

// `IS TRUE` keeps the workspace a check, as in prompt-locks.ts: what hangs on a case is looked up by the case, even without statistics.
const FOLLOW_UP = `f.id, f.workspace_id, f.person_id, f.status, f.owner, f.note, f.due_at, f.opened_at, f.claimed_at, f.closed_at, f.owner_ref, f.confirmation,
  ARRAY(SELECT t.id FROM responses t WHERE t.follow_up_id = f.id AND (t.workspace_id = $1) IS TRUE ORDER BY t.answered_at, t.id) AS response_ids`;

interface FollowUpRow {
  readonly id: Id;
  readonly workspace_id: Id;
  readonly person_id: Id;
  readonly status: FollowUpStatus;
  readonly owner: string | null;
  readonly note: string | null;
  readonly due_at: Instant;
  readonly opened_at: Instant;
  readonly claimed_at: Instant | null;
  readonly closed_at: Instant | null;
  readonly owner_ref: IdentityRef | null;
  readonly confirmation: Confirmation | null;
  readonly response_ids: readonly Id[];
}

interface DossierRow extends FollowUpRow, ResponseRow {
  readonly number: number;
  readonly conflict: boolean;
  readonly person_name: string | null;
  readonly person_external_id: string | null;
  readonly place_platform: string;
  readonly place_installation: string;
  readonly channel: string | null;
  readonly thread: string | null;
  readonly agent: string | null;
  readonly account: string | null;
  readonly alert_platform: string | null;
  readonly alert_installation: string | null;
  readonly ref_channel: string | null;
  readonly ref_message: string | null;
}

const DOSSIER = `
SELECT ${FOLLOW_UP}, f.number, f.platform AS alert_platform, f.installation AS alert_installation, f.ref_channel, f.ref_message, ${RESPONSE}, r.conflict,
  p.platform AS place_platform, p.installation AS place_installation, p.channel, p.thread, p.agent, p.account,
  d.name AS person_name, d.external_id AS person_external_id
FROM follow_ups f
JOIN LATERAL (
  SELECT * FROM responses n WHERE n.follow_up_id = f.id AND (n.workspace_id = $1) IS TRUE ORDER BY n.answered_at DESC, n.id DESC LIMIT 1
) r ON true
${REVISED}
JOIN prompts p ON p.id = r.prompt_id AND (p.workspace_id = $1) IS TRUE
JOIN interactions i ON i.id = p.interaction_id AND (i.workspace_id = $1) IS TRUE
LEFT JOIN identities d ON d.id = i.identity_id AND (d.workspace_id = $1) IS TRUE
WHERE f.workspace_id = $1`;

// Each person's newest, in the order of the people.
const LATEST = `
SELECT ${FOLLOW_UP} FROM unnest($2::uuid[]) AS w(person_id)
JOIN LATERAL (
  SELECT n.id FROM follow_ups n WHERE n.workspace_id = $1 AND n.person_id = w.person_id ORDER BY n.number DESC LIMIT 1
) newest ON true
JOIN follow_ups f ON f.id = newest.id
ORDER BY w.person_id FOR NO KEY UPDATE OF f`;

// New cases take the workspace's next numbers; the workspace's row is locked until the end, so that numbers have no gaps and no twins.
const SAVE = `
WITH given AS MATERIALIZED (
  SELECT w.*, NOT EXISTS (SELECT FROM follow_ups f WHERE f.workspace_id = $1 AND f.id = w.id) AS fresh
  FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[], $9::timestamptz[],
    $10::timestamptz[], $13::jsonb[], $14::jsonb[]) WITH ORDINALITY
  AS w(id, person_id, status, owner, note, due_at, opened_at, claimed_at, closed_at, owner_ref, confirmation, place)
), taken AS (
  UPDATE workspaces SET last_follow_up = last_follow_up + (SELECT count(*) FROM given WHERE fresh)
  WHERE id = $1 AND EXISTS (SELECT FROM given WHERE fresh)
  RETURNING last_follow_up AS last
), numbered AS (
  SELECT *, CASE WHEN fresh THEN (SELECT last FROM taken) + 1 - row_number() OVER (PARTITION BY fresh ORDER BY place DESC) ELSE 0 END AS number
  FROM given
), saved AS (
  INSERT INTO follow_ups (id, workspace_id, number, person_id, status, owner, note, due_at, opened_at, claimed_at, closed_at, owner_ref, confirmation)
  SELECT w.id, $1, w.number, pe.id, w.status, w.owner, w.note, w.due_at, w.opened_at, w.claimed_at, w.closed_at,
    w.owner_ref, w.confirmation
  FROM numbered w JOIN people pe ON pe.id = w.person_id AND (pe.workspace_id = $1) IS TRUE
  ON CONFLICT (id) DO UPDATE SET status = excluded.status, owner = excluded.owner, note = coalesce(excluded.note, follow_ups.note),
    due_at = excluded.due_at, claimed_at = coalesce(excluded.claimed_at, follow_ups.claimed_at), closed_at = excluded.closed_at,
    owner_ref = excluded.owner_ref, confirmation = excluded.confirmation
  WHERE follow_ups.workspace_id = $1
  RETURNING id
), tied AS (
  UPDATE responses r SET follow_up_id = saved.id
  FROM unnest($11::uuid[], $12::uuid[]) AS t(response_id, follow_up_id) JOIN saved ON saved.id = t.follow_up_id
  WHERE r.id = t.response_id AND (r.workspace_id = $1) IS TRUE AND r.follow_up_id IS DISTINCT FROM saved.id
)
SELECT id FROM saved`;

/** Of the column: people type anything after `claim`. */
const HIGHEST = 2 ** 31 - 1;

export function followUpsIn(sql: Sql): FollowUpTx {
  const ws = sql.workspaceId;

  const find = async (followUpId: Id) => {
    const { rows } = await sql.hot<DossierRow>(`${DOSSIER} AND f.id = $2`, [ws, followUpId]);
    return rows[0] ? dossierOf(rows[0]) : null;
  };

  return {
    find,

    async latestOf(personIds) {
      const { rows } = await sql.hot<FollowUpRow>(LATEST, [ws, personIds]);
      return new Map(rows.map((row) => [row.person_id, followUpOf(row)]));
    },

    async save(...followUps) {
      if (followUps.length === 0) return;
      const states = followUps.map((followUp) => followUp.state);
      const ties = followUps.flatMap(({ id, responseIds }) =>
        responseIds.map((responseId) => [responseId, id]),
      );
      const { count } = await sql.hot(SAVE, [
        ws,
        followUps.map((followUp) => followUp.id),
        followUps.map((followUp) => followUp.personId),
        states.map((state) => state.status),
        states.map((state) => (state.status === 'open' ? null : state.by)),
        states.map((state) => (state.status === 'closed' ? storable(state.note) : null)),
        followUps.map((followUp) => at(followUp.dueAt)),
        followUps.map((followUp) => at(followUp.openedAt)),
        states.map((state) => (state.status === 'claimed' ? at(state.claimedAt) : null)),
        states.map((state) => (state.status === 'closed' ? at(state.closedAt) : null)),
        ties.map(([responseId]) => responseId),
        ties.map(([, followUpId]) => followUpId),
        states.map((state) => json(state.status === 'claimed' ? state.who : null)),
        followUps.map((followUp) => json(followUp.confirmation)),
      ]);
      if (count < followUps.length)
        sql.giveUp(
          'not_found',
          'a follow-up names somebody whom this workspace does not have',
          'load its person first',
        );
    },

    async lock(followUpId) {
      // Two statements: what hangs on the case is looked at after the wait for its lock.
      const { count } = await sql.hot(
        'SELECT FROM follow_ups WHERE workspace_id = $1 AND id = $2 FOR NO KEY UPDATE',
        [ws, followUpId],
      );
      return count === 0 ? null : await find(followUpId);
    },

    async weightsOf(accounts) {
      if (accounts.length === 0) return new Map();
      const { rows } = await sql.hot<{ name: string; weight: number }>(
        'SELECT name, weight FROM accounts WHERE workspace_id = $1 AND name = ANY ($2::text[])',
        [ws, accounts],
      );
      return new Map(rows.map(({ name, weight }) => [name, weight]));
    },

    async findByNumber(number) {
      if (!Number.isInteger(number) || number < 1 || number > HIGHEST) return null;
      const { rows } = await sql.query<{ id: Id }>(
        'SELECT id FROM follow_ups WHERE workspace_id = $1 AND number = $2',
        [ws, number],
      );
      return rows[0]?.id ?? null;
    },

    async noteAlert(followUpId, { platform, installation, ref }) {
      await sql.hot(
        `UPDATE follow_ups SET platform = $3, installation = $4, ref_channel = $5, ref_message = $6 WHERE workspace_id = $1 AND id = $2`,
        [ws, followUpId, platform, installation, ref.channel, ref.message],
      );
    },

    async open(limit) {
      const { rows } = await sql.query<DossierRow>(
        // Chosen first, so that only what is shown is looked up.
        `WITH chosen AS MATERIALIZED (
           SELECT id FROM follow_ups WHERE workspace_id = $1 AND status <> 'closed' ORDER BY opened_at, number LIMIT $2
         ) ${DOSSIER} AND f.id IN (SELECT id FROM chosen) ORDER BY f.opened_at, f.number`,
        [ws, limit],
      );
      return rows.map(dossierOf);
    },
  };
}

function json(value: object | null): string | null {
  return value === null ? null : JSON.stringify(storable(value));
}

function followUpOf(row: FollowUpRow): FollowUp {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    personId: row.person_id,
    responseIds: row.response_ids,
    openedAt: row.opened_at,
    dueAt: row.due_at,
    state: stateOf(row),
    confirmation: row.confirmation,
  };
}

/** The table's check promises that each status has its columns. */
function stateOf(row: FollowUpRow): FollowUpState {
  const { status } = row;
  switch (status) {
    case 'open':
      return { status };
    case 'claimed':
      return { status, by: row.owner ?? '', who: row.owner_ref, claimedAt: row.claimed_at ?? row.opened_at };
    case 'closed':
      return { status, by: row.owner ?? '', closedAt: row.closed_at ?? row.due_at, note: row.note ?? '' };
  }
}

function dossierOf(row: DossierRow): FollowUpDossier {
  const {
    alert_platform: platform,
    alert_installation: installation,
    ref_channel: channel,
    ref_message: message,
  } = row;
  return {
    followUp: followUpOf(row),
    number: row.number,
    response: responseOf(row),
    conflict: row.conflict,
    personName: row.person_name,
    personExternalId: row.person_external_id,
    place: {
      platform: row.place_platform,
      installation: row.place_installation,
      channel: row.channel,
      thread: row.thread,
    },
    agent: row.agent,
    account: row.account,
    alert:
      platform === null || installation === null || channel === null || message === null
        ? null
        : { platform, installation, ref: { channel, message } },
  };
}
