// The configuration: the only reader of the environment and of `.env`. What comes out is complete, valid and frozen;
// what is wrong is one error that names every bad variable, its value (never a secret's), and what it must be.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { address, apiAddress, canonicalLocale, keysOf32Bytes, known, matching } from './config/values.ts';
import { AfterwordError, type Locale, type ZoneName } from './domain/basics.ts';
import { zoneNamed } from './domain/calendar.ts';

/** Variables by name. Blank ones count as unset: that is what a line `NAME=` in `.env` means. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface SlackConfig {
  /** Ends in `/api/`. */
  readonly apiUrl: string;
  readonly transport:
    | { readonly kind: 'http'; readonly signingSecret: string }
    | { readonly kind: 'socket'; readonly appToken: string };
  /** The token of the one workspace; null where every workspace installs by OAuth. */
  readonly botToken: string | null;
  readonly oauth: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly stateSecret: string;
  } | null;
}

export interface DiscordConfig {
  /** Ends in `/api`. */
  readonly apiUrl: string;
  readonly token: string;
  readonly applicationId: string;
  /** Verifies interactions that come over HTTP; null: they come through the gateway only. */
  readonly publicKey: string | null;
}

/** Why a platform is off. Where something is `set`, it is half configured, and somebody should hear of it. */
export interface PlatformOff {
  readonly platform: 'slack' | 'discord' | 'model';
  readonly set: readonly string[];
  readonly missing: readonly string[];
  readonly reason: string;
}

/** A larger model that may be asked what answers say. */
export interface ModelConfig {
  /** No slash at its end. */
  readonly apiUrl: string;
  readonly apiKey: string | null;
  readonly name: string;
  /** Of each workspace. */
  readonly callsADay: number;
}

export interface Config {
  /** Null: embedded Postgres under `dataDir`. */
  readonly databaseUrl: string | null;
  /** Null: the queue is on the same Postgres. */
  readonly redisUrl: string | null;
  /** An absolute path. */
  readonly dataDir: string;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Where others reach us; no slash at its end. */
  readonly publicUrl: string;
  /** 32 bytes each, for secrets at rest: the first seals, all open. */
  readonly encryptionKeys: readonly [Uint8Array, ...Uint8Array[]] | null;
  readonly defaultLocale: Locale;
  readonly defaultZone: ZoneName;
  /** What `/metrics` asks for; null: it is off. */
  readonly metricsToken: string | null;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  readonly slack: SlackConfig | null;
  readonly discord: DiscordConfig | null;
  readonly model: ModelConfig | null;
  readonly off: readonly PlatformOff[];
}

