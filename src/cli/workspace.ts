// `afterword workspace`: the tenants of this store, and what each has decided about bad answers.
import type { Command } from 'commander';
import { HOUR } from '../domain/basics.ts';
import { formatDuration, parseDuration } from '../domain/duration.ts';
import type { WorkspaceSettings } from '../domain/survey/settings.ts';
import type { Act } from './act.ts';
import { asUsage, EXIT, UsageError } from './errors.ts';
import { type Io, write, writeJson } from './io.ts';
import { type JsonOption, type WorkspaceOption, withJsonOption, withWorkspaceOption } from './options.ts';
import { audit, withRuntime, withWorkspace } from './session.ts';
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

  const set = workspace
    .command('set')
    .description('Decides what happens after a bad answer.')
    .option('--deadline <duration>', 'how long the team has for an ordinary customer, such as 24h')
    .option(
      '--escalation <where>',
      'the channel that hears of what is overdue, as platform:installation:channel, or off',
    )
    .option('--confirm <on|off>', 'ask the customer, once, whether a closed case is solved')
    .addHelpText(
      'after',
      '\nExample:\n  $ afterword workspace set --deadline 8h --confirm on --escalation slack:T0001:C0LEADS\n',
    );
  withWorkspaceOption(withJsonOption(set)).action(act(setWorkspace));
}

interface SetOptions extends WorkspaceOption, JsonOption {
  readonly deadline?: string;
  readonly escalation?: string;
  readonly confirm?: string;
}

async function setWorkspace(io: Io, options: SetOptions): Promise<number> {
  const wish = wishOf(options);
  if (Object.keys(wish).length === 0)
    throw new UsageError('there is nothing to set', 'see afterword workspace set --help');
  return await withWorkspace(io, options.workspace, async (at) => {
    const { ctx } = at.runtime;
    await ctx.store.admin.changeWorkspace(at.workspaceId, ({ settings, ...rest }) => ({
      ...rest,
      settings: { ...settings, followUps: { ...settings.followUps, ...wish } },
    }));
    ctx.directory.forget(at.workspaceId);
    await audit(at, 'settings.set', Object.keys(wish).join(', '), wish);
    const { followUps } = (await ctx.directory.of(at.workspaceId)).workspace.settings;
    const { escalation } = followUps;
    const told = {
      deadline: formatDuration(followUps.deadline),
      escalation: escalation && `${escalation.platform}:${escalation.installation}:${escalation.channel}`,
      confirm: followUps.confirm,
    };
    if (options.json) await writeJson(io, told);
    else
      await write(
        io,
        `deadline ${told.deadline}, escalation ${told.escalation ?? 'to whoever installed it'}, confirm ${told.confirm ? 'on' : 'off'}\n`,
      );
    return EXIT.good;
  });
}

function wishOf({ deadline, escalation, confirm }: SetOptions): Partial<WorkspaceSettings['followUps']> {
  const length = deadline === undefined ? undefined : asUsage(() => parseDuration(deadline));
  if (length !== undefined && length < HOUR)
    throw new UsageError(`--deadline ${deadline} is shorter than an hour`, 'write 1h or more');
  if (confirm !== undefined && confirm !== 'on' && confirm !== 'off')
    throw new UsageError(`--confirm ${JSON.stringify(confirm)} is neither on nor off`, 'write on or off');
  const [, platform, installation, channel] = /^([a-z]+):([^:]+):(.+)$/u.exec(escalation ?? '') ?? [];
  if (escalation !== undefined && escalation !== 'off' && !channel)
    throw new UsageError(
      `--escalation ${JSON.stringify(escalation)} names no channel`,
      'write platform:installation:channel, such as slack:T0001:C0LEADS, or off',
    );
  return {
    ...(length === undefined ? {} : { deadline: length }),
    ...(confirm === undefined ? {} : { confirm: confirm === 'on' }),
    ...(escalation === undefined
      ? {}
      : {
          escalation: platform && installation && channel ? { platform, installation, channel } : null,
        }),
  };
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
