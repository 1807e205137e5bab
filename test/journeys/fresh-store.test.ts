// A program that opens a store for the first time, does next to nothing, and closes it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { openRuntime } from '../../src/main.ts';
import { recordedLog } from '../support/recorded-log.ts';

it('given a fresh embedded store, when it is closed as soon as it is open, then the queue was told before, and nobody complains', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'afterword-test-'));
  const { log, lines } = recordedLog();
  try {
    const runtime = await openRuntime(loadConfig({ AFTERWORD_DATA_DIR: directory }), { role: 'guest', log });
    await runtime.close();
    expect(lines.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([]);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
