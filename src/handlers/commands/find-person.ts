// Who is meant by what was typed: somebody on the installation where it was typed, else by any of their ids in the workspace.
import { AfterwordError } from '../../domain/basics.ts';
import type { PersonSummary } from '../../ports/store/archive.ts';
import type { Asked } from './asked.ts';

export async function findPerson(
  { ctx, workspaceId, event }: Pick<Asked, 'ctx' | 'workspaceId' | 'event'>,
  person: string,
): Promise<PersonSummary | 'several' | null> {
  const { platform, installation } = event.place;
  const { archive } = ctx.store;
  try {
    return (
      (await archive.findPerson(workspaceId, `${platform}:${installation}:${person}`)) ??
      (await archive.findPerson(workspaceId, person))
    );
  } catch (error) {
    if (error instanceof AfterwordError && error.kind === 'conflict') return 'several';
    throw error;
  }
}
