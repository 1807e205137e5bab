// One line a thing that happened, as JSON on standard error; secrets are kept out by name, customers' words by never being handed in.
import { pino } from 'pino';
import type { Log } from './ports/log.ts';

const SECRET = [
  'token',
  'secret',
  'password',
  'authorization',
  'key',
  'url',
  'databaseUrl',
  'redisUrl',
  'verbatim',
  'text',
];

export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`]), censor: '[…]' },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
