// `afterword doctor`: what is wrong, and what to do about it.
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { AfterwordError, DAY, type Id, MINUTE } from '../domain/basics.ts';
import { wake } from '../handlers/context.ts';
import { WEB } from '../handlers/install.ts';
import type { Runtime } from '../main.ts';
import type { Health } from '../ports/health.ts';
import type { DeadWork } from '../ports/store/work.ts';
import { oneLine } from '../views/parts.ts';
import type { Act } from './act.ts';
import {
  type InstallationReport,
  installationReports,
  installationsCheck,
  type NoticeReport,
  noticeReports,
  noticesCheck,
} from './doctor-chats.ts';
import type { Check } from './doctor-check.ts';
import { EXIT } from './errors.ts';
import { type Io, write, writeJson } from './io.ts';
import { type JsonOption, withJsonOption } from './options.ts';
import { configOf, withRuntime } from './session.ts';
import { counted, number } from './words.ts';

interface DoctorOptions extends JsonOption {
  readonly revive?: boolean;
}

/** Work may be a little late; later than this, nobody does it. */
const LATE = 5 * MINUTE;
const UNCERTAIN_WITHIN = 7 * DAY;
const MOST_DEAD = 100;
const MOST_CASES = 1_000;

const HELP = `
Looks at the configuration, the store, the queue, work that was given up or that nobody does, prompts of which nobody knows
whether they were sent, the chats where the product is installed, and what somebody there has to see to.

Exit code: 0 nothing is wrong (somebody may still have to look), 1 something is, 2 wrong use.

Examples:
  $ afterword doctor
  $ afterword doctor --json
  $ afterword doctor --revive        tries again what was given up
`;

export function doctorCommand(program: Command, act: Act): void {
  const command = program
    .command('doctor')
    .summary('what is wrong, and what to do about it')
    .description('Checks that everything works, and says the remedy where it does not.')
    .option('--revive', 'try again the work that was given up')
    .addHelpText('after', HELP);
  withJsonOption(command).action(act(examine));
}

async function examine(io: Io, options: DoctorOptions): Promise<number> {
  const checks: Check[] = [];
  let dead: readonly DeadWork[] = [];
  let revived = 0;
  let installations: readonly InstallationReport[] = [];
  let notices: readonly NoticeReport[] = [];
  try {
    const config = configOf(io);
    checks.push(...configurationChecks(config));
    await withRuntime(io, async (runtime) => {
      if (options.revive) revived = await revive(runtime);
      dead = await runtime.ctx.store.work.dead(MOST_DEAD);
      checks.push(...(await runtimeChecks(runtime, dead)));
      const { ctx } = runtime;
      installations = await installationReports(ctx);
      notices = await noticeReports(ctx, ctx.clock.now());
      checks.push(installationsCheck(installations, (platform) => ctx.platforms.has(platform)));
      checks.push(noticesCheck(notices));
    });
  } catch (error) {
    if (!(error instanceof AfterwordError)) throw error;
    const name = checks.length === 0 ? 'configuration' : 'store';
    checks.push({ name, status: 'wrong', detail: error.message, remedy: error.remedy });
  }
  const ok = checks.every(({ status }) => status !== 'wrong');
  if (options.json) {
    const told = dead.map((work) => ({ ...work, dueAt: new Date(work.dueAt).toISOString() }));
    await writeJson(io, { ok, checks, installations, notices, dead: told, revived });
  } else {
    await write(io, textOf(checks, dead, options.revive ? revived : null));
  }
  return ok ? EXIT.good : EXIT.failed;
}

function configurationChecks(config: Config): readonly Check[] {
  const checks: Check[] = [
    { name: 'configuration', status: 'ok', detail: 'every variable can be read', remedy: null },
  ];
  if (config.databaseUrl !== null && config.encryptionKeys === null)
    checks.push({
      name: 'encryption key',
      status: 'attention',
      detail: `DATABASE_URL is set, but ENCRYPTION_KEY is not: the key in ${config.dataDir} is this machine's own`,
      remedy:
        'set ENCRYPTION_KEY where several processes share the database; `openssl rand -base64 32` makes one',
    });
  for (const { platform, set, reason } of config.off) {
    const half = set.length > 0;
    checks.push({
      name: platform,
      status: half ? 'wrong' : 'ok',
      detail: `off: ${reason}`,
      remedy: half ? 'set what is missing, or unset the rest; .env.example tells about each' : null,
    });
  }
  return checks;
}

