// `afterword workspace`: the tenants of this store, what each has decided about bad answers and digests, and how long it keeps what customers said and
// are.
import type { Command } from 'commander';
import { DAY, type Duration, HOUR } from '../domain/basics.ts';
import { formatDuration, parseDuration } from '../domain/duration.ts';
import type { WorkspaceSettings } from '../domain/survey/settings.ts';
import type { Act } from './act.ts';
import { asUsage, EXIT, UsageError } from './errors.ts';
import { type Io, tell, write, writeJson } from './io.ts';
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
    .description(
      'Decides what happens after a bad answer, what digests tell, and how long what customers said and are is kept.',
    )
    .option('--deadline <duration>', 'how long the team has for an ordinary customer, such as 24h')
    .option(
      '--escalation <where>',
      'the channel that hears of what is overdue, as platform:installation:channel, or off',
    )
    .option('--confirm <on|off>', 'ask the customer, once, whether a closed case is solved')
    .option(
      '--keep-words <duration>',
      'how long what customers wrote is kept, such as 365d, or off: for ever',
    )
    .option(
      '--keep-names <duration>',
      'how long people are known of whom nothing is heard, such as 730d, or off: for ever',
    )
    .option('--summaries <on|off>', 'let a larger model tell in the digest what many comments have in common')
    .addHelpText(
      'after',
      '\nWords are dropped from answers, quotes, notes and subjects; scores, sentiment and themes stay, so that no figure changes. Whoever was not heard of for so long is erased as by afterword forget.\n\nExamples:\n  $ afterword workspace set --keep-words 365d --keep-names 730d\n  $ afterword workspace set --deadline 8h --confirm on --escalation slack:T0001:C0LEADS\n',
    );
  withWorkspaceOption(withJsonOption(set)).action(act(setWorkspace));
}

interface SetOptions extends WorkspaceOption, JsonOption {
  readonly deadline?: string;
  readonly escalation?: string;
  readonly confirm?: string;
  readonly keepWords?: string;
  readonly keepNames?: string;
  readonly summaries?: string;
}

async function setWorkspace(io: Io, options: SetOptions): Promise<number> {
  const wish = wishOf(options);
  const keeping = keepingOf(options);
  const telling = tellingOf(options);
  const set = { ...wish, ...keeping, ...telling };
  if (Object.keys(set).length === 0)
    throw new UsageError('there is nothing to set', 'see afterword workspace set --help');
  return await withWorkspace(io, options.workspace, async (at) => {
    const { ctx } = at.runtime;
    await ctx.store.admin.changeWorkspace(at.workspaceId, ({ settings, ...rest }) => ({
      ...rest,
      settings: {
        ...settings,
        followUps: { ...settings.followUps, ...wish },
        retention: { ...settings.retention, ...keeping },
        ...telling,
      },
    }));
    ctx.directory.forget(at.workspaceId);
    await audit(at, 'settings.set', Object.keys(set).join(', '), set);
    const { workspace, policies } = await ctx.directory.of(at.workspaceId);
    const { followUps, retention, summaries } = workspace.settings;
    const { escalation } = followUps;
    const told = {
      deadline: formatDuration(followUps.deadline),
      escalation: escalation && `${escalation.platform}:${escalation.installation}:${escalation.channel}`,
      confirm: followUps.confirm,
      keepWords: retention.verbatims && formatDuration(retention.verbatims),
      keepNames: retention.identities && formatDuration(retention.identities),
      summaries,
    };
    const rest = Math.max(...Object.values(policies).flatMap((one) => [one.throttle, one.declineThrottle]));
    if (keeping.identities && keeping.identities < rest)
      tell(
        io,
        `mind: that is shorter than the rest between two questions (${formatDuration(rest)}): whoever was forgotten may be asked sooner`,
      );
    if (telling.summaries && ctx.larger === null)
      tell(
        io,
        'mind: no larger model is set up, so that nobody writes them; see MODEL_API_URL in .env.example',
      );
    if (options.json) await writeJson(io, told);
    else
      await write(
        io,
        `deadline ${told.deadline}, escalation ${told.escalation ?? 'to whoever installed it'}, confirm ${told.confirm ? 'on' : 'off'}\nwords are kept ${told.keepWords ?? 'for ever'}, names ${told.keepNames ?? 'for ever'}\nsummaries ${summaries ? 'on' : 'off'}\n`,
      );
    return EXIT.good;
  });
}

function wishOf({ deadline, escalation, confirm }: SetOptions): Partial<WorkspaceSettings['followUps']> {
  const length = deadline === undefined ? undefined : asUsage(() => parseDuration(deadline));
  if (length !== undefined && length < HOUR)
    throw new UsageError(`--deadline ${deadline} is shorter than an hour`, 'write 1h or more');
  const asked = onOrOff('--confirm', confirm);
  const [, platform, installation, channel] = /^([a-z]+):([^:]+):(.+)$/u.exec(escalation ?? '') ?? [];
  if (escalation !== undefined && escalation !== 'off' && !channel)
    throw new UsageError(
      `--escalation ${JSON.stringify(escalation)} names no channel`,
      'write platform:installation:channel, such as slack:T0001:C0LEADS, or off',
    );
  return {
    ...(length === undefined ? {} : { deadline: length }),
    ...(asked === undefined ? {} : { confirm: asked }),
    ...(escalation === undefined
      ? {}
      : {
          escalation: platform && installation && channel ? { platform, installation, channel } : null,
        }),
  };
}

function tellingOf({ summaries }: SetOptions): Partial<Pick<WorkspaceSettings, 'summaries'>> {
  const wished = onOrOff('--summaries', summaries);
  return wished === undefined ? {} : { summaries: wished };
}

function onOrOff(option: string, text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (text !== 'on' && text !== 'off')
    throw new UsageError(`${option} ${JSON.stringify(text)} is neither on nor off`, 'write on or off');
  return text === 'on';
}

function keepingOf({ keepWords, keepNames }: SetOptions): Partial<WorkspaceSettings['retention']> {
  return {
    ...(keepWords === undefined ? {} : { verbatims: keptFor('--keep-words', keepWords) }),
    ...(keepNames === undefined ? {} : { identities: keptFor('--keep-names', keepNames) }),
  };
}

function keptFor(option: string, text: string): Duration | null {
  if (text === 'off') return null;
  const length = asUsage(() => parseDuration(text));
  if (length < DAY)
    throw new UsageError(`${option} ${text} is shorter than a day`, 'write 24h or more, or off');
  return length;
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
