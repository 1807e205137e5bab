// `afterword digest`: what a channel's weekly digest says, printed here and posted nowhere.
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { AfterwordError, type Instant, type ZoneName } from '../domain/basics.ts';
import { addDays, dayStart, localDay, localWeek } from '../domain/calendar.ts';
import { type Digest, isQuiet } from '../domain/digest/digest.ts';
import { dueNow, periodOf } from '../domain/digest/schedule.ts';
import { previousPeriod } from '../domain/statistics/previous-period.ts';
import { type DigestSpan, lastSevenDays, summarisedDigest } from '../handlers/count-digest.ts';
import { toldBefore } from '../handlers/restate-digest.ts';
import type { DigestSchedule } from '../ports/store/digests.ts';
import { chartOf } from '../views/chart.ts';
import { digestView } from '../views/digest.ts';
import { renderText } from '../views/plain-text.ts';
import type { Act } from './act.ts';
import { EXIT, UsageError } from './errors.ts';
import { type Io, tell, write, writeJson } from './io.ts';
import {
  type JsonOption,
  localeOption,
  readTime,
  type WorkspaceOption,
  withJsonOption,
  withWorkspaceOption,
  zoneOption,
} from './options.ts';
import { type InWorkspace, withWorkspace } from './session.ts';

interface DigestOptions extends WorkspaceOption, JsonOption {
  readonly channel?: string;
  readonly preview?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly timezone?: ZoneName;
  readonly locale?: string;
  readonly format: 'text' | 'json';
  readonly chart?: string;
}

const HELP = `
Posts nothing. Without --from and --to it tells of the last whole week: of --channel's own, up to when its digest was last
due, with the corrections that the next one would bring; without a channel from Monday to Monday. Digests count answers
by when they came.

Examples:
  $ afterword digest
  $ afterword digest --preview                                  the seven days up to now
  $ afterword digest --from 2018-08-06 --to 2018-08-13 --chart week.png
  $ afterword digest --channel team --format json
`;

export function digestCommand(program: Command, act: Act): void {
  const command = program
    .command('digest')
    .summary('print the digest of a week')
    .description('Prints the digest of the last week, or of any period.')
    .option('--channel <name>', "a channel's own: by its schedule and in its language")
    .option('--preview', 'the seven days up to now')
    .option('--from <time>', 'where the period begins; a date means its beginning')
    .option('--to <time>', 'where it ends; this moment is not in it any more (default: a week after --from)')
    .addOption(zoneOption("where days and weeks begin (default: the channel's or the workspace's zone)"))
    .addOption(localeOption("the language, such as en or zh (default: the channel's or the workspace's)"))
    .addOption(new Option('--format <format>', 'text or json').choices(['text', 'json']).default('text'))
    .option('--chart <file>', 'save the chart of the first survey in it as PNG')
    .addHelpText('after', HELP);
  withWorkspaceOption(withJsonOption(command)).action(act(printDigest));
}

async function printDigest(io: Io, options: DigestOptions): Promise<number> {
  if (options.preview && (options.from !== undefined || options.to !== undefined))
    throw new UsageError('--preview has a period of its own', 'leave out --from and --to');
  return await withWorkspace(io, options.workspace, async (at) => {
    const { ctx, charts } = at.runtime;
    const schedule = options.channel === undefined ? null : await scheduleOf(at, options.channel);
    const zone = options.timezone ?? schedule?.schedule.zone ?? at.card.workspace.zone;
    const span = spanOf(options, schedule, zone, ctx.clock.now());
    const told = schedule ? await toldBefore(ctx, at.workspaceId, schedule.id, span.to) : [];
    const locale = options.locale ?? schedule?.locale ?? at.card.workspace.locale;
    const digest = await summarisedDigest(ctx, at.card, span, told, locale);
    const t = ctx.texts(locale);
    if (options.json || options.format === 'json') await writeJson(io, digestJson(digest));
    else await write(io, `${renderText(digestView(t, digest), { width: 96 })}\n`);

    if (options.chart !== undefined) {
      const section = digest.sections.find(({ trend }) => trend.length > 0);
      if (section === undefined)
        throw new AfterwordError(
          'not_found',
          'there is nothing to draw: nobody answered',
          'choose another period',
        );
      const png = await charts.png(chartOf(t, section, digest), { theme: 'light', form: 'picture' });
      await writeFile(resolve(io.directory, options.chart), png);
      tell(io, `the chart is in ${options.chart}`);
    }
    if (isQuiet(digest) && options.from === undefined) tell(io, 'choose another week with --from and --to');
    return EXIT.good;
  });
}

async function scheduleOf({ runtime, workspaceId }: InWorkspace, channel: string): Promise<DigestSchedule> {
  const all = await runtime.ctx.store.transaction(workspaceId, (tx) => tx.digests.list());
  const found = all.find((schedule) => schedule.channel === channel);
  if (found) return found;
  const known = all.map((schedule) => schedule.channel).join(', ');
  throw new AfterwordError(
    'not_found',
    `no digest goes to ${JSON.stringify(channel)}`,
    `there are: ${known}`,
  );
}

function spanOf(
  options: DigestOptions,
  schedule: DigestSchedule | null,
  zone: ZoneName,
  now: Instant,
): DigestSpan {
  if (options.preview) return lastSevenDays(now, zone);
  const from = readTime('--from', options.from, zone);
  const to = readTime('--to', options.to, zone);
  if (from !== null || to !== null) {
    const start = from ?? daysFrom(to!, -7, zone);
    const end = to ?? daysFrom(start, 7, zone);
    if (end <= start)
      throw new UsageError('the period ends before it begins', 'give a --to that is after --from');
    return { from: start, to: end, previousFrom: previousPeriod({ from: start, to: end }, zone).from, zone };
  }
  if (schedule) {
    const dueAt = dueNow(schedule.schedule, null, now) ?? now;
    const period = periodOf(schedule.schedule, dueAt);
    return {
      from: period.start,
      to: period.end,
      previousFrom: periodOf(schedule.schedule, period.start).start,
      zone,
    };
  }
  const week = localWeek(localWeek(now, zone).start - 1, zone);
  return { from: week.start, to: week.end, previousFrom: localWeek(week.start - 1, zone).start, zone };
}

/** So many calendar days away, at the same distance from the day's beginning. */
function daysFrom(at: Instant, days: number, zone: ZoneName): Instant {
  const day = localDay(at, zone);
  return dayStart(addDays(day.date, days), zone) + (at - day.start);
}

/** Times as ISO 8601, as everywhere in JSON. */
function digestJson(digest: Digest): unknown {
  const iso = (at: Instant) => new Date(at).toISOString();
  return {
    ...digest,
    from: iso(digest.from),
    to: iso(digest.to),
    sections: digest.sections.map((section) => ({
      ...section,
      trend: section.trend.map((point) => ({ ...point, from: iso(point.from) })),
    })),
    open: digest.open.map((one) => ({ ...one, openedAt: iso(one.openedAt), dueAt: iso(one.dueAt) })),
    corrections: digest.corrections.map((one) => ({ ...one, from: iso(one.from), to: iso(one.to) })),
  };
}
