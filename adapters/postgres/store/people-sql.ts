// The statements behind `resolve`: set-based, so that a thousand people cost no more round trips than one.
import type { Id, Instant, Locale, ZoneName } from '../../../src/domain/basics.ts';
import type { IdentityRef } from '../../../src/domain/trigger/interaction.ts';
import { optOutHash } from './opt-out-hash.ts';
import type { HashKeys } from './rotate-secrets.ts';
import type { Sql } from './session.ts';
import { storable } from './storable.ts';
import { at } from './values.ts';

/** One identity of a batch with all that the batch tells about it, and the ids it gets if it is new. */
export interface Wanted {
  readonly identity: IdentityRef;
  readonly identityId: Id;
  readonly personId: Id;
  readonly name: string | null;
  readonly locale: Locale | null;
  readonly zone: ZoneName | null;
  readonly customer: string | null;
}

export interface Known {
  /** Index into what was wanted, from 0. */
  readonly place: number;
  readonly identityId: Id;
  readonly name: string | null;
  readonly id: Id;
  readonly customer: string | null;
  readonly locale: Locale | null;
  readonly language: Locale | null;
  readonly zone: ZoneName | null;
  readonly optedOutAt: Instant | null;
}

/** Where one of the wanted identities is, before anything is locked. */
export interface Seen {
  /** Index into what was wanted, from 0. */
  readonly place: number;
  readonly identityId: Id;
  readonly personId: Id;
  /** It was not there before. */
  readonly made: boolean;
  /** Its person's customer id; only looked up where one was told. */
  readonly customer: string | null;
  /** Who had the customer id that was told. */
  readonly owner: Id | null;
}

/**
 * Finds the identities, and makes those that are not there with the people behind them: identities first, so that whoever loses a race for one
 * makes no person for it (and is told nothing of it: look again). In the order of their keys, so that two batches wait for each other in one
 * order. `hashes`: whether anybody erased had opted out.
 */
export async function findOrMake(
  sql: Sql,
  wanted: readonly Wanted[],
  now: Instant,
): Promise<{ seen: readonly Seen[]; hashes: boolean }> {
  const { rows } = await sql.query<SeenRow>(FIND_OR_MAKE, [
    sql.workspaceId,
    wanted.map((w) => w.identity.platform),
    wanted.map((w) => w.identity.installation),
    wanted.map((w) => w.identity.externalId),
    wanted.map((w) => w.identityId),
    wanted.map((w) => w.personId),
    wanted.map((w) => storable(w.name)),
    wanted.map((w) => w.locale),
    wanted.map((w) => w.zone),
    wanted.map((w) => w.customer),
    at(now),
  ]);
  const seen = rows.map(
    (row): Seen => ({
      place: row.place - 1,
      identityId: row.identity_id,
      personId: row.person_id,
      made: row.made,
      customer: row.customer,
      owner: row.owner,
    }),
  );
  return { seen, hashes: rows[0]?.hashes ?? false };
}

interface SeenRow {
  readonly place: number;
  readonly identity_id: Id;
  readonly person_id: Id;
  readonly made: boolean;
  readonly customer: string | null;
  readonly owner: Id | null;
  readonly hashes: boolean;
}

// Written so that each of the wanted is one look into an index, whatever the planner's statistics say: it underrates a workspace that has grown
// since they were taken, and then reads all of it. LATERAL … LIMIT 1 leaves it no other way, and IS TRUE keeps a subquery from becoming a join.
const FIND_OR_MAKE = `
WITH looked AS MATERIALIZED (
  SELECT w.*, d.id AS known_id, d.person_id AS known_person, k.customer AS known_customer, q.id AS owner
  FROM unnest($2::text[], $3::text[], $4::text[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::text[], $10::text[]) WITH ORDINALITY
    AS w(platform, installation, external_id, identity_id, person_id, name, locale, zone, customer, place)
  LEFT JOIN LATERAL (
    SELECT id, person_id FROM identities
    WHERE workspace_id = $1 AND platform = w.platform AND installation = w.installation AND external_id = w.external_id LIMIT 1
  ) d ON true
  LEFT JOIN LATERAL (
    SELECT customer FROM people WHERE workspace_id = $1 AND id = d.person_id AND w.customer IS NOT NULL LIMIT 1
  ) k ON true
  LEFT JOIN LATERAL (
    SELECT id FROM people WHERE workspace_id = $1 AND customer = w.customer LIMIT 1
  ) q ON true
), made AS (
  INSERT INTO identities (id, workspace_id, person_id, platform, installation, external_id, name, created_at)
  SELECT identity_id, $1, coalesce(owner, person_id), platform, installation, external_id, name, $11::timestamptz
  FROM looked WHERE known_id IS NULL ORDER BY platform, installation, external_id
  ON CONFLICT DO NOTHING
  RETURNING id
), born AS (
  INSERT INTO people (id, workspace_id, customer, locale, zone, created_at)
  SELECT DISTINCT ON (person_id) person_id, $1, customer, locale, zone, $11::timestamptz
  FROM looked WHERE known_id IS NULL AND owner IS NULL AND (identity_id IN (SELECT id FROM made)) IS TRUE
  ORDER BY person_id
  ON CONFLICT (workspace_id, customer) DO NOTHING
)
SELECT place, coalesce(known_id, identity_id) AS identity_id, coalesce(known_person, owner, person_id) AS person_id, known_id IS NULL AS made,
  CASE WHEN known_id IS NULL THEN customer ELSE known_customer END AS customer, owner,
  EXISTS (SELECT FROM opt_out_hashes WHERE workspace_id = $1) AS hashes
FROM looked WHERE known_id IS NOT NULL OR identity_id IN (SELECT id FROM made)`;

