// The accounts after a run: what the store and the page's mailbox hold, against what the world outside was told.
import type { Id } from '../../src/domain/basics.ts';
import { needsFollowUp } from '../../src/domain/follow-up/follow-up.ts';
import { type SurveyKind, segmentOf } from '../../src/domain/survey/kind.ts';
import type { Runtime } from '../../src/main.ts';
import type { Book, Page } from './book.ts';
import { checkAlerts, checkConversations, checkDigests, type Mail, mailOf } from './verify-mail.ts';

export interface Account {
  readonly violations: readonly string[];
  readonly figures: {
    readonly interactions: number;
    readonly prompts: number;
    readonly revisions: number;
    readonly digests: number;
    readonly latest: number;
  };
}

interface PromptRow {
  readonly external_id: string;
  readonly interaction_id: Id;
  readonly prompt_id: Id | null;
  readonly survey: SurveyKind;
  readonly status: string;
  readonly reason: string | null;
  readonly ref_message: Id | null;
  readonly person_id: Id;
  readonly late_by: number | null;
  readonly response_id: Id | null;
  readonly score: number | null;
  readonly verbatim: string | null;
  readonly revision: number | null;
  readonly follow_up_id: Id | null;
}

interface Revision {
  readonly revision: number;
  readonly score: number;
  readonly verbatim: string | null;
}

/** What is still to be done, or in somebody's hands, or dead; empty when all is quiet. */
export async function unfinished({ database: { pool } }: Runtime): Promise<readonly string[]> {
  const { rows } = await pool.query<{
    kind: string;
    status: string;
    held: boolean;
    count: number;
    error: string | null;
  }>(
    `SELECT kind, status, lease_until > now() AS held, count(*)::int AS count, max(last_error) AS error FROM work
     WHERE status <> 'pending' OR due_at <= now() OR lease_until > now() GROUP BY 1, 2, 3`,
  );
  return rows.map(
    ({ kind, status, held, count, error }) =>
      `${count} ${kind} ${status}${held ? ', in hand' : ''}${error === null ? '' : ` (${error})`}`,
  );
}

export async function verify(
  runtime: Runtime,
  workspaceId: Id,
  book: Book,
  channels: readonly string[],
): Promise<Account> {
  const violations: string[] = [];
  const wrong = (text: string) => violations.push(text);
  for (const left of await unfinished(runtime)) wrong(`work is left: ${left}`);
  const { pool } = runtime.database;
  const { rows } = await pool.query<PromptRow>(
    `SELECT i.external_id, i.id AS interaction_id, p.id AS prompt_id, p.survey, p.status, p.reason, p.ref_message, p.person_id,
       extract(epoch FROM p.sent_at - p.created_at)::float8 * 1000 AS late_by,
       r.id AS response_id, r.score, r.verbatim, r.revision, r.follow_up_id
     FROM interactions i LEFT JOIN prompts p ON p.interaction_id = i.id LEFT JOIN responses r ON r.prompt_id = p.id
     WHERE i.workspace_id = $1`,
    [workspaceId],
  );
  const byExternalId = grouped(rows, (row) => row.external_id);
  const revisions = await revisionsOf(runtime, workspaceId);
  const messages = await mailOf(runtime, workspaceId);

  for (const page of book.pages) {
    const { externalId } = page.helped;
    const found = byExternalId.get(externalId) ?? [];
    byExternalId.delete(externalId);
    if (page.taken === null && found.length === 0) continue;
    if (found.length !== 1) wrong(`${externalId} is there ${found.length} times`);
    for (const row of found) {
      checkPrompt(page, row, messages, wrong);
      checkAnswers(page, row, revisions.get(row.response_id ?? '') ?? [], messages, wrong);
    }
  }
  for (const externalId of byExternalId.keys()) wrong(`${externalId} is there, and nobody told of it`);
  const asked = rows.filter((row) => row.status !== 'suppressed').length;
  const prompts = [...messages.keys()].filter((key) => key.startsWith('prompt-')).length;
  if (prompts !== asked) wrong(`${asked} prompts, and ${prompts} messages that ask`);
  await checkConversations(runtime, workspaceId, wrong);
  await checkAlerts(runtime, workspaceId, messages, wrong);
  const digests = await checkDigests(runtime, workspaceId, channels, messages, wrong);
  return {
    violations,
    figures: {
      interactions: rows.length,
      prompts,
      revisions: [...revisions.values()].flat().length,
      digests,
      latest: Math.max(0, ...rows.map((row) => row.late_by ?? 0)),
    },
  };
}

