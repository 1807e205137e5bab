import { expect, it } from 'vitest';
import { metricsRoutes } from '../../../adapters/http/metrics.ts';

const TOKEN = 'a-token-of-more-than-16';
const counts = { pending: 7, overdue: 2, dead: 1, oldestDueAt: 10_000 };
const options = { token: TOKEN, work: { counts: async () => counts }, now: () => 14_500 };

async function ask(path: string, authorization?: string): Promise<Response> {
  const [route] = metricsRoutes(options);
  const headers = authorization === undefined ? {} : { authorization };
  return await route!.handle(new Request(`http://127.0.0.1${path}`, { headers }));
}

it('metrics are the process and the work that waits, for whoever holds the token', async () => {
  const answer = await ask('/metrics', `Bearer ${TOKEN}`);
  const text = await answer.text();
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/plain');
  expect(text).toContain('afterword_work{state="pending"} 7');
  expect(text).toContain('afterword_work{state="overdue"} 2');
  expect(text).toContain('afterword_work{state="dead"} 1');
  expect(text).toContain('afterword_work_oldest_overdue_seconds 4.5');
  expect(text).toContain('process_resident_memory_bytes');
});

it.each([undefined, 'Bearer ', 'Bearer wrong', `Basic ${TOKEN}`, TOKEN])(
  'metrics are not for whoever says %j',
  async (authorization) => {
    expect((await ask('/metrics', authorization)).status).toBe(401);
  },
);

it('there are none where no token is set, and nothing below them', async () => {
  expect(metricsRoutes({ ...options, token: null })).toEqual([]);
  expect((await ask('/metrics/x', `Bearer ${TOKEN}`)).status).toBe(404);
});
