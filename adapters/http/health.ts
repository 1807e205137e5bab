// `/healthz`: this process is alive. `/readyz`: everything that it needs answers; else 503 and what is down.
import { type Duration, SECOND } from '../../src/domain/basics.ts';
import type { Api } from '../../src/ports/api.ts';
import type { HttpMount } from '../../src/ports/http.ts';
import { problem } from './problem.ts';

const DEADLINE: Duration = 3 * SECOND;

/** Anybody may ask, so that they say what is down and not why: the log does, and `afterword doctor`. */
export function healthRoutes(api: Pick<Api, 'readiness'>, stopping: () => boolean): readonly HttpMount[] {
  return [
    at('/healthz', async () => reply(200, { status: 'ok' })),
    at('/readyz', async () => {
      if (stopping()) return reply(503, { status: 'stopping', down: [], checks: {} });
      const found = Object.entries(await api.readiness(DEADLINE));
      const down = found.filter(([, health]) => !health.ok).map(([name]) => name);
      const checks = Object.fromEntries(found.map(([name, health]) => [name, health.ok ? 'ok' : 'down']));
      return down.length === 0
        ? reply(200, { status: 'ready', down, checks })
        : reply(503, { status: 'not ready', down, checks });
    }),
  ];
}

function at(path: string, answer: () => Promise<Response>): HttpMount {
  const elsewhere = () => problem(404, 'there is nothing here');
  return {
    prefix: path,
    handle: (request) => (new URL(request.url).pathname === path ? answer() : elsewhere()),
  };
}

function reply(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}
