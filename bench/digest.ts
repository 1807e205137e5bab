// (g) The figures of a weekly digest over a million and over ten million responses of two years, against the best plain SQL over the same
// responses. They must take as long for ten million as for one: what they cost are the days that they tell of.
import pg from 'pg';
import { loadConfig } from '../src/config.ts';
import { DAY, HOUR, type Id, MINUTE } from '../src/domain/basics.ts';
import { SURVEY_KINDS } from '../src/domain/survey/kind.ts';
import { countDigest } from '../src/handlers/count-digest.ts';
import { openRuntime, type Runtime } from '../src/main.ts';
import { median, percentile, round, say, type Verdict } from './support/numbers.ts';
import { ENCRYPTION_KEY, withDatabase } from './support/places.ts';
import { fillResponses } from './support/two-years.ts';

/** Both unless `BENCH_DIGEST_RESPONSES` says otherwise; ten million take half an hour to write, and 30 GB. */
const SIZES = (process.env['BENCH_DIGEST_RESPONSES'] ?? '1000000,10000000').split(',').map(Number);
const RUNS = 40;
const PLAIN_RUNS = 5;

const TO = Date.parse('2026-11-01T00:00:00Z');
const FROM = TO - 730 * DAY;
const WEEK = 7 * DAY;

/** Digests are due at any minute of the week, in zones at any quarter of an hour. */
const DUE = Array.from({ length: RUNS }, (_, i) => TO - DAY - i * WEEK - i * (3 * HOUR + 7 * MINUTE));
const ZONES = ['UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/Los_Angeles'];

export async function benchDigest(): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const size of SIZES) verdicts.push(...(await withDatabase((url) => benchOver(url, size))));
  return verdicts;
}

async function benchOver(databaseUrl: string, size: number): Promise<readonly Verdict[]> {
  const config = loadConfig({ DATABASE_URL: databaseUrl, ENCRYPTION_KEY, LOG_LEVEL: 'error' });
  const runtime = await openRuntime(config, { role: 'guest' });
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  try {
    const workspace = (await runtime.ctx.store.admin.workspace('default'))!;
    console.log(`  writing ${round(size)} responses …`);
    await fillResponses(pool, workspace.id, { from: FROM, to: TO, count: size });
    const begin = performance.now();
    await runtime.ctx.store.tallies.rebuild(workspace.id, () => {});
    console.log(`  tallies made of them in ${round((performance.now() - begin) / 1_000)} s`);
    await pool.query('VACUUM (ANALYZE) tallies');
    await expectEqual(pool, runtime, workspace.id);

    const weekly = await times(RUNS, (run) => digestOf(runtime, workspace.id, DUE[run]!, WEEK, run));
    const yearly = await times(RUNS, (run) => digestOf(runtime, workspace.id, DUE[run % 5]!, 52 * WEEK, run));
    const plain = await times(PLAIN_RUNS, (run) => plainDigest(pool, workspace.id, DUE[run]!, WEEK));
    const plainYearly = await times(2, (run) => plainDigest(pool, workspace.id, DUE[run]!, 52 * WEEK));
    const verdict = (name: string, most: number, ours: readonly number[], theirs: readonly number[]) => {
      const p95 = percentile(ours, 0.95);
      const ratio = median(theirs) / median(ours);
      return say({
        name: `figures of a digest over ${round(size)} responses, ${name}`,
        figure: `p95 ${round(p95, 1)} ms, median ${round(median(ours), 1)} ms against ${round(median(theirs))} ms by plain SQL: ${round(ratio, 1)} times faster`,
        wanted: `p95 under ${most} ms${size >= 10_000_000 ? ', 10 times faster' : ''}`,
        met: p95 < most && (size < 10_000_000 || ratio >= 10),
      });
    };
    return [verdict('a week', 100, weekly, plain), verdict('a year', 400, yearly, plainYearly)];
  } finally {
    await pool.end();
    await runtime.close();
  }
}

