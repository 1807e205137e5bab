// One person's identities: found by whatever name an operator has for them, joined, and parted again.
import { AfterwordError, type Id, type Instant } from '../../../src/domain/basics.ts';
import type { IdentityRef } from '../../../src/domain/trigger/interaction.ts';
import type { Archive, PersonSummary } from '../../../src/ports/store/archive.ts';
import type { StoreContext } from './context.ts';
import { Collision } from './errors.ts';
import { mergePeople } from './merge-people.ts';
import { poolQuery, type Sql } from './session.ts';
import { storable } from './storable.ts';
import { inTransaction } from './transaction.ts';
import { at } from './values.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function archivePeople(ctx: StoreContext): Pick<Archive, 'findPerson' | 'link' | 'unlink'> {
  return {
    async findPerson(workspaceId, text) {
      const ids = await peopleNamed(ctx, workspaceId, storable(text.trim()));
      if (ids.length > 1) throw await ambiguous(ctx, workspaceId, text, ids);
      return ids[0] === undefined ? null : await summaryOf(ctx, workspaceId, ids[0]);
    },

    async link(workspaceId, into, from, now) {
      if (into === from) return;
      await inTransaction(ctx, workspaceId, async (sql) => {
        // In the order of their ids, as everybody locks people.
        const { rows } = await sql.query<{ id: Id }>(
          'SELECT id FROM people WHERE workspace_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR UPDATE',
          [workspaceId, [into, from]],
        );
        for (const id of [into, from]) {
          if (rows.some((row) => row.id === id)) continue;
          throw new AfterwordError(
            'not_found',
            `there is no person ${id} to link`,
            'look the person up again',
          );
        }
        await mergePeople(sql, into, from, now);
      });
    },

    unlink: (workspaceId, identity, newPersonId, now) =>
      inTransaction(ctx, workspaceId, (sql) => unlink(sql, identity, newPersonId, now)),
  };
}

/** The first way to read the text that names anybody. */
async function peopleNamed(ctx: StoreContext, workspaceId: Id, text: string): Promise<readonly Id[]> {
  const [platform = '', installation = '', ...rest] = text.split(':');
  const ways: readonly (readonly [string, readonly unknown[]])[] = [
    ...(UUID.test(text)
      ? [['SELECT id FROM people WHERE workspace_id = $1 AND id = $2', [text]] as const]
      : []),
    ['SELECT id FROM people WHERE workspace_id = $1 AND customer = $2', [text]],
    [
      'SELECT person_id AS id FROM identities WHERE workspace_id = $1 AND platform = $2 AND installation = $3 AND external_id = $4',
      [platform, installation, rest.join(':')],
    ],
    [
      'SELECT DISTINCT person_id AS id FROM identities WHERE workspace_id = $1 AND external_id = $2 LIMIT 10',
      [text],
    ],
  ];
  for (const [sql, values] of ways) {
    const { rows } = await poolQuery<{ id: Id }>(ctx.pool, sql, [workspaceId, ...values]);
    if (rows.length > 0) return rows.map(({ id }) => id);
  }
  return [];
}

async function ambiguous(
  ctx: StoreContext,
  workspaceId: Id,
  text: string,
  ids: readonly Id[],
): Promise<AfterwordError> {
  const { rows } = await poolQuery<{ name: string }>(
    ctx.pool,
    `SELECT platform || ':' || installation || ':' || external_id AS name FROM identities
     WHERE workspace_id = $1 AND external_id = $2 AND person_id = ANY ($3::uuid[]) ORDER BY 1`,
    [workspaceId, storable(text.trim()), ids],
  );
  const remedy = `write one of ${rows.map(({ name }) => name).join(', ')}`;
  return new AfterwordError('conflict', `${JSON.stringify(text)} is ${ids.length} different people`, remedy);
}

