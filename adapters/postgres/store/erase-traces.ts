// What was said about an erased person elsewhere: their conversations go, and what speaks of others too is kept without them.
import type { Id } from '../../../src/domain/basics.ts';
import type { IdentityRef } from '../../../src/domain/trigger/interaction.ts';
import { erasePresence } from './erase-presence.ts';
import { IN_TURN, NEXT_CHANGE } from './mail-turn.ts';
import { type Scrubber, scrubberOf, type Traces } from './scrub.ts';
import type { Sql } from './session.ts';

/** The installation whose people write in our own mailbox. */
export const OWN_MAILBOX = 'local';

/** Rows looked at in one go. */
const PAGE = 500;

/** Answers with the digests that were posted and are to be shown anew. */
export async function eraseTraces(
  sql: Sql,
  traces: Traces,
  identities: readonly IdentityRef[],
): Promise<readonly Id[]> {
  const scrubber = scrubberOf(traces);
  const needles = [...traces.names, ...traces.words, ...traces.ids].map((needle) =>
    JSON.stringify(needle).slice(1, -1),
  );
  // First, so that nobody waits for our rows while we wait for their turn.
  await sql.query(`WITH ${IN_TURN} SELECT FROM turn`, [sql.workspaceId]);
  await eraseConversations(sql, identities);
  await scrubMail(sql, scrubber, needles);
  const reprints = await scrubDigests(sql, scrubber);
  await scrubAudit(sql, scrubber, needles);
  await forgetDeliveries(sql, identities);
  await erasePresence(sql, identities, traces);
  await sql.query(
    `UPDATE work SET last_error = NULL WHERE workspace_id = $1
       AND EXISTS (SELECT FROM unnest($2::text[]) AS n(needle) WHERE strpos(last_error, n.needle) > 0)`,
    [sql.workspaceId, needles],
  );
  return reprints;
}

/** Deliveries that were named after them. */
async function forgetDeliveries(sql: Sql, identities: readonly IdentityRef[]): Promise<void> {
  await sql.query(
    `DELETE FROM seen_events e USING unnest($1::text[], $2::text[], $3::text[]) AS w(platform, installation, external_id)
     WHERE e.platform = w.platform AND e.installation = w.installation AND length(w.external_id) > 2 AND strpos(e.event_id, w.external_id) > 0`,
    [
      identities.map(({ platform }) => platform),
      identities.map(({ installation }) => installation),
      identities.map(({ externalId }) => externalId),
    ],
  );
}

async function eraseConversations(sql: Sql, identities: readonly IdentityRef[]): Promise<void> {
  const writers = identities
    .filter(({ installation }) => installation === OWN_MAILBOX)
    .map((one) => one.externalId);
  await sql.query(
    `DELETE FROM mail_threads WHERE workspace_id = $1 AND kind = 'conversation' AND person = ANY ($2::text[])`,
    [sql.workspaceId, writers],
  );
  await sql.query(
    `DELETE FROM mail_messages WHERE workspace_id = $1 AND author_kind = 'customer' AND author = ANY ($2::text[])`,
    [sql.workspaceId, writers],
  );
}

/** The team's channels are read in full, since a digest quotes without saying whom; other conversations where a trace stands in them. */
async function scrubMail(sql: Sql, scrubber: Scrubber, needles: readonly string[]): Promise<void> {
  const pages = pagesOf<{ id: Id; body: unknown }>(
    sql,
    `SELECT m.id, m.body FROM mail_messages m JOIN mail_threads t ON t.id = m.thread_id
     WHERE m.workspace_id = $1 AND m.id > $2 AND (t.kind = 'channel'
       OR EXISTS (SELECT FROM unnest($4::text[]) AS n(needle) WHERE strpos(m.body::text, n.needle) > 0))
     ORDER BY m.id LIMIT $3`,
    [needles],
  );
  for await (const { id, body } of pages) {
    const scrubbed = scrubber.json(body);
    if (scrubbed === body) continue;
    await sql.query(
      `UPDATE mail_messages SET body = $3, change = ${NEXT_CHANGE} WHERE workspace_id = $1 AND id = $2`,
      [sql.workspaceId, id, JSON.stringify(scrubbed)],
    );
  }
}

async function scrubDigests(sql: Sql, scrubber: Scrubber): Promise<readonly Id[]> {
  const reprints: Id[] = [];
  const pages = pagesOf<{ id: Id; content: unknown; posted: boolean }>(
    sql,
    `SELECT id, content, ref_message IS NOT NULL AS posted FROM digest_issues WHERE workspace_id = $1 AND id > $2
     ORDER BY id LIMIT $3`,
    [],
  );
  for await (const { id, content, posted } of pages) {
    const scrubbed = scrubber.json(content);
    if (scrubbed === content) continue;
    await sql.query('UPDATE digest_issues SET content = $3 WHERE workspace_id = $1 AND id = $2', [
      sql.workspaceId,
      id,
      JSON.stringify(scrubbed),
    ]);
    if (posted) reprints.push(id);
  }
  return reprints;
}

async function scrubAudit(sql: Sql, scrubber: Scrubber, needles: readonly string[]): Promise<void> {
  const pages = pagesOf<{ id: Id; actor: string; subject: string; detail: unknown }>(
    sql,
    `SELECT id, actor, subject, detail FROM audit_entries WHERE workspace_id = $1 AND id > $2
       AND EXISTS (SELECT FROM unnest($4::text[]) AS n(needle) WHERE strpos(concat_ws(' ', actor, subject, detail::text), n.needle) > 0)
     ORDER BY id LIMIT $3`,
    [needles],
  );
  for await (const { id, actor, subject, detail } of pages) {
    await sql.query(
      'UPDATE audit_entries SET actor = $3, subject = $4, detail = $5 WHERE workspace_id = $1 AND id = $2',
      [
        sql.workspaceId,
        id,
        scrubber.text(actor),
        scrubber.text(subject),
        JSON.stringify(scrubber.json(detail)),
      ],
    );
  }
}

/** One row at a time, by pages that are ordered by id: `$2` is the id to go on after, `$3` the size of a page. */
async function* pagesOf<R extends { readonly id: Id }>(
  sql: Sql,
  text: string,
  values: readonly unknown[],
): AsyncGenerator<R> {
  for (let after: Id | undefined = '00000000-0000-0000-0000-000000000000'; after !== undefined; ) {
    const { rows }: { rows: readonly R[] } = await sql.query<R>(text, [
      sql.workspaceId,
      after,
      PAGE,
      ...values,
    ]);
    yield* rows;
    after = rows.length === PAGE ? rows.at(-1)?.id : undefined;
  }
}
