// (h) What `/nps` answers in, over a million responses of two years: every command that looks at more than one row, over the periods that people name.
import pg from 'pg';
import { loadConfig } from '../src/config.ts';
import { DAY, type Id, SECOND } from '../src/domain/basics.ts';
import { runCommand } from '../src/handlers/run-command.ts';
import { openRuntime, type Runtime } from '../src/main.ts';
import { median, percentile, round, say, type Verdict } from './support/numbers.ts';
import { ENCRYPTION_KEY, withDatabase } from './support/places.ts';
import { fillResponses } from './support/two-years.ts';

const RESPONSES = Number(process.env['BENCH_COMMANDS_RESPONSES'] ?? 1_000_000);
const RUNS = 10;

const TO = Date.parse('2026-11-01T00:00:00Z');
const FROM = TO - 730 * DAY;

const TYPED = [
  'summary',
  'summary 12m',
  'summary 2 years',
  'trend',
  'trend 2 years',
  'themes',
  'themes 2 years',
  'comments',
  'comments negative speed 12m',
  'comments positive trust 2 years',
  'agent agent-7',
  'agent agent-7 2 years',
  'account account-7 12m',
  'digest preview',
  'open',
  'why person-1',
  'settings',
  'help',
];

export async function benchCommands(): Promise<readonly Verdict[]> {
  return await withDatabase(async (databaseUrl) => {
    const config = loadConfig({ DATABASE_URL: databaseUrl, ENCRYPTION_KEY, LOG_LEVEL: 'error' });
    const runtime = await openRuntime(config, { role: 'guest' });
    const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
    try {
      const workspace = (await runtime.ctx.store.admin.workspace('default'))!;
      console.log(`  writing ${round(RESPONSES)} responses …`);
      await fillResponses(pool, workspace.id, { from: FROM, to: TO, count: RESPONSES });
      await runtime.ctx.store.tallies.rebuild(workspace.id, () => {});
      await pool.query('VACUUM ANALYZE');
      const verdicts: Verdict[] = [];
      for (const text of TYPED) verdicts.push(await timed(runtime, workspace.id, text));
      return verdicts;
    } finally {
      await pool.end();
      await runtime.close();
    }
  });
}

async function timed(runtime: Runtime, workspaceId: Id, text: string): Promise<Verdict> {
  const ctx = { ...runtime.ctx, clock: { now: () => TO } };
  const identity = { platform: 'web', installation: 'local', externalId: 'lead' };
  const times: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const begin = performance.now();
    await runCommand(ctx, workspaceId, {
      ...{ kind: 'command', eventId: null, receivedAt: TO, text, locale: null },
      place: { platform: 'web', installation: 'local', channel: null, thread: null },
      by: { identity, profile: { isTeam: true } },
    });
    if (run > 0) times.push(performance.now() - begin);
  }
  const p95 = percentile(times, 0.95);
  return say({
    name: `/nps ${text}`,
    figure: `median ${round(median(times), 1)} ms, p95 ${round(p95, 1)} ms`,
    wanted: 'p95 under 1 s',
    met: p95 < SECOND,
  });
}
