// The composition root: the one place that knows every adapter. `openRuntime` joins them to a store that is ready; `start` serves.
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { v7 } from 'uuid';
import { createQueue } from '../adapters/bullmq/index.ts';
import { createChartRenderer } from '../adapters/chart/index.ts';
import { createDiscord, type Discord } from '../adapters/discord/index.ts';
import { apiRoutes, healthRoutes, metricsRoutes, startHttp } from '../adapters/http/index.ts';
import { createLargerModel } from '../adapters/model/index.ts';
import {
  type BackupSummary,
  backup,
  type Database,
  migrate,
  openDatabase,
  openStore,
  type Progress,
  prepareSecrets,
  type RestoreOptions,
  restore,
  type StoreSecrets,
} from '../adapters/postgres/index.ts';
import { createCodes } from '../adapters/secrets/codes.ts';
import { createTokens, createVault, deriveKey, keyBeside } from '../adapters/secrets/index.ts';
import { createSlack, type Slack } from '../adapters/slack/index.ts';
import { createWeb, isLoopback, type Web } from '../adapters/web/index.ts';
import { announce } from './announce.ts';
import { createContext } from './compose.ts';
import { type Config, loadConfig, readEnvironment } from './config.ts';
import { AfterwordError, SECOND } from './domain/basics.ts';
import { createApi } from './handlers/api.ts';
import type { Context } from './handlers/context.ts';
import { installDefaults } from './handlers/install.ts';
import { createLog } from './log.ts';
import type { Api } from './ports/api.ts';
import type { ChartRenderer } from './ports/chart.ts';
import type { Clock } from './ports/clock.ts';
import type { Ids } from './ports/ids.ts';
import type { Log } from './ports/log.ts';
import type { Queue } from './ports/queue.ts';
import type { Tokens } from './ports/tokens.ts';
import { createPrecedence } from './precedence.ts';
import { CONCURRENCY, type Role, startPlatforms, startWorker, within } from './service.ts';
import { untilSignal } from './until-signal.ts';

export { registerCommands } from '../adapters/discord/index.ts';

export interface Runtime {
  readonly config: Config;
  readonly ctx: Context;
  readonly api: Api;
  readonly tokens: Tokens;
  readonly queue: Queue;
  readonly charts: ChartRenderer;
  readonly web: Web;
  /** Null where it is not configured. */
  readonly slack: Slack | null;
  readonly discord: Discord | null;
  readonly database: Database;
  /** For programs that only looked: closes the connections. */
  close(): Promise<void>;
}

export interface RuntimeOptions {
  /** Of an embedded store: `owner` refuses one that is in use, `guest` goes through the process that owns it. */
  readonly role: 'owner' | 'guest';
  readonly clock?: Clock;
  readonly ids?: Ids;
  /** Instead of the queue, for whoever does the work without it. */
  readonly queue?: Pick<Queue, 'wake'>;
  /** Of an embedded store that nobody will miss: quicker. */
  readonly throwaway?: boolean;
  readonly log?: Log;
}

