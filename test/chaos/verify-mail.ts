// The page's mailbox, against what the store says was sent.
import type { Id } from '../../src/domain/basics.ts';
import type { Runtime } from '../../src/main.ts';

export interface Mail {
  readonly id: Id;
  readonly thread: string;
  readonly body: string;
}

/** By key, which is unique in a workspace. */
export async function mailOf({ database }: Runtime, workspaceId: Id): Promise<ReadonlyMap<string, Mail>> {
  const { rows } = await database.pool.query<Mail & { key: string }>(
    `SELECT m.key, m.id, t.name AS thread, m.body::text AS body FROM mail_messages m JOIN mail_threads t ON t.id = m.thread_id
     WHERE m.workspace_id = $1 AND m.author_kind = 'bot'`,
    [workspaceId],
  );
  return new Map(rows.map((row) => [row.key, row]));
}

/** As the page reads it: in each conversation as many messages as prompts, whatever their keys. */
export async function checkConversations(
  { ctx, database }: Runtime,
  workspaceId: Id,
  wrong: (text: string) => void,
): Promise<void> {
  const { rows } = await database.pool.query<{ id: Id; name: string; prompts: number }>(
    `SELECT t.id, t.name, count(p.id)::int AS prompts FROM mail_threads t LEFT JOIN prompts p ON p.ref_channel = t.id::text
     WHERE t.workspace_id = $1 AND t.kind = 'conversation' GROUP BY 1, 2`,
    [workspaceId],
  );
  for (const { id, name, prompts } of rows) {
    const read = await ctx.store.mailbox.read(workspaceId, id, 1_000);
    if (read.length !== prompts)
      wrong(`conversation ${name} has ${read.length} messages for ${prompts} prompts`);
  }
}

export async function checkAlerts(
  { database }: Runtime,
  workspaceId: Id,
  messages: ReadonlyMap<string, Mail>,
  wrong: (text: string) => void,
): Promise<void> {
  const { rows } = await database.pool.query<{ id: Id; ref_message: Id | null }>(
    'SELECT id, ref_message FROM follow_ups WHERE workspace_id = $1',
    [workspaceId],
  );
  for (const { id, ref_message } of rows)
    if (messages.get(`alert-${id}`)?.id !== ref_message)
      wrong(`the alert of case ${id} is not where the case says`);
  const alerts = [...messages.keys()].filter((key) => key.startsWith('alert-')).length;
  if (alerts !== rows.length) wrong(`${rows.length} cases, and ${alerts} alerts`);
}

/** Answers with how many were posted. */
export async function checkDigests(
  { database }: Runtime,
  workspaceId: Id,
  channels: readonly string[],
  messages: ReadonlyMap<string, Mail>,
  wrong: (text: string) => void,
): Promise<number> {
  const { rows } = await database.pool.query<{
    channel: string;
    statuses: string[];
    ids: Id[];
    next: boolean;
  }>(
    `SELECT s.channel, array_agg(d.status) AS statuses, array_agg(d.id) AS ids, s.next_due_at > now() AS next
     FROM schedules s JOIN digest_issues d ON d.schedule_id = s.id WHERE s.workspace_id = $1 GROUP BY s.id`,
    [workspaceId],
  );
  for (const channel of channels) {
    const row = rows.find((one) => one.channel === channel);
    if (row?.statuses.join() !== 'posted')
      wrong(`${channel}: issues are [${row?.statuses.join() ?? ''}], not one that was posted`);
    else if (!row.next) wrong(`${channel}: the next digest has no date`);
    const posted = [...messages].filter(
      ([key, mail]) => key.startsWith('digest-') && mail.thread === channel,
    );
    if (posted.length !== 1) wrong(`${channel}: ${posted.length} digests were posted`);
    else if (posted[0]![0] !== `digest-${row?.ids[0]}`)
      wrong(`${channel}: another issue was posted than the one noted`);
  }
  return rows.length;
}