const PORT = 'a whole number from 0 to 65535';
const PUBLIC_URL = 'an http:// or https:// address, without ? and #';
const MODEL_URL = 'an http:// or https:// address, such as http://127.0.0.1:11434/v1';
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const schema = z.object({
  DATABASE_URL: address(['postgres:', 'postgresql:'], 'a postgres:// address').optional(),
  REDIS_URL: address(['redis:', 'rediss:'], 'a redis:// or rediss:// address').optional(),
  AFTERWORD_DATA_DIR: z.string().default('.afterword'),
  HOST: matching(/^[\w.:%-]+$/, 'a host name or an address, such as 127.0.0.1 or 0.0.0.0').default(
    '127.0.0.1',
  ),
  PORT: matching(/^\d{1,5}$/, PORT)
    .transform(Number)
    .refine((port) => port <= 65_535, PORT)
    .default(3000),
  PUBLIC_URL: address(['http:', 'https:'], PUBLIC_URL)
    .refine((url) => !/[?#]/.test(url), PUBLIC_URL)
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  ENCRYPTION_KEY: known(
    keysOf32Bytes,
    '32 bytes in base64, or several such keys with commas between them, the newest first; `openssl rand -base64 32` makes one',
  ).optional(),
  DEFAULT_LOCALE: known(canonicalLocale, 'a language tag, such as en or zh-CN').default('en'),
  DEFAULT_TIMEZONE: known(zoneNamed, 'the name of a time zone, such as UTC or Europe/Berlin').default('UTC'),
  METRICS_TOKEN: z.string().min(16, { error: 'at least 16 characters' }).optional(),
  LOG_LEVEL: z.enum(LEVELS, { error: `one of ${LEVELS.join(', ')}` }).default('info'),
  SLACK_BOT_TOKEN: matching(/^(?!xapp-)\S+$/, "the bot's token, which begins with xoxb-").optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_APP_TOKEN: matching(/^(?!xox)\S+$/, 'an app-level token, which begins with xapp-').optional(),
  SLACK_CLIENT_ID: z.string().optional(),
  SLACK_CLIENT_SECRET: z.string().optional(),
  SLACK_STATE_SECRET: z.string().optional(),
  SLACK_API_URL: apiAddress()
    .transform((url) => `${url}/`)
    .default('https://slack.com/api/'),
  DISCORD_TOKEN: z.string().optional(),
  DISCORD_APPLICATION_ID: matching(/^\d+$/, "the application's id, which is a number").optional(),
  DISCORD_PUBLIC_KEY: matching(
    /^[0-9a-f]{64}$/i,
    "the application's public key, 64 hexadecimal digits",
  ).optional(),
  MODEL_API_URL: address(['http:', 'https:'], MODEL_URL)
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  MODEL_API_KEY: z.string().optional(),
  MODEL_NAME: z.string().max(100, { error: 'at most 100 characters' }).optional(),
  MODEL_CALLS_PER_DAY: matching(/^[1-9]\d{0,5}$/, 'a whole number from 1 to 999999')
    .transform(Number)
    .default(500),
  DISCORD_API_URL: apiAddress().default('https://discord.com/api'),
});

type Variables = z.infer<typeof schema>;
type Name = keyof Variables;

/** Every variable that means something to us. */
export const VARIABLES: readonly string[] = Object.keys(schema.shape);

const OAUTH = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET'] as const;

const SECRETS: ReadonlySet<string> = new Set([
  'DATABASE_URL',
  'REDIS_URL',
  'ENCRYPTION_KEY',
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_APP_TOKEN',
  'SLACK_CLIENT_SECRET',
  'SLACK_STATE_SECRET',
  'DISCORD_TOKEN',
  'MODEL_API_KEY',
]);

/** What the process was given; where it was given nothing, what `.env` in the directory says. Throws when that file cannot be read. */
export function readEnvironment(directory: string = process.cwd()): Environment {
  const path = join(directory, '.env');
  try {
    return { ...parseEnv(readFileSync(path, 'utf8')), ...process.env };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { ...process.env };
    throw new AfterwordError(
      'invalid',
      `${path} cannot be read`,
      'make it a file that this user may read',
      error,
    );
  }
}

/** The configuration that an environment describes. Throws `invalid` with every bad variable; a half-configured platform is in `off`. */
export function loadConfig(environment: Environment, directory: string = process.cwd()): Config {
  const given: Record<string, string> = {};
  for (const name of VARIABLES) {
    const value = environment[name]?.trim();
    if (value) given[name] = value;
  }
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw invalid(parsed.error.issues, given);
  const v = parsed.data;
  const slack = slackOf(v);
  const discord = discordOf(v);
  const model = modelOf(v);
  return frozen({
    databaseUrl: v.DATABASE_URL ?? null,
    redisUrl: v.REDIS_URL ?? null,
    dataDir: resolve(directory, v.AFTERWORD_DATA_DIR),
    host: v.HOST,
    port: v.PORT,
    publicUrl: v.PUBLIC_URL ?? `http://${reachable(v.HOST)}:${v.PORT}`,
    encryptionKeys: v.ENCRYPTION_KEY ?? null,
    defaultLocale: v.DEFAULT_LOCALE,
    defaultZone: v.DEFAULT_TIMEZONE,
    metricsToken: v.METRICS_TOKEN ?? null,
    logLevel: v.LOG_LEVEL,
    slack: 'missing' in slack ? null : slack,
    discord: 'missing' in discord ? null : discord,
    model: model === null || 'missing' in model ? null : model,
    off: [slack, discord, model].filter((one) => one !== null && 'missing' in one),
  });
}

/** The host as a link names it: nobody can call "every address". */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function slackOf(v: Variables): SlackConfig | PlatformOff {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_STATE_SECRET: stateSecret } = v;
  const botToken = v.SLACK_BOT_TOKEN ?? null;
  const oauth = clientId && clientSecret && stateSecret ? { clientId, clientSecret, stateSecret } : null;
  const transport = v.SLACK_APP_TOKEN
    ? ({ kind: 'socket', appToken: v.SLACK_APP_TOKEN } as const)
    : v.SLACK_SIGNING_SECRET
      ? ({ kind: 'http', signingSecret: v.SLACK_SIGNING_SECRET } as const)
      : null;
  const byOAuth = OAUTH.some((name) => v[name] !== undefined);
  if (transport && (byOAuth ? oauth : botToken))
    return { apiUrl: v.SLACK_API_URL, transport, botToken, oauth };
  const who: readonly Name[] = byOAuth ? OAUTH : ['SLACK_BOT_TOKEN'];
  const needed = transport ? who : [...who, 'SLACK_SIGNING_SECRET' as const];
  return platformOff(
    'slack',
    v,
    ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN', ...OAUTH],
    needed,
  );
}

function discordOf(v: Variables): DiscordConfig | PlatformOff {
  const { DISCORD_TOKEN: token, DISCORD_APPLICATION_ID: applicationId } = v;
  if (token && applicationId) {
    return { apiUrl: v.DISCORD_API_URL, token, applicationId, publicKey: v.DISCORD_PUBLIC_KEY ?? null };
  }
  const needed = ['DISCORD_TOKEN', 'DISCORD_APPLICATION_ID'] as const;
  return platformOff('discord', v, [...needed, 'DISCORD_PUBLIC_KEY'], needed);
}

/** Null: nobody asked for one. */
function modelOf(v: Variables): ModelConfig | PlatformOff | null {
  const { MODEL_API_URL: apiUrl, MODEL_NAME: name, MODEL_API_KEY: apiKey = null } = v;
  if (apiUrl && name) return { apiUrl, name, apiKey, callsADay: v.MODEL_CALLS_PER_DAY };
  const off = platformOff(
    'model',
    v,
    ['MODEL_API_URL', 'MODEL_API_KEY', 'MODEL_NAME'],
    ['MODEL_API_URL', 'MODEL_NAME'],
  );
  return off.set.length > 0 ? off : null;
}

function platformOff(
  platform: PlatformOff['platform'],
  v: Variables,
  all: readonly Name[],
  needed: readonly Name[],
): PlatformOff {
  const set = all.filter((name) => v[name] !== undefined);
  const missing = needed.filter((name) => v[name] === undefined);
  const lacks = `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set`;
  return { platform, set, missing, reason: set.length > 0 ? `${set.join(', ')} given, but ${lacks}` : lacks };
}

function invalid(
  issues: readonly z.core.$ZodIssue[],
  given: Readonly<Record<string, string>>,
): AfterwordError {
  const problems = issues.map(({ path, message }) => {
    const name = String(path[0]);
    const value = SECRETS.has(name)
      ? 'has a value that is not right'
      : `is ${JSON.stringify(masked(given[name]))}`;
    return `${name} ${value}: it must be ${message}`;
  });
  const remedy = 'correct it in the environment or in .env; .env.example describes every variable';
  return new AfterwordError('invalid', problems.join('\n'), remedy);
}

/** An address can hold a password even where none belongs. */
function masked(value = ''): string {
  return value.replace(/\/\/[^/@]*@/, '//…@');
}

function frozen<T extends object>(value: T): T {
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && inner !== null && !ArrayBuffer.isView(inner)) frozen(inner);
  }
  return Object.freeze(value);
}
