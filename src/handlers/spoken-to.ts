// In which language somebody is answered: the one they chose, else what the platform tells of them now, else what it told before.
import type { Id, Locale } from '../domain/basics.ts';
import type { Actor } from '../ports/platform.ts';
import type { Translate } from '../views/text.ts';
import type { Context } from './context.ts';

export async function spokenTo(
  ctx: Context,
  workspaceId: Id,
  { identity, profile }: Actor,
  locale: Locale | null = null,
): Promise<Translate> {
  const known = await ctx.store.transaction(workspaceId, (tx) => tx.people.find(identity));
  return ctx.texts(known?.language ?? locale ?? profile.locale ?? known?.locale ?? null);
}
