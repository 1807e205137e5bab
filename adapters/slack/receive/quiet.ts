// The log that Slack's packages get. What they would say below a warning may hold tokens and people's words.
import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../../src/ports/log.ts';

const LONGEST = 300;

export function quietLogger(log: Log): Logger {
  const pass = (...said: unknown[]) => {
    const detail = said.map((one) => (one instanceof Error ? one.message : String(one))).join(' ');
    log.debug({ detail: detail.slice(0, LONGEST) }, 'the Slack client says');
  };
  const drop = () => undefined;
  return {
    debug: drop,
    info: drop,
    warn: pass,
    error: pass,
    setLevel: drop,
    getLevel: () => LogLevel.INFO,
    setName: drop,
  };
}
