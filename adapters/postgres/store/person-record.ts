// Everything that is kept about one person, for them to have: part by part and page by page, as JSON. What the team wrote among itself (notes, owners,
// who helped) is not theirs to have, and is left out.
import type { Id } from '../../../src/domain/basics.ts';
import type { Archive, PersonPart } from '../../../src/ports/store/archive.ts';
import type { StoreContext } from './context.ts';
import { OWN_MAILBOX } from './erase-traces.ts';
import { poolQuery } from './session.ts';

/** Rows a page. */
const PAGE = 200;

const FIRST: Id = '00000000-0000-0000-0000-000000000000';

const iso = (moment: string): string =>
  `to_char(${moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const PERSON = `
SELECT p.id, jsonb_build_object('id', p.id, 'customer', p.customer, 'locale', p.locale, 'language', p.language, 'zone', p.zone,
  'optedOutAt', ${iso('p.opted_out_at')}, 'createdAt', ${iso('p.created_at')}) AS row
FROM people p WHERE p.workspace_id = $1 AND p.id = $2 AND p.id > $3 LIMIT $4`;

const IDENTITIES = `
SELECT d.id, jsonb_build_object('platform', d.platform, 'installation', d.installation, 'externalId', d.external_id, 'name', d.name,
  'unreachableAt', ${iso('d.unreachable_at')}, 'createdAt', ${iso('d.created_at')}) AS row
FROM identities d WHERE d.workspace_id = $1 AND d.person_id = $2 AND d.id > $3 ORDER BY d.id LIMIT $4`;

const INTERACTIONS = `
SELECT i.id, jsonb_build_object('id', i.id, 'source', i.source, 'externalId', i.external_id, 'platform', i.platform, 'installation', i.installation,
  'channel', i.channel, 'thread', i.thread, 'account', i.account, 'subject', i.subject, 'locale', i.locale, 'closedAt', ${iso('i.closed_at')},
  'closedBy', i.closed_by, 'reopenedAt', ${iso('i.reopened_at')}, 'prompt', (
    SELECT jsonb_build_object('id', q.id, 'survey', q.survey, 'state', q.status, 'reason', q.reason, 'explicit', q.explicit, 'locale', q.locale,
      'createdAt', ${iso('q.created_at')}, 'dueAt', ${iso('q.due_at')}, 'sentAt', ${iso('q.sent_at')}, 'remindedAt', ${iso('q.reminded_at')},
      'answeredAt', ${iso('q.answered_at')}, 'declinedAt', ${iso('q.declined_at')}, 'endedAt', ${iso('q.ended_at')}, 'answer', (
        SELECT jsonb_build_object('id', r.id, 'score', r.score, 'verbatim', r.verbatim, 'sentiment', r.sentiment, 'confidence', r.confidence,
          'language', r.language, 'themes', to_jsonb(r.themes), 'late', r.late, 'answeredAt', ${iso('r.answered_at')}, 'revision', r.revision,
          'revisions', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('revision', v.revision, 'score', v.score, 'verbatim', v.verbatim, 'at', ${iso('v.at')})
              ORDER BY v.revision), '[]') FROM response_revisions v WHERE v.workspace_id = $1 AND v.response_id = r.id))
        FROM responses r WHERE r.workspace_id = $1 AND r.prompt_id = q.id))
    FROM prompts q WHERE q.workspace_id = $1 AND q.interaction_id = i.id)) AS row
FROM interactions i WHERE i.workspace_id = $1 AND i.person_id = $2 AND i.id > $3 ORDER BY i.id LIMIT $4`;

const CASES = `
SELECT f.id, jsonb_build_object('number', f.number, 'state', f.status, 'openedAt', ${iso('f.opened_at')}, 'dueAt', ${iso('f.due_at')},
  'claimedAt', ${iso('f.claimed_at')}, 'closedAt', ${iso('f.closed_at')}, 'confirmation', f.confirmation) AS row
