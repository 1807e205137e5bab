// Imported survey answers become interactions, prompts and responses like those that were asked here: reports need not know the
// difference. One statement for a batch, and a row that is there already is left as it is.
import type { Id } from '../../../src/domain/basics.ts';
import { defaultPolicy } from '../../../src/domain/survey/policy.ts';
import type { Archive, ArchiveRow } from '../../../src/ports/store/archive.ts';
import { erasedName } from './erased-name.ts';
import { UNKNOWN_LOCALE } from './nobody.ts';
import { type Resolving, resolvePeople } from './resolve-people.ts';
import { themesText } from './response-row.ts';
import { storable } from './storable.ts';
import { at, maybeAt } from './values.ts';

type Given = Parameters<Archive['addRows']>[2][number];

/** Where a person's outside id belongs when the platform has no installation here, or more than one. */
const NO_INSTALLATION = 'import';

/**
 * Who answered: `person` is an outside id on the platform, in the workspace's installation of it where there is exactly one, so that someone
 * imported and someone who talks to us there are one person; else in an installation named `import`. A row that names nobody is a person of its
 * own who has no row among the people: its prompt's id stands for them.
 */
export async function importRows(
  work: Resolving,
  platform: string,
  given: readonly Given[],
): Promise<{ readonly added: number; readonly known: number }> {
  const fresh = await notThere(work, given);
  if (fresh.length === 0) return { added: 0, known: given.length };
  const installation = await installationOf(work, platform);
  const people = await peopleOf(work, platform, installation, fresh);
  const rows = fresh.map((one) => recordOf(one, work.newId, people));
  const { rows: counted } = await work.sql.query<{ added: number }>(ADD, [
    work.sql.workspaceId,
    JSON.stringify(rows),
    platform,
    installation,
    at(work.now),
  ]);
  const added = counted[0]?.added ?? 0;
  return { added, known: given.length - added };
}

/** Each `(source, id)` once, and only those that are new; one whose person was erased is known by its keyed hash. */
async function notThere({ sql, hashKeys }: Resolving, given: readonly Given[]): Promise<readonly Given[]> {
  const named = new Map(given.map((one) => [JSON.stringify([one.row.source, one.row.id]), one]));
  const first = [...named.values()].map((one) => ({
    one,
    source: storable(one.row.source),
    ids: [storable(one.row.id), ...hashKeys.map((key) => erasedName(key, one.row.id))],
  }));
  const { rows } = await sql.query<{ place: number }>(
    `SELECT DISTINCT w.place FROM unnest($2::text[], $3::text[], $4::int[]) AS w(source, external_id, place)
     WHERE (SELECT i.id FROM interactions i
       WHERE i.workspace_id = $1 AND i.source = w.source AND i.external_id = w.external_id) IS NOT NULL`,
    [
      sql.workspaceId,
      first.flatMap(({ source, ids }) => ids.map(() => source)),
      first.flatMap(({ ids }) => ids),
      first.flatMap(({ ids }, place) => ids.map(() => place)),
    ],
  );
  const known = new Set(rows.map(({ place }) => place));
  return first.filter((_, place) => !known.has(place)).map(({ one }) => one);
}

async function installationOf({ sql }: Resolving, platform: string): Promise<string> {
  const { rows } = await sql.query<{ external_id: string }>(
    'SELECT external_id FROM installations WHERE workspace_id = $1 AND platform = $2 AND active LIMIT 2',
    [sql.workspaceId, platform],
  );
  return rows.length === 1 && rows[0] ? rows[0].external_id : NO_INSTALLATION;
}

async function peopleOf(work: Resolving, platform: string, installation: string, fresh: readonly Given[]) {
  const names = [...new Set(fresh.flatMap(({ row }) => (row.person === null ? [] : [storable(row.person)])))];
  const requests = names.map((externalId) => ({
    identity: { platform, installation, externalId },
    profile: {},
    customer: null,
  }));
  const people = await resolvePeople(work, requests);
  return new Map(names.map((name, i) => [name, people[i]?.id]));
}

