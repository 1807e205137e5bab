import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Environment, loadConfig, readEnvironment, VARIABLES } from '../src/config.ts';
import { AfterwordError } from '../src/domain/basics.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');

function errorOf(environment: Environment): AfterwordError {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof AfterwordError) return error;
    throw error;
  }
  throw new Error('the configuration was taken');
}

describe('given an empty environment', () => {
  it('then everything has its default, and both chat platforms are off because nothing is set', () => {
    expect(loadConfig({}, '/srv/afterword')).toEqual({
      databaseUrl: null,
      redisUrl: null,
      dataDir: '/srv/afterword/.afterword',
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      encryptionKeys: null,
      defaultLocale: 'en',
      defaultZone: 'UTC',
      metricsToken: null,
      logLevel: 'info',
      slack: null,
      discord: null,
      model: null,
      off: [
        {
          platform: 'slack',
          set: [],
          missing: ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET'],
          reason: 'SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET are not set',
        },
        {
          platform: 'discord',
          set: [],
          missing: ['DISCORD_TOKEN', 'DISCORD_APPLICATION_ID'],
          reason: 'DISCORD_TOKEN and DISCORD_APPLICATION_ID are not set',
        },
      ],
    });
  });

  it('then blank values mean the same, and variables of others are nobody’s business', () => {
    const blank = Object.fromEntries(VARIABLES.map((name) => [name, ' ']));
    expect(loadConfig({ ...blank, PATH: '/bin', SLACK_SOMETHING: 'x' })).toEqual(loadConfig({}));
  });
});

describe('given .env.example', () => {
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');

  it('then it names each variable of the configuration once, and no other', () => {
    const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]);
    expect(named.sort()).toEqual([...VARIABLES].sort());
  });

  it('then its values are the defaults: copied as it is, it changes nothing', () => {
    expect(loadConfig(parseEnv(example))).toEqual(loadConfig({}));
  });
});

describe('given good values', () => {
  it('then they are taken, in their proper spelling', () => {
    const config = loadConfig(
      {
        DATABASE_URL: 'postgres:///afterword?host=/run/postgresql',
        REDIS_URL: 'rediss://:secret@redis.example:6380/2',
        AFTERWORD_DATA_DIR: 'data',
        HOST: '0.0.0.0',
        PORT: '8080',
        PUBLIC_URL: 'https://ask.example/afterword/',
        ENCRYPTION_KEY: KEY,
        DEFAULT_LOCALE: 'ZH-cn',
        DEFAULT_TIMEZONE: 'europe/berlin',
        METRICS_TOKEN: 'sixteen letters!',
        LOG_LEVEL: 'debug',
      },
      '/srv',
    );
    expect(config).toMatchObject({
      databaseUrl: 'postgres:///afterword?host=/run/postgresql',
      redisUrl: 'rediss://:secret@redis.example:6380/2',
      dataDir: '/srv/data',
      host: '0.0.0.0',
      port: 8080,
      publicUrl: 'https://ask.example/afterword',
      defaultLocale: 'zh-CN',
      defaultZone: 'Europe/Berlin',
      metricsToken: 'sixteen letters!',
      logLevel: 'debug',
    });
    expect(config.encryptionKeys).toEqual([new Uint8Array(32).fill(7)]);
  });

  it('then ENCRYPTION_KEY may be several keys, the newest first', () => {
    const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
    const { encryptionKeys } = loadConfig({ ENCRYPTION_KEY: `${key(1)}, ${key(2)},${key(3)}` });
    expect(encryptionKeys).toEqual([1, 2, 3].map((byte) => new Uint8Array(32).fill(byte)));
  });

  it.each([
    ['127.0.0.1', 'http://127.0.0.1:3000'],
    ['ask.example', 'http://ask.example:3000'],
    ['::1', 'http://[::1]:3000'],
    ['0.0.0.0', 'http://localhost:3000'],
    ['::', 'http://localhost:3000'],
  ])('then HOST %s without PUBLIC_URL is reached at %s', (HOST, publicUrl) => {
    expect(loadConfig({ HOST }).publicUrl).toBe(publicUrl);
  });

  it('then nothing of the configuration can be changed', () => {
    const config = loadConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' });
    const parts = [config, config.off, config.off[0], config.slack, config.slack?.transport];
    expect(parts.map((part) => Object.isFrozen(part))).toEqual([true, true, true, true, true]);
  });
});

