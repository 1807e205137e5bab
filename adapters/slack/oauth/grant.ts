// What `oauth.v2.access` answers, in the product's words. Pure.
import { z } from 'zod';
import type { Instant } from '../../../src/domain/basics.ts';
import { keptOf, writeKept } from '../credentials.ts';

const party = z.object({ id: z.string().min(1), name: z.string().optional() });

const schema = z.object({
  app_id: z.string().optional(),
  token_type: z.literal('bot').optional(),
  is_enterprise_install: z.boolean().optional(),
  team: party.nullish(),
  enterprise: party.nullish(),
  authed_user: z.object({ id: z.string().min(1).optional() }).optional(),
});

export interface Grant {
  /** The workspace's id; of an organisation that installed it for all of its workspaces, the organisation's. */
  readonly installation: string;
  readonly name: string;
  readonly installer: string | null;
  readonly credentials: string;
  readonly appId: string | null;
}

/** Null for what grants no bot token. */
export function grantOf(body: Readonly<Record<string, unknown>>, now: Instant): Grant | null {
  const parsed = schema.safeParse(body);
  const kept = keptOf(body, now);
  if (!parsed.success || kept === null) return null;
  const { team, enterprise, is_enterprise_install: whole, authed_user: user, app_id: appId } = parsed.data;
  const owner = whole === true || !team ? enterprise : team;
  if (!owner) return null;
  return {
    installation: owner.id,
    name: owner.name || owner.id,
    installer: user?.id ?? null,
    credentials: writeKept(kept),
    appId: appId ?? null,
  };
}
