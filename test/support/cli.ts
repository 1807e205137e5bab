// The command line in this very process: what it wrote, and its exit code.
import { Readable, Writable } from 'node:stream';
import { runCli } from '../../src/cli/program.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array | readonly Uint8Array[];
  readonly directory?: string;
}

/** Runs one command line. Nothing of this process's own environment reaches it. */
export async function cli(args: readonly string[], options: CliOptions = {}): Promise<Ran> {
  const { environment = {}, stdin = '', directory = '/' } = options;
  const stdout = collector();
  const stderr = collector();
  const chunks =
    typeof stdin === 'string' ? [Buffer.from(stdin)] : stdin instanceof Uint8Array ? [stdin] : stdin;
  const code = await runCli(args, {
    stdin: Readable.from(chunks),
    stdout: stdout.stream,
    stderr: stderr.stream,
    environment: () => environment,
    directory,
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function collector() {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
}
