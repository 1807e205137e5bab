// A process that serves until a signal ends it, and then ends well, or within ten seconds.
import { SECOND } from './domain/basics.ts';

/** Settles when it serves; exits the process on SIGTERM and SIGINT, when what was in hand is done. */
export async function untilSignal(starting: Promise<{ stop(): Promise<void> }>): Promise<void> {
  let serving = false;
  const stop = (signal: string) => {
    process.stdout.write(`${signal}: finishing what is in hand …\n`);
    // While it starts, nothing is in hand yet: then what it waits for need not be waited for.
    setTimeout(() => process.exit(serving ? 1 : 0), 9.5 * SECOND).unref();
    starting
      .then((service) => service.stop())
      .then(
        () => process.exit(0),
        (error) => {
          process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
          process.exit(1);
        },
      );
  };
  process.once('SIGTERM', () => stop('SIGTERM'));
  process.once('SIGINT', () => stop('SIGINT'));
  await starting;
  serving = true;
}