/** Ids with their workspace, as a table whose workspace the planner cannot see through (OFFSET 0): it is left with looking up each id. */
function given(ids: string): string {
  return `(SELECT id, $1::uuid AS workspace_id FROM unnest(${ids}::uuid[]) AS id OFFSET 0)`;
}

/** Locks these people in the order of their ids. Answers with who has which customer id. */
export async function lockPeople(sql: Sql, ids: readonly Id[]): Promise<Map<string, Id>> {
  const { rows } = await sql.query<{ id: Id; customer: string | null }>(
    `SELECT pe.id, pe.customer FROM ${given('$2')} w
     JOIN people pe ON pe.id = w.id AND pe.workspace_id = w.workspace_id
     ORDER BY pe.id FOR NO KEY UPDATE OF pe`,
    [sql.workspaceId, ids],
  );
  return new Map(rows.flatMap((row) => (row.customer === null ? [] : [[row.customer, row.id] as const])));
}

/**
 * The people behind these identities, locked in the order of their ids. The identities are locked too: one that moves to another person while
 * this waits is left out instead of answering with whom it has left.
 */
export async function lockKnown(sql: Sql, seen: readonly Seen[]): Promise<readonly Known[]> {
  const places = new Map(seen.map((one) => [one.identityId, one.place]));
  const { rows } = await sql.query<KnownRow>(LOCK_KNOWN, [sql.workspaceId, [...places.keys()]]);
  return rows.map((row) => ({
    place: places.get(row.identity_id) as number,
    identityId: row.identity_id,
    name: row.name,
    id: row.id,
    customer: row.customer,
    locale: row.locale,
    language: row.language,
    zone: row.zone,
    optedOutAt: row.opted_out_at,
  }));
}

interface KnownRow {
  readonly identity_id: Id;
  readonly name: string | null;
  readonly id: Id;
  readonly customer: string | null;
  readonly locale: string | null;
  readonly language: string | null;
  readonly zone: string | null;
  readonly opted_out_at: Instant | null;
}

const LOCK_KNOWN = `
SELECT d.id AS identity_id, d.name, pe.id, pe.customer, pe.locale, pe.language, pe.zone, pe.opted_out_at
FROM ${given('$2')} w
JOIN identities d ON d.id = w.id AND d.workspace_id = w.workspace_id
JOIN people pe ON pe.id = d.person_id AND pe.workspace_id = w.workspace_id
ORDER BY pe.id, d.id
FOR NO KEY UPDATE OF pe FOR SHARE OF d`;

/** New identities of somebody erased who had opted out: opted out they are again. Answers with who that is; they must be locked. */
export async function recallOptOuts(
  sql: Sql,
  hashKeys: HashKeys,
  made: readonly Wanted[],
  now: Instant,
): Promise<ReadonlySet<Id>> {
  const { rows } = await sql.query<{ id: Id }>(
    `UPDATE people pe SET opted_out_at = $4::timestamptz
     FROM identities d
     WHERE pe.workspace_id = $1 AND pe.id = d.person_id AND pe.opted_out_at IS NULL AND d.workspace_id = $1 AND d.id IN (
       SELECT w.identity_id FROM unnest($2::uuid[], $3::bytea[]) AS w(identity_id, hash)
       JOIN opt_out_hashes h ON h.workspace_id = $1 AND h.hash = w.hash)
     RETURNING pe.id`,
    [
      sql.workspaceId,
      hashKeys.flatMap(() => made.map((w) => w.identityId)),
      hashKeys.flatMap((key) => made.map((w) => optOutHash(key, w.identity))),
      at(now),
    ],
  );
  return new Set(rows.map((row) => row.id));
}
