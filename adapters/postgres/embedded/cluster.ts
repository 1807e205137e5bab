// The directory that holds the embedded store's files: there, whole, and of the version that the engine reads.
//
// Making a cluster takes 3 s, copying one less than 1 s, so one is made once (by `npm ci`, or at first need) and kept
// beside the installed packages.
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { AfterwordError, HOUR } from '../../../src/domain/basics.ts';
import { makeCluster } from './engine.ts';
import { flushDirectory, flushTree } from './flush.ts';

/** The version of PostgreSQL that the engine is. */
const MAJOR = '18';

/** Of the cluster that is copied; a change in how it is made needs another. */
const LAYOUT = 2;

/** The cluster of this data directory, made when there is none. Only the owner of the directory may call this. */
export async function ensureCluster(dataDir: string): Promise<string> {
  const cluster = join(dataDir, 'pgdata');
  if (existsSync(cluster)) {
    refuseForeign(cluster);
    // Left by a killed engine; a half-written one would keep the next from starting. The directory is ours alone.
    await rm(join(cluster, 'postmaster.pid'), { force: true });
    return cluster;
  }
  for (const name of readdirSync(dataDir)) {
    if (name.startsWith('pgdata.new-')) await rm(join(dataDir, name), { recursive: true, force: true });
  }
  const fresh = join(dataDir, `pgdata.new-${randomUUID()}`);
  const template = await ensureTemplate();
  if (template === null) await makeCluster(fresh);
  else await cp(template, fresh, { recursive: true });
  chmodSync(fresh, 0o700);
  flushTree(fresh);
  await rename(fresh, cluster); // so a start that is cut short leaves no half cluster
  flushDirectory(dataDir);
  return cluster;
}

/** The empty cluster that others are copied from, made when it is missing; null where it cannot be kept. */
export async function ensureTemplate(): Promise<string | null> {
  const packages = nodeModules();
  const { version } = JSON.parse(
    readFileSync(join(packages, '@electric-sql/pglite/package.json'), 'utf8'),
  ) as { version: string };
  const cache = join(packages, '.cache/afterword');
  const template = join(cache, `cluster-${version}-${LAYOUT}`);
  if (existsSync(template)) return template;
  const fresh = `${template}.new-${randomUUID()}`;
  try {
    mkdirSync(cache, { recursive: true });
    await removeAbandoned(cache);
    await mkdir(fresh, { mode: 0o700 });
  } catch {
    return null;
  }
  try {
    await makeCluster(fresh);
    await rename(fresh, template).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error; // else another process was quicker
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return template;
}

/** Drafts that somebody was killed over. */
async function removeAbandoned(cache: string): Promise<void> {
  for (const name of readdirSync(cache)) {
    const draft = join(cache, name);
    if (!/^cluster-.*\.new-/.test(name) || statSync(draft).mtimeMs > Date.now() - HOUR) continue;
    await rm(draft, { recursive: true, force: true });
  }
}

function nodeModules(): string {
  const resolved = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  return resolved.slice(0, resolved.lastIndexOf('node_modules') + 'node_modules'.length);
}

function refuseForeign(cluster: string): void {
  const version = existsSync(join(cluster, 'PG_VERSION'))
    ? readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
    : 'none';
  if (version === MAJOR) return;
  throw new AfterwordError(
    'conflict',
    `${cluster} was made by PostgreSQL ${version}, and this program reads ${MAJOR}`,
    'make a backup with the program that wrote it, and restore that into an empty AFTERWORD_DATA_DIR',
  );
}
