// The whole product for a test file: opened once on each kind of store, with the environment by which the command line
// finds it. On the embedded store the command line goes through its owner, as it does when the service runs.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { openRuntime, type Runtime } from '../../src/main.ts';
import { type CliOptions, cli, type Ran } from './cli.ts';
import { createDatabase, type ServerDatabase, TEST_DATABASE_URL } from './database.ts';

export interface Installation {
  readonly runtime: Runtime;
  readonly environment: Readonly<Record<string, string>>;
  /** A directory of this test file's own. */
  readonly directory: string;
  cli(args: readonly string[], options?: Pick<CliOptions, 'stdin'>): Promise<Ran>;
  /** What a command prints as JSON. Throws when it did not end with this exit code. */
  json<T>(
    args: readonly string[],
    options?: Pick<CliOptions, 'stdin'> & { readonly code?: number },
  ): Promise<T>;
}

/** Runs a suite for each kind of store; its tests share one. */
export function describeOnEachInstallation(name: string, suite: (at: () => Installation) => void): void {
  describe(`${name}, on the embedded store`, () => onInstallation(false, suite));
  const skipped = TEST_DATABASE_URL === undefined ? ' (TEST_DATABASE_URL is not set)' : '';
  describe.skipIf(skipped !== '')(`${name}, on PostgreSQL${skipped}`, () => onInstallation(true, suite));
}

function onInstallation(onServer: boolean, suite: (at: () => Installation) => void): void {
  let installation: Installation | undefined;
  let server: ServerDatabase | undefined;
  let directory = '';

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'afterword-test-'));
    server = onServer ? await createDatabase({ migrated: true }) : undefined;
    const environment = {
      AFTERWORD_DATA_DIR: directory,
      LOG_LEVEL: 'error',
      ...(server ? { DATABASE_URL: server.url } : {}),
    };
    const runtime = await openRuntime(loadConfig(environment), { role: 'owner', throwaway: true });
    const run = (args: readonly string[], options = {}) => cli(args, { ...options, environment, directory });
    installation = {
      runtime,
      environment,
      directory,
      cli: run,
      async json(args, { code = 0, ...options } = {}) {
        const ran = await run([...args, '--json'], options);
        if (ran.code !== code) throw new Error(`${args.join(' ')} ended with ${ran.code}: ${ran.stderr}`);
        return JSON.parse(ran.stdout);
      },
    };
  });

  afterAll(async () => {
    await installation?.runtime.close();
    await rm(directory, { recursive: true, force: true });
    await server?.drop();
  });

  suite(() => installation!);
}