describe('given a bad value', () => {
  it.each([
    ['PORT', 'abc', 'a whole number from 0 to 65535'],
    ['PORT', '65536', 'a whole number from 0 to 65535'],
    ['PORT', '-1', 'a whole number from 0 to 65535'],
    ['PORT', '1e3', 'a whole number from 0 to 65535'],
    ['HOST', 'http://here', 'a host name'],
    ['PUBLIC_URL', 'ask.example', 'an http:// or https:// address'],
    ['PUBLIC_URL', 'https://ask.example/?a=1', 'an http:// or https:// address'],
    ['DEFAULT_LOCALE', 'english please', 'a language tag'],
    ['DEFAULT_TIMEZONE', 'Mars/Olympus', 'the name of a time zone'],
    ['DEFAULT_TIMEZONE', '+02:00', 'the name of a time zone'],
    ['METRICS_TOKEN', 'short', 'at least 16 characters'],
    ['LOG_LEVEL', 'loud', 'one of trace, debug, info, warn, error, fatal, silent'],
    ['SLACK_API_URL', 'https://slack.com/', 'ends in /api'],
    ['DISCORD_API_URL', 'discord', 'ends in /api'],
    ['DISCORD_APPLICATION_ID', 'afterword', 'a number'],
    ['DISCORD_PUBLIC_KEY', 'beef', '64 hexadecimal digits'],
  ])('when %s is %j, then the error names both and what it must be', (name, value, expected) => {
    const error = errorOf({ [name]: value });
    expect(error.kind).toBe('invalid');
    expect(error.message).toContain(`${name} is ${JSON.stringify(value)}: it must be `);
    expect(error.message).toContain(expected);
    expect(error.message.split('\n')).toHaveLength(1);
    expect(error.remedy).toContain('.env.example');
  });

  it.each([
    ['DATABASE_URL', 'mysql://root:hunter2@db/x', 'a postgres:// address'],
    ['DATABASE_URL', 'hunter2', 'a postgres:// address'],
    ['REDIS_URL', 'http://:hunter2@db', 'a redis:// or rediss:// address'],
    ['ENCRYPTION_KEY', 'hunter2', '32 bytes in base64'],
    ['ENCRYPTION_KEY', `${KEY},hunter2`, 'or several such keys'],
    ['ENCRYPTION_KEY', `${KEY},`, 'or several such keys'],
    ['ENCRYPTION_KEY', `,${KEY}`, 'or several such keys'],
    ['ENCRYPTION_KEY', Buffer.alloc(31).toString('base64'), '32 bytes in base64'],
    ['ENCRYPTION_KEY', Buffer.alloc(32).toString('hex'), '32 bytes in base64'],
    ['SLACK_BOT_TOKEN', 'xapp-hunter2', 'which begins with xoxb-'],
    ['SLACK_APP_TOKEN', 'xoxb-hunter2', 'which begins with xapp-'],
  ])('when the secret %s is bad, then the error names it and keeps its value', (name, value, expected) => {
    const error = errorOf({ [name]: value });
    expect(error.message).toContain(`${name} has a value that is not right: it must be `);
    expect(error.message).toContain(expected);
    expect(JSON.stringify([error.message, error.remedy, String(error.cause)])).not.toContain(value);
    expect(error.message).not.toContain('hunter2');
  });

  it('when an address that is no secret holds a password, then the error keeps it too', () => {
    const { message } = errorOf({ PUBLIC_URL: 'ftp://me:hunter2@ask.example' });
    expect(message).toContain('PUBLIC_URL is "ftp://…@ask.example"');
  });

  it('when several are bad, then one error names them all, a line each', () => {
    const lines = errorOf({ PORT: 'x', LOG_LEVEL: 'y', DEFAULT_TIMEZONE: 'z' }).message.split('\n');
    expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual(['DEFAULT_TIMEZONE', 'LOG_LEVEL', 'PORT']);
  });
});

