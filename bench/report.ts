// (d) A report over a million responses (50 channels, 200 agents, 2 years) against the best plain SQL over the same table that gives the same
// counts: answers by score and sentiment, prompts sent, themes by polarity, and the scores of the period before.
import pg from 'pg';
import { loadConfig } from '../src/config.ts';
import { DAY } from '../src/domain/basics.ts';
import { report } from '../src/handlers/report.ts';
import { openRuntime } from '../src/main.ts';
import { median, round, say, type Verdict } from './support/numbers.ts';
import { ENCRYPTION_KEY, withDatabase } from './support/places.ts';

const RUNS = 5;
const RESPONSES = 1_000_000;
const TO = Date.parse('2026-11-01T00:00:00Z');
const FROM = TO - 730 * DAY;

/** The peer, one statement a figure: nobody needs less for them. */
const PLAIN = {
  answers: `SELECT score, sentiment, count(*)::int AS n FROM responses
    WHERE workspace_id = $1 AND survey = 'nps' AND sent_at >= $2 AND sent_at < $3 GROUP BY score, sentiment`,
  sent: `SELECT count(*)::int AS n FROM prompts WHERE workspace_id = $1 AND survey = 'nps' AND sent_at >= $2 AND sent_at < $3`,
  themes: `SELECT theme, count(*)::int AS n FROM responses, unnest(themes) AS theme
    WHERE workspace_id = $1 AND survey = 'nps' AND sent_at >= $2 AND sent_at < $3 GROUP BY theme`,
  before: `SELECT score, count(*)::int AS n FROM responses
    WHERE workspace_id = $1 AND survey = 'nps' AND sent_at >= $2 AND sent_at < $3 GROUP BY score`,
};

const BY_AGENT = {
  answers: `SELECT agent, score, sentiment, count(*)::int AS n FROM responses
    WHERE workspace_id = $1 AND survey = 'nps' AND sent_at >= $2 AND sent_at < $3 GROUP BY agent, score, sentiment`,
  sent: `SELECT agent, count(*)::int AS n FROM prompts WHERE workspace_id = $1 AND survey = 'nps' AND sent_at >= $2 AND sent_at < $3 GROUP BY agent`,
  before: `SELECT agent, score, sentiment, count(*)::int AS n FROM responses
    WHERE workspace_id = $1 AND survey = 'nps' AND sent_at >= $2 AND sent_at < $3 GROUP BY agent, score, sentiment`,
};

export async function benchReport(): Promise<readonly Verdict[]> {
  return await withDatabase(async (databaseUrl) => {
    const config = loadConfig({ DATABASE_URL: databaseUrl, ENCRYPTION_KEY, LOG_LEVEL: 'error' });
    const runtime = await openRuntime(config, { role: 'guest' });
    const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
    try {
      const workspace = (await runtime.ctx.store.admin.workspace('default'))!;
      await fill(pool, workspace.id);
      const at = (time: number) => new Date(time);
      const half = (FROM + TO) / 2;
      const spans = [
        { name: 'two years', from: FROM, to: TO },
        { name: 'the second year', from: half, to: TO },
      ];
      const verdicts: Verdict[] = [];
      for (const { name, from, to } of spans) {
        const request = { survey: 'nps', from, to, zone: 'UTC', basis: 'sent' } as const;
        const now = [workspace.id, at(from), at(to)];
        const before = [workspace.id, at(from - (to - from)), at(from)];
        const plain = async () => {
          await Promise.all([
            pool.query(PLAIN.answers, now),
            pool.query(PLAIN.sent, now),
            pool.query(PLAIN.themes, now),
            pool.query(PLAIN.before, before),
          ]);
        };
        verdicts.push(
          await compare(name, () => report(runtime.ctx, workspace.id, { ...request, by: null }), plain),
        );
        const plainByAgent = async () => {
          await Promise.all([
            pool.query(BY_AGENT.answers, now),
            pool.query(BY_AGENT.sent, now),
            pool.query(PLAIN.themes, now),
            pool.query(PLAIN.before, before),
            pool.query(BY_AGENT.answers, before),
            pool.query(BY_AGENT.sent, before),
            pool.query(PLAIN.themes, before),
          ]);
        };
        verdicts.push(
          await compare(
            `${name}, by agent`,
            () => report(runtime.ctx, workspace.id, { ...request, by: 'agent' }),
            plainByAgent,
          ),
        );
      }
      return verdicts;
    } finally {
      await pool.end();
      await runtime.close();
    }
  });
}