FROM follow_ups f WHERE f.workspace_id = $1 AND f.person_id = $2 AND f.id > $3 ORDER BY f.id LIMIT $4`;

const QUOTES = `
SELECT e.id, jsonb_build_object('from', ${iso('e.period_from')}, 'to', ${iso('e.period_to')}, 'postedAt', ${iso('e.posted_at')},
  'words', jsonb_agg(q->>'words'), 'by', min(q->>'by')) AS row
FROM digest_issues e CROSS JOIN LATERAL jsonb_array_elements(e.content->'quotes') AS q
WHERE e.workspace_id = $1 AND e.content->'quotes' <> '[]'::jsonb AND e.id > $3
  AND q->>'responseId' IN (SELECT r.id::text FROM responses r WHERE r.workspace_id = $1 AND r.person_id = $2)
GROUP BY e.id ORDER BY e.id LIMIT $4`;

const MESSAGES = `
SELECT m.id, jsonb_build_object('conversation', t.name, 'from', m.author_kind, 'at', ${iso('m.created_at')},
  'text', coalesce(m.body->>'text', m.body->'view'->>'summary')) AS row
FROM identities d JOIN mail_threads t ON t.workspace_id = $1 AND t.kind = 'conversation' AND t.person = d.external_id
JOIN mail_messages m ON m.workspace_id = $1 AND m.thread_id = t.id
WHERE d.workspace_id = $1 AND d.person_id = $2 AND d.installation = '${OWN_MAILBOX}' AND m.id > $3 ORDER BY m.id LIMIT $4`;

const ACTIONS = `
SELECT a.id, jsonb_build_object('at', ${iso('a.at')}, 'action', a.action, 'subject', a.subject) AS row
FROM identities d JOIN audit_entries a ON a.workspace_id = $1 AND a.actor = d.platform || ':' || d.installation || ':' || d.external_id
WHERE d.workspace_id = $1 AND d.person_id = $2 AND a.id > $3 ORDER BY a.id LIMIT $4`;

const PARTS: readonly (readonly [PersonPart, string])[] = [
  ['person', PERSON],
  ['identities', IDENTITIES],
  ['interactions', INTERACTIONS],
  ['cases', CASES],
  ['quotes', QUOTES],
  ['messages', MESSAGES],
  ['actions', ACTIONS],
];

export function personRecord({ pool }: Pick<StoreContext, 'pool'>): Pick<Archive, 'record'> {
  return {
    async *record(workspaceId, personId) {
      for (const [part, text] of PARTS) {
        for (let after: Id | undefined = FIRST; after !== undefined; ) {
          const { rows }: { rows: readonly Row[] } = await poolQuery<Row>(pool, text, [
            workspaceId,
            personId,
            after,
            PAGE,
          ]);
          if (rows.length > 0) yield { part, rows: rows.map(({ row }) => row) };
          else if (part === 'person') return;
          after = rows.length >= PAGE ? rows.at(-1)?.id : undefined;
        }
      }
      const presence = await poolQuery<{ row: Row['row'] }>(pool, PRESENCE, [workspaceId, personId]);
      if (presence.rows.length > 0) yield { part: 'presence', rows: presence.rows.map(({ row }) => row) };
    },
  };
}

interface Row {
  readonly id: Id;
  readonly row: Readonly<Record<string, unknown>>;
}

/** Where and when, without a word of what; of the last month. */
const PRESENCE = `
SELECT jsonb_build_object('platform', m.platform, 'installation', m.installation, 'channel', m.channel, 'thread', m.thread, 'message', m.message,
  'at', ${iso('m.at')}) AS row
FROM identities d JOIN conversation_messages m ON m.platform = d.platform AND m.installation = d.installation AND m.author = d.external_id
WHERE d.workspace_id = $1 AND d.person_id = $2 AND NOT EXISTS (
  SELECT FROM installations o WHERE o.platform = d.platform AND o.external_id = d.installation AND o.workspace_id <> $1)
ORDER BY m.at, m.message LIMIT 10000`;
