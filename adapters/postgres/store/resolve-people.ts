// identities → people: found, made, joined by customer id, and locked, however many transactions ask for the same ones at once.
import { AfterwordError, type Id, type Instant } from '../../../src/domain/basics.ts';
import type { Log } from '../../../src/ports/log.ts';
import type { Person, PersonRequest } from '../../../src/ports/store/people.ts';
import { mergePeople } from './merge-people.ts';
import { noteFacts, peopleTold } from './people-facts.ts';
import {
  findOrMake,
  type Known,
  lockKnown,
  lockPeople,
  recallOptOuts,
  type Seen,
  type Wanted,
} from './people-sql.ts';
import type { HashKeys } from './rotate-secrets.ts';
import type { Sql } from './session.ts';

/** How often to look again when identities move to other people while we wait for them. */
const LOOKS = 5;

export interface Resolving {
  readonly sql: Sql;
  /** The newest first. */
  readonly hashKeys: HashKeys;
  readonly log: Log;
  readonly newId: () => Id;
  readonly now: Instant;
}

/** The people behind the requests, in their order. */
export async function resolvePeople(
  work: Resolving,
  requests: readonly PersonRequest[],
): Promise<readonly Person[]> {
  if (requests.length === 0) return [];
  const { wanted, places } = gather(requests, work.newId);
  let found = await findAndLock(work, wanted);
  if (await joinByCustomer(work, wanted, found)) found = await findAndLock(work, wanted);
  const { known } = found;
  const people = peopleTold(wanted, known);
  await noteFacts(work.sql, wanted, known, people);
  const byPlace = new Map(known.map((row) => [row.place, row.id]));
  return places.map((place) => {
    const person = people.get(byPlace.get(place) as Id) as Person;
    return { ...person, locale: person.language ?? person.locale };
  });
}

/** Each identity once, with the last that was told about it; `places` says which one each request means. */
function gather(
  requests: readonly PersonRequest[],
  newId: () => Id,
): { wanted: readonly Wanted[]; places: readonly number[] } {
  const wanted: Wanted[] = [];
  const byIdentity = new Map<string, number>();
  const byCustomer = new Map<string, Id>();
  const places = requests.map(({ identity, profile, customer }) => {
    const key = JSON.stringify([identity.platform, identity.installation, identity.externalId]);
    const place = byIdentity.get(key) ?? wanted.length;
    byIdentity.set(key, place);
    const before = wanted[place];
    const joined = before?.customer ?? customer;
    // Two new identities of one customer are one new person.
    const personId = (joined === null ? undefined : byCustomer.get(joined)) ?? before?.personId ?? newId();
    if (joined !== null) byCustomer.set(joined, personId);
    wanted[place] = {
      identity,
      identityId: before?.identityId ?? newId(),
      personId,
      name: profile.name ?? before?.name ?? null,
      locale: profile.locale ?? before?.locale ?? null,
      zone: profile.zone ?? before?.zone ?? null,
      customer: joined,
    };
    return place;
  });
  return { wanted, places };
}

interface Found {
  readonly known: readonly Known[];
  /** Who has which of the customer ids told, where somebody may have to be joined; those people are locked. */
  readonly owners: Map<string, Id>;
}

async function findAndLock({ sql, hashKeys, now }: Resolving, wanted: readonly Wanted[]): Promise<Found> {
  const told = (row: Known | Seen): string | null => (wanted[row.place] as Wanted).customer;
  const toJoin = (row: Known | Seen): boolean => told(row) !== null && told(row) !== row.customer;
  for (let look = 0; look < LOOKS; look++) {
    const { seen, hashes } = await findOrMake(sql, wanted, now);
    if (seen.length < wanted.length) continue;
    // Who may have to be joined is locked in the same go, so that all locks are taken in one order.
    const joining = seen.some(toJoin);
    const owners = joining
      ? await lockPeople(sql, [...new Set(seen.flatMap((row) => [row.personId, row.owner ?? row.personId]))])
      : new Map<string, Id>();
    const known = await lockKnown(sql, seen);
    if (known.length < wanted.length || (!joining && known.some(toJoin))) continue;
    if (!hashes) return { known, owners };
    const made = seen.filter((row) => row.made).map((row) => wanted[row.place] as Wanted);
    const recalled = made.length > 0 ? await recallOptOuts(sql, hashKeys, made, now) : new Set<Id>();
    return {
      known: known.map((row) => (recalled.has(row.id) ? { ...row, optedOutAt: row.optedOutAt ?? now } : row)),
      owners,
    };
  }
  throw new AfterwordError(
    'busy',
    'people are being linked and unlinked while they are looked up',
    'try again',
  );
}

/**
 * The API's customer id joins: an identity known before without one gets it, or goes with its whole person to who has that id already. One that
 * has another customer id stays where it is: the API called them two people before, and what was wrongly joined could not be told apart again.
 * True when people were joined, so that what was read before is out of date.
 */
async function joinByCustomer(
  { sql, log, now }: Resolving,
  wanted: readonly Wanted[],
  { known, owners }: Found,
): Promise<boolean> {
  const went = new Map<Id, Id>();
  let contradicted = 0;
  for (const row of known) {
    const { customer } = wanted[row.place] as Wanted;
    if (customer === null || customer === row.customer) continue;
    const id = went.get(row.id) ?? row.id;
    const owner = owners.get(customer);
    if (owner === id) continue;
    if (row.customer !== null) {
      contradicted++;
    } else if (owner === undefined) {
      const values = [sql.workspaceId, id, customer];
      await sql.query('UPDATE people SET customer = $3 WHERE workspace_id = $1 AND id = $2', values);
      owners.set(customer, id);
    } else {
      await mergePeople(sql, owner, id, now);
      went.set(id, owner);
    }
  }
  if (contradicted > 0) {
    const message = 'identities came with another customer id than before; they stay with the first';
    log.warn({ workspace: sql.workspaceId, identities: contradicted }, message);
  }
  return went.size > 0;
}
