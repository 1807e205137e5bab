// `afterword account`: whose customers weigh more, so that the team gets back to them sooner.
import type { Command } from 'commander';
import { formatDuration } from '../domain/duration.ts';
import { deadlineFor, HEAVIEST_ACCOUNT } from '../domain/follow-up/deadline.ts';
import type { Act } from './act.ts';
import { EXIT, UsageError } from './errors.ts';
import { type Io, write, writeJson } from './io.ts';
import { type JsonOption, type WorkspaceOption, withJsonOption, withWorkspaceOption } from './options.ts';
import { audit, withWorkspace } from './session.ts';
import { table } from './table.ts';

interface Options extends WorkspaceOption, JsonOption {}

interface SetOptions extends Options {
  readonly weight: string;
}

export function accountCommands(program: Command, act: Act): void {
  const account = program
    .command('account')
    .summary('customers that weigh more')
    .description(
      'Shows and sets what the accounts of customers weigh: twice the weight, half the time to get back.',
    )
    .addHelpText('after', '\nExample:\n  $ afterword account set acme --weight 4\n');

  const list = account
    .command('list')
    .description('Shows every account that was given a weight; all others are ordinary (1).')
    .addHelpText('after', '\nExample:\n  $ afterword account list --json\n');
  withWorkspaceOption(withJsonOption(list)).action(act(listAccounts));

  const set = account
    .command('set')
    .description('Gives an account a weight. It holds for cases that are opened from now on.')
    .argument('<name>', 'as interactions name it')
    .requiredOption('--weight <n>', `1 (ordinary) to ${HEAVIEST_ACCOUNT}`)
    .addHelpText('after', '\nExample:\n  $ afterword account set acme --weight 4\n');
  withWorkspaceOption(withJsonOption(set)).action(act(setAccount));
}

async function listAccounts(io: Io, options: Options): Promise<number> {
  return await withWorkspace(io, options.workspace, async ({ runtime: { ctx }, workspaceId, card }) => {
    const { deadline: usual } = card.workspace.settings.followUps;
    const accounts = (await ctx.store.admin.accounts(workspaceId)).map(({ name, weight }) => ({
      name,
      weight,
      deadline: formatDuration(deadlineFor(usual, weight)),
    }));
    if (options.json) await writeJson(io, accounts);
    else
      await write(
        io,
        table(
          [
            { title: 'account', cell: ({ name }) => name },
            { title: 'weight', cell: ({ weight }) => String(weight) },
            { title: 'time to get back', cell: ({ deadline }) => deadline },
          ],
          accounts,
        ),
      );
    return EXIT.good;
  });
}

async function setAccount(io: Io, options: SetOptions, name: string): Promise<number> {
  const weight = Number(options.weight);
  if (!/^\d+$/u.test(options.weight) || weight < 1 || weight > HEAVIEST_ACCOUNT)
    throw new UsageError(
      `--weight ${JSON.stringify(options.weight)} is no weight`,
      `write a whole number from 1 to ${HEAVIEST_ACCOUNT}`,
    );
  return await withWorkspace(io, options.workspace, async (at) => {
    await at.runtime.ctx.store.admin.saveAccount(at.workspaceId, { name, weight });
    await audit(at, 'account.set', name, { weight });
    if (options.json) await writeJson(io, { name, weight });
    else await write(io, `${name} weighs ${weight}.\n`);
    return EXIT.good;
  });
}
