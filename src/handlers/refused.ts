// Who may do what the team may, and what everybody else is told.
import type { Id } from '../domain/basics.ts';
import type { Actor } from '../ports/platform.ts';
import { failedView, notAllowedView } from '../views/replies.ts';
import type { Translate } from '../views/text.ts';
import type { View } from '../views/view.ts';
import type { Context } from './context.ts';

/** A team may be named that nobody is in, or that does not exist: whoever looks after the product there can still name another. */
export async function maySet(ctx: Context, workspaceId: Id, { identity, profile }: Actor): Promise<boolean> {
  if (profile.isTeam === true) return true;
  const { platform, installation, externalId } = identity;
  const { installations } = await ctx.directory.of(workspaceId);
  return installations.some(
    (one) =>
      one.active &&
      one.platform === platform &&
      one.externalId === installation &&
      one.installer === externalId,
  );
}

/** Where it could not be told in time who they are, they may try again; only who is known not to be of the team is told that. */
export function refusedView(t: Translate, { profile }: Actor): View {
  return profile.isTeam === undefined ? failedView(t) : notAllowedView(t);
}
