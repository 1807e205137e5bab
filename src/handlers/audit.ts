// Who changed what in a workspace, for the trail that can be asked later.
import type { Id } from '../domain/basics.ts';
import type { IdentityRef } from '../domain/trigger/interaction.ts';
import type { Context } from './context.ts';

export async function trail(
  ctx: Context,
  workspaceId: Id,
  by: IdentityRef | string,
  action: string,
  subject: string,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const actor = typeof by === 'string' ? by : `${by.platform}:${by.installation}:${by.externalId}`;
  const entry = { id: ctx.ids.next(), at: ctx.clock.now(), actor, action, subject, detail };
  await ctx.store.admin.audit(workspaceId, entry);
}
