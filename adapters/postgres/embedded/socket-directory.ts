// Where the embedded store listens: a directory that only its user may enter, with a path short enough for a socket.
import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { AfterwordError } from '../../../src/domain/basics.ts';

/** `pg` joins a directory and a port to this name. */
export const SOCKET_NAME = '.s.PGSQL.5432';

/** macOS allows 103 bytes, Linux 107. */
const LONGEST_SOCKET_PATH = 103;

/** The directory for the socket of this data directory (absolute), made with mode 700 if need be. */
export function socketDirectory(dataDir: string): string {
  const usual = join(dataDir, 'run');
  if (Buffer.byteLength(join(usual, SOCKET_NAME)) <= LONGEST_SOCKET_PATH) return makePrivate(usual);
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  return makePrivate(join(tmpdir(), `afterword-${userInfo().uid}-${hash}`));
}

/** Refuses a directory that somebody else made first: the temporary directory is everybody's. */
function makePrivate(directory: string): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const found = lstatSync(directory);
  if (!found.isDirectory() || (process.getuid !== undefined && found.uid !== process.getuid())) {
    throw new AfterwordError(
      'forbidden',
      `${directory}, where the embedded store would listen, belongs to somebody else`,
      'remove it, or set AFTERWORD_DATA_DIR to a directory with a shorter path',
    );
  }
  chmodSync(directory, 0o700);
  return directory;
}
