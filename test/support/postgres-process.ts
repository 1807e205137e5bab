// A PostgreSQL of the test's own, on a free port of the loopback, to be stopped in every way and started again.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';

const ROOT = '/usr/lib/postgresql';

/** Where the newest server's programs are; null when none is installed. */
const BIN = existsSync(ROOT)
  ? (readdirSync(ROOT)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(ROOT, version, 'bin'))
      .find((bin) => existsSync(join(bin, 'initdb'))) ?? null)
  : null;

export const postgresInstalled = BIN !== null;

export interface PostgresProcess {
  readonly url: string;
  /** `fast` ends every connection; `immediate` is a crash, after which it recovers from its log. */
  stop(mode: 'fast' | 'immediate'): Promise<void>;
  start(): Promise<void>;
  dispose(): Promise<void>;
}

/** Makes a cluster in a directory that goes with it, and starts it. As root it runs as the user `postgres`, because it refuses root. */
export async function postgresProcess(options: readonly string[] = []): Promise<PostgresProcess> {
  const port = await freePort();
  const home = mkdtempSync(join(tmpdir(), 'afterword-postgres-'));
  const data = join(home, 'data');
  const user = process.getuid?.() === 0 ? idsOf('postgres') : null;
  if (user) chownSync(home, user.uid, user.gid);
  execFileSync(
    join(BIN!, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    {
      stdio: 'ignore',
      cwd: home,
      ...user,
    },
  );
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  let child: ChildProcess | undefined;
  const start = async () => {
    const words = [
      '-D',
      data,
      '-p',
      String(port),
      '-k',
      home,
      '-c',
      'listen_addresses=127.0.0.1',
      ...options,
    ];
    child = spawn(join(BIN!, 'postgres'), words, { stdio: 'ignore', cwd: home, ...user });
    await eventually('PostgreSQL answers', () => answers(url), 30_000);
  };
  const end = async (signal: NodeJS.Signals) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  await start();
  return {
    url,
    start,
    stop: (mode) => end(mode === 'fast' ? 'SIGINT' : 'SIGQUIT'),
    async dispose() {
      await end('SIGQUIT');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 1_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function idsOf(name: string): { uid: number; gid: number } {
  const id = (what: string) => Number(spawnSync('id', [what, name], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}
