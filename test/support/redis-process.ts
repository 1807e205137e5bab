// A Redis of the test's own, to be emptied, killed and started again.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';

export const redisInstalled = spawnSync('redis-server', ['--version']).status === 0;

export interface RedisProcess {
  readonly port: number;
  readonly admin: Redis;
  kill(): Promise<void>;
  start(): Promise<void>;
  dispose(): Promise<void>;
}

/** Starts `redis-server` on a free port of the loopback, keeping nothing on disk; `options` as on its command line. */
export async function redisProcess(
  options: readonly string[] = [],
  password?: string,
): Promise<RedisProcess> {
  const port = await freePort();
  const login = password === undefined ? {} : { password };
  const admin = new Redis({ port, lazyConnect: true, retryStrategy: () => 50, ...login });
  admin.on('error', () => undefined);
  let child: ChildProcess | undefined;
  const start = async () => {
    const words = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      ...options,
    ];
    child = spawn('redis-server', words, { stdio: 'ignore' });
    await eventually('redis answers', () => admin.ping().catch(() => undefined));
  };
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  await start();
  return {
    port,
    admin,
    kill,
    start,
    async dispose() {
      admin.disconnect();
      await kill();
    },
  };
}
