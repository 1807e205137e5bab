// The service on PostgreSQL and Redis, serving the workspace of a small Slack; and what both of them know in the end of the clicks that it took.
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { SinkReport } from '../slack-sink.ts';
import { type Click, SIGNING_SECRET } from './clicks.ts';
import { ENCRYPTION_KEY, REDIS_URL } from './places.ts';
import { type Script, startScript } from './program.ts';
import { addSentPrompts, type SentPrompt } from './sent-prompts.ts';

const TEAM = 'T0BENCH';

export interface SlackHouse {
  readonly service: Script;
  readonly sink: Script;
  /** Prompts that wait for an answer, each of a person of its own. */
  prompts(count: number): Promise<readonly SentPrompt[]>;
  click(prompt: SentPrompt, score: number): Click;
  /** Waits until what came of so many clicks is shown, or nothing more comes. */
  shown(clicks: readonly Click[]): Promise<Shownness>;
  stored(clicks: readonly Click[]): Promise<Storedness>;
  close(): Promise<void>;
}

export interface Shownness {
  /** The message was replaced, and its giver told. */
  readonly whole: number;
  /** Told to press again: it was late. */
  readonly again: number;
  /** Told more often than it was clicked: something was done again that must not be. */
  readonly twice: number;
}

export interface Storedness {
  /** Prompts whose answer is the last click on them. */
  readonly right: number;
  /** Answers and their changes: as many as the clicks, when each counts once. */
  readonly revisions: number;
}

export async function openSlackHouse(databaseUrl: string): Promise<SlackHouse> {
  await emptyRedis();
  const sink = await startScript('slack-sink.ts', { team: TEAM });
  const address = `http://127.0.0.1:${sink.port}`;
  const service = await startScript(
    'slack-service.ts',
    {
      DATABASE_URL: databaseUrl,
      REDIS_URL,
      ENCRYPTION_KEY,
      LOG_LEVEL: 'error',
      SLACK_BOT_TOKEN: 'xoxb-bench',
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_API_URL: `${address}/api`,
    },
    (process.env['BENCH_SERVICE_OPTIONS'] ?? '').split(' ').filter(Boolean),
  );
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  // The database is dropped right after the last use of it.
  pool.on('error', () => undefined);
  const workspaceId = await owner(pool);
  let clicked = 0;

  return {
    service,
    sink,
    prompts: (count) => addSentPrompts(pool, workspaceId, count, { platform: 'slack', installation: TEAM }),
    click: ({ promptId, externalId }, score) => ({
      promptId,
      score,
      team: TEAM,
      user: externalId,
      responseUrl: `${address}/actions/${++clicked}`,
    }),

    async shown(clicks) {
      const wanted = new Map<string, number>();
      for (const { responseUrl } of clicks) {
        const id = responseUrl.slice(`${address}/actions/`.length);
        wanted.set(id, (wanted.get(id) ?? 0) + 1);
      }
      let before = -1;
      let still = 0;
      for (;;) {
        const { shown } = await sink.ask<SinkReport>('what was shown');
        const ours = shown.filter(([id]) => wanted.has(id));
        const told = ours.filter(([, , told]) => told > 0);
        const whole = told.filter(([, replaced]) => replaced > 0).length;
        still = whole === before ? still + 1 : 0;
        if (whole === wanted.size || still > 40)
          return {
            whole,
            again: told.length - whole,
            twice: told.filter(([id, , times]) => times > wanted.get(id)!).length,
          };
        before = whole;
        await delay(250);
      }
    },

    async stored(clicks) {
      const last = new Map(clicks.map(({ promptId, score }) => [promptId, score]));
      const { rows } = await pool.query<{ prompt_id: string; score: number; revision: number }>(
        'SELECT prompt_id, score, revision FROM responses WHERE prompt_id = ANY($1)',
        [[...last.keys()]],
      );
      return {
        right: rows.filter(({ prompt_id, score }) => last.get(prompt_id) === score).length,
        revisions: rows.reduce((sum, { revision }) => sum + revision, 0),
      };
    },

    async close() {
      await service.stop();
      await sink.stop();
      await pool.end();
    },
  };
}

/** What other benchmarks left in the queue would be worked on, in vain. */
async function emptyRedis(): Promise<void> {
  const redis = new Redis(REDIS_URL);
  await redis.flushdb();
  await redis.quit();
}

/** Whose the team is, once the service has made itself known there. */
async function owner(pool: pg.Pool): Promise<string> {
  for (;;) {
    const { rows } = await pool.query<{ workspace_id: string }>(
      "SELECT workspace_id FROM installations WHERE platform = 'slack' AND external_id = $1 AND active",
      [TEAM],
    );
    if (rows[0]) return rows[0].workspace_id;
    await delay(50);
  }
}
