// The queue's contract on a real Redis.
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { describe, it } from 'vitest';
import { createQueue } from '../../../adapters/bullmq/index.ts';
import { type QueueServerUnderTest, queueContract } from '../../contracts/queue.ts';
import { flakyProxy } from '../../support/flaky-proxy.ts';
import { recordedLog } from '../../support/recorded-log.ts';

const url = process.env['TEST_REDIS_URL'];

if (url) {
  queueContract('BullMQ on Redis', () => redisUnderTest(url));
} else {
  describe.skip('the queue: BullMQ on Redis (TEST_REDIS_URL is not set)', () => {
    it.todo('keeps the contract');
  });
}

async function redisUnderTest(address: string): Promise<QueueServerUnderTest> {
  const { hostname, port } = new URL(address);
  const proxy = await flakyProxy({ host: hostname, port: Number(port || 6379) });
  const through = new URL(address);
  through.hostname = '127.0.0.1';
  through.port = String(proxy.port);
  const admin = new Redis(address);
  const prefix = `test-${randomUUID()}`;
  const { log, lines } = recordedLog();
  const reset = async () => {
    const keys = await admin.keys(`${prefix}:*`);
    if (keys.length > 0) await admin.unlink(keys);
  };
  return {
    lines,
    open: () => createQueue({ kind: 'redis', url: through.href }, { log, prefix }),
    reset,
    shut: proxy.shut,
    freeze: proxy.freeze,
    reopen: proxy.reopen,
    async dispose() {
      await proxy.close();
      await reset();
      admin.disconnect();
    },
  };
}
