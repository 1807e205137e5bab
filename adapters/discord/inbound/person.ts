// Somebody as a payload shows them: their name, and what says whether they are of the team.
import type { z } from 'zod';
import type { Profile } from '../../../src/domain/trigger/interaction.ts';
import type { member, user } from './fields.ts';

export interface Person {
  readonly id: string;
  readonly profile: Profile;
  /** Null where the payload does not say. */
  readonly roles: readonly string[] | null;
  /** What they may do where this happened; null where the payload does not say. */
  readonly permissions: bigint | null;
}

export function personOf(
  from: z.output<typeof user>,
  as: z.output<typeof member> | null | undefined,
  locale: string | null = null,
): Person {
  const name = [as?.nick, from.global_name, from.username].find(Boolean);
  const permissions = as?.permissions;
  return {
    id: from.id,
    profile: {
      ...(name && { name }),
      ...(locale && { locale }),
      isBot: from.bot === true || from.system === true,
    },
    roles: as?.roles ?? null,
    permissions: permissions && /^\d{1,30}$/u.test(permissions) ? BigInt(permissions) : null,
  };
}

const ADMINISTRATOR = 1n << 3n;
const MANAGE_SERVER = 1n << 5n;
const MANAGE_MESSAGES = 1n << 13n;
const MANAGE_THREADS = 1n << 34n;
const MODERATES = ADMINISTRATOR | MANAGE_SERVER | MANAGE_MESSAGES | MANAGE_THREADS;

/** Whether they act for the team, as far as the payload says: by the role that the workspace names, or by what they may do. Null: ask. */
export function isTeamBy({ roles, permissions, profile }: Person, role: string | null): boolean | null {
  if (profile.isBot === true) return false;
  if (role !== null) {
    // A role by its name has to be looked up.
    const id = /^(?:<@&)?(\d{15,20})>?$/u.exec(role.trim())?.[1];
    return id === undefined || roles === null ? null : roles.includes(id);
  }
  return permissions === null ? null : (permissions & MODERATES) !== 0n;
}
