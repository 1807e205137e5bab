// (a) Answers stored durably a second through HTTP, on PostgreSQL and Redis, against raw `pg` that runs the same statements in one transaction on
// as many connections. Then the same at 70 % of that load: how long an answer takes, and how long the event loop is held up.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { createTokens } from '../adapters/secrets/index.ts';
import { loadConfig } from '../src/config.ts';
import { recordAnswer } from '../src/handlers/record-answer.ts';
import { openRuntime } from '../src/main.ts';
import type { Load, LoadResult } from './answers-load.ts';
import type { Peer, Statement } from './answers-peer.ts';
import { median, percentile, round, say, type Verdict } from './support/numbers.ts';
import { ENCRYPTION_KEY, REDIS_URL, withDatabase } from './support/places.ts';
import { runScript, startProgram } from './support/program.ts';
import { addSentPrompts, type SentPrompt } from './support/sent-prompts.ts';

const RUNS = 5;
const ANSWERS = 5_000;
const CONNECTIONS = 10;
/** Requests in hand at once: what a server with ten connections to its database keeps busy. */
const LANES = 32;
const WARM_UP = 2_000;

export async function benchAnswers(): Promise<readonly Verdict[]> {
  return await withDatabase(async (databaseUrl) => {
    const environment = { DATABASE_URL: databaseUrl, REDIS_URL, ENCRYPTION_KEY };
    const config = loadConfig({ ...environment, LOG_LEVEL: 'error' });
    const runtime = await openRuntime(config, { role: 'guest' });
    const workspace = (await runtime.ctx.store.admin.workspace('default'))!;
    const pool = new pg.Pool({ connectionString: databaseUrl });
    const tokens = createTokens(config.encryptionKeys!);
    const prompts = (count: number) => addSentPrompts(pool, workspace.id, count);
    const statements = await recordStatements(runtime.ctx, workspace.id, (await prompts(1))[0]!);
    await runtime.close();

    const folder = mkdtempSync(join(tmpdir(), 'afterword-bench-'));
    const file = join(folder, 'loop-delay');
    const preload = ['--import', fileURLToPath(new URL('./loop-delay.mjs', import.meta.url))];
    const program = await startProgram({ ...environment, BENCH_LOOP_DELAY_FILE: file }, 'web', preload);
    const port = Number(new URL(program.url).port);
    const press = async (count: number, rate: number | null) => {
      const requests = (await prompts(count)).map(({ promptId }) => ({
        promptId,
        token: tokens.sign(workspace.id, promptId),
      }));
      const result = await runScript<LoadResult>('answers-load.ts', {
        port,
        connections: LANES,
        rate,
        requests,
      } satisfies Load);
      if (result.failed > 0) throw new Error(`${result.failed} answers were not taken`);
      return result;
    };
    const loopDelay = async () => {
      rmSync(file, { force: true });
      process.kill(program.pid, 'SIGUSR2');
      for (;;) {
        await delay(20);
        try {
          const text = readFileSync(file, 'utf8');
          if (text !== '') return Number(text);
        } catch {}
      }
    };
    try {
      await press(WARM_UP, null);
      const ours: number[] = [];
      const theirs: number[] = [];
      for (let run = 0; run < RUNS; run++) {
        const result = await press(ANSWERS, null);
        ours.push(result.ok / result.seconds);
        const peer: Peer = {
          databaseUrl,
          connections: CONNECTIONS,
          statements,
          prompts: await prompts(ANSWERS),
        };
        theirs.push(ANSWERS / (await runScript<{ seconds: number }>('answers-peer.ts', peer)).seconds);
        console.log(
          `  run ${run + 1}: ${round(ours.at(-1)!)} answers/s through HTTP, ${round(theirs.at(-1)!)} by raw pg`,
        );
      }
      const rate = median(ours) * 0.7;
      const waits: number[] = [];
      const delays: number[] = [];
      for (let run = 0; run < RUNS; run++) {
        await loopDelay();
        waits.push(percentile((await press(Math.round(rate * 4), rate)).latencies, 0.99));
        delays.push(await loopDelay());
      }
      const ratio = median(ours) / median(theirs);
      return [
        say({
          name: 'answers stored through HTTP against raw pg',
          figure: `${round(median(ours))}/s against ${round(median(theirs))}/s = ${round(ratio, 2)}`,
          wanted: 'at least 0.5',
          met: ratio >= 0.5,
        }),
        say({
          name: 'p99 at 70 % load',
          figure: `${round(median(waits), 1)} ms at ${round(rate)}/s`,
          wanted: 'under 100 ms',
          met: median(waits) < 100,
        }),
        say({
          name: 'event-loop delay p99 at 70 % load',
          figure: `${round(median(delays), 1)} ms`,
          wanted: 'under 50 ms',
          met: median(delays) < 50,
        }),
      ];
    } finally {
      await program.stop();
      await pool.end();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

/** What one answer really runs, seen on the wire to the driver, with its ids made into places to fill in. */
async function recordStatements(
  ctx: Parameters<typeof recordAnswer>[0],
  workspaceId: string,
  prompt: SentPrompt,
): Promise<readonly Statement[]> {
  const seen: { name: string | null; text: string; values: readonly unknown[] }[] = [];
  const query = pg.Client.prototype.query;
  const spy = function (this: pg.Client, ...args: unknown[]) {
    const [first, second] = args as [
      string | { name?: string; text: string; values?: unknown[] },
      unknown[] | undefined,
    ];
    const statement = typeof first === 'string' ? { text: first, values: second ?? [] } : first;
    seen.push({
      name: ('name' in statement && statement.name) || null,
      text: statement.text,
      values: statement.values ?? [],
    });
    return (query as (...a: unknown[]) => unknown).apply(this, args);
  };
  pg.Client.prototype.query = spy as typeof query;
  try {
    await ctx.directory.of(workspaceId);
    seen.length = 0;
    await recordAnswer(ctx, workspaceId, {
      promptId: prompt.promptId,
      by: 'bearer',
      score: 9,
      verbatim: 'quick and friendly',
      elsewhere: true,
    });
  } finally {
    pg.Client.prototype.query = query;
  }
  const ids = new Map([
    [prompt.promptId, '{prompt}'],
    [prompt.personId, '{person}'],
    [workspaceId, workspaceId],
  ]);
  const open = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(open);
    if (typeof value !== 'string' || !/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value)) return value;
    if (!ids.has(value)) ids.set(value, `{new:${ids.size}}`);
    return ids.get(value);
  };
  return seen.map(({ name, text, values }) => ({ name, text, values: values.map(open) }));
}
