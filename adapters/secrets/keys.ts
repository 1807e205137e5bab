// The master key: kept beside an embedded store, and what other keys are derived from.
import { hkdfSync, randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { AfterwordError } from '../../src/domain/basics.ts';

const KEY_BYTES = 32;

/**
 * The key kept beside an embedded store: made once, readable by its owner alone; twenty processes at once agree on one, and whoever is killed
 * while making it leaves none or a whole one.
 */
export function keyBeside(dataDir: string): Uint8Array {
  const file = join(dataDir, 'encryption.key');
  if (!existsSync(file)) makeKey(dataDir, file);
  // A backup that was put back, or a copy, may have left it open to others.
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length === KEY_BYTES) return key;
  throw new AfterwordError(
    'invalid',
    `${file} does not hold a key of ${KEY_BYTES} bytes`,
    'restore it from your backup; without it tokens that were sent out are void, and installations have to be made again',
  );
}

function makeKey(dataDir: string, file: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const text = `${randomBytes(KEY_BYTES).toString('base64')}\n`;
  writeFileSync(draft, text, { flag: 'wx', mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}

/** A key for one purpose, from which no other can be told (HKDF, RFC 5869). */
export function deriveKey(master: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', master, new Uint8Array(), `afterword ${purpose}`, KEY_BYTES));
}
