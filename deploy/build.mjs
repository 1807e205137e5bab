#!/usr/bin/env node
// Makes what the repository does not hold, and only when it is out of date: the Prisma client, then the compiled
// program in dist/. `npm ci` runs it (as `prepare`), and so does every start, where a check takes a few hundredths
// of a second. `--force` makes both anew. Types are not checked here: `npm test` does that.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const GENERATED = 'adapters/postgres/generated';
const LOCK = join(root, 'node_modules/.cache/afterword-build.lock');
const LOCK_WAIT_MS = 60_000;

const steps = [
  {
    makes: 'the Prisma client',
    inputs: ['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json'],
    output: GENERATED,
    tool: 'node_modules/prisma/build/index.js',
    args: ['generate', '--no-hints'],
    // The 7.x client has no engine of its own, and `generate` never calls the schema engine; but without this the
    // CLI would download one, which fails where only the package registry can be reached.
    env: {
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  },
  {
    makes: 'the program',
    inputs: ['src', 'adapters', 'tsconfig.json', 'tsconfig.build.json', `${GENERATED}/.stamp`],
    output: 'dist',
    tool: 'node_modules/typescript/bin/tsc',
    args: ['-p', 'tsconfig.build.json'],
    env: {},
    carries: ['src/model/afterword.bin'],
  },
];

/** Brings everything up to date; returns what was made. Throws when a tool fails or is not installed. */
export function build({ force = false } = {}) {
  const stale = (step) => force || readStamp(step) !== fingerprint(step.inputs);
  if (!steps.some(stale)) return [];
  return underLock(() => steps.filter((step) => stale(step) && make(step, force)).map((step) => step.makes));
}

function make(step, force) {
  const output = join(root, step.output);
  if (!existsSync(join(root, step.tool))) {
    if (existsSync(output)) return false; // an image without its build tools runs what it was given
    throw new Error(`cannot make ${step.makes}: ${step.tool} is not there. Run npm ci.`);
  }
  const before = fingerprint(step.inputs); // taken first, so that an edit during the run makes it stale again
  rmSync(force ? output : join(output, '.stamp'), { recursive: true, force: true });
  const run = spawnSync(process.execPath, [step.tool, ...step.args], {
    cwd: root,
    env: { ...process.env, ...step.env },
    encoding: 'utf8',
  });
  if (run.status !== 0) {
    throw new Error(
      `${step.tool} ${step.args.join(' ')} failed\n${run.error ?? ''}${run.stdout}${run.stderr}`,
    );
  }
  mkdirSync(output, { recursive: true });
  for (const path of step.carries ?? []) copyFileSync(join(root, path), join(output, path));
  writeFileSync(join(output, '.stamp'), before);
  return true;
}

function readStamp(step) {
  const path = join(root, step.output, '.stamp');
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** By content, not by time: a checkout, a copied tree and an unpacked archive all have times of their own. */
function fingerprint(inputs) {
  const hash = createHash('sha256');
  const add = (path) => {
    if (path === GENERATED) return;
    const full = join(root, path);
    let entries;
    try {
      entries = readdirSync(full).sort();
    } catch (error) {
      if (error.code === 'ENOTDIR') hash.update(path).update(readFileSync(full));
      else if (error.code !== 'ENOENT') throw error;
      return;
    }
    for (const name of entries) add(`${path}/${name}`);
  };
  for (const input of inputs) add(input);
  return hash.digest('hex');
}

/** Several processes may start together: one builds, the others wait for it. */
function underLock(work) {
  const deadline = Date.now() + LOCK_WAIT_MS;
  mkdirSync(dirname(LOCK), { recursive: true });
  for (;;) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!isAlive(readOwner())) rmSync(LOCK, { force: true });
      else if (Date.now() > deadline)
        throw new Error(`another process has been building for a minute; if there is none, remove ${LOCK}`);
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    }
  }
  try {
    return work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

function readOwner() {
  try {
    return Number(readFileSync(LOCK, 'utf8'));
  } catch {
    return 0;
  }
}

function isAlive(pid) {
  if (!(pid > 0)) return true; // gone or not yet written: look again
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    for (const made of build({ force: process.argv.includes('--force') }))
      console.log(`afterword: made ${made}`);
  } catch (error) {
    console.error(`afterword: ${error.message}`);
    process.exitCode = 1;
  }
}
