// Socket Mode: one connection at a time, and a second one while the first is being replaced. Comes back by itself, however long Slack is away.
import { setTimeout as delay } from 'node:timers/promises';
import { type Duration, SECOND } from '../../../src/domain/basics.ts';
import type { Health } from '../../../src/ports/health.ts';
import { within } from '../../shared/within.ts';
import { type Line, type LineParts, openLine } from './line.ts';

export interface Socket {
  /** Settles when it is connected, or has tried for some seconds. */
  start(): Promise<void>;
  stop(): Promise<void>;
  health(): Health;
}

const STARTING: Duration = 8 * SECOND;
const FIRST_PAUSE: Duration = 0.5 * SECOND;
const LONGEST_PAUSE: Duration = 30 * SECOND;
/** A connection that lasts so long was a good one. */
const GOOD: Duration = 10 * SECOND;
/** What came over a connection that Slack is ending is acknowledged within it. */
const HANDING_OVER: Duration = 3 * SECOND;

const REMEDY =
  'check SLACK_APP_TOKEN (an app-level token with connections:write), Socket Mode in the app, and the network';

export function createSocket(parts: LineParts): Socket {
  const { log } = parts;
  const stopping = new AbortController();
  const closing = new Set<Promise<void>>();
  let line: Line | null = null;
  let isConnected = false;
  let problem = 'not started';
  let running: Promise<void> | null = null;

  const close = (old: Line, limit: Duration) => {
    const closed = old.close(limit).finally(() => closing.delete(closed));
    closing.add(closed);
  };

  const keep = async (ready: () => void) => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const old = line;
      line = openLine(parts);
      const since = performance.now();
      try {
        await line.connected;
        if (!isConnected) log.info({ after: failures }, 'connected to Slack by Socket Mode');
        isConnected = true;
        ready();
        if (old) close(old, HANDING_OVER);
        await Promise.race([line.leaving, aborted(stopping.signal)]);
        problem = 'Slack ended the connection';
        if (performance.now() - since > GOOD) failures = 0;
        else failures += 1;
      } catch (error) {
        failures += 1;
        problem = String(error).slice(0, 300);
        if (isConnected || failures === 1) log.warn({ problem }, 'there is no connection to Slack');
        isConnected = false;
        if (old) close(old, HANDING_OVER);
        close(line, 0);
        line = null;
      }
      if (failures > 0) await pause(failures, stopping.signal);
    }
  };

  return {
    async start() {
      const first = new Promise<void>((resolve) => {
        running = keep(resolve);
      });
      await within(STARTING, first);
    },

    async stop() {
      stopping.abort();
      isConnected = false;
      problem = 'stopped';
      const last = line;
      if (last) close(last, HANDING_OVER);
      await within(HANDING_OVER + 2 * SECOND, Promise.all([running, ...closing]));
    },

    health: () =>
      isConnected && line?.isOpen()
        ? { ok: true, detail: 'connected by Socket Mode' }
        : { ok: false, detail: `no connection by Socket Mode: ${problem}`, remedy: REMEDY },
  };
}

async function pause(failures: number, signal: AbortSignal): Promise<void> {
  const longest = Math.min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE);
  // Many processes that lost it together do not come back together.
  const ms = longest * (0.5 + Math.random() / 2);
  await delay(ms, undefined, { signal }).catch(() => undefined);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
