// Every command of `afterword`, and how each ends: 0 good, 1 failed, 2 wrong use.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError } from 'commander';
import { accountCommands } from './account.ts';
import type { Act } from './act.ts';
import { apikeyCommands } from './apikey.ts';
import { auditCommand } from './audit.ts';
import { backupCommands } from './backup.ts';
import { classifyCommand } from './classify.ts';
import { digestCommand } from './digest.ts';
import { discordCommands } from './discord.ts';
import { doctorCommand } from './doctor.ts';
import { EXIT, ReaderGone, UsageError } from './errors.ts';
import { exportCommand } from './export.ts';
import { forgetCommand } from './forget.ts';
import { importCommand } from './import.ts';
import { type Io, tell, watchPipes } from './io.ts';
import { personCommands } from './person.ts';
import { reclassifyCommand } from './reclassify.ts';
import { reportCommand } from './report.ts';
import { serviceCommands } from './service.ts';
import { surveyCommands } from './survey.ts';
import { talliesCommands } from './tallies.ts';
import { themeCommands } from './theme.ts';
import { workspaceCommands } from './workspace.ts';

const HELP = `
Examples:
  $ afterword start                             everything, with a page at http://127.0.0.1:3000
  $ afterword import answers.csv                bring in survey answers
  $ afterword report --survey nps --by week     the score, how sure it is, and whether the change is real
  $ afterword doctor                            what is wrong, and what to do about it

Every command tells more with --help. Settings are read from the environment and from .env (see .env.example).
Exit code: 0 good, 1 failed, 2 wrong use.
`;

/** Runs one command line (without the names of the programs before it) and answers with its exit code. */
export async function runCli(args: readonly string[], io: Io): Promise<number> {
  watchPipes(io);
  let code: number = EXIT.good;
  const act: Act =
    (run) =>
    async (...given) => {
      const options = given.at(-2) as Parameters<typeof run>[1];
      code = await run(io, options, ...(given.slice(0, -2) as string[]));
    };
  try {
    await programOf(io, act).parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return await explained(io, error);
  }
}

function programOf(io: Io, act: Act): Command {
  const program = new Command('afterword')
    .description(
      'Asks customers one short question where they were just helped, and tells the team what changed.',
    )
    .version(version(), '--version', 'print the version')
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .showHelpAfterError('(add --help to see how it is used)')
    .addHelpText('after', HELP);
  serviceCommands(program, act);
  importCommand(program, act);
  exportCommand(program, act);
  reportCommand(program, act);
  digestCommand(program, act);
  classifyCommand(program, act);
  reclassifyCommand(program, act);
  surveyCommands(program, act);
  themeCommands(program, act);
  apikeyCommands(program, act);
  personCommands(program, act);
  forgetCommand(program, act);
  auditCommand(program, act);
  accountCommands(program, act);
  workspaceCommands(program, act);
  backupCommands(program, act);
  talliesCommands(program, act);
  discordCommands(program, act);
  doctorCommand(program, act);
  return program;
}

/** Of the nearest package.json above this file, which may be compiled into dist/. */
function version(): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(directory, 'package.json')) && dirname(directory) !== directory)
    directory = dirname(directory);
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')).version;
}

/** Says what went wrong, and what to do, where somebody reads it. */
async function explained(io: Io, error: unknown): Promise<number> {
  if (error instanceof ReaderGone) return EXIT.good;
  // Commander has said it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.good : EXIT.wrongUse;
  tell(io, `afterword: ${await textOf(error)}`);
  return error instanceof UsageError ? EXIT.wrongUse : EXIT.failed;
}

async function textOf(error: unknown): Promise<string> {
  const { explain } = await import('../main.ts');
  return explain(error);
}
