// Erases one person, whoever asked for it: an operator, another program, or they themselves. The trail says that it was done, and nothing of whom.
import type { Id } from '../domain/basics.ts';
import type { Erased } from '../ports/store/archive.ts';
import { trail } from './audit.ts';
import type { Context } from './context.ts';

/** `by` must not tell who it was. What was erased before leaves no line again. */
export async function forgetPerson(ctx: Context, workspaceId: Id, personId: Id, by: string): Promise<Erased> {
  const erased = await ctx.store.archive.erase(workspaceId, personId, ctx.clock.now());
  if (erased.identities > 0) await trail(ctx, workspaceId, by, 'person.erase', 'a person', { ...erased });
  return erased;
}
