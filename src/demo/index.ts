// `afterword demo`: the main job at a glance. A simulated month in a throw-away store, then the digests that the team would have read.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../config.ts';
import type { Instant } from '../domain/basics.ts';
import { defaultPolicy } from '../domain/survey/policy.ts';
import { createInbound } from '../handlers/inbound.ts';
import { DEFAULT_WORKSPACE, setSchedule, WEB } from '../handlers/install.ts';
import { openRuntime, type Runtime } from '../main.ts';
import { chartOf } from '../views/chart.ts';
import { digestView } from '../views/digest.ts';
import { renderText } from '../views/plain-text.ts';
import { createIds, createRandom } from './random.ts';
import { writePlot } from './scenario.ts';
import { createSimulation, type Tally } from './simulate.ts';

export interface DemoOptions {
  readonly seed: number;
  readonly say: (line: string) => void;
  readonly progress: (day: number, days: number) => void;
}

/** A Monday, just after the digest's hour; in Berlin the clocks go back in the third week. */
const FROM: Instant = Date.parse('2026-10-05T09:30:00+02:00');
const ZONE = 'Europe/Berlin';
const EPISODES = 400;
const WIDTH = 96;
const CHINESE_CHANNEL = '支持团队';

export async function runDemo({ seed, say, progress }: DemoOptions): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'afterword-demo-'));
  let now = FROM;
  const config = loadConfig({ AFTERWORD_DATA_DIR: dataDir, DEFAULT_TIMEZONE: ZONE, LOG_LEVEL: 'error' });
  say(
    'A month of a support team, in a throw-away store. Time is simulated; everything else is the product itself.',
  );
  say('');
  let runtime: Runtime | null = null;
  try {
    runtime = await openRuntime(config, {
      role: 'owner',
      throwaway: true,
      clock: { now: () => now },
      ids: createIds(seed),
      // Nobody waits in simulated time: the simulation looks into the work table itself.
      queue: { wake: async () => {} },
    });
    const { ctx } = runtime;
    const workspace = (await ctx.store.admin.workspace(DEFAULT_WORKSPACE))!;
    for (const kind of ['nps', 'ces', 'csat'] as const) {
      const quietHours = { from: 20 * 60, to: 8 * 60 };
      await ctx.store.admin.savePolicy(workspace.id, { ...defaultPolicy(kind), quietHours }, now);
    }
    await setSchedule(
      ctx,
      workspace.id,
      { ...WEB, channel: CHINESE_CHANNEL, locale: 'zh' },
      { weekday: 1, time: 9 * 60, zone: ZONE },
    );
    ctx.directory.forget(workspace.id);

    const random = createRandom(seed);
    const plot = writePlot(random, FROM, EPISODES);
    const never = () => ({ done: new Promise<void>(() => {}), cancel: () => {} });
    const simulation = createSimulation(
      ctx,
      {
        set: (at) => {
          now = at;
        },
      },
      (watched) => createInbound(watched, never),
      workspace.id,
      plot,
      random,
    );
    await simulation.run(progress);
    for (const line of summary(simulation.tally)) say(line);
    await showDigests(runtime, workspace.id, seed, say);
  } finally {
    await runtime?.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function summary(tally: Tally): readonly string[] {
  return [
    `${tally.interactions} interactions ended; ${tally.prompts} brought a prompt, the others were skipped with a reason.`,
    `${tally.answers} answers (${tally.changed} changed later), ${tally.declines} "not now", ${tally.optOuts} "don't ask me again", ${tally.reopened} reopened.`,
    `${tally.reminders} reminders, ${tally.alerts} alerts to the team, who closed ${tally.closed} cases; ${tally.digests} digests posted.`,
    '',
  ];
}

/** Every digest as it was posted: the team's in English, the last one also as the Chinese channel got it, and its chart. */
async function showDigests(
  runtime: Runtime,
  workspaceId: string,
  seed: number,
  say: (line: string) => void,
): Promise<void> {
  const { ctx, charts } = runtime;
  const issues = await ctx.store.transaction(workspaceId, async (tx) => {
    const schedules = await tx.digests.list();
    const found = [];
    for (const schedule of schedules) {
      let before = runtime.ctx.clock.now() + 1;
      for (
        let issue = await tx.digests.lastIssue(schedule.id, before);
        issue;
        issue = await tx.digests.lastIssue(schedule.id, before)
      ) {
        found.push({ schedule, issue });
        before = issue.dueAt;
      }
    }
    return found.sort(
      (a, b) => a.issue.dueAt - b.issue.dueAt || (a.schedule.channel < b.schedule.channel ? 1 : -1),
    );
  });
  const lastDue = issues.at(-1)?.issue.dueAt;
  const shown = issues.filter(
    ({ schedule, issue }) => schedule.channel === WEB.channel || issue.dueAt === lastDue,
  );
  for (const { schedule, issue } of shown) {
    say('─'.repeat(WIDTH));
    say(`#${schedule.channel}  ${new Date(issue.dueAt).toISOString()}`);
    say('');
    say(renderText(digestView(ctx.texts(schedule.locale), issue.content), { width: WIDTH }));
    say('');
  }
  const last = shown.find(
    ({ schedule, issue }) => schedule.channel === WEB.channel && issue.dueAt === lastDue,
  );
  const section = last?.issue.content.sections.find((one) => one.trend.length > 0);
  if (!last || !section) return;
  const spec = chartOf(ctx.texts('en'), section, last.issue.content);
  const file = join(tmpdir(), `afterword-demo-${seed}.png`);
  await writeFile(file, await charts.png(spec, { theme: 'light', form: 'picture' }));
  say(`The chart of the last digest: ${file}`);
}
