// Prompts taken in hand, each with its person and all that decides about it.
import type { Id, Instant } from '../../../src/domain/basics.ts';
import type { PromptDossier } from '../../../src/ports/store/prompts.ts';
import { PROMPT, type PromptRow, promptOf } from './prompt-row.ts';
import type { Sql } from './session.ts';

interface DossierRow extends PromptRow {
  readonly identity_platform: string;
  readonly identity_installation: string;
  readonly identity_external_id: string;
  readonly identity_name: string | null;
  readonly unreachable_at: number | null;
  readonly closed_at: Instant;
  readonly subject: string | null;
  readonly reopened: boolean;
  readonly opted_out: boolean;
  readonly person_zone: string | null;
}

/**
 * From the prompt outwards, one row by its key after another. `IS TRUE` keeps the workspace a check: as a plain equality it would look like the
 * better index to a planner that has no statistics yet, and the lock would read every row of the workspace.
 */
const DOSSIER = `
SELECT ${PROMPT}, i.closed_at, i.subject, i.reopened_at IS NOT NULL AS reopened, pe.opted_out_at IS NOT NULL AS opted_out,
  pe.zone AS person_zone, d.platform AS identity_platform, d.installation AS identity_installation,
  d.external_id AS identity_external_id, d.name AS identity_name, d.unreachable_at
FROM prompts p
JOIN people pe ON pe.id = p.person_id AND (pe.workspace_id = $1) IS TRUE
JOIN interactions i ON i.id = p.interaction_id AND (i.workspace_id = $1) IS TRUE
JOIN identities d ON d.id = i.identity_id AND (d.workspace_id = $1) IS TRUE`;

const LOCK = `${DOSSIER}
WHERE p.id = $2 AND (p.workspace_id = $1) IS TRUE
FOR NO KEY UPDATE OF pe, p`;

const LOCK_FREE = `${DOSSIER}
WHERE p.id = ANY ($2::uuid[]) AND (p.workspace_id = $1) IS TRUE
FOR NO KEY UPDATE OF pe, p SKIP LOCKED`;

export async function lockPrompt(sql: Sql, promptId: Id): Promise<PromptDossier | null> {
  const { rows } = await sql.hot<DossierRow>(LOCK, [sql.workspaceId, promptId]);
  if (rows[0]) return dossierOf(rows[0]);
  // Its person may have been joined to another while this waited for them: then the prompt is there, under the other one.
  const { rows: again } = await sql.hot<DossierRow>(LOCK, [sql.workspaceId, promptId]);
  return again[0] ? dossierOf(again[0]) : null;
}

export async function lockFreePrompts(
  sql: Sql,
  promptIds: readonly Id[],
): Promise<ReadonlyMap<Id, PromptDossier>> {
  const { rows } = await sql.hot<DossierRow>(LOCK_FREE, [sql.workspaceId, promptIds]);
  return new Map(rows.map((row) => [row.id, dossierOf(row)]));
}

function dossierOf(row: DossierRow): PromptDossier {
  return {
    prompt: promptOf(row),
    identity: {
      platform: row.identity_platform,
      installation: row.identity_installation,
      externalId: row.identity_external_id,
    },
    identityName: row.identity_name,
    closedAt: row.closed_at,
    subject: row.subject,
    reopened: row.reopened,
    personOptedOut: row.opted_out,
    personZone: row.person_zone,
    personUnreachableAt: row.unreachable_at,
  };
}