describe('given variables of Slack', () => {
  const oauth = { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'c', SLACK_STATE_SECRET: 's' };

  it('then a bot token and a signing secret are one workspace over HTTP', () => {
    const config = loadConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' });
    expect(config.slack).toEqual({
      apiUrl: 'https://slack.com/api/',
      transport: { kind: 'http', signingSecret: 's' },
      botToken: 'xoxb-1',
      oauth: null,
    });
    expect(config.off.map((off) => off.platform)).toEqual(['discord']);
  });

  it('then an app token means Socket Mode, with or without a signing secret', () => {
    const socket = { kind: 'socket', appToken: 'xapp-1' };
    const token = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
    expect(loadConfig(token).slack?.transport).toEqual(socket);
    expect(loadConfig({ ...token, SLACK_SIGNING_SECRET: 's' }).slack?.transport).toEqual(socket);
  });

  it('then the three of OAuth are many workspaces, and need no bot token', () => {
    expect(loadConfig({ ...oauth, SLACK_SIGNING_SECRET: 's' }).slack).toMatchObject({
      botToken: null,
      oauth: { clientId: '1.2', clientSecret: 'c', stateSecret: 's' },
    });
  });

  it.each(['http://127.0.0.1:9/api/', 'http://127.0.0.1:9/api'])(
    'then the address %s ends in /api/',
    (SLACK_API_URL) => {
      const config = loadConfig({ SLACK_API_URL, SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' });
      expect(config.slack?.apiUrl).toBe('http://127.0.0.1:9/api/');
    },
  );

  it.each<[Environment, string[]]>([
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, ['SLACK_SIGNING_SECRET']],
    [{ SLACK_SIGNING_SECRET: 's' }, ['SLACK_BOT_TOKEN']],
    [{ SLACK_APP_TOKEN: 'xapp-1' }, ['SLACK_BOT_TOKEN']],
    [oauth, ['SLACK_SIGNING_SECRET']],
    [{ SLACK_CLIENT_ID: '1.2', SLACK_SIGNING_SECRET: 's' }, ['SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET']],
    [
      { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_STATE_SECRET: 's', SLACK_APP_TOKEN: 'xapp-1' },
      ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET'],
    ],
  ])(
    'when only %j is set, then Slack is off and the reason names what is missing',
    (environment, missing) => {
      const config = loadConfig(environment);
      const off = config.off.find((one) => one.platform === 'slack');
      expect(config.slack).toBeNull();
      expect(off?.missing).toEqual(missing);
      expect([...(off?.set ?? [])].sort()).toEqual(Object.keys(environment).sort());
      for (const name of [...missing, ...Object.keys(environment)]) expect(off?.reason).toContain(name);
      for (const value of Object.values(environment)) expect(off?.reason).not.toContain(` ${value} `);
    },
  );

  it('when only its address is set, then it is simply off', () => {
    expect(loadConfig({ SLACK_API_URL: 'http://127.0.0.1:9/api/' }).off[0]?.set).toEqual([]);
  });
});

describe('given variables of Discord', () => {
  const bot = { DISCORD_TOKEN: 't', DISCORD_APPLICATION_ID: '775799577604522054' };

  it('then a token and an application are a bot; a public key adds HTTP', () => {
    const discord = { apiUrl: 'https://discord.com/api', token: 't', applicationId: '775799577604522054' };
    expect(loadConfig(bot).discord).toEqual({ ...discord, publicKey: null });
    const publicKey = 'ab'.repeat(32);
    expect(loadConfig({ ...bot, DISCORD_PUBLIC_KEY: publicKey }).discord).toEqual({ ...discord, publicKey });
  });

  it('then its address has no slash at the end', () => {
    expect(loadConfig({ ...bot, DISCORD_API_URL: 'http://127.0.0.1:9/api/' }).discord?.apiUrl).toBe(
      'http://127.0.0.1:9/api',
    );
  });

  it('when the application is missing, then Discord is off and the reason says so', () => {
    const config = loadConfig({ DISCORD_TOKEN: 't' });
    expect(config.discord).toBeNull();
    expect(config.off[1]).toMatchObject({ set: ['DISCORD_TOKEN'], missing: ['DISCORD_APPLICATION_ID'] });
    expect(config.off[1]?.reason).toBe('DISCORD_TOKEN given, but DISCORD_APPLICATION_ID is not set');
  });
});

describe('given a directory with or without .env', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'afterword-config-'));
    vi.stubEnv('PORT', '4000');
    vi.stubEnv('REDIS_URL', undefined);
  });

  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(directory, { recursive: true });
  });

  it('then without one the environment is that of the process', () => {
    expect(readEnvironment(directory)).toMatchObject({ PORT: '4000' });
  });

  it('then the process comes before the file, and the file before the default', () => {
    writeFileSync(join(directory, '.env'), '# mine\nPORT=5000\nREDIS_URL="redis://here"\n');
    expect(readEnvironment(directory)).toMatchObject({ PORT: '4000', REDIS_URL: 'redis://here' });
    expect(loadConfig(readEnvironment(directory)).redisUrl).toBe('redis://here');
  });

  it('then one that cannot be read is an error with its path and the remedy', () => {
    mkdirSync(join(directory, '.env'));
    expect(() => readEnvironment(directory)).toThrow(`${join(directory, '.env')} cannot be read`);
  });
});

describe('given a larger model', () => {
  it('then it is on with its address and name, and needs no key', () => {
    const given = { MODEL_API_URL: 'http://127.0.0.1:11434/v1/', MODEL_NAME: 'qwen3:8b' };
    const { model, off } = loadConfig(given);
    const expected = { apiUrl: 'http://127.0.0.1:11434/v1', name: 'qwen3:8b', apiKey: null, callsADay: 500 };
    expect(model).toEqual(expected);
    expect(off.map(({ platform }) => platform)).toEqual(['slack', 'discord']);
  });

  it('when half of it is set, then it is off and the reason says so; when a value is wrong, no key is told', () => {
    const { model, off } = loadConfig({ MODEL_NAME: 'x' });
    expect(model).toBeNull();
    expect(off[2]).toMatchObject({ platform: 'model', missing: ['MODEL_API_URL'] });
    const wrong = { MODEL_API_URL: 'localhost', MODEL_API_KEY: 'sk-secret', MODEL_CALLS_PER_DAY: '0' };
    expect(() => loadConfig(wrong)).toThrow(/MODEL_API_URL is "localhost"[\s\S]*MODEL_CALLS_PER_DAY is "0"/);
    expect(() => loadConfig(wrong)).not.toThrow(/sk-secret/);
  });
});
