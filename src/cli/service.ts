// `afterword start`, `migrate` and `demo`: the service itself.
import { type Command, Option } from 'commander';
import { ROLES, type Role } from '../service.ts';
import type { Act } from './act.ts';
import { EXIT } from './errors.ts';
import { type Io, write, writeJson } from './io.ts';
import { type JsonOption, readWhole, withJsonOption } from './options.ts';
import { type Progress, startProgress } from './progress.ts';
import { configOf, withDatabase } from './session.ts';

const START = `
Examples:
  $ afterword start                    everything in one process
  $ afterword start --role web         takes in what comes; another process with --role worker does the work
`;

const MIGRATE = `
Starting does this by itself; as a step of its own it suits a deployment. However many run at once, each migration is applied once.

Example:
  $ DATABASE_URL=postgres://… afterword migrate
`;

const DEMO = `
Needs nothing and leaves nothing but the picture of the chart.

Examples:
  $ afterword demo
  $ afterword demo --seed 7            another month; the same seed tells the same story
`;

export function serviceCommands(program: Command, act: Act): void {
  program
    .command('start')
    .summary('run the service')
    .description('Runs the service until it is told to stop (Ctrl-C or SIGTERM).')
    .addOption(new Option('--role <role>', 'which part of it').choices(ROLES).default('all'))
    .addHelpText('after', START)
    .action(act(startService));

  const migrate = program
    .command('migrate')
    .summary('bring the database up to date')
    .description('Applies the migrations that the database has not seen.')
    .addHelpText('after', MIGRATE);
  withJsonOption(migrate).action(act(migrateDatabase));

  program
    .command('demo')
    .summary('a simulated month at a glance')
    .description('Plays a month of a support team in a throw-away store and prints the digests of its weeks.')
    .option('--seed <n>', 'which month', readWhole, 1)
    .addHelpText('after', DEMO)
    .action(act(demo));
}

async function startService(io: Io, { role }: { readonly role: Role }): Promise<number> {
  const { serve } = await import('../main.ts');
  await serve(configOf(io, 'info'), role);
  return EXIT.good;
}

async function migrateDatabase(io: Io, { json }: JsonOption): Promise<number> {
  return await withDatabase(io, 'guest', async (tools) => {
    const applied = await tools.migrate();
    const database = tools.describe();
    if (json) {
      await writeJson(io, { database, applied });
      return EXIT.good;
    }
    for (const name of applied) await write(io, `applied ${name}\n`);
    await write(io, `${database} is ${applied.length === 0 ? '' : 'now '}up to date\n`);
    return EXIT.good;
  });
}

async function demo(io: Io, { seed }: { readonly seed: number }): Promise<number> {
  const { runDemo } = await import('../demo/index.ts');
  let bar: Progress | null = null;
  try {
    await runDemo({
      seed,
      say(line) {
        bar?.stop();
        io.stdout.write(`${line}\n`);
      },
      progress(day, days) {
        bar ??= startProgress(io, { task: 'simulating', total: days });
        bar.at(day, `day ${Math.floor(day)} of ${days}`);
      },
    });
  } finally {
    (bar as Progress | null)?.stop();
  }
  return EXIT.good;
}
