// The thread in which the embedded PostgreSQL runs: its work is synchronous and would keep the program from everything
// else. Either makes a new cluster and ends, or serves one on a unix socket until it is told to close.
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { DurableFiles, engineParameters } from './durable-files.ts';
import { Gateway } from './gateway.ts';

export type EngineTask =
  | { readonly kind: 'make'; readonly cluster: string }
  | {
      readonly kind: 'serve';
      readonly cluster: string;
      readonly socket: string;
      /** Does without waiting for the disk. */
      readonly throwaway: boolean;
      readonly maxClients: number;
      readonly idleInTransactionMs: number;
    };

/** What the thread tells: it is ready (made, or listening), or broke and will end. */
export type EngineReport = { readonly kind: 'ready' } | { readonly kind: 'broken'; readonly message: string };

const report = (value: EngineReport) => parentPort!.postMessage(value);

/** Ends the thread at once: PGlite goes on after a PANIC, and may then never come back from a call. */
function broken(message: string): never {
  report({ kind: 'broken', message });
  process.exit(1);
}

async function open(cluster: string, throwaway: boolean): Promise<PGlite> {
  const onStderr = (line: string) => (/ PANIC: /.test(line) ? broken(line) : false);
  const startParams = engineParameters(throwaway);
  return await PGlite.create({ fs: new DurableFiles(cluster), startParams, onStderr });
}

async function serve(task: Extract<EngineTask, { kind: 'serve' }>): Promise<void> {
  const database = await open(task.cluster, task.throwaway);
  const run = (messages: Buffer, answer: (piece: Uint8Array) => void) =>
    database.execProtocolRawStream(messages, { onRawData: answer });
  const gateway = await Gateway.open({ run }, { ...task, broken: (error) => broken(error.message) });
  const server = createServer((socket) => gateway.accept(socket));
  parentPort!.once('message', async () => {
    server.close();
    await gateway.close();
    await database.close();
    process.exit(0);
  });
  rmSync(task.socket, { force: true });
  server.listen(task.socket, () => report({ kind: 'ready' }));
}

async function make(cluster: string): Promise<void> {
  const database = await open(cluster, true);
  // Patterns for further databases, of which there are none here: two thirds of the files.
  for (const name of ['template0', 'template1']) {
    await database.exec(`ALTER DATABASE ${name} IS_TEMPLATE false`);
    await database.exec(`DROP DATABASE ${name}`);
  }
  await database.close();
  report({ kind: 'ready' });
}

const task = workerData as EngineTask;
await (task.kind === 'make' ? make(task.cluster) : serve(task));
