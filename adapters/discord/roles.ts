// A server's roles: which one a lead named, and what their members may do; remembered for some minutes.
import { type Instant, MINUTE, SECOND } from '../../src/domain/basics.ts';
import { createMemory } from '../shared/memory.ts';
import { isSnowflake } from './custom-id.ts';
import type { DiscordApi } from './parts.ts';

export interface Roles {
  /** The id of a role by its id, its mention or its name; null where there is none, or that cannot be told. */
  named(guild: string, named: string): Promise<string | null>;
  /** Whether somebody with these roles may manage threads or messages in the whole server; null: cannot be told now. */
  mayModerate(guild: string, user: string, roles: readonly string[]): Promise<boolean | null>;
}

interface Guild {
  readonly owner: string;
  readonly roles: ReadonlyMap<string, { readonly name: string; readonly permissions: bigint }>;
}

const QUICK = { idempotent: true, timeout: 1.5 * SECOND } as const;
const ADMINISTRATOR = 1n << 3n;
const MANAGE_MESSAGES = 1n << 13n;
const MANAGE_THREADS = 1n << 34n;
const MODERATES = ADMINISTRATOR | MANAGE_MESSAGES | MANAGE_THREADS;

export function createRoles(api: DiscordApi, now: () => Instant): Roles {
  const guilds = createMemory<Guild>({ now, most: 2_000, keptFor: 2 * MINUTE, nullFor: 5 * SECOND });
  const guildOf = (guild: string) =>
    guilds.get(guild, async () => {
      const called = await api.call('GET', `/guilds/${guild}`, QUICK);
      return called.kind === 'ok' ? read(called.body) : null;
    });

  return {
    async named(guild, named) {
      const id = /^(?:<@&)?(\d{15,20})>?$/u.exec(named.trim())?.[1];
      if (id !== undefined && isSnowflake(id)) return id;
      const wanted = folded(named.trim().replace(/^@/u, ''));
      const known = await guildOf(guild);
      const found = [...(known?.roles ?? [])].find(
        ([, { name }]) => folded(name.replace(/^@/u, '')) === wanted,
      );
      return found?.[0] ?? null;
    },

    async mayModerate(guild, user, roles) {
      const known = await guildOf(guild);
      if (known === null) return null;
      if (known.owner === user) return true;
      // The role of everybody has the server's own id.
      const held = [guild, ...roles].map((role) => known.roles.get(role)?.permissions ?? 0n);
      return (held.reduce((all, one) => all | one, 0n) & MODERATES) !== 0n;
    },
  };
}

function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

function read(body: unknown): Guild | null {
  const { owner_id: owner, roles } = (body ?? {}) as { owner_id?: unknown; roles?: unknown };
  if (typeof owner !== 'string' || !Array.isArray(roles)) return null;
  const entries = roles.flatMap((role: unknown) => {
    const { id, name, permissions } = (role ?? {}) as Record<string, unknown>;
    if (typeof id !== 'string' || !/^\d{1,20}$/u.test(String(permissions))) return [];
    return [[id, { name: String(name), permissions: BigInt(String(permissions)) }] as const];
  });
  return { owner, roles: new Map(entries) };
}
