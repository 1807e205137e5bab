#!/usr/bin/env node
// Runs the program from code that is up to date, in this very process, so that signals reach it:
// `run.mjs main` is the server, `run.mjs cli …` the command line.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, root } from './build.mjs';

const [entry, ...args] = process.argv.slice(2);
const path = join(root, 'dist/src', `${entry}.js`);
try {
  build();
} catch (error) {
  console.error(`afterword: ${error.message}`);
  process.exit(1);
}

// npx starts us below a shell, which a signal ends without our hearing of it. When it is gone, stop as if told.
if (process.env.npm_lifecycle_event === 'npx') {
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250).unref();
}

process.argv = [process.argv[0], path, ...args];
await import(pathToFileURL(path).href);
