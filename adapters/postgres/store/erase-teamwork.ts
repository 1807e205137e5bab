// What an erased person did as one of the team: their cases stay taken or closed, and conversations stay helped, by nobody who is named.
import { DAY, type Instant } from '../../../src/domain/basics.ts';
import type { IdentityRef } from '../../../src/domain/trigger/interaction.ts';
import { GONE, scrubberOf, type Traces } from './scrub.ts';
import type { Sql } from './session.ts';
import { at } from './values.ts';

/** Longer than any question waits to be sent: what is not tallied yet is younger. */
const WAITING = 30 * DAY;

export async function eraseTeamwork(
  sql: Sql,
  identities: readonly IdentityRef[],
  traces: Traces,
  now: Instant,
): Promise<void> {
  const theirs = [
    identities.map(({ platform }) => platform),
    identities.map(({ installation }) => installation),
    identities.map(({ externalId }) => externalId),
  ] as const;
  await sql.query(
    `UPDATE follow_ups f SET owner = $5, owner_ref = NULL FROM unnest($2::text[], $3::text[], $4::text[]) AS w(platform, installation, external_id)
     WHERE f.workspace_id = $1 AND f.owner_ref->>'platform' = w.platform AND f.owner_ref->>'installation' = w.installation
       AND f.owner_ref->>'externalId' = w.external_id`,
    [sql.workspaceId, ...theirs, GONE],
  );
  // One that was closed knows a name and no more.
  await sql.query('UPDATE follow_ups SET owner = $3 WHERE workspace_id = $1 AND owner = ANY ($2::text[])', [
    sql.workspaceId,
    traces.names,
    GONE,
  ]);
  await eraseAccounts(sql, traces);
  if (await helped(sql, theirs, now)) await eraseAgent(sql, theirs);
}

type Columns = readonly [readonly string[], readonly string[], readonly string[]];

/** Asked of the tallies and of what is not in them yet: the facts are not in the order of who helped. */
async function helped(sql: Sql, theirs: Columns, now: Instant): Promise<boolean> {
  const { rows } = await sql.query<{ helped: boolean }>(
    `WITH keys AS (SELECT kind || id AS key FROM unnest($2::text[]) AS w(id), (VALUES ('asked:'), ('other:')) AS k(kind))
     SELECT EXISTS (SELECT FROM tallies t WHERE t.workspace_id = $1 AND t.what = 'agent' AND t.survey = 'any' AND t.grain = 'day'
         AND t.counts ?| (SELECT array_agg(key) FROM keys))
       OR EXISTS (SELECT FROM tally_changes c WHERE c.workspace_id = $1 AND c.what = 'agent' AND c.key IN (SELECT key FROM keys))
       OR EXISTS (SELECT FROM interactions i WHERE i.workspace_id = $1 AND i.closed_at >= $3::timestamptz AND i.agent = ANY ($2::text[])) AS helped`,
    [sql.workspaceId, theirs[2], at(now - WAITING)],
  );
  return rows[0]?.helped === true;
}

async function eraseAgent(sql: Sql, theirs: Columns): Promise<void> {
  const values = [sql.workspaceId, ...theirs];
  const names = 'unnest($2::text[], $3::text[], $4::text[]) AS w(platform, installation, external_id)';
  const isTheirs = 'platform = w.platform AND %.installation = w.installation AND %.agent = w.external_id';
  const of = (table: string) => `${table}.${isTheirs.replaceAll('%', table)}`;
  await sql.query(
    `UPDATE responses r SET agent = NULL FROM prompts p, ${names}
     WHERE r.workspace_id = $1 AND p.workspace_id = $1 AND r.prompt_id = p.id AND r.agent = w.external_id AND ${of('p')}`,
    values,
  );
  await sql.query(
    `UPDATE prompts p SET agent = NULL FROM ${names} WHERE p.workspace_id = $1 AND ${of('p')}`,
    values,
  );
  await sql.query(
    `UPDATE interactions i SET agent = NULL FROM ${names} WHERE i.workspace_id = $1 AND ${of('i')}`,
    values,
  );
}

/** An account that is named after them has no weight any more. */
async function eraseAccounts(sql: Sql, traces: Traces): Promise<void> {
  const { rows } = await sql.query<{ name: string }>('SELECT name FROM accounts WHERE workspace_id = $1', [
    sql.workspaceId,
  ]);
  const scrubber = scrubberOf({ ...traces, words: [] });
  const told = rows.map(({ name }) => name).filter((name) => scrubber.text(name) !== name);
  if (told.length > 0)
    await sql.query('DELETE FROM accounts WHERE workspace_id = $1 AND name = ANY ($2::text[])', [
      sql.workspaceId,
      told,
    ]);
}
