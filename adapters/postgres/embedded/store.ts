// The way into the embedded store of a data directory: as its owner, who runs the engine, or as a guest of the owner.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { AfterwordError, type Duration, SECOND } from '../../../src/domain/basics.ts';
import type { Log } from '../../../src/ports/log.ts';
import { ensureCluster } from './cluster.ts';
import { startEngine } from './engine.ts';
import { startHousekeeping } from './housekeeping.ts';
import { accepts, claimOwnership, type Owner } from './owner-lock.ts';
import { SOCKET_NAME, socketDirectory } from './socket-directory.ts';

export interface EmbeddedStore {
  readonly connection: pg.ClientConfig;
  /** For people. */
  readonly place: string;
  /** Stops the engine, if this process runs it, within three seconds. */
  leave(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Does without waiting for the disk: quicker, survives `kill -9`, and may not survive a loss of power. */
  readonly throwaway?: boolean | undefined;
  readonly log?: Log | undefined;
}

/** How long a guest waits for an owner that is just starting. */
const OWNER_ANSWERS_WITHIN: Duration = 30 * SECOND;
const LOOK_AGAIN: Duration = 50;

/** Throws `conflict` when the store is owned by another process and `role` is `owner`, `busy` when a guest waits in vain. */
export async function enterEmbeddedStore(
  dataDirectory: string,
  role: 'owner' | 'guest',
  options: EmbeddedOptions = {},
): Promise<EmbeddedStore> {
  const dataDir = resolve(dataDirectory);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const directory = socketDirectory(dataDir);
  const deadline = Date.now() + OWNER_ANSWERS_WITHIN;
  for (;;) {
    const claim = await claimOwnership(dataDir, directory, answers);
    if (claim.outcome === 'mine') return await run(dataDir, directory, claim.release, options);
    if (role === 'owner') throw owned(dataDir, claim.owner);
    if (await answers(claim.owner)) return visit(dataDir, claim.owner);
    if (Date.now() > deadline) throw silent(dataDir, claim.owner);
    await delay(LOOK_AGAIN);
  }
}

async function run(
  dataDir: string,
  directory: string,
  release: () => void,
  options: EmbeddedOptions,
): Promise<EmbeddedStore> {
  try {
    const cluster = await ensureCluster(dataDir);
    const engine = await startEngine(cluster, join(directory, SOCKET_NAME), options);
    const housekeeping = startHousekeeping(connectionTo(directory), options.log);
    const leave = async () => {
      housekeeping.stop();
      await engine.stop();
      release();
    };
    return { connection: connectionTo(directory), place: dataDir, leave };
  } catch (error) {
    release();
    throw error;
  }
}

function visit(dataDir: string, owner: Owner): EmbeddedStore {
  return {
    connection: connectionTo(owner.socketDirectory),
    place: `${dataDir}, run by process ${owner.pid}`,
    leave: async () => {},
  };
}

/** `pg` finds the socket by directory and port. */
function connectionTo(directory: string): pg.ClientConfig {
  return { host: directory, port: 5432, user: 'postgres', database: 'postgres' };
}

async function answers(owner: Owner): Promise<boolean> {
  return await accepts(join(owner.socketDirectory, SOCKET_NAME));
}

function owned(dataDir: string, owner: Owner): AfterwordError {
  return new AfterwordError(
    'conflict',
    `the embedded store in ${dataDir} is in use by process ${owner.pid}, since ${owner.since}`,
    `use the one that is running, or stop it (kill ${owner.pid}), or set AFTERWORD_DATA_DIR to another directory, ` +
      'or DATABASE_URL to a PostgreSQL server, which many processes may share',
  );
}

function silent(dataDir: string, owner: Owner): AfterwordError {
  return new AfterwordError(
    'busy',
    `process ${owner.pid}, which owns the embedded store in ${dataDir}, does not answer`,
    `wait until it has started, or stop it (kill ${owner.pid}) and try again`,
  );
}
