// Responses in any number over some years, of 50 channels and 200 agents, with the prompts and interactions that brought them; a tenth of the
// interactions were skipped. By plain SQL without triggers: whoever needs tallies makes them afterwards.
import type pg from 'pg';

const AT_ONCE = 500_000;

export async function fillResponses(
  pool: pg.Pool,
  workspaceId: string,
  { from, to, count }: { readonly from: number; readonly to: number; readonly count: number },
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('SET session_replication_role = replica');
    await client.query('SET synchronous_commit = off');
    await client.query('SELECT setseed(0.42)');
    for (let done = 0; done < count; done += AT_ONCE) {
      const some = Math.min(AT_ONCE, count - done);
      // In the order of time, as they would have come.
      const since = from + ((to - from) * done) / count;
      const until = from + ((to - from) * (done + some)) / count;
      await client.query(
        `CREATE TEMP TABLE made AS SELECT gen_random_uuid() AS interaction, gen_random_uuid() AS prompt, gen_random_uuid() AS person,
           $4::int + i AS i, $1::timestamptz + (i / $3::float8) * ($2::timestamptz - $1::timestamptz) AS sent,
           (ARRAY['nps', 'ces', 'csat'])[1 + (i % 3)] AS survey, 'channel-' || (random() * 49)::int AS channel,
           'agent-' || (random() * 199)::int AS agent, random() AS dice, random() AS luck FROM generate_series(1, $3::int * 10 / 9) AS i`,
        [new Date(since), new Date(until), some, done * 2],
      );
      await client.query(
        `INSERT INTO interactions (id, workspace_id, source, external_id, person_id, platform, installation, agent, channel, closed_at, closed_by, created_at)
         SELECT interaction, $1, 'bench', i::text, person, 'web', 'local', agent, channel, sent, 'person', sent FROM made`,
        [workspaceId],
      );
      await client.query(
        `INSERT INTO prompts (id, workspace_id, interaction_id, person_id, survey, status, reason, asked_at, sent_at, answered_at, ended_at, platform,
           installation, channel, locale, agent, source, created_at)
         SELECT prompt, $1, interaction, person, survey, CASE WHEN i % 10 = 0 THEN 'suppressed' ELSE 'answered' END,
           CASE WHEN i % 10 = 0 THEN 'throttled' END, CASE WHEN i % 10 > 0 THEN sent END, CASE WHEN i % 10 > 0 THEN sent END,
           CASE WHEN i % 10 > 0 THEN sent + interval '1 hour' END, CASE WHEN i % 10 = 0 THEN sent END, 'web', 'local', channel, 'en', agent, 'bench', sent
         FROM made`,
        [workspaceId],
      );
      await client.query(
        `INSERT INTO responses (id, workspace_id, prompt_id, person_id, survey, score, verbatim, sentiment, themes, sent_at, answered_at, agent, channel, locale)
         SELECT gen_random_uuid(), $1, prompt, person, survey,
           CASE survey WHEN 'nps' THEN (luck * 10)::int WHEN 'ces' THEN 1 + (luck * 6)::int ELSE 1 + (luck * 4)::int END,
           CASE WHEN dice < 0.3 THEN 'quick and friendly' END, CASE WHEN dice < 0.2 THEN 'positive' WHEN dice < 0.3 THEN 'negative' END,
           CASE WHEN dice < 0.1 THEN '{speed:positive}'::text[] WHEN dice < 0.2 THEN '{attitude:positive,resolution:positive}'
             WHEN dice < 0.3 THEN '{reliability:negative}' ELSE '{}' END, sent, sent + interval '1 hour', agent, channel, 'en'
         FROM made WHERE i % 10 > 0`,
        [workspaceId],
      );
      await client.query('DROP TABLE made');
    }
    await client.query('VACUUM ANALYZE');
  } finally {
    client.release(true);
  }
}
