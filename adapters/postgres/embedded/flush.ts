// Makes files and their names durable: what was flushed is still there after a loss of power.
import { closeSync, fdatasyncSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Makes every file below a directory durable, and all names. */
export function flushTree(directory: string): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) {
      flushTree(path);
      continue;
    }
    const file = openSync(path, 'r');
    fdatasyncSync(file);
    closeSync(file);
  }
  flushDirectory(directory);
}

/** Makes the names in a directory durable. */
export function flushDirectory(path: string): void {
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