async function compare(
  name: string,
  ours: () => Promise<unknown>,
  theirs: () => Promise<unknown>,
): Promise<Verdict> {
  const timesOurs: number[] = [];
  const timesTheirs: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    for (const [body, times] of [
      [ours, timesOurs],
      [theirs, timesTheirs],
    ] as const) {
      const begin = performance.now();
      await body();
      if (run > 0) times.push(performance.now() - begin);
    }
  }
  const ratio = median(timesOurs) / median(timesTheirs);
  return say({
    name: `report over ${round(RESPONSES)} responses, ${name}`,
    figure: `${round(median(timesOurs))} ms against ${round(median(timesTheirs))} ms by plain SQL = ${round(ratio, 2)}`,
    wanted: 'at most 1.2',
    met: ratio <= 1.2,
  });
}

async function fill(pool: pg.Pool, workspaceId: string): Promise<void> {
  console.log(`  writing ${round(RESPONSES)} responses …`);
  const client = await pool.connect();
  try {
    await client.query('SET session_replication_role = replica');
    await client.query('SELECT setseed(0.42)');
    await client.query(
      `CREATE TEMP TABLE made AS SELECT gen_random_uuid() AS interaction, gen_random_uuid() AS prompt, gen_random_uuid() AS person, i,
         $1::timestamptz + random() * ($2::timestamptz - $1::timestamptz) AS sent, 'channel-' || (random() * 49)::int AS channel,
         'agent-' || (random() * 199)::int AS agent, (random() * 10)::int AS score, random() AS dice FROM generate_series(1, $3::int) AS i`,
      [new Date(FROM), new Date(TO), RESPONSES],
    );
    await client.query(
      `INSERT INTO interactions (id, workspace_id, source, external_id, person_id, platform, installation, closed_at, closed_by, created_at)
       SELECT interaction, $1, 'bench', i::text, person, 'web', 'local', sent, 'person', sent FROM made`,
      [workspaceId],
    );
    await client.query(
      `INSERT INTO prompts (id, workspace_id, interaction_id, person_id, survey, status, asked_at, sent_at, answered_at, platform, installation, channel,
         locale, agent, source, created_at)
       SELECT prompt, $1, interaction, person, 'nps', 'answered', sent, sent, sent + interval '1 hour', 'web', 'local', channel, 'en', agent, 'bench', sent
       FROM made`,
      [workspaceId],
    );
    await client.query(
      `INSERT INTO responses (id, workspace_id, prompt_id, person_id, survey, score, verbatim, sentiment, themes, sent_at, answered_at, agent, channel, locale)
       SELECT gen_random_uuid(), $1, prompt, person, 'nps', score, CASE WHEN dice < 0.3 THEN 'quick and friendly' END,
         CASE WHEN dice < 0.2 THEN 'positive' WHEN dice < 0.3 THEN 'negative' END,
         CASE WHEN dice < 0.1 THEN '{speed:positive}'::text[] WHEN dice < 0.2 THEN '{attitude:positive,resolution:positive}' WHEN dice < 0.3 THEN '{reliability:negative}'
           ELSE '{}' END, sent, sent + interval '1 hour', agent, channel, 'en' FROM made`,
      [workspaceId],
    );
    await client.query('DROP TABLE made');
    await client.query('SET session_replication_role = DEFAULT');
    await client.query('VACUUM ANALYZE');
  } finally {
    client.release();
  }
}
