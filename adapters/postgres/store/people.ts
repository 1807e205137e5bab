// People within one transaction.
import type { Id, Instant } from '../../../src/domain/basics.ts';
import type { IdentityRef, Place } from '../../../src/domain/trigger/interaction.ts';
import type { PeopleTx, Person, PromptHistory, WhichPrompts } from '../../../src/ports/store/people.ts';
import type { StoreContext } from './context.ts';
import { optOutHash } from './opt-out-hash.ts';
import { resolvePeople } from './resolve-people.ts';
import type { Sql } from './session.ts';
import { at, maybeAt } from './values.ts';

interface PersonRow {
  readonly id: Id;
  readonly locale: string | null;
  readonly language: string | null;
  readonly zone: string | null;
  readonly opted_out_at: Instant | null;
}

const PERSON = 'pe.id, coalesce(pe.language, pe.locale) AS locale, pe.language, pe.zone, pe.opted_out_at';

function personOf(row: PersonRow | undefined): Person | null {
  if (row === undefined) return null;
  const { opted_out_at: optedOutAt, ...person } = row;
  return { ...person, optedOutAt };
}

type PlaceRow = readonly [
  platform: string,
  installation: string,
  channel: string | null,
  thread: string | null,
];

interface HistoryRow {
  readonly person_id: Id;
  readonly last_prompt_at: Instant | null;
  readonly last_nps_at: Instant | null;
  readonly last_declined_at: Instant | null;
  readonly live: readonly PlaceRow[] | null;
}

// One look into the index for each person.
const HISTORY = `
SELECT w.person_id, h.* FROM unnest($2::uuid[]) AS w(person_id) CROSS JOIN LATERAL (
  SELECT max(asked_at) AS last_prompt_at,
    max(asked_at) FILTER (WHERE survey = 'nps') AS last_nps_at,
    max(declined_at) FILTER (WHERE status = 'declined') AS last_declined_at,
    json_agg(json_build_array(platform, installation, channel, thread) ORDER BY asked_at)
      FILTER (WHERE status IN ('scheduled', 'sending', 'sent', 'reminded', 'uncertain')) AS live
  FROM prompts p
  WHERE p.workspace_id = $1 AND p.person_id = w.person_id AND asked_at IS NOT NULL AND id IS DISTINCT FROM $3::uuid
    AND (NOT $4::boolean OR attempted_at IS NOT NULL OR sent_at IS NOT NULL)
  HAVING count(*) > 0
) h`;

const OWNS = `
SELECT EXISTS (
  SELECT FROM identities d WHERE d.workspace_id = $1 AND d.person_id = w.person_id AND d.platform = w.platform
    AND d.installation = w.installation AND d.external_id = w.external_id
) AS owned
FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY AS w(person_id, platform, installation, external_id, place)
ORDER BY w.place`;

export function peopleIn(ctx: StoreContext, sql: Sql): PeopleTx {
  const ws = sql.workspaceId;

  return {
    resolve: (requests, newId, now) =>
      resolvePeople({ sql, hashKeys: ctx.hashKeys, log: ctx.log, newId, now }, requests),

    async find({ platform, installation, externalId }) {
      const { rows } = await sql.query<PersonRow>(
        `SELECT ${PERSON} FROM identities d JOIN people pe ON pe.workspace_id = $1 AND pe.id = d.person_id
         WHERE d.workspace_id = $1 AND d.platform = $2 AND d.installation = $3 AND d.external_id = $4`,
        [ws, platform, installation, externalId],
      );
      return personOf(rows[0]);
    },

    async lock(personId) {
      const { rows } = await sql.query<PersonRow>(
        `SELECT ${PERSON} FROM people pe WHERE pe.workspace_id = $1 AND pe.id = $2 FOR NO KEY UPDATE`,
        [ws, personId],
      );
      return personOf(rows[0]);
    },

    async history(personIds, which: WhichPrompts = {}) {
      const { rows } = await sql.query<HistoryRow>(HISTORY, [
        ws,
        personIds,
        which.except ?? null,
        which.begunOnly ?? false,
      ]);
      return new Map(rows.map((row) => [row.person_id, historyOf(row)]));
    },

    async setOptOut(personId, optedOutAt) {
      await sql.query(
        'UPDATE people SET opted_out_at = $3::timestamptz WHERE workspace_id = $1 AND id = $2',
        [ws, personId, maybeAt(optedOutAt)],
      );
      if (optedOutAt === null) await forgetHashes(ctx, sql, personId);
    },

    async setLanguage(personId, language) {
      await sql.query('UPDATE people SET language = $3 WHERE workspace_id = $1 AND id = $2', [
        ws,
        personId,
        language,
      ]);
    },

    async owns(...claims) {
      if (claims.length === 0) return [];
      const { rows } = await sql.hot<{ owned: boolean }>(OWNS, [
        ws,
        claims.map(({ personId }) => personId),
        claims.map(({ identity }) => identity.platform),
        claims.map(({ identity }) => identity.installation),
        claims.map(({ identity }) => identity.externalId),
      ]);
      return rows.map((row) => row.owned);
    },

    async markUnreachable({ platform, installation, externalId }, since) {
      await sql.query(
        `UPDATE identities SET unreachable_at = $5::timestamptz
         WHERE workspace_id = $1 AND platform = $2 AND installation = $3 AND external_id = $4`,
        [ws, platform, installation, externalId, at(since)],
      );
    },
  };
}

function historyOf(row: HistoryRow): PromptHistory {
  return {
    lastPromptAt: row.last_prompt_at,
    lastNpsAt: row.last_nps_at,
    lastDeclinedAt: row.last_declined_at,
    live: (row.live ?? []).map(
      ([platform, installation, channel, thread]): Place => ({ platform, installation, channel, thread }),
    ),
  };
}

/** Who takes an opt-out back takes back the one that outlived an erasure too; else the next erasure would bring it up again. */
async function forgetHashes(ctx: StoreContext, sql: Sql, personId: Id): Promise<void> {
  const { rows } = await sql.query<{ platform: string; installation: string; external_id: string }>(
    `SELECT platform, installation, external_id FROM identities
     WHERE workspace_id = $1 AND person_id = $2 AND EXISTS (SELECT FROM opt_out_hashes WHERE workspace_id = $1)`,
    [sql.workspaceId, personId],
  );
  if (rows.length === 0) return;
  const hashes = rows.flatMap((row): readonly Buffer[] => {
    const identity: IdentityRef = {
      platform: row.platform,
      installation: row.installation,
      externalId: row.external_id,
    };
    return ctx.hashKeys.map((key) => optOutHash(key, identity));
  });
  await sql.query('DELETE FROM opt_out_hashes WHERE workspace_id = $1 AND hash = ANY ($2::bytea[])', [
    sql.workspaceId,
    hashes,
  ]);
}
