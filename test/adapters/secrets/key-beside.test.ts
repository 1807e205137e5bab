// The key beside an embedded store: one for ever, whoever is killed while making it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyBeside } from '../../../adapters/secrets/index.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'afterword-key-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('the key beside an embedded store', () => {
  it('is made once, for its owner alone, and leaves nothing else behind', () => {
    const place = join(directory, 'data');
    const key = keyBeside(place);
    expect(key).toHaveLength(32);
    expect(keyBeside(place)).toEqual(key);
    expect(readdirSync(place)).toEqual(['encryption.key']);
    expect(statSync(join(place, 'encryption.key')).mode & 0o777).toBe(0o600);
  });

  it('given a process that was killed while it wrote, the next one makes a whole key', () => {
    writeFileSync(join(directory, 'encryption.key.0123456789ab'), 'AAAA', { mode: 0o600 });
    expect(keyBeside(directory)).toHaveLength(32);
  });

  it('that others could read is closed to them', () => {
    const key = keyBeside(directory);
    chmodSync(join(directory, 'encryption.key'), 0o644);
    expect(keyBeside(directory)).toEqual(key);
    expect(statSync(join(directory, 'encryption.key')).mode & 0o777).toBe(0o600);
  });

  it('is the same for twenty processes that look for it at once', async () => {
    const path = join(directory, 'data');
    const module = new URL('../../../adapters/secrets/index.ts', import.meta.url).href;
    const program = `
      const { keyBeside } = await import(${JSON.stringify(module)});
      process.stdin.once('data', () => {
        process.stdout.write(Buffer.from(keyBeside(${JSON.stringify(path)})).toString('hex'));
        process.exit();
      });
      process.stderr.write('ready');`;
    const args = ['--import', 'tsx', '--input-type=module', '-e', program];
    const children = Array.from({ length: 20 }, () => spawn(process.execPath, args));
    await Promise.all(children.map(({ stderr }) => once(stderr, 'data')));
    for (const { stdin } of children) stdin.end('go');
    const keys = await Promise.all(children.map(({ stdout }) => text(stdout)));
    expect(new Set(keys)).toEqual(new Set([Buffer.from(keyBeside(path)).toString('hex')]));
  }, 60_000);

  it('given a file that holds none, says what to do about it and does not replace it', () => {
    writeFileSync(join(directory, 'encryption.key'), 'oops');
    expect(() => keyBeside(directory)).toThrow(/32 bytes/);
  });
});
