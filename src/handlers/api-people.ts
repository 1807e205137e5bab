// One person by the API: everything that is kept about them, and forgetting them. They may be named by their id, the caller's own customer id, or as
// `platform:installation:externalId`.
import { AfterwordError, type Id } from '../domain/basics.ts';
import type { Api, ApiProblem } from '../ports/api.ts';
import type { Context } from './context.ts';
import { forgetPerson } from './forget.ts';
import { exportPerson } from './person-export.ts';

const BY = 'api';
const NOBODY: ApiProblem = { problem: 'not_found', detail: 'nobody here is called that' };

export function peopleOfApi(ctx: Context): Pick<Api, 'exportPerson' | 'forgetPerson'> {
  return {
    async exportPerson(workspaceId, name) {
      const id = await personNamed(ctx, workspaceId, name);
      if (typeof id !== 'string') return id ?? NOBODY;
      return (await exportPerson(ctx, workspaceId, id, BY)) ?? NOBODY;
    },

    // Forgetting twice is forgetting: a caller who got no answer may ask again.
    async forgetPerson(workspaceId, name) {
      const id = await personNamed(ctx, workspaceId, name);
      if (id === null) return { erased: false, identities: 0, responses: 0 };
      if (typeof id !== 'string') return id;
      const erased = await forgetPerson(ctx, workspaceId, id, BY);
      return { erased: erased.identities > 0, ...erased };
    },
  };
}

async function personNamed(ctx: Context, workspaceId: Id, name: string): Promise<Id | ApiProblem | null> {
  try {
    return (await ctx.store.archive.findPerson(workspaceId, name))?.id ?? null;
  } catch (error) {
    if (!(error instanceof AfterwordError) || error.kind !== 'conflict') throw error;
    return { problem: 'conflict', detail: `${error.message}: ${error.remedy}` };
  }
}
