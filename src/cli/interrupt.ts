// Long work that can be stopped: the first signal asks it to end well, the second ends it.

/** Runs it; says whether a signal asked it to stop. */
export async function interruptible(run: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    await run(controller.signal);
    return controller.signal.aborted;
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}
