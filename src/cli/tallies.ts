// `afterword tallies`: what is kept counted beside the answers, compared with them and made of them again.
import type { Command } from 'commander';
import type { Id } from '../domain/basics.ts';
import type { Runtime } from '../main.ts';
import type { TallyCheck, TallyDifference, TallyProgress } from '../ports/store/tallies.ts';
import type { Act } from './act.ts';
import { EXIT } from './errors.ts';
import { type Io, tell, write, writeJson } from './io.ts';
import { type JsonOption, type WorkspaceOption, withJsonOption, withWorkspaceOption } from './options.ts';
import { type Progress, startProgress } from './progress.ts';
import { withRuntime, workspaceNamed } from './session.ts';
import { type Column, table } from './table.ts';
import { counted, number } from './words.ts';

interface TalliesOptions extends WorkspaceOption, JsonOption {}

const HELP = `
Reports and digests over whole days read counts that every answer, edit, import and erasure keeps up to date. They follow from
the answers and can be made of them again at any time, while the service runs. Without --workspace: of all workspaces.
`;

export function talliesCommands(program: Command, act: Act): void {
  const tallies = program
    .command('tallies')
    .summary('the counts that keep reports fast')
    .description('Compares the counts that keep reports fast with the answers, or makes them anew.')
    .addHelpText('after', `${HELP}\nExamples:\n  $ afterword tallies check\n  $ afterword tallies rebuild\n`);

  const check = tallies
    .command('check')
    .description('Compares every count with the answers. Exit code 1 when any differs.')
    .addHelpText('after', `${HELP}\nExample:\n  $ afterword tallies check --json\n`);
  withWorkspaceOption(withJsonOption(check)).action(act(checkTallies));

  const rebuild = tallies
    .command('rebuild')
    .description('Makes every count anew from the answers.')
    .addHelpText('after', `${HELP}\nExample:\n  $ afterword tallies rebuild\n`);
  withWorkspaceOption(withJsonOption(rebuild)).action(act(rebuildTallies));
}

async function checkTallies(io: Io, options: TalliesOptions): Promise<number> {
  return await withRuntime(io, async (runtime) => {
    const all = await inEach(io, runtime, options, 'comparing', (id, progress) =>
      runtime.ctx.store.tallies.check(id, progress),
    );
    const different = all.reduce((sum, { answer }) => sum + answer.different, 0);
    if (options.json) await writeJson(io, { equal: different === 0, workspaces: all.map(checkJson) });
    else for (const { workspace, answer } of all) await write(io, checkText(workspace, answer));
    if (different > 0) tell(io, 'make them anew with: afterword tallies rebuild');
    return different === 0 ? EXIT.good : EXIT.failed;
  });
}

async function rebuildTallies(io: Io, options: TalliesOptions): Promise<number> {
  return await withRuntime(io, async (runtime) => {
    const all = await inEach(io, runtime, options, 'counting', (id, progress) =>
      runtime.ctx.store.tallies.rebuild(id, progress),
    );
    if (options.json)
      await writeJson(io, {
        workspaces: all.map(({ workspace, answer }) => ({ workspace, tallies: answer })),
      });
    else
      for (const { workspace, answer } of all)
        await write(io, `${workspace}: ${counted(answer, 'count')} made anew\n`);
    return EXIT.good;
  });
}

interface Done<T> {
  readonly workspace: string;
  readonly answer: T;
}

async function inEach<T>(
  io: Io,
  runtime: Runtime,
  { workspace: name }: WorkspaceOption,
  task: string,
  run: (workspaceId: Id, progress: TallyProgress) => Promise<T>,
): Promise<readonly Done<T>[]> {
  const only = name === undefined ? null : await workspaceNamed(runtime, name);
  const done: Done<T>[] = [];
  for (const { id, name: workspace } of await runtime.ctx.store.admin.workspaces()) {
    if (only !== null && id !== only) continue;
    let shown: Progress | undefined;
    try {
      const answer = await run(id, (part, of) => {
        shown ??= startProgress(io, { task, total: of });
        shown.at(part, `${workspace}, part ${number(part + 1)} of ${number(of)}`);
      });
      done.push({ workspace, answer });
    } finally {
      shown?.stop();
    }
  }
  return done;
}

function checkJson({ workspace, answer }: Done<TallyCheck>) {
  const examples = answer.examples.map((one) => ({ ...one, from: new Date(one.from).toISOString() }));
  return { workspace, ...answer, examples };
}

function checkText(workspace: string, { compared, different, examples }: TallyCheck): string {
  if (different === 0) return `${workspace}: ${counted(compared, 'count')} compared, all equal\n`;
  const columns: readonly Column<TallyDifference>[] = [
    { title: 'what', cell: ({ what, survey }) => `${what} ${survey}` },
    { title: 'key', cell: ({ key }) => key },
    { title: 'from', cell: ({ from }) => new Date(from).toISOString() },
    { title: 'for', cell: ({ grain }) => `1 ${grain}` },
    { title: 'kept', align: 'right', cell: ({ kept }) => number(kept) },
    { title: 'counted', align: 'right', cell: (one) => number(one.counted) },
  ];
  return `${workspace}: ${number(different)} of ${counted(compared, 'count')} differ\n${table(columns, examples)}`;
}
