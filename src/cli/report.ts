// `afterword report`: the figures of any period, as JSON or as a table.
import { type Command, Option } from 'commander';
import { DAY, type ZoneName } from '../domain/basics.ts';
import type { ReportBasis } from '../domain/statistics/report.ts';
import { SURVEY_KINDS, type SurveyKind } from '../domain/survey/kind.ts';
import { type ReportRequest, report } from '../handlers/report.ts';
import type { ReportDimension } from '../ports/store/reports.ts';
import type { Act } from './act.ts';
import { EXIT, UsageError } from './errors.ts';
import { type Io, tell, write, writeJson } from './io.ts';
import {
  type JsonOption,
  readTime,
  surveyOption,
  type WorkspaceOption,
  withJsonOption,
  withWorkspaceOption,
  zoneOption,
} from './options.ts';
import { contractJson, reportText } from './report-text.ts';
import { type InWorkspace, withWorkspace } from './session.ts';

const DIMENSIONS: readonly ReportDimension[] = [
  'week',
  'agent',
  'channel',
  'account',
  'theme',
  'servqual',
  'locale',
];

interface ReportOptions extends WorkspaceOption, JsonOption {
  readonly survey: SurveyKind;
  readonly from?: string;
  readonly to?: string;
  readonly by?: ReportDimension;
  readonly basis: ReportBasis;
  readonly timezone?: ZoneName;
  readonly channel?: string;
  readonly agent?: string;
  readonly account?: string;
}

const HELP = `
The period is from --from up to, but without, --to. Each is a time (2026-11-20T10:00:00+01:00, 2026-11-20 10:00) or a date,
which means the beginning of that day: --from 2026-11-01 --to 2026-12-01 is all of November. Left out: from the first
prompt, up to and with the last answer. It is compared with the period of equal length just before.

score is NPS points (-100 to 100), the CES mean (1 to 7) or the CSAT share of 4 and 5 in percent; null when nobody
answered. Intervals are 95 %. Figures in JSON are not rounded.

--by servqual groups themes into the five dimensions of service quality: tangibles, reliability, responsiveness, assurance, empathy.

Examples:
  $ afterword report
  $ afterword report --survey csat --from 2026-10-01 --to 2026-11-01 --by agent
  $ afterword report --survey nps --by week --timezone Europe/Berlin --json
`;

export function reportCommand(program: Command, act: Act): void {
  const command = program
    .command('report')
    .summary('the score, how sure it is, and whether the change is real')
    .description('Prints the figures of a period.')
    .addOption(surveyOption('which survey').default('nps'))
    .option('--from <time>', 'where the period begins')
    .option('--to <time>', 'where it ends; this moment is not in it any more')
    .addOption(new Option('--by <dimension>', 'the figures of each as well').choices(DIMENSIONS))
    .addOption(
      new Option('--basis <basis>', 'count answers by when their prompt was sent, or by when they came')
        .choices(['sent', 'answered'])
        .default('sent'),
    )
    .addOption(zoneOption("where days and weeks begin (default: the workspace's zone)"))
    .option('--channel <name>', 'only this channel')
    .option('--agent <name>', 'only this agent')
    .option('--account <name>', 'only this account')
    .addHelpText('after', HELP);
  withWorkspaceOption(withJsonOption(command)).action(act(runReport));
}

async function runReport(io: Io, options: ReportOptions): Promise<number> {
  return await withWorkspace(io, options.workspace, async (at) => {
    const { runtime, workspaceId, card } = at;
    const zone = options.timezone ?? card.workspace.zone;
    const { channel, agent, account } = options;
    const request: ReportRequest = {
      survey: options.survey,
      ...(await periodOf(at, options, zone)),
      zone,
      basis: options.basis,
      by: options.by ?? null,
      ...(channel === undefined ? {} : { channel }),
      ...(agent === undefined ? {} : { agent }),
      ...(account === undefined ? {} : { account }),
    };
    const found = await report(runtime.ctx, workspaceId, request);
    if (options.json) await writeJson(io, contractJson(found, zone));
    else await write(io, reportText(runtime.ctx.texts(card.workspace.locale), found, zone));
    if (found.answered === 0 && !found.sent) await hint(io, at, options.survey);
    return EXIT.good;
  });
}

async function periodOf({ runtime, workspaceId }: InWorkspace, options: ReportOptions, zone: ZoneName) {
  const given = { from: readTime('--from', options.from, zone), to: readTime('--to', options.to, zone) };
  const span = await runtime.ctx.store.reports.span(workspaceId, options.survey);
  const to = given.to ?? Math.max((span?.to ?? runtime.ctx.clock.now()) + 1, (given.from ?? 0) + 1);
  const from = given.from ?? Math.min(span?.from ?? to - 7 * DAY, to - 1);
  if (from < to) return { from, to };
  throw new UsageError('the period ends before it begins', 'give a --to that is after --from');
}

/** Nothing of this survey: perhaps another one was meant. */
async function hint(io: Io, { runtime, workspaceId }: InWorkspace, survey: SurveyKind): Promise<void> {
  for (const other of SURVEY_KINDS) {
    const span = other === survey ? null : await runtime.ctx.store.reports.span(workspaceId, other);
    if (span)
      tell(
        io,
        `no ${survey} here; there is ${other}, from ${day(span.from)} to ${day(span.to)} (--survey ${other})`,
      );
  }
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