/** The first run of each warms up. */
async function times(runs: number, body: (run: number) => Promise<unknown>): Promise<readonly number[]> {
  const taken: number[] = [];
  await body(0);
  for (let run = 0; run < runs; run++) {
    const begin = performance.now();
    await body(run);
    taken.push(performance.now() - begin);
  }
  return taken;
}

async function digestOf({ ctx }: Runtime, workspaceId: Id, to: number, length: number, run: number) {
  const card = await ctx.directory.of(workspaceId);
  const zone = ZONES[run % ZONES.length]!;
  return await countDigest(ctx, card, { from: to - length, to, previousFrom: to - 2 * length, zone }, []);
}

/** The peer: a statement a figure over the responses, each by an index that holds all that it reads. Quotes and people are left to it for nothing. */
async function plainDigest(pool: pg.Pool, workspaceId: Id, to: number, length: number): Promise<void> {
  const at = (time: number) => new Date(time);
  for (const survey of SURVEY_KINDS) {
    const period = [workspaceId, survey, at(to - length), at(to)];
    const where = 'WHERE workspace_id = $1 AND survey = $2 AND answered_at >= $3 AND answered_at < $4';
    await pool.query(
      `SELECT score, sentiment, themes, count(*)::int AS n FROM responses ${where} GROUP BY 1, 2, 3`,
      period,
    );
    await pool.query(
      `SELECT score, sentiment, themes, count(*)::int AS n FROM responses ${where} GROUP BY 1, 2, 3`,
      [workspaceId, survey, at(to - 2 * length), at(to - length)],
    );
    await pool.query(
      `SELECT date_trunc('week', answered_at) AS week, score, count(*)::int AS n FROM responses ${where} GROUP BY 1, 2`,
      [workspaceId, survey, at(to - 12 * WEEK), at(to)],
    );
    await pool.query(
      `SELECT count(*)::int AS sent FROM prompts WHERE workspace_id = $1 AND survey = $2 AND sent_at >= $3 AND sent_at < $4`,
      period,
    );
    await pool.query(
      `SELECT status = 'answered' AND NOT late AS answered, count(*)::int AS n FROM prompts WHERE workspace_id = $1 AND survey = $2
         AND status IN ('answered', 'declined', 'expired') AND ${CLOSED_AT} >= $3 AND ${CLOSED_AT} < $4 GROUP BY 1`,
      period,
    );
  }
  await pool.query(
    `SELECT p.status, p.reason, p.agent, p.channel, count(*)::int AS n FROM interactions i JOIN prompts p ON p.interaction_id = i.id
     WHERE i.workspace_id = $1 AND i.closed_at >= $2 AND i.closed_at < $3 GROUP BY 1, 2, 3, 4`,
    [workspaceId, at(to - length), at(to)],
  );
}

const CLOSED_AT = `(CASE status WHEN 'answered' THEN CASE WHEN late THEN LEAST(answered_at, ended_at) ELSE answered_at END
  WHEN 'declined' THEN declined_at WHEN 'expired' THEN ended_at END)`;

/** What is fast must be right as well. */
async function expectEqual(pool: pg.Pool, { ctx }: Runtime, workspaceId: Id): Promise<void> {
  const [to] = DUE;
  const { rows } = await pool.query<{ survey: string; n: number }>(
    `SELECT survey, count(*)::int AS n FROM responses WHERE workspace_id = $1 AND answered_at >= $2 AND answered_at < $3 GROUP BY 1`,
    [workspaceId, new Date(to! - WEEK), new Date(to!)],
  );
  for (const { survey, n } of rows) {
    const [scores] = await ctx.store.reports.scoresOf(workspaceId, survey as 'nps', [
      { from: to! - WEEK, to: to! },
    ]);
    const ours = [...scores!.values()].reduce((sum, count) => sum + count, 0);
    if (ours !== n) throw new Error(`${survey}: ${ours} answers by tallies, ${n} by the responses`);
  }
}
