// Erases one person: names, outside ids and words are gone, scores stay as nobody's so that every figure holds, and all in one transaction.
import { v7 as uuidv7 } from 'uuid';
import { type Id, type Instant, MINUTE } from '../../../src/domain/basics.ts';
import type { Erased } from '../../../src/ports/store/archive.ts';
import { eraseTeamwork } from './erase-teamwork.ts';
import { eraseTraces } from './erase-traces.ts';
import { erasedName } from './erased-name.ts';
import { NOBODY } from './nobody.ts';
import { optOutHash } from './opt-out-hash.ts';
import { scrubberOf, type Traces } from './scrub.ts';
import type { Sql } from './session.ts';
import { at } from './values.ts';
import { workIn } from './work.ts';

export async function erasePerson(
  sql: Sql,
  hashKey: Uint8Array,
  personId: Id,
  now: Instant,
): Promise<Erased> {
  const { rows: people } = await sql.query<{ customer: string | null; opted_out_at: Instant | null }>(
    'SELECT customer, opted_out_at FROM people WHERE workspace_id = $1 AND id = $2 FOR UPDATE',
    [sql.workspaceId, personId],
  );
  const person = people[0];
  if (person === undefined) return { identities: 0, responses: 0 };
  const theirs = await load(sql, personId);
  if (person.opted_out_at !== null) await keepOptOut(sql, hashKey, theirs.identities, now);
  const traces = tracesOf(personId, person.customer, theirs);

  await eraseAnswers(sql, personId);
  await endCases(sql, theirs.cases, now);
  await endPrompts(sql, personId, theirs.talks, now);
  await eraseTalks(sql, hashKey, theirs.talks, traces);
  await sql.query('DELETE FROM people WHERE workspace_id = $1 AND id = $2', [sql.workspaceId, personId]);
  const identities = theirs.identities.map(identityOf);
  await eraseTeamwork(sql, identities, traces, now);
  const reprints = await eraseTraces(sql, traces, identities);
  await workIn(sql).add(
    reprints.map((subjectId) => ({ id: uuidv7(), kind: 'reprint' as const, subjectId, dueAt: now })),
    now,
  );
  return { identities: theirs.identities.length, responses: theirs.answers.length };
}

interface IdentityRow {
  readonly platform: string;
  readonly installation: string;
  readonly external_id: string;
  readonly name: string | null;
}

interface Talk {
  readonly id: Id;
  readonly prompt: Id | null;
  readonly external_id: string;
  readonly channel: string | null;
  readonly account: string | null;
  readonly subject: string | null;
}

interface Case {
  readonly id: Id;
  readonly note: string | null;
  readonly alerted: boolean;
  readonly in_hand: boolean;
}

interface Theirs {
  readonly identities: readonly IdentityRow[];
  readonly answers: readonly { readonly id: Id; readonly said: readonly string[] }[];
  readonly talks: readonly Talk[];
  readonly cases: readonly Case[];
}

async function load(sql: Sql, personId: Id): Promise<Theirs> {
  const theirs = [sql.workspaceId, personId];
  const identities = await sql.query<IdentityRow>(
    'SELECT platform, installation, external_id, name FROM identities WHERE workspace_id = $1 AND person_id = $2 FOR UPDATE',
    theirs,
  );
  const answers = await sql.query<{ id: Id; said: string[] }>(
    `SELECT r.id, array_remove(r.verbatim || array(
       SELECT v.verbatim FROM response_revisions v WHERE v.workspace_id = $1 AND v.response_id = r.id), NULL) AS said
     FROM responses r WHERE r.workspace_id = $1 AND r.person_id = $2`,
    theirs,
  );
  const talks = await sql.query<Talk>(
    `SELECT i.id, p.id AS prompt, i.external_id, i.channel, i.account, i.subject
     FROM interactions i LEFT JOIN prompts p ON p.workspace_id = $1 AND p.interaction_id = i.id
     WHERE i.workspace_id = $1 AND i.person_id = $2`,
    theirs,
  );
  const cases = await sql.query<Case>(
    `SELECT f.id, f.note, f.ref_message IS NOT NULL AS alerted, EXISTS (
       SELECT FROM work k WHERE k.workspace_id = $1 AND k.kind = 'alert' AND k.subject_id = f.id AND k.lease_token IS NOT NULL) AS in_hand
     FROM follow_ups f WHERE f.workspace_id = $1 AND f.person_id = $2`,
    theirs,
  );
  return { identities: identities.rows, answers: answers.rows, talks: talks.rows, cases: cases.rows };
}

function tracesOf(
  personId: Id,
  customer: string | null,
  { identities, answers, talks, cases }: Theirs,
): Traces {
  const present = (text: string | null): readonly string[] =>
    text === null || text.trim() === '' ? [] : [text];
  return {
    names: [
      ...identities.flatMap(({ external_id, name }) => [external_id, ...present(name)]),
      ...present(customer),
      personId,
    ],
    words: [
      ...answers.flatMap(({ said }) => said),
      ...talks.flatMap(({ subject }) => present(subject)),
      ...cases.flatMap(({ note }) => present(note)),
    ],
    ids: new Set([
      ...answers.map(({ id }) => id),
      ...talks.flatMap(({ id, prompt }) => (prompt === null ? [id] : [id, prompt])),
      ...cases.map(({ id }) => id),
    ]),
  };
}

function identityOf({ platform, installation, external_id }: IdentityRow) {
  return { platform, installation, externalId: external_id };
}

