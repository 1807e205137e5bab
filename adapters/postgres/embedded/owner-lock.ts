// One process owns a data directory at a time, and whoever comes second learns who that is.
//
// The lock is a numbered file. To own the directory is to have made the file with the highest number; to take over
// from an owner that died is to make the next number, which only one process can. Numbers never fall and the highest
// file is never removed, so nobody can take a lock away from a living owner, whenever a process is stopped or killed.
import { randomUUID } from 'node:crypto';
import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { isRunning, type ProcessIdentity, thisProcess } from './process-identity.ts';

const NAME = /^owner\.(\d+)$/;
const CONNECT_WITHIN_MS = 1_000;

export interface Owner extends ProcessIdentity {
  /** The directory of the socket on which it answers. */
  readonly socketDirectory: string;
  readonly since: string;
  readonly released: boolean;
}

export type Claim =
  | { readonly outcome: 'mine'; release(): void }
  | { readonly outcome: 'taken'; readonly owner: Owner };

/** Becomes the owner of the data directory unless a living process is. `answers` says whether a socket does. */
export async function claimOwnership(
  dataDir: string,
  socketDirectory: string,
  answers: (owner: Owner) => Promise<boolean>,
): Promise<Claim> {
  const self: Owner = {
    ...thisProcess(),
    socketDirectory,
    since: new Date().toISOString(),
    released: false,
  };
  for (;;) {
    const highest = highestNumber(dataDir);
    const owner = highest === 0 ? null : readOwner(dataDir, highest);
    if (owner !== null && (await lives(owner, answers))) return { outcome: 'taken', owner };
    const mine = highest + 1;
    if (!create(dataDir, mine, self)) continue; // somebody else was quicker
    if (highestNumber(dataDir) > mine) {
      // What was read was old: others have come and gone, and removed the file whose number this one now has.
      rmSync(file(dataDir, mine), { force: true });
      continue;
    }
    for (const number of numbers(dataDir)) if (number < mine) rmSync(file(dataDir, number), { force: true });
    return { outcome: 'mine', release: () => replace(dataDir, mine, { ...self, released: true }) };
  }
}

/** Whether something accepts connections on a unix socket. `EACCES` counts: somebody else's answers somebody else. */
export async function accepts(socket: string): Promise<boolean> {
  return await new Promise((resolve) => {
    const connection = connect(socket);
    const settle = (answer: boolean) => {
      connection.destroy();
      resolve(answer);
    };
    connection.setTimeout(CONNECT_WITHIN_MS, () => settle(false));
    connection.once('connect', () => settle(true));
    connection.once('error', (error: NodeJS.ErrnoException) => settle(error.code === 'EACCES'));
  });
}

async function lives(owner: Owner, answers: (owner: Owner) => Promise<boolean>): Promise<boolean> {
  if (owner.released) return false;
  const running = isRunning(owner);
  return running === 'unknown' ? await answers(owner) : running === 'yes';
}

function numbers(dataDir: string): number[] {
  return readdirSync(dataDir).flatMap((name) => (NAME.test(name) ? [Number(NAME.exec(name)![1])] : []));
}

function highestNumber(dataDir: string): number {
  return Math.max(0, ...numbers(dataDir));
}

/** Null when the file has gone meanwhile, or holds nothing that could be understood. */
function readOwner(dataDir: string, number: number): Owner | null {
  try {
    return JSON.parse(readFileSync(file(dataDir, number), 'utf8')) as Owner;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Makes the file, whole from the first moment; false when it is there already. */
function create(dataDir: string, number: number, owner: Owner): boolean {
  const draft = write(dataDir, owner);
  try {
    linkSync(draft, file(dataDir, number));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function replace(dataDir: string, number: number, owner: Owner): void {
  renameSync(write(dataDir, owner), file(dataDir, number));
}

function write(dataDir: string, owner: Owner): string {
  const draft = join(dataDir, `owner.draft-${randomUUID()}`);
  writeFileSync(draft, JSON.stringify(owner), { mode: 0o600, flag: 'wx' });
  return draft;
}

function file(dataDir: string, number: number): string {
  return join(dataDir, `owner.${number}`);
}
