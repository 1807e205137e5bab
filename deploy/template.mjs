#!/usr/bin/env node
// Makes the empty store that a first start copies, which is quicker than making one. `npm ci` runs it after the build;
// where that fails, the first start does it.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './build.mjs';

try {
  const cluster = join(root, 'dist/adapters/postgres/embedded/cluster.js');
  const { ensureTemplate } = await import(pathToFileURL(cluster).href);
  await ensureTemplate();
} catch (error) {
  console.error(`afterword: the first start will take 3 s longer: ${error.message}`);
}