function recordOf(
  { row, classification }: Given,
  newId: () => Id,
  people: ReadonlyMap<string, Id | undefined>,
) {
  const prompt = newId();
  const person = row.person === null ? null : storable(row.person);
  return {
    interaction: newId(),
    prompt,
    response: row.score === null ? null : newId(),
    person: (person === null ? null : people.get(person)) ?? prompt,
    identity: person,
    ...imported(row),
    sentiment: classification?.sentiment ?? null,
    confidence: classification?.confidence ?? null,
    language: classification?.language ?? null,
    themes: classification === null ? [] : themesText(classification),
    conflict: classification?.conflict ?? false,
    classifier: classification?.classifier ?? null,
  };
}

/**
 * When it was answered is not always told: then it was at once. An answer is never late: whoever asked took it. A prompt without one expired
 * after the product's own time, since that of whoever asked is not known.
 */
function imported(row: ArchiveRow) {
  return {
    source: storable(row.source),
    external_id: storable(row.id),
    survey: row.survey,
    score: row.score,
    verbatim: storable(row.verbatim),
    sent_at: at(row.sentAt),
    answered_at: row.score === null ? null : maybeAt(row.answeredAt ?? row.sentAt),
    ended_at: row.score === null ? at(row.sentAt + defaultPolicy(row.survey).expiry) : null,
    locale: row.locale ?? UNKNOWN_LOCALE,
    agent: storable(row.agent),
    channel: storable(row.channel),
    account: storable(row.account),
  };
}

// Subqueries rather than joins look up one row each by its index: while a file is coming in, what the planner knows of these tables is old, and
// it would read them whole with every batch. Interactions in the order of their names, so that two imports with the same rows wait for each other in one order.
const ADD = `
WITH given AS (
  SELECT * FROM jsonb_to_recordset($2) AS r(interaction uuid, prompt uuid, response uuid, person uuid, identity text, source text,
    external_id text, survey text, score smallint, verbatim text, sent_at timestamptz, answered_at timestamptz, ended_at timestamptz,
    locale text, agent text, channel text, account text, sentiment text, confidence real, language text, themes text[], conflict boolean,
    classifier text)
), added AS (
  INSERT INTO interactions (id, workspace_id, source, external_id, person_id, identity_id, platform, installation, channel, agent, account,
    locale, closed_at, closed_by, created_at)
  SELECT g.interaction, $1, g.source, g.external_id, g.person, (
      SELECT d.id FROM identities d
      WHERE d.workspace_id = $1 AND d.platform = $3 AND d.installation = $4 AND d.external_id = g.identity),
    $3, $4, g.channel, g.agent, g.account, nullif(g.locale, '${UNKNOWN_LOCALE}'), g.sent_at, 'person', $5::timestamptz
  FROM given g ORDER BY g.source, g.external_id
  ON CONFLICT (workspace_id, source, external_id) DO NOTHING
  RETURNING id
), asked AS (
  INSERT INTO prompts (id, workspace_id, interaction_id, person_id, survey, status, asked_at, sent_at, answered_at, ended_at, platform,
    installation, channel, locale, agent, account, source, created_at)
  SELECT g.prompt, $1, g.interaction, g.person, g.survey, CASE WHEN g.score IS NULL THEN 'expired' ELSE 'answered' END, g.sent_at, g.sent_at,
    g.answered_at, g.ended_at, $3, $4, g.channel, g.locale, g.agent, g.account, g.source, g.sent_at
  FROM given g JOIN added ON added.id = g.interaction ORDER BY g.sent_at
), answered AS (
  INSERT INTO responses (id, workspace_id, prompt_id, person_id, survey, score, verbatim, sentiment, confidence, language, themes, conflict,
    classifier, classified_at, sent_at, answered_at, agent, channel, account, locale)
  SELECT g.response, $1, g.prompt, g.person, g.survey, g.score, g.verbatim, g.sentiment, g.confidence, g.language, g.themes, g.conflict,
    g.classifier, $5::timestamptz, g.sent_at, g.answered_at, g.agent, g.channel, g.account, g.locale
  FROM given g JOIN added ON added.id = g.interaction WHERE g.score IS NOT NULL ORDER BY g.sent_at
), versions AS (
  INSERT INTO response_revisions (response_id, revision, workspace_id, score, verbatim, at)
  SELECT g.response, 1, $1, g.score, g.verbatim, g.answered_at
  FROM given g JOIN added ON added.id = g.interaction WHERE g.score IS NOT NULL
)
SELECT count(*)::int AS added FROM added`;
