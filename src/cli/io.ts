// What a command talks to: standard streams, the environment, and whether a person is watching. Handed in, so that tests can.
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Environment } from '../config.ts';
import { ReaderGone } from './errors.ts';

export interface Io {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  /** Results, and nothing else. */
  readonly stdout: Writable;
  /** Progress, warnings and errors. */
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly environment: () => Environment;
  readonly directory: string;
}

/** Writes a result, waiting while the reader is slow. Throws `ReaderGone` when it has closed its end. */
export async function write(io: Io, text: string): Promise<void> {
  const { stdout } = io;
  if (gone.has(stdout) || stdout.destroyed) throw new ReaderGone();
  if (stdout.write(text)) return;
  try {
    await Promise.race([
      once(stdout, 'drain'),
      once(stdout, 'close').then(() => Promise.reject(new ReaderGone())),
    ]);
  } catch (error) {
    if (gone.has(stdout)) throw new ReaderGone();
    throw error;
  }
}

const gone = new WeakSet<Writable>();

/** A closed pipe is no fault of ours: noted, and told to whoever writes next. */
export function watchPipes(io: Io): void {
  for (const stream of [io.stdout, io.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
      gone.add(stream);
    });
  }
}

/** Tells whoever runs the command something that is no result. */
export function tell(io: Io, line: string): void {
  if (!gone.has(io.stderr)) io.stderr.write(`${line}\n`);
}

/** A value as its JSON, readable by people too. */
export async function writeJson(io: Io, value: unknown): Promise<void> {
  await write(io, `${JSON.stringify(value, null, 2)}\n`);
}