function checkPrompt(
  { helped, taken }: Page,
  row: PromptRow,
  messages: ReadonlyMap<string, Mail>,
  wrong: (text: string) => void,
): void {
  const name = helped.externalId;
  if (taken && (taken.promptId !== row.prompt_id || taken.interactionId !== row.interaction_id))
    wrong(`${name} has another prompt than the one that was acknowledged`);
  const message = messages.get(`prompt-${row.prompt_id}`);
  if (!helped.eligible) {
    if (row.status !== 'suppressed' || row.reason !== 'auto_closed')
      wrong(`${name} is ${row.status}, not suppressed`);
    if (message) wrong(`${name} was asked, although it was closed by inactivity`);
    return;
  }
  if (row.status !== 'sent' && row.status !== 'answered') wrong(`${name} is ${row.status} (${row.reason})`);
  if (!message) wrong(`${name} is ${row.status}, and its prompt is in no conversation`);
  else if (message.id !== row.ref_message) wrong(`${name} does not know where its message stands`);
}

/** Every acknowledged saying is there once, in order; the last one is what holds, and what the message shows. */
function checkAnswers(
  { helped, said }: Page,
  row: PromptRow,
  revisions: readonly Revision[],
  messages: ReadonlyMap<string, Mail>,
  wrong: (text: string) => void,
): void {
  const name = helped.externalId;
  const kept = revisions.map(({ score, verbatim }) => `${score} ${verbatim}`);
  const texts = said.map(({ saying }) => `${saying.score} ${saying.verbatim}`);
  const acknowledged = texts.filter((_, i) => said[i]!.acknowledged);
  for (const text of acknowledged)
    if (!kept.includes(text))
      wrong(`${name}: the acknowledged answer "${text}" is lost; kept: ${kept.join(', ')}`);
  if (kept.join() !== texts.filter((text) => kept.includes(text)).join())
    wrong(
      `${name}: kept "${kept.join(', ')}" of "${texts.join(', ')}": twice, out of order, or from nowhere`,
    );
  if (revisions.some(({ revision }, i) => revision !== i + 1))
    wrong(`${name}: its revisions are not counted 1, 2, 3`);
  const last = revisions.at(-1);
  if (!last) {
    if (row.response_id !== null) wrong(`${name} has a response without a revision`);
    if (row.status === 'answered') wrong(`${name} is answered by nothing`);
    return;
  }
  if (row.status !== 'answered') wrong(`${name} has an answer and is ${row.status}`);
  if (last.score !== row.score || last.verbatim !== row.verbatim || last.revision !== row.revision)
    wrong(`${name}: its response is not its last revision`);
  if (needsFollowUp(segmentOf(row.survey, last.score)) && row.follow_up_id === null)
    wrong(`${name} is unhappy, and nobody follows up`);
  const shown = messages.get(`prompt-${row.prompt_id}`)?.body ?? '';
  if (last.verbatim !== null && !shown.includes(last.verbatim))
    wrong(`${name}: its message does not show its last answer`);
}

async function revisionsOf(
  { database }: Runtime,
  workspaceId: Id,
): Promise<ReadonlyMap<Id, readonly Revision[]>> {
  const { rows } = await database.pool.query<Revision & { response_id: Id }>(
    'SELECT response_id, revision, score, verbatim FROM response_revisions WHERE workspace_id = $1 ORDER BY revision',
    [workspaceId],
  );
  return grouped(rows, (row) => row.response_id);
}

function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row)) ?? [];
    group.push(row);
    groups.set(keyOf(row), group);
  }
  return groups;
}
