// `afterword workspace`: the tenants of this store.
import type { Command } from 'commander';
import type { Act } from './act.ts';
import { EXIT } from './errors.ts';
import { type Io, write, writeJson } from './io.ts';
import { type JsonOption, withJsonOption } from './options.ts';
import { withRuntime } from './session.ts';
import { table } from './table.ts';

export function workspaceCommands(program: Command, act: Act): void {
  const workspace = program
    .command('workspace')
    .summary('the workspaces there are')
    .description('Shows the workspaces of this store.')
    .addHelpText('after', '\nExample:\n  $ afterword workspace list\n');

  const list = workspace
    .command('list')
    .description('Shows every workspace and what is installed in it.')
    .addHelpText('after', '\nExample:\n  $ afterword workspace list --json\n');
  withJsonOption(list).action(act(listWorkspaces));
}

async function listWorkspaces(io: Io, { json }: JsonOption): Promise<number> {
  return await withRuntime(io, async ({ ctx }) => {
    const all = await Promise.all(
      (await ctx.store.admin.workspaces()).map(async ({ id, name, locale, zone, settings, createdAt }) => ({
        id,
        name,
        locale,
        zone,
        paused: settings.paused,
        createdAt: new Date(createdAt).toISOString(),
        installations: (await ctx.store.admin.installations(id)).map(
          ({ platform, externalId, name, active }) => ({ platform, externalId, name, active }),
        ),
      })),
    );
    if (json) await writeJson(io, all);
    else
      await write(
        io,
        table(
          [
            { title: 'name', cell: ({ name, paused }) => (paused ? `${name} (paused)` : name) },
            { title: 'locale', cell: ({ locale }) => locale },
            { title: 'zone', cell: ({ zone }) => zone },
            {
              title: 'installations',
              cell: ({ installations }) =>
                installations
                  .map(
                    ({ platform, externalId, active }) =>
                      `${platform}:${externalId}${active ? '' : ' (gone)'}`,
                  )
                  .join(', '),
            },
            { title: 'id', cell: ({ id }) => id },
          ],
          all,
        ),
      );
    return EXIT.good;
  });
}
