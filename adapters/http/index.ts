// The one server. Everything that is reachable is mounted here; on stop it takes nothing new and lets what is in hand end.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { AfterwordError, type Duration } from '../../src/domain/basics.ts';
import type { HttpMount } from '../../src/ports/http.ts';
import type { Log } from '../../src/ports/log.ts';
import { problem, problemOf } from './problem.ts';

export { apiRoutes } from './api.ts';
export { healthRoutes } from './health.ts';
export { metricsRoutes } from './metrics.ts';

/** Connections that wait to be taken; beyond that, thousands who come at once would have to knock again, a second later. */
const BACKLOG = 4_096;

export interface HttpServer {
  /** The port that was taken: the asked one, or a free one for 0. */
  readonly port: number;
  close(graceMs: Duration): Promise<void>;
}

export async function startHttp(options: {
  readonly host: string;
  readonly port: number;
  readonly mounts: readonly HttpMount[];
  readonly log: Log;
}): Promise<HttpServer> {
  const mounts = [...options.mounts].sort((a, b) => b.prefix.length - a.prefix.length);
  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const mount = mounts.find((m) => pathname.startsWith(m.prefix));
    if (!mount) return problem(404, `there is nothing at ${request.method} ${pathname}`);
    try {
      return await mount.handle(request);
    } catch (error) {
      options.log.error({ method: request.method, path: pathname, error: String(error) }, 'a request failed');
      return problemOf(error);
    }
  };
  const server = createServer(getRequestListener(answer));
  // A slow sender must not hold a connection for ever.
  server.headersTimeout = 15_000;
  server.requestTimeout = 60_000;
  // Longer than what stands in front keeps its own, or a request may come on a connection that we just closed.
  server.keepAliveTimeout = 75_000;
  await listen(server, options.host, options.port);
  return { port: (server.address() as AddressInfo).port, close: (graceMs) => close(server, graceMs) };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const remedy =
        error.code === 'EADDRINUSE'
          ? 'stop what listens there, or set PORT to another'
          : 'check HOST and PORT';
      reject(
        new AfterwordError('unavailable', `cannot listen on ${host}:${port} (${error.code})`, remedy, error),
      );
    });
    server.listen({ port, host, backlog: BACKLOG }, resolve);
  });
}

async function close(server: Server, graceMs: Duration): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // Clients keep their connection when they have their answer: it is closed as soon as nothing is asked on it.
  const sweeping = setInterval(() => server.closeIdleConnections(), 20);
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweeping);
  clearTimeout(timer);
}