/** Opens the store (migrated, with its defaults) and the queue, and joins every part. */
export async function openRuntime(config: Config, options: RuntimeOptions): Promise<Runtime> {
  const log = options.log ?? createLog(config.logLevel);
  const clock = options.clock ?? { now: () => Date.now() };
  const database = await openDatabase({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    role: options.role,
    throwaway: options.throwaway ?? false,
    log,
  });
  try {
    await migrate(database.pool, log);
    const masters = masterKeys(config);
    const secrets = await prepareSecrets(database, secretsOf(masters), {
      service: options.role === 'owner',
      log,
    });
    const store = openStore(database, secrets, log);
    const queue = createQueue(
      config.redisUrl === null
        ? {
            kind: 'postgres', // What the queue forgets with the power, the sweeper puts back.
            pool: database.openPool({ max: 6, durable: false }),
            notify: true,
          }
        : { kind: 'redis', url: config.redisUrl },
      { log },
    );
    const charts = createChartRenderer();
    const tokens = createTokens(masters);
    let web: Web | null = null;
    let slack: Slack | null = null;
    let discord: Discord | null = null;
    const ctx = createContext({
      store,
      queue: options.queue ?? queue,
      clock,
      ids: options.ids ?? { next: v7 },
      log,
      defaultLocale: config.defaultLocale,
      larger: config.model && createLargerModel(config.model),
      codes: createCodes(),
      platforms: (deskOf) => {
        web = createWeb({
          mailbox: store.mailbox,
          workspaceOf: async (installation) => (await deskOf('web')(installation))?.workspaceId ?? null,
          now: clock.now,
          charts,
          log,
        });
        slack =
          config.slack &&
          createSlack({
            options: { ...config.slack, publicUrl: config.publicUrl },
            deskOf: deskOf('slack'),
            conversations: store.conversations('slack'),
            credentials: store.credentials('slack'),
            budget: store.budget,
            charts,
            now: clock.now,
            log,
          });
        discord =
          config.discord &&
          createDiscord({
            options: config.discord,
            deskOf: deskOf('discord'),
            conversations: store.conversations('discord'),
            leases: store.work,
            holder: v7(),
            charts,
            now: clock.now,
            log,
          });
        return [web, slack, discord].flatMap((made) => (made ? [made.platform] : []));
      },
    });
    await installDefaults(ctx, { locale: config.defaultLocale, zone: config.defaultZone });
    return {
      config,
      ctx,
      api: createApi(ctx, queue, tokens, within),
      tokens,
      queue,
      charts,
      web: web!,
      slack,
      discord,
      database,
      async close() {
        await queue.close(10 * SECOND); // The first wake ever has to make the queue's tables.
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** What is done to a database as a whole, whatever is in it. */
export interface DatabaseTools {
  describe(): string;
  /** Brings it up to date and returns the names of the migrations that this took. */
  migrate(): Promise<readonly string[]>;
  backup(file: string, progress: Progress): Promise<BackupSummary>;
  restore(file: string, options: RestoreOptions): Promise<BackupSummary>;
  close(): Promise<void>;
}

/** Opens the database as it is: nothing is migrated, and nothing put into it. */
export async function openDatabaseTools(
  config: Config,
  role: RuntimeOptions['role'],
): Promise<DatabaseTools> {
  const log = createLog(config.logLevel);
  const { databaseUrl, dataDir } = config;
  const database = await openDatabase({ databaseUrl, dataDir, role, log });
  return {
    describe: database.describe,
    migrate: () => migrate(database.pool, log),
    backup: (file, progress) => backup(database.pool, file, progress),
    restore: (file, options) => restore(database.pool, file, options),
    close: database.close,
  };
}

/** The keys that everything secret is derived from, the newest first. */
function masterKeys(config: Config): readonly [Uint8Array, ...Uint8Array[]] {
  return config.encryptionKeys ?? [keyBeside(config.dataDir)];
}

function secretsOf(masters: ReturnType<typeof masterKeys>): StoreSecrets {
  const [newest, ...older] = masters;
  const hashKey = (master: Uint8Array) => deriveKey(master, 'opt-outs');
  return { vault: createVault(masters), hashKeys: [hashKey(newest), ...older.map(hashKey)] };
}

export interface Service {
  readonly url: string;
  /** Ends everything within ten seconds; may be called more than once. */
  stop(): Promise<void>;
}

/** Serves until `stop`. `say` gets a few lines for people: what is on, what is off and why. */
export async function start(config: Config, role: Role, say: (line: string) => void): Promise<Service> {
  const runtime = await openRuntime(config, { role: 'owner' });
  const { ctx, api, queue, web, slack, discord, database } = runtime;
  let stopping = false;
  try {
    const serves = role === 'all' || role === 'web';
    const works = role === 'all' || role === 'worker';
    const page = serves && isLoopback(config.host);
    const listens = serves || role === 'gateway';
    // What comes over HTTP comes to whoever serves; a socket is held by a gateway.
    const hears = (name: string) => {
      // Discord's interactions may come either way.
      if (name === 'discord' && config.discord?.publicKey) return true;
      const bySocket = name === 'discord' || (name === 'slack' && config.slack?.transport.kind === 'socket');
      return bySocket ? role === 'all' || role === 'gateway' : serves;
    };
    const precedence = createPrecedence(CONCURRENCY);
    if (listens) await startPlatforms(ctx, hears, precedence);
    const mounts = [
      apiRoutes(api, config.publicUrl, ctx.log),
      ...healthRoutes(api, () => stopping),
      ...metricsRoutes({ token: config.metricsToken, work: ctx.store.work, now: ctx.clock.now }),
      ...(page ? web.mounts : []),
      ...(slack?.mounts ?? []),
      ...(discord?.mounts ?? []),
    ];
    const http =
      role === 'gateway' || role === 'worker'
        ? null
        : await startHttp({ host: config.host, port: config.port, mounts, log: ctx.log });
    const worker = works ? await startWorker(ctx, queue, database.kind === 'embedded', precedence) : null;
    const url = http
      ? `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${http.port}`
      : '';
    announce(
      config,
      { page, url, store: database.describe(), queue: queue.name, worker: worker !== null },
      say,
    );

    let ending: Promise<void> | null = null;
    const end = async () => {
      stopping = true;
      // Together with what each of them adds for a server that does not answer, these graces stay below ten seconds.
      // Together: an open page holds a stream, which ends with its platform and not before.
      const ends = [...ctx.platforms.values()].map((platform) => platform.stop());
      await Promise.all([http?.close(1.5 * SECOND), ...ends]);
      await (worker ? worker.stop(3 * SECOND) : queue.close(0));
      await database.close();
    };
    return { url, stop: () => (ending ??= end()) };
  } catch (error) {
    await runtime.close();
    throw error;
  }
}

/** Runs the service as this process, until a signal ends it. */
export async function serve(config: Config, role: Role): Promise<void> {
  await untilSignal(start(config, role, (line) => process.stdout.write(`${line}\n`)));
}

/** An error as people should read it: what, why, and what to do. */
export function explain(error: unknown): string {
  if (!(error instanceof AfterwordError))
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${error.message}\n  → ${error.remedy}`;
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    await serve(loadConfig(readEnvironment()), 'all');
  } catch (error) {
    process.stderr.write(`afterword: ${explain(error)}\n`);
    process.exit(1);
  }
}
