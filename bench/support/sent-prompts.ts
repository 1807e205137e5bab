// Prompts that wait for an answer, with the reminder and the expiry that wait for each, as many as wanted, by plain SQL.
import type pg from 'pg';

export interface SentPrompt {
  readonly promptId: string;
  readonly personId: string;
  /** Who they are on the platform. */
  readonly externalId: string;
}

export interface Asked {
  readonly platform: string;
  readonly installation: string;
}

const ON_THE_PAGE: Asked = { platform: 'web', installation: 'local' };

export async function addSentPrompts(
  pool: pg.Pool,
  workspaceId: string,
  count: number,
  { platform, installation }: Asked = ON_THE_PAGE,
): Promise<readonly SentPrompt[]> {
  const { rows } = await pool.query<{ prompt_id: string; person_id: string; external_id: string }>(
    `WITH given AS MATERIALIZED (
       SELECT gen_random_uuid() AS person, gen_random_uuid() AS identity, gen_random_uuid() AS interaction, gen_random_uuid() AS prompt,
         'U' || upper(left(replace(gen_random_uuid()::text, '-', ''), 24)) AS name FROM generate_series(1, $2::int)),
     a AS (INSERT INTO people (id, workspace_id, created_at) SELECT person, $1, now() FROM given),
     b AS (INSERT INTO identities (id, workspace_id, person_id, platform, installation, external_id, created_at)
       SELECT identity, $1, person, $3, $4, name, now() FROM given),
     c AS (INSERT INTO interactions (id, workspace_id, source, external_id, person_id, identity_id, platform, installation, thread, agent, closed_at,
         closed_by, created_at)
       SELECT interaction, $1, 'bench', name, person, identity, $3, $4, name, 'sam', now(), 'person', now() FROM given),
     d AS (INSERT INTO prompts (id, workspace_id, interaction_id, person_id, survey, status, due_at, attempted_at, asked_at, sent_at, ref_channel,
         ref_message, platform, installation, thread, locale, agent, source, created_at)
       SELECT prompt, $1, interaction, person, 'nps', 'sent', now(), now(), now(), now(), name, gen_random_uuid()::text, $3, $4, name, 'en',
         'sam', 'bench', now() FROM given),
     e AS (INSERT INTO work (id, workspace_id, kind, subject_id, due_at, created_at)
       SELECT gen_random_uuid(), $1, kind, prompt, now() + interval '3 days', now() FROM given, unnest('{remind,expire}'::text[]) AS kind)
     SELECT prompt AS prompt_id, person AS person_id, name AS external_id FROM given`,
    [workspaceId, count, platform, installation],
  );
  await pool.query('ANALYZE');
  return rows.map((row) => ({
    promptId: row.prompt_id,
    personId: row.person_id,
    externalId: row.external_id,
  }));
}
