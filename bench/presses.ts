// (e) Score presses through the door for all that people do, on PostgreSQL and Redis: recorded with everything that hangs on an answer, and the view
// for its giver made. Against raw `pg` that only inserts one row a press, each in a transaction of its own, on as many connections; and against a bare
// app of Slack's own framework that only verifies and acknowledges clicks. Then two thousand presses at once, and how long one takes at 70 % of the load.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { loadConfig } from '../src/config.ts';
import { SECOND } from '../src/domain/basics.ts';
import { createInbound } from '../src/handlers/inbound.ts';
import { openRuntime } from '../src/main.ts';
import type { Inbound } from '../src/ports/platform.ts';
import type { Peer } from './answers-peer.ts';
import type { ClicksLoad, ClicksResult } from './clicks-load.ts';
import { median, percentile, round, say, type Verdict } from './support/numbers.ts';
import { ENCRYPTION_KEY, REDIS_URL, withDatabase } from './support/places.ts';
import { runScript, startScript } from './support/program.ts';
import { addSentPrompts, type SentPrompt } from './support/sent-prompts.ts';

const RUNS = 5;
const PRESSES = 5_000;
const WARM_UP = 2_000;
const CONNECTIONS = 10;
/** Presses that wait for their acknowledgement at once. */
const LANES = 200;
const BURST = 2_000;

/** The peer's statement: the least that keeps a press. */
const INSERT = {
  name: 'press',
  text: 'INSERT INTO presses (prompt_id, score, at) VALUES ($1, $2, now())',
  values: ['{prompt}', 9],
};

export async function benchPresses(): Promise<readonly Verdict[]> {
  return await withDatabase(async (databaseUrl) => {
    const config = loadConfig({ DATABASE_URL: databaseUrl, REDIS_URL, ENCRYPTION_KEY, LOG_LEVEL: 'error' });
    const runtime = await openRuntime(config, { role: 'guest' });
    const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
    const bolt = await startScript('bare-bolt.ts');
    try {
      const workspace = (await runtime.ctx.store.admin.workspace('default'))!;
      await pool.query(
        'CREATE TABLE presses (prompt_id uuid NOT NULL, score int NOT NULL, at timestamptz NOT NULL)',
      );
      const inbound = createInbound(runtime.ctx, (ms) => {
        let timer: NodeJS.Timeout | undefined;
        const done = new Promise<void>((resolve) => {
          timer = setTimeout(resolve, ms);
        });
        return { done, cancel: () => clearTimeout(timer) };
      });
      const prompts = (count: number) => addSentPrompts(pool, workspace.id, count);
      await pressAll(inbound, await prompts(WARM_UP), LANES);

      const ours: number[] = [];
      const theirs: number[] = [];
      const acked: number[] = [];
      await clickAll(bolt.port, WARM_UP);
      for (let run = 0; run < RUNS; run++) {
        ours.push(PRESSES / (await pressAll(inbound, await prompts(PRESSES), LANES)).seconds);
        const peer: Peer = {
          databaseUrl,
          connections: CONNECTIONS,
          statements: [INSERT],
          prompts: await prompts(PRESSES),
        };
        theirs.push(PRESSES / (await runScript<{ seconds: number }>('answers-peer.ts', peer)).seconds);
        acked.push(await clickAll(bolt.port, PRESSES));
        console.log(
          `  run ${run + 1}: ${round(ours.at(-1)!)} presses/s recorded, ${round(theirs.at(-1)!)} rows/s inserted by raw pg, ` +
            `${round(acked.at(-1)!)} clicks/s acknowledged by bare Bolt`,
        );
      }
      const bursts: number[] = [];
      for (let run = 0; run < RUNS; run++)
        bursts.push((await pressAll(inbound, await prompts(BURST), BURST)).seconds * SECOND);
      const rate = median(ours) * 0.7;
      const waits: number[] = [];
      for (let run = 0; run < RUNS; run++)
        waits.push(percentile(await pressSteadily(inbound, await prompts(Math.round(rate * 4)), rate), 0.99));
      const ratio = median(ours) / median(theirs);
      const ratioToBolt = median(ours) / median(acked);
      return [
        say({
          name: 'presses recorded against single rows inserted by raw pg',
          figure: `${round(median(ours))}/s against ${round(median(theirs))}/s = ${round(ratio, 2)}`,
          wanted: 'at least 0.3',
          met: ratio >= 0.3,
        }),
        say({
          name: 'presses recorded against clicks that a bare Bolt app acknowledges',
          figure: `${round(median(ours))}/s against ${round(median(acked))}/s = ${round(ratioToBolt, 2)}`,
          wanted: 'at least 0.3',
          met: ratioToBolt >= 0.3,
        }),
        say({
          name: `${round(BURST)} presses at once, until the last is done`,
          figure: `${round(median(bursts))} ms`,
          wanted: 'under 2,000 ms',
          met: median(bursts) < 2_000,
        }),
        say({
          name: 'p99 of a press at 70 % load',
          figure: `${round(median(waits), 1)} ms at ${round(rate)}/s`,
          wanted: 'under 150 ms',
          met: median(waits) < 150,
        }),
      ];
    } finally {
      await bolt.stop();
      await pool.end();
      await runtime.close();
    }
  });
}

/** Clicks a second that the app at a port acknowledges. */
async function clickAll(port: number, count: number): Promise<number> {
  const clicks = Array.from({ length: count }, (_, i) => ({
    promptId: randomUUID(),
    score: i % 11,
    team: 'T1',
    user: 'U1',
    responseUrl: 'https://hooks.slack.com/actions/T1/1/1',
  }));
  const load: ClicksLoad = {
    port,
    path: '/slack/events',
    clicks,
    arrival: { kind: 'lanes', connections: CONNECTIONS },
  };
  const { seconds, ok, failed } = await runScript<ClicksResult>('clicks-load.ts', load);
  if (failed > 0) throw new Error(`${failed} clicks were not acknowledged`);
  return ok / seconds;
}

async function press(inbound: Inbound, { promptId, externalId }: SentPrompt, score: number): Promise<void> {
  const outcome = await inbound({
    kind: 'action',
    eventId: null,
    receivedAt: Date.now(),
    action: { kind: 'score', promptId, score },
    by: { identity: { platform: 'web', installation: 'local', externalId }, profile: { name: 'Ann' } },
    values: null,
  });
  if (outcome.kind !== 'done') throw new Error(`a press was ${outcome.kind}`);
}

/** So many at once, each followed by the next. */
async function pressAll(
  inbound: Inbound,
  prompts: readonly SentPrompt[],
  lanes: number,
): Promise<{ readonly seconds: number }> {
  let next = 0;
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let i = next++; i < prompts.length; i = next++) await press(inbound, prompts[i]!, i % 11);
    }),
  );
  return { seconds: (performance.now() - begin) / 1000 };
}

/** So many a second; answers with how long each took, in milliseconds, from when it was due. */
async function pressSteadily(
  inbound: Inbound,
  prompts: readonly SentPrompt[],
  rate: number,
): Promise<readonly number[]> {
  const begin = performance.now();
  const waits: Promise<number>[] = [];
  while (waits.length < prompts.length) {
    const due = begin + (waits.length / rate) * 1000;
    if (due > performance.now()) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      continue;
    }
    const prompt = prompts[waits.length]!;
    waits.push(press(inbound, prompt, waits.length % 11).then(() => performance.now() - due));
  }
  return await Promise.all(waits);
}
