// Real processes for tests: started from source, read line by line, killed at the end of the test whatever happens.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.ts';

export type Line = Readonly<Record<string, unknown>>;

export interface Program {
  readonly pid: number;
  /** What it has said so far. */
  readonly lines: readonly Line[];
  /** The first line with this key. Throws when the process ends without it. */
  line(key: string, within?: number): Promise<Line>;
  /** Ends its input, which asks it to close, and waits until it has gone. */
  finish(): Promise<void>;
  kill(signal?: NodeJS.Signals): Promise<void>;
}

const running = new Set<ChildProcess>();

/** Starts a program of test/fixtures. */
export function start(fixture: string, args: readonly string[]): Program {
  const path = fileURLToPath(new URL(`../fixtures/${fixture}`, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', path, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  running.add(child);
  const ended = once(child, 'exit').then(() => running.delete(child));
  const lines: Line[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line) as Line));
  const find = (key: string) => lines.find((line) => key in line);
  return {
    pid: child.pid!,
    lines,
    async line(key, within = 60_000) {
      await eventually(`${fixture} to say "${key}"`, () => find(key) ?? child.exitCode !== null, within);
      const found = find(key);
      if (found === undefined) throw new Error(`${fixture} ended, having said ${JSON.stringify(lines)}`);
      return found;
    },
    async finish() {
      child.stdin.end();
      await ended;
    },
    async kill(signal = 'SIGKILL') {
      child.kill(signal);
      await ended;
    },
  };
}

/** For `afterEach`. */
export async function killAll(): Promise<void> {
  await Promise.all([...running].map(async (child) => child.kill('SIGKILL') && (await once(child, 'exit'))));
}
