// Who somebody is who acted: what the payload says of them, and what Discord says when asked, in time.
import { type Duration, SECOND } from '../../src/domain/basics.ts';
import type { Profile } from '../../src/domain/trigger/interaction.ts';
import type { Desk, DeskOf } from '../../src/ports/desk.ts';
import { within } from '../shared/within.ts';
import { isTeamBy, type Person } from './inbound/person.ts';
import type { Members } from './parts.ts';

/** The server that something came from; the desk is null where no workspace owns it. */
export interface Where {
  readonly installation: string;
  readonly desk: Desk | null;
}

export interface People {
  /** Throws when the store does not say in time. */
  locate(installation: string): Promise<Where>;
  /** Acts for the team; null: cannot be told in time. */
  isTeam(where: Where, person: Person, limit: Duration): Promise<boolean | null>;
  /** All that is known of them; what cannot be told in time is left out. */
  actor(where: Where, person: Person, limit: Duration): Promise<Profile>;
}

/** The store answers out of its memory, or not at all. */
const LOCATING: Duration = 1 * SECOND;

export function createPeople(deskOf: DeskOf, members: Members): People {
  const find = async (installation: string, user: string, limit: Duration) => {
    const member = await within(limit, members.find(installation, user)).catch(() => null);
    return member === 'nobody' ? null : member;
  };
  const isTeam: People['isTeam'] = async ({ installation, desk }, person, limit) => {
    if (desk === null) return null;
    const known = isTeamBy(person, desk.team);
    if (known !== null) return known;
    return (await find(installation, person.id, limit))?.team ?? null;
  };
  const isLead = async ({ installation, desk }: Where, person: Person, limit: Duration) => {
    const named = desk?.leads ?? null;
    if (named === null) return null;
    return isTeamBy(person, named) ?? (await find(installation, person.id, limit))?.lead ?? null;
  };
  return {
    isTeam,

    async locate(installation) {
      const found = await within(
        LOCATING,
        deskOf(installation).then((desk) => ({ desk })),
      );
      if (found === null) throw new Error('the store does not say in time whose server it is');
      return { installation, desk: found.desk };
    },

    async actor(where, person, limit) {
      const [team, lead] = await Promise.all([isTeam(where, person, limit), isLead(where, person, limit)]);
      return {
        ...person.profile,
        ...(team !== null && { isTeam: team }),
        ...(lead !== null && { isLead: lead }),
      };
    },
  };
}
