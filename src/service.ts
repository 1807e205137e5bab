// The running service: what is served, worked on and swept, by role; and how it ends.
import { type Duration, HOUR, type Id, MINUTE, SECOND } from './domain/basics.ts';
import type { Context } from './handlers/context.ts';
import { createInbound } from './handlers/inbound.ts';
import { RENEW_EVERY, renewLeases } from './handlers/lease.ts';
import { perform } from './handlers/perform.ts';
import { retain } from './handlers/retain.ts';
import { SWEEP_EVERY, sweep, tidy } from './handlers/sweep.ts';
import type { Inbound } from './ports/platform.ts';
import type { Queue } from './ports/queue.ts';
import type { LeasedWork } from './ports/store/work.ts';
import { createPrecedence, type Precedence } from './precedence.ts';

export const ROLES = ['all', 'web', 'worker', 'gateway'] as const;
export type Role = (typeof ROLES)[number];

/** Work in hand at once, in one process. */
export const CONCURRENCY = 16;

/** How often to look for what has been kept for long enough: so often a bite is taken of it, until nothing is left. */
const RETAIN_EVERY: Duration = MINUTE;

/** What each last word to a store that may be away gets. */
const GOODBYE: Duration = SECOND / 2;

export interface Worker {
  stop(graceMs: Duration): Promise<void>;
}

/**
 * Takes what is due from the queue, and puts back what the queue lost. `alone`: no other process works on this store, so that whatever is in
 * hand was in the hands of one that died.
 */
export async function startWorker(
  ctx: Context,
  queue: Queue,
  alone: boolean,
  precedence: Precedence = createPrecedence(CONCURRENCY),
): Promise<Worker> {
  const holder: Id = ctx.ids.next();
  const inHand = new Set<LeasedWork>();
  let lastTidy = 0;
  let afresh = true;

  if (alone) await ctx.store.work.release(ctx.clock.now());
  await queue.consume((workId) => precedence.inTurn(() => perform(ctx, workId, inHand)), CONCURRENCY);
  const sweeping = repeat(ctx, SWEEP_EVERY, 'sweeping failed; it will be tried again', async () => {
    const before = afresh;
    afresh = true;
    afresh = (await sweep(ctx, holder, before)) === null;
    if (ctx.clock.now() - lastTidy <= HOUR) return;
    lastTidy = ctx.clock.now();
    await tidy(ctx);
  });
  const retaining = repeat(
    ctx,
    RETAIN_EVERY,
    'what was kept for long enough could not be dropped; it will be tried again',
    async () => {
      await retain(ctx);
    },
  );
  const renewing = repeat(ctx, RENEW_EVERY, 'leases could not be renewed; it will be tried again', () =>
    renewLeases(ctx, inHand),
  );

  return {
    async stop(graceMs) {
      precedence.end();
      await Promise.all([sweeping.stop(), retaining.stop()]);
      await queue.close(graceMs);
      const disowned = within(GOODBYE, ctx.store.work.disown('sweeper', holder));
      await Promise.allSettled([renewing.stop(), disowned]);
    },
  };
}

/** Runs `round` now and every `every` ms, never two at once. `stop` waits for the one under way, but not for a store that does not answer. */
function repeat(ctx: Context, every: Duration, complaint: string, round: () => Promise<void>) {
  let current: Promise<void> | null = null;
  const run = () => {
    current ??= round()
      .catch((error) =>
        ctx.log.warn({ error: error instanceof Error ? error.message : String(error) }, complaint),
      )
      .finally(() => {
        current = null;
      });
  };
  run();
  const timer = setInterval(run, every);
  return {
    async stop() {
      clearInterval(timer);
      await within(GOODBYE, current ?? Promise.resolve()).catch(() => undefined);
    },
  };
}

/** Begins to take in what people do on the platforms that this process hears. */
export async function startPlatforms(
  ctx: Context,
  hears: (platform: string) => boolean,
  precedence: Precedence,
): Promise<void> {
  const handle = createInbound(ctx, (ms) => {
    let timer: NodeJS.Timeout | undefined;
    const done = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    return { done, cancel: () => clearTimeout(timer) };
  });
  const inbound: Inbound = (event) => precedence.first(() => handle(event));
  for (const platform of ctx.platforms.values()) if (hears(platform.name)) await platform.start(inbound);
}

/** A promise that must settle in time. */
export async function within<T>(ms: Duration, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms / SECOND} s`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
