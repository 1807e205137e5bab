// Starts the program as its users do, and other scripts beside it, each in a process of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Program {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export async function startProgram(
  environment: Readonly<Record<string, string>>,
  role: string,
  nodeOptions: readonly string[] = [],
): Promise<Program> {
  const port = await freePort();
  const child = spawn(process.execPath, [...nodeOptions, 'deploy/run.mjs', 'cli', 'start', '--role', role], {
    cwd: ROOT,
    env: { ...process.env, ...environment, PORT: String(port), LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  await until(async () => (await fetch(`${url}/readyz`)).ok, child);
  return { url, pid: child.pid!, stop: () => stop(child) };
}

/** Runs a script of this folder with one argument (JSON) and answers with what it printed (JSON). */
export async function runScript<T>(name: string, argument: unknown): Promise<T> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL(`../${name}`, import.meta.url))],
    {
      cwd: ROOT,
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  child.stdin.end(JSON.stringify(argument));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${name} ended with ${code}`);
  return JSON.parse(output) as T;
}

export interface Script {
  readonly port: number;
  /** Asks it something; see `serving`. */
  ask<T>(question?: string): Promise<T>;
  stop(): Promise<void>;
}

/** Starts a script of this folder that serves (`serving`), with one argument (JSON). */
export async function startScript(
  name: string,
  argument: unknown = null,
  nodeOptions: readonly string[] = [],
): Promise<Script> {
  const file = fileURLToPath(new URL(`../${name}`, import.meta.url));
  const child = spawn(process.execPath, [...nodeOptions, '--import', 'tsx', file, JSON.stringify(argument)], {
    cwd: ROOT,
    stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
  });
  const heard = <T>() =>
    new Promise<T>((resolve, reject) => {
      const ended = () => reject(new Error(`${name} has ended`));
      child.once('exit', ended).once('message', (message) => {
        child.off('exit', ended);
        resolve(message as T);
      });
    });
  const port = await heard<number>();
  return {
    port,
    ask<T>(question = '') {
      const answer = heard<T>();
      child.send(question);
      return answer;
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.stdin?.end();
      await once(child, 'exit');
    },
  };
}

/** For scripts that serve: tells the port, answers questions, and ends with its input. */
export function serving(
  port: number,
  answer: (question: string) => unknown,
  end: () => Promise<void> = async () => undefined,
): void {
  process.on('message', (question) => process.send?.(answer(String(question))));
  process.stdin.on('end', () => void end().finally(() => process.exit(0))).resume();
  process.send?.(port);
}

export function argumentAtStart<T>(): T {
  return JSON.parse(process.argv[2] ?? 'null') as T;
}

export async function argumentOfScript<T>(): Promise<T> {
  let input = '';
  for await (const chunk of process.stdin) input += chunk;
  return JSON.parse(input) as T;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function until(check: () => Promise<boolean>, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}`);
    if (await check().catch(() => false)) return;
    await delay(50);
  }
  throw new Error('the program did not become ready within a minute');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
