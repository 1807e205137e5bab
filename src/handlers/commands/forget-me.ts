// Somebody confirmed that they want to be forgotten: all of them, on every platform that is linked to them. The trail says that it was done, and nothing of whom.
import type { Id } from '../../domain/basics.ts';
import type { Actor } from '../../ports/platform.ts';
import { forgottenView } from '../../views/personal.ts';
import type { Translate } from '../../views/text.ts';
import type { View } from '../../views/view.ts';
import { trail } from '../audit.ts';
import type { Context } from '../context.ts';

export async function forgetMyself(ctx: Context, workspaceId: Id, by: Actor, t: Translate): Promise<View> {
  const { store, clock } = ctx;
  const person = await store.transaction(workspaceId, (tx) => tx.people.find(by.identity));
  if (person === null) return forgottenView(t, { known: false });
  const erased = await store.archive.erase(workspaceId, person.id, clock.now());
  await trail(ctx, workspaceId, by.identity.platform, 'person.erase', 'a person', erased);
  return forgottenView(t, { known: true });
}
