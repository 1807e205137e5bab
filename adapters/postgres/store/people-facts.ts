// What a batch tells about people: the last word for each fact, kept where it is news. What was not told stays.
import type { Id, Locale, ZoneName } from '../../../src/domain/basics.ts';
import type { Person } from '../../../src/ports/store/people.ts';
import type { Known, Wanted } from './people-sql.ts';
import type { Sql } from './session.ts';
import { storable } from './storable.ts';

/** The people with what the platform told of them just now; several identities of one person may tell, and the later one in the batch counts. */
export function peopleTold(wanted: readonly Wanted[], known: readonly Known[]): ReadonlyMap<Id, Person> {
  const people = new Map<Id, Person>();
  for (const { place, id, optedOutAt, ...row } of [...known].sort((a, b) => a.place - b.place)) {
    const told = wanted[place] as Wanted;
    const before = people.get(id) ?? row;
    const locale = told.locale ?? before.locale;
    const zone = told.zone ?? before.zone;
    people.set(id, { id, locale, language: row.language, zone, optedOutAt });
  }
  return people;
}

/** Writes locale and zone of people and the names of identities, where they changed. */
export async function noteFacts(
  sql: Sql,
  wanted: readonly Wanted[],
  known: readonly Known[],
  people: ReadonlyMap<Id, Person>,
): Promise<void> {
  const moved = new Map<Id, { locale: Locale | null; zone: ZoneName | null }>();
  const renamed = new Map<Id, string>();
  for (const row of known) {
    const person = people.get(row.id);
    if (person && (person.locale !== row.locale || person.zone !== row.zone)) moved.set(row.id, person);
    const name = storable(wanted[row.place]?.name ?? null);
    if (name !== null && name !== row.name) renamed.set(row.identityId, name);
  }
  if (moved.size > 0) {
    const facts = [...moved.values()];
    await sql.query(MOVE, [
      sql.workspaceId,
      [...moved.keys()],
      facts.map((fact) => fact.locale),
      facts.map((fact) => fact.zone),
    ]);
  }
  if (renamed.size > 0)
    await sql.query(RENAME, [sql.workspaceId, [...renamed.keys()], [...renamed.values()]]);
}

// OFFSET 0 as in people-sql.ts: each id is one look into the index.
const MOVE = `
UPDATE people pe SET locale = w.locale, zone = w.zone
FROM (
  SELECT *, $1::uuid AS workspace_id FROM unnest($2::uuid[], $3::text[], $4::text[]) AS w(id, locale, zone) OFFSET 0
) w
WHERE pe.id = w.id AND pe.workspace_id = w.workspace_id`;

const RENAME = `
UPDATE identities d SET name = w.name
FROM (SELECT *, $1::uuid AS workspace_id FROM unnest($2::uuid[], $3::text[]) AS w(id, name) OFFSET 0) w
WHERE d.id = w.id AND d.workspace_id = w.workspace_id`;
