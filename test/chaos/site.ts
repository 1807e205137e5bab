// One installation of the product under test: what its processes are given, how it was set up, and a look inside it.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { type Environment, loadConfig } from '../../src/config.ts';
import { DAY, type Duration, type Id } from '../../src/domain/basics.ts';
import { localDate, weekdayOf } from '../../src/domain/calendar.ts';
import { SURVEY_KINDS } from '../../src/domain/survey/kind.ts';
import { parsePolicy } from '../../src/domain/survey/policy-schema.ts';
import { DEFAULT_WORKSPACE, WEB } from '../../src/handlers/install.ts';
import { openRuntime, type Runtime } from '../../src/main.ts';

/** Nobody is asked later than that after they were helped, as long as everything is up. */
const DELAYS = { nps: '0s', ces: '1s', csat: '2s' } as const;
const GENTLY = { reminder: 'off', throttle: '0s', declineThrottle: '0s', quietHours: 'off' };

export interface Services {
  /** Null: the store is embedded. */
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
}

export interface Site {
  /** Where its processes run and keep their logs. */
  readonly directory: string;
  readonly apiKey: string;
  /** Of the digests that fall due. */
  readonly channels: readonly string[];
  environment(port: number): Record<string, string>;
  /** With the store open: through the process that owns it if one does. */
  look<T>(work: (runtime: Runtime, workspaceId: Id) => Promise<T>): Promise<T>;
  dispose(): Promise<void>;
}

/** Sets everything up; a digest falls due after each of `digests` (ms from now), each in a channel of its own. */
export async function prepareSite(services: Services, digests: readonly Duration[]): Promise<Site> {
  const directory = await mkdtemp(join(tmpdir(), 'afterword-chaos-'));
  const environment: Environment = {
    AFTERWORD_DATA_DIR: join(directory, 'data'),
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    ...(services.databaseUrl === null ? {} : { DATABASE_URL: services.databaseUrl }),
    ...(services.redisUrl === null ? {} : { REDIS_URL: services.redisUrl }),
  };
  const look: Site['look'] = async (work) => {
    const runtime = await openRuntime(loadConfig({ ...environment, LOG_LEVEL: 'silent' }), { role: 'guest' });
    try {
      const workspace = await runtime.ctx.store.admin.workspace(DEFAULT_WORKSPACE);
      return await work(runtime, workspace!.id);
    } finally {
      await runtime.close();
    }
  };
  const channels = digests.map((_, i) => `digest-${i}`);
  const apiKey = await look(async (runtime, workspaceId) => {
    await setPolicies(runtime, workspaceId);
    for (const [i, after] of digests.entries()) await addDigest(runtime, workspaceId, channels[i]!, after);
    return await makeKey(runtime, workspaceId);
  });
  return {
    directory,
    apiKey,
    channels,
    environment: (port) => ({
      ...only(process.env, ['PATH', 'HOME', 'TMPDIR', 'TZ']),
      ...only(environment, Object.keys(environment)),
      HOST: '127.0.0.1',
      PORT: String(port),
      LOG_LEVEL: 'info',
    }),
    look,
    dispose: () => rm(directory, { recursive: true, force: true }),
  };
}

async function setPolicies({ ctx }: Runtime, workspaceId: Id): Promise<void> {
  for (const kind of SURVEY_KINDS) {
    const policy = parsePolicy(kind, { ...GENTLY, delay: DELAYS[kind] });
    await ctx.store.admin.savePolicy(workspaceId, policy, ctx.clock.now());
  }
}

async function makeKey({ ctx, tokens }: Runtime, workspaceId: Id): Promise<string> {
  const key = tokens.newKey();
  const row = { id: v7(), workspaceId, name: 'helpdesk', hash: tokens.hashKey(key) };
  await ctx.store.admin.createApiKey(row, ctx.clock.now());
  return key;
}

/** A weekly digest whose week ends `after` from now, although its weekday is another: nobody waits a week here. */
async function addDigest({ ctx }: Runtime, workspaceId: Id, channel: string, after: Duration): Promise<void> {
  const now = ctx.clock.now();
  const nextDueAt = now + after;
  const weekday = weekdayOf(localDate(now + 3 * DAY, 'UTC'));
  const id = v7();
  await ctx.store.transaction(workspaceId, async (tx) => {
    const schedule = { weekday, time: 0, zone: 'UTC' };
    await tx.digests.saveSchedule({ id, ...WEB, channel, locale: 'en', schedule, enabled: true, nextDueAt });
    await tx.work.add([{ id: v7(), kind: 'digest', subjectId: id, dueAt: nextDueAt }], now);
  });
}

function only(from: Environment, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));
}