async function keepOptOut(
  sql: Sql,
  hashKey: Uint8Array,
  identities: readonly IdentityRow[],
  now: Instant,
): Promise<void> {
  await sql.query(
    `INSERT INTO opt_out_hashes (workspace_id, hash, created_at)
     SELECT $1, hash, $3::timestamptz FROM unnest($2::bytea[]) AS h(hash) ON CONFLICT DO NOTHING`,
    [sql.workspaceId, identities.map((row) => optOutHash(hashKey, identityOf(row))), at(now)],
  );
}

/** What the words said (sentiment, themes) stays: it is counted, and nobody can be told by it. What was read in them before goes. */
async function eraseAnswers(sql: Sql, personId: Id): Promise<void> {
  await sql.query(
    `WITH theirs AS (
       UPDATE responses SET verbatim = NULL, person_id = $3 WHERE workspace_id = $1 AND person_id = $2 RETURNING id
     ), readings AS (
       DELETE FROM classifications c USING theirs WHERE c.workspace_id = $1 AND c.response_id = theirs.id
     )
     UPDATE response_revisions v SET verbatim = NULL FROM theirs WHERE v.workspace_id = $1 AND v.response_id = theirs.id`,
    [sql.workspaceId, personId, NOBODY],
  );
}

/** There is nobody left to get back to. Alerts that show the words are painted anew; one that is just being posted, a little later. */
async function endCases(sql: Sql, cases: readonly Case[], now: Instant): Promise<void> {
  const ids = cases.map(({ id }) => id);
  await sql.query(
    `UPDATE follow_ups SET person_id = $3, note = '', owner_ref = NULL, confirmation = NULL,
       owner = coalesce(owner, 'afterword'), closed_at = coalesce(closed_at, $4::timestamptz), status = 'closed'
     WHERE workspace_id = $1 AND id = ANY ($2::uuid[])`,
    [sql.workspaceId, ids, NOBODY, at(now)],
  );
  await sql.query(
    `DELETE FROM work WHERE workspace_id = $1 AND kind IN ('alert', 'nudge', 'escalate', 'confirm') AND subject_id = ANY ($2::uuid[])
       AND lease_token IS NULL`,
    [sql.workspaceId, ids],
  );
  const shown = cases.filter(({ alerted, in_hand }) => alerted || in_hand);
  const refreshes = shown.map(({ id, in_hand }) => ({
    id: uuidv7(),
    kind: 'refresh' as const,
    subjectId: id,
    dueAt: in_hand ? now + MINUTE : now,
  }));
  await workIn(sql).add(refreshes, now);
}

/** What was not sent will not be; what waits for an answer has expired. */
async function endPrompts(sql: Sql, personId: Id, talks: readonly Talk[], now: Instant): Promise<void> {
  await sql.query(
    `DELETE FROM work WHERE workspace_id = $1 AND kind IN ('deliver', 'remind', 'expire', 'repaint') AND subject_id = ANY ($2::uuid[])`,
    [sql.workspaceId, talks.flatMap(({ prompt }) => prompt ?? [])],
  );
  await sql.query(
    `UPDATE prompts SET person_id = $3, thread = NULL, ref_channel = NULL, ref_message = NULL,
       reason = CASE WHEN status = 'scheduled' THEN 'no_reachable_channel' ELSE reason END,
       asked_at = CASE WHEN status = 'scheduled' THEN NULL ELSE asked_at END,
       ended_at = CASE WHEN status IN ('scheduled', 'sent', 'reminded') THEN $4::timestamptz ELSE ended_at END,
       status = CASE status WHEN 'scheduled' THEN 'suppressed' WHEN 'sending' THEN 'uncertain'
         WHEN 'sent' THEN 'expired' WHEN 'reminded' THEN 'expired' ELSE status END
     WHERE workspace_id = $1 AND person_id = $2`,
    [sql.workspaceId, personId, NOBODY, at(now)],
  );
}

/**
 * An interaction keeps its outside name, so that a redelivery or a second import is recognised; where that tells who it was, as a keyed hash. So
 * with channels and accounts, which reports group by: one that tells is left out.
 */
async function eraseTalks(
  sql: Sql,
  hashKey: Uint8Array,
  talks: readonly Talk[],
  traces: Traces,
): Promise<void> {
  const scrubber = scrubberOf(traces);
  const tells = (text: string): boolean => scrubber.text(text, true) !== text;
  await sql.query(
    `UPDATE interactions i SET person_id = $2, identity_id = NULL, subject = NULL, thread = NULL,
       external_id = w.external_id, channel = w.channel, account = w.account
     FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[]) AS w(id, external_id, channel, account) WHERE i.workspace_id = $1 AND i.id = w.id`,
    [
      sql.workspaceId,
      NOBODY,
      talks.map(({ id }) => id),
      talks.map(({ external_id: name }) => (tells(name) ? erasedName(hashKey, name) : name)),
      talks.map(({ channel }) => (channel === null || tells(channel) ? null : channel)),
      talks.map(({ account }) => (account === null || tells(account) ? null : account)),
    ],
  );
  for (const column of ['channel', 'account'] as const) {
    const told = talks.flatMap(({ prompt, [column]: name }) =>
      prompt !== null && name !== null && tells(name) ? prompt : [],
    );
    if (told.length === 0) continue;
    for (const [table, key] of [
      ['prompts', 'id'],
      ['responses', 'prompt_id'],
    ])
      await sql.query(
        `UPDATE ${table} SET ${column} = NULL WHERE workspace_id = $1 AND ${key} = ANY ($2::uuid[])`,
        [sql.workspaceId, told],
      );
  }
}
