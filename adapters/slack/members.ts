// Who somebody is and whether they are team, out of users.info and the members of a group or a channel; remembered for some minutes.
import { MINUTE, SECOND } from '../../src/domain/basics.ts';
import { createMemory } from '../shared/memory.ts';
import type { Called, Member, Members, SlackApi, SlackParts } from './parts.ts';
import { teamMembers } from './team.ts';
import { memberOf } from './user.ts';

/** A person waits for what these say: it is quick, or not known. */
const QUICK = { idempotent: true, patience: 0.3 * SECOND, timeout: 1.5 * SECOND } as const;

export type MemberParts = Pick<SlackParts, 'deskOf' | 'now'>;

export function createMembers({ deskOf, now }: MemberParts, api: SlackApi): Members {
  const people = createMemory<Member | 'nobody'>({ now, most: 20_000, keptFor: 5 * MINUTE, nullFor: SECOND });
  const teams = createMemory<ReadonlySet<string>>({
    now,
    most: 500,
    keptFor: 2 * MINUTE,
    // Also what a lead mistyped: it is looked for again, but not for everybody who presses.
    nullFor: 15 * SECOND,
  });

  const inNamed = async (installation: string, userId: string, which: 'team' | 'leads') => {
    const desk = await deskOf(installation).catch(() => null);
    const named = desk?.[which] ?? null;
    if (named === null) return null;
    const members = await teams.get(`${installation} ${named}`, () => teamMembers(api, installation, named));
    return members === null ? null : members.has(userId);
  };

  return {
    find: async (installation, userId) => {
      if (!isPerson(userId)) return 'nobody';
      return await people.get(`${installation} ${userId}`, async () => {
        const args = { user: userId, include_locale: true };
        return answerOf(installation, await api.call(installation, 'users.info', args, QUICK));
      });
    },

    inNamedTeam: (installation, userId) => inNamed(installation, userId, 'team'),
    inNamedLeads: (installation, userId) => inNamed(installation, userId, 'leads'),
  };
}

/** Whether Slack has ids like this for people: others come from elsewhere, and Slack need not be asked. */
export function isPerson(id: string): boolean {
  return /^[UW][A-Z0-9]{2,30}$/.test(id);
}

const NOBODY = new Set(['user_not_found', 'users_not_found', 'invalid_user']);

function answerOf(installation: string, called: Called): Member | 'nobody' | null {
  if (called.kind === 'ok') return memberOf(called.body['user'], installation);
  return called.kind === 'refused' && NOBODY.has(called.error) ? 'nobody' : null;
}