async function summaryOf(ctx: StoreContext, workspaceId: Id, personId: Id): Promise<PersonSummary | null> {
  const { rows } = await poolQuery<{
    customer: string | null;
    opted_out: boolean;
    identities: PersonSummary['identities'];
    prompts: number;
    responses: number;
  }>(
    ctx.pool,
    `SELECT customer, opted_out_at IS NOT NULL AS opted_out,
       (SELECT coalesce(json_agg(json_build_object('platform', platform, 'installation', installation, 'externalId', external_id, 'name', name)
          ORDER BY created_at, id), '[]') FROM identities WHERE workspace_id = $1 AND person_id = $2) AS identities,
       (SELECT count(*) FROM prompts WHERE workspace_id = $1 AND person_id = $2) AS prompts,
       (SELECT count(*) FROM responses WHERE workspace_id = $1 AND person_id = $2) AS responses
     FROM people WHERE workspace_id = $1 AND id = $2`,
    [workspaceId, personId],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { opted_out, ...summary } = row;
  return { id: personId, ...summary, optedOut: opted_out };
}

/** False when there is no such identity, or it is all that its person has. */
async function unlink(sql: Sql, identity: IdentityRef, newPersonId: Id, now: Instant): Promise<boolean> {
  const key = [sql.workspaceId, identity.platform, identity.installation, storable(identity.externalId)];
  const find = `SELECT id, person_id FROM identities
    WHERE workspace_id = $1 AND platform = $2 AND installation = $3 AND external_id = $4`;
  const row = (await sql.query<{ id: Id; person_id: Id }>(find, key)).rows[0];
  if (row === undefined) return false;
  // The person first, as everybody locks; then the identity, which may have gone to somebody else meanwhile.
  await sql.query('SELECT FROM people WHERE workspace_id = $1 AND id = $2 FOR UPDATE', [
    sql.workspaceId,
    row.person_id,
  ]);
  const locked = (await sql.query<{ person_id: Id }>(`${find} FOR UPDATE`, key)).rows[0];
  if (locked?.person_id !== row.person_id) throw new Collision(null);
  const ids = [sql.workspaceId, row.person_id, row.id];
  const { rows } = await sql.query<{ alone: boolean }>(
    `SELECT bool_and(o.platform <> d.platform OR o.installation <> d.installation) AS alone
     FROM identities d JOIN identities o ON o.workspace_id = $1 AND o.person_id = $2 AND o.id <> d.id
     WHERE d.workspace_id = $1 AND d.person_id = $2 AND d.id = $3 GROUP BY d.id`,
    ids,
  );
  const own = rows[0];
  if (own === undefined) return false;
  await sql.query(
    `INSERT INTO people (id, workspace_id, locale, language, zone, opted_out_at, created_at)
     SELECT $3, $1, locale, language, zone, opted_out_at, $4::timestamptz FROM people WHERE workspace_id = $1 AND id = $2`,
    [sql.workspaceId, row.person_id, newPersonId, at(now)],
  );
  await sql.query(
    'UPDATE identities SET person_id = $4 WHERE workspace_id = $1 AND person_id = $2 AND id = $3',
    [...ids, newPersonId],
  );
  await sql.query(MOVE, [...ids, newPersonId, own.alone, identity.platform, identity.installation]);
  return true;
}

/**
 * What was said by the identity goes with it: interactions that name it and, where it was the person's only one on its installation, those there
 * that name none. A case goes when all its answers go.
 */
const MOVE = `
WITH moved AS (
  UPDATE interactions SET person_id = $4 WHERE workspace_id = $1 AND person_id = $2
    AND (identity_id = $3 OR ($5 AND identity_id IS NULL AND platform = $6 AND installation = $7))
  RETURNING id
), prompts_moved AS (
  UPDATE prompts p SET person_id = $4 FROM moved WHERE p.workspace_id = $1 AND p.interaction_id = moved.id RETURNING p.id
), responses_moved AS (
  UPDATE responses r SET person_id = $4 FROM prompts_moved p WHERE r.workspace_id = $1 AND r.prompt_id = p.id RETURNING r.id, r.follow_up_id
)
UPDATE follow_ups f SET person_id = $4 WHERE f.workspace_id = $1 AND f.person_id = $2
  AND EXISTS (SELECT FROM responses_moved m WHERE m.follow_up_id = f.id)
  AND NOT EXISTS (SELECT FROM responses o WHERE o.workspace_id = $1 AND o.follow_up_id = f.id
    AND o.id NOT IN (SELECT id FROM responses_moved))`;
