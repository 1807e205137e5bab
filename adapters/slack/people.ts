// Who somebody is who acted, as far as Slack says so in time.
import type { Duration } from '../../src/domain/basics.ts';
import type { Profile } from '../../src/domain/trigger/interaction.ts';
import type { Desk } from '../../src/ports/desk.ts';
import { within } from '../shared/within.ts';
import type { Members } from './parts.ts';

/** The installation that something came from; the desk is null when the store does not say which workspace owns it. */
export interface Where {
  readonly installation: string;
  readonly desk: Desk | null;
}

export interface People {
  /** Acts for the team: is in the one that the workspace names, or a full member where it names none. Null: cannot be told now. */
  isTeam(where: Where, user: string): Promise<boolean | null>;
  /** In the team that the workspace names; null where it names none, or it cannot be told in time. */
  isNamed(where: Where, user: string, limit: Duration): Promise<boolean | null>;
  /** Name, language and zone, without a word about the team. Empty where it cannot be told in time. */
  profile(where: Where, user: string, limit: Duration): Promise<Profile>;
  /** All of it; what cannot be told in time is left out. */
  actor(where: Where, user: string, limit: Duration): Promise<Profile>;
}

export function createPeople(members: Members): People {
  const isTeam: People['isTeam'] = async ({ installation, desk }, user) => {
    if (desk === null) return null;
    if (desk.team !== null) return await members.inNamedTeam(installation, user);
    const member = await members.find(installation, user);
    if (member === null) return null;
    return member !== 'nobody' && member.full && !member.deactivated;
  };
  const profile: People['profile'] = async ({ installation }, user, limit) => {
    const member = await within(limit, members.find(installation, user));
    if (member === null || member === 'nobody') return {};
    const { isTeam: _, ...known } = member.profile;
    return known;
  };
  return {
    isTeam,
    profile,

    async isNamed({ installation, desk }, user, limit) {
      if (desk === null || desk.team === null) return null;
      return await within(limit, members.inNamedTeam(installation, user));
    },

    async actor(where, user, limit) {
      const namesLeads = typeof where.desk?.leads === 'string';
      const [known, team, lead] = await Promise.all([
        profile(where, user, limit),
        within(limit, isTeam(where, user)),
        namesLeads ? within(limit, members.inNamedLeads(where.installation, user)) : null,
      ]);
      return { ...known, ...(team !== null && { isTeam: team }), ...(lead !== null && { isLead: lead }) };
    },
  };
}
