// What is done after the acknowledgement: a bounded number at once, a bounded number waiting, and an end when the program stops.
import type { Duration } from '../../src/domain/basics.ts';
import type { Log } from '../../src/ports/log.ts';
import { within } from './within.ts';

/** They wait for the platform more than they work: for a second where it says "too often", for some where it says nothing. */
const AT_ONCE = 120;
/** While many wait for their acknowledgement, that comes first. */
const AT_ONCE_WHEN_BUSY = 4;
const MOST_WAITING = 20_000;

export interface Background {
  run(task: () => Promise<unknown>): void;
  /** What cannot wait for its turn, or merely waits for others. */
  runNow(task: () => Promise<unknown>): void;
  /** Waits until nothing is left; what is not begun by then is dropped. */
  end(limit: Duration): Promise<void>;
}

export function createBackground(log: Log, isBusy: () => boolean): Background {
  const waiting: (() => Promise<unknown>)[] = [];
  let inTurn = 0;
  let outOfTurn = 0;
  let onIdle: (() => void)[] = [];

  const perform = async (task: () => Promise<unknown>) => {
    try {
      await task();
    } catch (error) {
      log.warn({ error: String(error) }, 'what came of an event could not be shown');
    }
  };
  const next = () => {
    while (inTurn < (isBusy() ? AT_ONCE_WHEN_BUSY : AT_ONCE)) {
      const task = waiting.shift();
      if (!task) break;
      inTurn += 1;
      void perform(task).then(() => {
        inTurn -= 1;
        next();
      });
    }
    if (inTurn + outOfTurn > 0) return;
    for (const tell of onIdle) tell();
    onIdle = [];
  };

  return {
    run(task) {
      if (waiting.length >= MOST_WAITING) {
        log.warn({ waiting: waiting.length }, 'too much is waiting to be shown: this is not');
        return;
      }
      waiting.push(task);
      next();
    },

    runNow(task) {
      outOfTurn += 1;
      void perform(task).then(() => {
        outOfTurn -= 1;
        next();
      });
    },

    async end(limit) {
      if (inTurn + outOfTurn === 0) return;
      await within(limit, new Promise<void>((resolve) => onIdle.push(resolve)));
      if (waiting.length > 0) log.warn({ waiting: waiting.length }, 'what came of some events was not shown');
      waiting.length = 0;
    },
  };
}
