// (b) Prompts scheduled in bulk (decided, written durably, and put into the queue) against BullMQ's bare `addBulk` of as many jobs.
import { setTimeout as delay } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { loadConfig } from '../src/config.ts';
import type { InteractionClosed } from '../src/domain/trigger/interaction.ts';
import { onTriggers } from '../src/handlers/on-trigger.ts';
import { openRuntime } from '../src/main.ts';
import { median, round, say, type Verdict } from './support/numbers.ts';
import { ENCRYPTION_KEY, REDIS_URL, withDatabase } from './support/places.ts';

const RUNS = 5;
const BATCH = 1_000;
const BATCHES = 10;
/** Batches in flight at once, for both. */
const LANES = 3;

export async function benchSchedule(): Promise<readonly Verdict[]> {
  return await withDatabase(async (databaseUrl) => {
    const redis = new Redis(REDIS_URL, { maxRetriesPerRequest: null });
    await redis.flushdb();
    const config = loadConfig({ DATABASE_URL: databaseUrl, REDIS_URL, ENCRYPTION_KEY, LOG_LEVEL: 'error' });
    const runtime = await openRuntime(config, { role: 'guest' });
    const bare = new Queue('bare', { connection: redis });
    const queue = new Queue('afterword', { connection: redis });
    try {
      const workspace = (await runtime.ctx.store.admin.workspace('default'))!;
      const ours: number[] = [];
      const theirs: number[] = [];
      let serial = 0;
      let jobs = 0;
      // The first run warms both up and does not count.
      for (let run = 0; run <= RUNS; run++) {
        const begin = performance.now();
        await inFlight(async () => {
          const events = Array.from({ length: BATCH }, () => interaction(serial++));
          const outcomes = await onTriggers(runtime.ctx, workspace.id, events);
          if (outcomes.some((outcome) => outcome.prompt?.state !== 'scheduled'))
            throw new Error('a prompt was not scheduled');
        });
        await queued(queue, serial);
        const middle = performance.now();
        await inFlight(async () => {
          const many = Array.from({ length: BATCH }, () => ({
            name: 'job',
            data: { id: jobs },
            opts: { delay: 600_000, jobId: `b-${jobs++}`, removeOnComplete: true, removeOnFail: true },
          }));
          await bare.addBulk(many);
        });
        const end = performance.now();
        if (run === 0) continue;
        ours.push((BATCH * BATCHES * 1000) / (middle - begin));
        theirs.push((BATCH * BATCHES * 1000) / (end - middle));
        console.log(
          `  run ${run}: ${round(ours.at(-1)!)} prompts/s, ${round(theirs.at(-1)!)} jobs/s by bare addBulk`,
        );
      }
      const ratio = median(ours) / median(theirs);
      return [
        say({
          name: 'prompts scheduled in bulk against bare addBulk',
          figure: `${round(median(ours))}/s against ${round(median(theirs))}/s = ${round(ratio, 2)}`,
          wanted: 'at least 0.3',
          met: ratio >= 0.3,
        }),
      ];
    } finally {
      await bare.close();
      await queue.close();
      await runtime.close();
      await redis.flushdb();
      redis.disconnect();
    }
  });
}

/** Until the queue holds every prompt that this program ever scheduled: until then it is not scheduled. */
async function queued(queue: Queue, count: number): Promise<void> {
  while ((await queue.getJobCountByTypes('delayed', 'waiting', 'prioritized')) < count) await delay(1);
}

/** Every batch once, a few at a time. */
async function inFlight(batch: () => Promise<void>): Promise<void> {
  let left = BATCHES;
  const lane = async () => {
    while (left-- > 0) await batch();
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

function interaction(serial: number): InteractionClosed {
  const where = { platform: 'web', installation: 'local' };
  return {
    source: 'bench',
    externalId: `T-${serial}`,
    place: { ...where, channel: null, thread: `thread-${serial}` },
    person: { ...where, externalId: `person-${serial}` },
    profile: { locale: 'en' },
    customer: null,
    agent: 'sam',
    account: null,
    subject: null,
    locale: 'en',
    closedAt: Date.now(),
    closedBy: 'person',
    survey: null,
    explicit: false,
  };
}
