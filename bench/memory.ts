// (c) Memory of the whole process tree, 60 seconds after a second start.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { round, say, type Verdict } from './support/numbers.ts';
import { ENCRYPTION_KEY, REDIS_URL, withDatabase } from './support/places.ts';
import { startProgram } from './support/program.ts';

const WAIT = 60_000;

export async function benchMemory(): Promise<readonly Verdict[]> {
  const folder = mkdtempSync(join(tmpdir(), 'afterword-bench-'));
  try {
    const embedded = await secondStart({ AFTERWORD_DATA_DIR: folder });
    const services = await withDatabase((databaseUrl) =>
      secondStart({ DATABASE_URL: databaseUrl, REDIS_URL, ENCRYPTION_KEY }),
    );
    return [
      say({
        name: 'memory, embedded',
        figure: `${round(embedded)} MB`,
        wanted: 'at most 450 MB',
        met: embedded <= 450,
      }),
      say({
        name: 'memory, PostgreSQL and Redis',
        figure: `${round(services)} MB`,
        wanted: 'at most 180 MB',
        met: services <= 180,
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function secondStart(environment: Readonly<Record<string, string>>): Promise<number> {
  await (await startProgram(environment, 'all')).stop();
  const program = await startProgram(environment, 'all');
  await fetch(`${program.url}/`).catch(() => undefined);
  await delay(WAIT);
  const megabytes = treeOf(program.pid).reduce((sum, pid) => sum + residentMegabytes(pid), 0);
  await program.stop();
  return megabytes;
}

function treeOf(pid: number): readonly number[] {
  const all = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const below = (parent: number): number[] => [
    parent,
    ...all.filter(([, ppid]) => ppid === parent).flatMap(([child]) => below(child)),
  ];
  return below(pid);
}

function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}
