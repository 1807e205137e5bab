// Somebody confirmed that they want to be forgotten: all of them, on every platform that is linked to them.
import type { Id } from '../../domain/basics.ts';
import type { Actor } from '../../ports/platform.ts';
import { forgottenView } from '../../views/personal.ts';
import type { Translate } from '../../views/text.ts';
import type { View } from '../../views/view.ts';
import type { Context } from '../context.ts';
import { forgetPerson } from '../forget.ts';

export async function forgetMyself(ctx: Context, workspaceId: Id, by: Actor, t: Translate): Promise<View> {
  const person = await ctx.store.transaction(workspaceId, (tx) => tx.people.find(by.identity));
  if (person === null) return forgottenView(t, { known: false });
  await forgetPerson(ctx, workspaceId, person.id, by.identity.platform);
  return forgottenView(t, { known: true });
}