async function runtimeChecks(
  { ctx, queue, database }: Runtime,
  dead: readonly DeadWork[],
): Promise<readonly Check[]> {
  const { store } = ctx;
  const now = ctx.clock.now();
  const counts = await store.work.counts(now);
  const late = counts.oldestDueAt !== null && now - counts.oldestDueAt > LATE;
  const uncertain = await uncertainPrompts(ctx.store, now);
  const untold = await untoldCases(ctx.store, now);
  return [
    checkOf('store', await store.health(), database.describe()),
    checkOf('queue', await queue.health(), queue.name),
    ...(await platformChecks(ctx.platforms)),
    ...(ctx.larger === null ? [] : [largerModelCheck(await ctx.larger.health())]),
    late
      ? {
          name: 'work',
          status: 'wrong',
          detail: `${number(counts.overdue)} of ${counted(counts.pending, 'thing')} to do overdue, the oldest for ${counted(Math.round((now - counts.oldestDueAt!) / MINUTE), 'minute')}`,
          remedy: 'nobody does them: run afterword start (or --role worker), and look into its log',
        }
      : {
          name: 'work',
          status: 'ok',
          detail: `${counted(counts.pending, 'thing')} to do, none overdue`,
          remedy: null,
        },
    dead.length > 0
      ? {
          name: 'given up',
          status: 'wrong',
          detail: `${counted(counts.dead, 'thing')} given up after many attempts`,
          remedy: 'see their errors, mend the cause, then run afterword doctor --revive',
        }
      : { name: 'given up', status: 'ok', detail: 'nothing', remedy: null },
    uncertain > 0
      ? {
          name: 'uncertain prompts',
          status: 'attention',
          detail: `${counted(uncertain, 'prompt')} in the last 7 days of which nobody knows whether they were sent`,
          remedy: 'see them with afterword person show; their reminder asks again, with the scale in it',
        }
      : { name: 'uncertain prompts', status: 'ok', detail: 'none in the last 7 days', remedy: null },
    untold > 0
      ? {
          name: 'alerts',
          status: 'wrong',
          detail: `${counted(untold, 'open case')} of which the team was never told`,
          remedy:
            'there is no channel for alerts, or it refuses them: see the log; /nps open lists the cases',
        }
      : { name: 'alerts', status: 'ok', detail: 'the team was told of every open case', remedy: null },
  ];
}

/** Whether each platform takes our token. The page needs none. */
async function platformChecks(platforms: Runtime['ctx']['platforms']): Promise<readonly Check[]> {
  const outside = [...platforms.values()].filter(({ name }) => name !== WEB.platform);
  return await Promise.all(
    outside.map(async (platform) => checkOf(platform.name, await platform.health(), 'on')),
  );
}

function checkOf(name: string, health: Health, what: string): Check {
  return health.ok
    ? { name, status: 'ok', detail: `${what}: ${health.detail}`, remedy: null }
    : { name, status: 'wrong', detail: `${what}: ${health.detail}`, remedy: health.remedy };
}

/** Everything works without it. */
function largerModelCheck(health: Health): Check {
  return { ...checkOf('model', health, 'larger model'), ...(health.ok ? {} : { status: 'attention' }) };
}

async function uncertainPrompts({ admin, reports }: Runtime['ctx']['store'], now: number): Promise<number> {
  let sum = 0;
  for (const { id } of await admin.workspaces()) {
    const { skipped } = await reports.coverage(id, now - UNCERTAIN_WITHIN, now + DAY);
    sum += skipped['uncertain'] ?? 0;
  }
  return sum;
}

/** Cases that have been open for a while and have no alert. */
async function untoldCases(store: Runtime['ctx']['store'], now: number): Promise<number> {
  let sum = 0;
  for (const { id } of await store.admin.workspaces()) {
    const open = await store.transaction(id, (tx) => tx.followUps.open(MOST_CASES));
    sum += open.filter(({ alert, followUp }) => alert === null && now - followUp.openedAt > LATE).length;
  }
  return sum;
}

/** All of it, however much there is. */
async function revive({ ctx }: Runtime): Promise<number> {
  let revived = 0;
  for (;;) {
    const now = ctx.clock.now();
    const ids: readonly Id[] = (await ctx.store.work.dead(MOST_DEAD)).map(({ id }) => id);
    const n = ids.length === 0 ? 0 : await ctx.store.work.revive(ids, now);
    if (n === 0) return revived;
    revived += n;
    await wake(
      ctx,
      ids.map((workId) => ({ workId, dueAt: now })),
    );
  }
}

const MARKS: Readonly<Record<Check['status'], string>> = { ok: 'ok   ', attention: 'look ', wrong: 'WRONG' };

function textOf(checks: readonly Check[], dead: readonly DeadWork[], revived: number | null): string {
  const lines = checks.flatMap(({ name, status, detail, remedy }) => [
    `${MARKS[status]}  ${name}: ${detail.replaceAll('\n', '\n       ')}`,
    ...(remedy === null ? [] : [`       → ${remedy}`]),
  ]);
  const givenUp = dead.map(
    ({ id, kind, attempts, error }) => `       ${id}  ${kind}, ${attempts} attempts: ${oneLine(error, 200)}`,
  );
  const tried = revived === null ? [] : [`${counted(revived, 'thing')} will be tried again`];
  return [...lines, ...(givenUp.length === 0 ? [] : ['', 'Given up:', ...givenUp]), ...tried]
    .map((line) => `${line}\n`)
    .join('');
}
