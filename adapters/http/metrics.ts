// `/metrics` in the format of Prometheus, for whoever holds the token: how this process does, and how much work waits in the store.
import { createHash, timingSafeEqual } from 'node:crypto';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { HttpMount } from '../../src/ports/http.ts';
import type { WorkLedger } from '../../src/ports/store/work.ts';
import { problem } from './problem.ts';

export interface MetricsOptions {
  /** null: there are none to be had. */
  readonly token: string | null;
  readonly work: Pick<WorkLedger, 'counts'>;
  readonly now: () => number;
}

export function metricsRoutes({ token, work, now }: MetricsOptions): readonly HttpMount[] {
  if (token === null) return [];
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const waiting = new Gauge({
    name: 'afterword_work',
    help: 'Work in the store: pending (all that is to be done), overdue (its time has come), dead (given up)',
    labelNames: ['state'],
    registers: [registry],
  });
  const oldest = new Gauge({
    name: 'afterword_work_oldest_overdue_seconds',
    help: 'How long the most overdue work has been waiting; 0 when none is',
    registers: [registry],
  });
  return [
    {
      prefix: '/metrics',
      async handle(request) {
        if (new URL(request.url).pathname !== '/metrics') return problem(404, 'there is nothing here');
        if (!isBearer(request, token)) return problem(401, 'the token of METRICS_TOKEN is needed');
        const at = now();
        const counts = await work.counts(at);
        waiting.set({ state: 'pending' }, counts.pending);
        waiting.set({ state: 'overdue' }, counts.overdue);
        waiting.set({ state: 'dead' }, counts.dead);
        const { oldestDueAt } = counts;
        oldest.set(oldestDueAt === null ? 0 : Math.max(0, at - oldestDueAt) / 1000);
        return new Response(await registry.metrics(), {
          headers: { 'content-type': registry.contentType, 'cache-control': 'no-store' },
        });
      },
    },
  ];
}

function isBearer(request: Request, token: string): boolean {
  const [, given] = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}
