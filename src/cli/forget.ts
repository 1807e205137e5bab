// `afterword forget`: erases one person, across platforms.
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { forgetPerson } from '../handlers/forget.ts';
import type { PersonSummary } from '../ports/store/archive.ts';
import type { Act } from './act.ts';
import { EXIT, UsageError } from './errors.ts';
import { describe, find, WHO } from './find-person.ts';
import { type Io, tell, write, writeJson } from './io.ts';
import { type JsonOption, type WorkspaceOption, withJsonOption, withWorkspaceOption } from './options.ts';
import { withWorkspace } from './session.ts';
import { counted } from './words.ts';

interface ForgetOptions extends WorkspaceOption, JsonOption {
  readonly yes?: boolean;
}

export function forgetCommand(program: Command, act: Act): void {
  const forget = program
    .command('forget')
    .summary('erase a person')
    .description(
      "Erases the names, ids and words of one person. Their scores stay, as nobody's; an opt-out stays as a keyed hash.",
    )
    .argument('<person>')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      `${WHO}\nExamples:\n  $ afterword forget U0ALICE0001\n  $ afterword forget cust-17 --yes\n`,
    );
  withWorkspaceOption(withJsonOption(forget)).action(act(forgetThem));
}

async function forgetThem(io: Io, options: ForgetOptions, name: string): Promise<number> {
  return await withWorkspace(io, options.workspace, async (at) => {
    const person = await find(at, name);
    if (!options.yes && !(await confirmed(io, person))) {
      tell(io, 'nothing was erased');
      return EXIT.failed;
    }
    const erased = await forgetPerson(at.runtime.ctx, at.workspaceId, person.id, 'command line');
    if (options.json) await writeJson(io, { erased: true, ...erased });
    else
      await write(
        io,
        `erased: ${counted(erased.identities, 'identity', 'identities')}, ${counted(erased.responses, 'answer')} made nobody's\n`,
      );
    return EXIT.good;
  });
}

async function confirmed(io: Io, person: PersonSummary): Promise<boolean> {
  if (io.stdin.isTTY !== true)
    throw new UsageError('nobody is there to confirm it', 'run it in a terminal, or give --yes');
  tell(io, describe(person));
  const lines = createInterface({ input: io.stdin, output: io.stderr });
  try {
    const answer = await lines.question('Erase this person? It cannot be undone. [y/N] ');
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
