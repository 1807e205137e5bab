// Who somebody is and whether they are team, out of the server's members and roles; remembered for some minutes.
import { MINUTE, SECOND } from '../../src/domain/basics.ts';
import { line } from '../../src/domain/words.ts';
import { createMemory } from '../shared/memory.ts';
import { isSnowflake } from './custom-id.ts';
import type { Called, DiscordApi, DiscordParts, Member, Members } from './parts.ts';
import { createRoles, type Roles } from './roles.ts';

/** A person waits for what these say: it is quick, or not known. */
const QUICK = { idempotent: true, timeout: 1.5 * SECOND } as const;

export type MemberParts = Pick<DiscordParts, 'deskOf' | 'now'>;

interface Fact {
  readonly id: string;
  readonly name: string;
  readonly isBot: boolean;
  readonly roles: readonly string[];
}

export function createMembers({ deskOf, now }: MemberParts, api: DiscordApi): Members {
  const people = createMemory<Fact | 'nobody'>({ now, most: 20_000, keptFor: 2 * MINUTE, nullFor: SECOND });
  const roles = createRoles(api, now);

  return {
    async find(guild, user) {
      if (!isSnowflake(user)) return 'nobody';
      if (!isSnowflake(guild)) return null;
      const fact = await people.get(`${guild} ${user}`, async () =>
        answerOf(await api.call('GET', `/guilds/${guild}/members/${user}`, QUICK)),
      );
      if (fact === null || fact === 'nobody') return fact;
      const desk = await deskOf(guild).catch(() => null);
      const team = await isTeam(roles, guild, fact, desk?.team ?? null);
      const named = desk?.leads ?? null;
      const lead = named === null ? null : await isTeam(roles, guild, fact, named);
      return team === null ? null : memberOf(fact, team, lead);
    },
  };
}

async function isTeam(
  roles: Roles,
  guild: string,
  fact: Fact,
  named: string | null,
): Promise<boolean | null> {
  if (fact.isBot) return false;
  if (named === null) return await roles.mayModerate(guild, fact.id, fact.roles);
  const role = await roles.named(guild, named);
  return role === null ? null : fact.roles.includes(role);
}

function memberOf({ id, name, isBot }: Fact, team: boolean, lead: boolean | null): Member {
  return { id, profile: { ...(name !== '' && { name }), isBot, isTeam: team }, team, lead };
}

/** Unknown Member, Unknown User. */
const NOBODY = new Set([10007, 10013]);

function answerOf(called: Called): Fact | 'nobody' | null {
  if (called.kind === 'ok') return factOf(called.body);
  return called.kind === 'refused' && NOBODY.has(called.code) ? 'nobody' : null;
}

function factOf(body: unknown): Fact | null {
  const { user, nick, roles } = (body ?? {}) as {
    user?: Record<string, unknown>;
    nick?: unknown;
    roles?: unknown;
  };
  if (typeof user?.['id'] !== 'string' || !Array.isArray(roles)) return null;
  const names = [nick, user['global_name'], user['username']];
  const name = names.find((one) => typeof one === 'string' && one !== '');
  return {
    id: user['id'],
    name: line(String(name ?? ''), 80),
    isBot: user['bot'] === true,
    roles: roles.filter((role) => typeof role === 'string'),
  };
}
