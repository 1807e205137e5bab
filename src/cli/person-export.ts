// `afterword person export`: everything that is kept about one person, for them to have.
import type { Command } from 'commander';
import { AfterwordError } from '../domain/basics.ts';
import { exportPerson } from '../handlers/person-export.ts';
import type { Act } from './act.ts';
import { EXIT } from './errors.ts';
import { find, WHO } from './find-person.ts';
import { type Io, write } from './io.ts';
import { type JsonOption, type WorkspaceOption, withWorkspaceOption } from './options.ts';
import { withWorkspace } from './session.ts';

export function exportPersonCommand(person: Command, act: Act): void {
  const command = person
    .command('export')
    .description(
      'Writes everything that is kept about somebody as one JSON document: who they are, what they were asked, every version of what they answered.',
    )
    .argument('<person>')
    .option('--json', 'print JSON (it always does)')
    .addHelpText(
      'after',
      `${WHO}\nNotes of the team and who of it helped are left out.\n\nExample:\n  $ afterword person export U0ALICE0001 > alice.json\n`,
    );
  withWorkspaceOption(command).action(act(exportThem));
}

async function exportThem(io: Io, options: WorkspaceOption & JsonOption, name: string): Promise<number> {
  return await withWorkspace(io, options.workspace, async (at) => {
    const { id } = await find(at, name);
    const document = await exportPerson(at.runtime.ctx, at.workspaceId, id, 'command line');
    if (document === null)
      throw new AfterwordError('not_found', 'this person was just forgotten', 'there is nothing to export');
    for await (const text of document) await write(io, text);
    return EXIT.good;
  });
}
