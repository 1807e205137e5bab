// The embedded engine as seen from the program's own thread: starts it, starts it again should it break, stops it.
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { AfterwordError, SECOND } from '../../../src/domain/basics.ts';
import type { Log } from '../../../src/ports/log.ts';
import type { EngineReport, EngineTask } from './engine-worker.ts';

const ENTRY = new URL(
  import.meta.url.endsWith('.ts') ? './engine-worker.dev.mjs' : './engine-worker.js',
  import.meta.url,
);
const MAX_CLIENTS = 500;
const IDLE_IN_TRANSACTION = 30 * SECOND;
/** Before it is started again; doubled each time that it does not start. */
const FIRST_WAIT = 100;
const LONGEST_WAIT = 10 * SECOND;
const STOP_WITHIN = 3 * SECOND;

export interface RunningEngine {
  /** Writes everything down and ends, within three seconds; what a harder end leaves, the next start repairs. */
  stop(): Promise<void>;
}

/** Makes a new, empty cluster in `directory`, in a thread that gives its memory back. Takes about 3 s. */
export async function makeCluster(directory: string): Promise<void> {
  const thread = await launch({ kind: 'make', cluster: directory });
  await thread.ended;
}

/** Serves the cluster on a unix socket. Resolves when connections are answered; throws `broken` when it cannot start. */
export async function startEngine(
  cluster: string,
  socket: string,
  {
    throwaway = false,
    log,
  }: { readonly throwaway?: boolean | undefined; readonly log?: Log | undefined } = {},
): Promise<RunningEngine> {
  const task: EngineTask = {
    kind: 'serve',
    cluster,
    socket,
    throwaway,
    maxClients: MAX_CLIENTS,
    idleInTransactionMs: IDLE_IN_TRANSACTION,
  };
  const stopped = new AbortController();
  let thread = await launch(task, log);
  const { signal } = stopped;
  const relaunch = async (): Promise<Thread | null> => {
    for (let wait = FIRST_WAIT; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
      log?.error(
        { waitMs: wait },
        'the embedded store broke and is started again, with all it had committed',
      );
      await delay(wait, undefined, { ref: false, signal }).catch(() => {});
      if (signal.aborted) return null;
      try {
        return await launch(task, log);
      } catch (error) {
        log?.error({ error }, 'the embedded store did not start');
      }
    }
  };
  const keepRunning = async (): Promise<void> => {
    while (!signal.aborted) {
      thread.worker.unref(); // a program that has nothing else to do may end: the store takes no harm
      await thread.ended;
      const next = signal.aborted ? null : await relaunch();
      if (next === null) return;
      thread = next;
    }
    await thread.worker.terminate();
  };
  const kept = keepRunning();

  return {
    async stop() {
      stopped.abort();
      thread.worker.ref();
      thread.worker.postMessage('close');
      const timer = setTimeout(() => thread.worker.terminate(), STOP_WITHIN);
      await kept;
      clearTimeout(timer);
    },
  };
}

interface Thread {
  readonly worker: Worker;
  readonly ended: Promise<void>;
}

/** Starts the thread and waits until it is ready. */
async function launch(task: EngineTask, log?: Log): Promise<Thread> {
  const worker = new Worker(ENTRY, { workerData: task, execArgv: [], name: 'embedded-postgres' });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  try {
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (report: EngineReport) => {
        if (report.kind === 'ready') resolve();
        else log?.error({ reason: report.message }, 'the embedded store broke');
      });
      worker.on('error', reject);
      worker.once('exit', () => reject(new Error('its thread ended')));
    });
  } catch (cause) {
    throw new AfterwordError(
      'broken',
      `the embedded store in ${task.cluster} does not start: ${(cause as Error).message}`,
      'restore a backup into an empty AFTERWORD_DATA_DIR, or report this with the message above',
      cause,
    );
  }
  return { worker, ended };
}
