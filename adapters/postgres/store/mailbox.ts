// Conversations of platforms that have no server of their own. A reader that follows the cursor sees every change: numbers become visible in
// the order in which they were given.
import { v7 as uuidv7 } from 'uuid';
import { AfterwordError, type Id, type Instant } from '../../../src/domain/basics.ts';
import type { MailAuthor, Mailbox, MailMessage, MailThread } from '../../../src/ports/mailbox.ts';
import type { StoreContext } from './context.ts';
import { IN_TURN, NEXT_CHANGE } from './mail-turn.ts';
import { poolQuery } from './session.ts';
import { storable } from './storable.ts';
import { at } from './values.ts';

const THREAD = 'id, workspace_id, kind, name, person, open, created_at';
const MESSAGE = 'm.id, m.thread_id, m.author_kind, m.author, m.body, m.created_at, m.change';

export function createMailbox({ pool }: Pick<StoreContext, 'pool'>): Mailbox {
  async function threads(text: string, values: readonly unknown[]): Promise<readonly MailThread[]> {
    return (await poolQuery<ThreadRow>(pool, text, values)).rows.map(threadOf);
  }

  async function messages(text: string, values: readonly unknown[]): Promise<readonly MailMessage[]> {
    return (await poolQuery<MessageRow>(pool, text, values)).rows.map(messageOf);
  }

  const mailbox: Mailbox = {
    async openThread(workspaceId, { kind, name, person }, now) {
      const [made] = await threads(
        `INSERT INTO mail_threads (id, workspace_id, kind, name, person, created_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (workspace_id, name) DO NOTHING RETURNING ${THREAD}`,
        [uuidv7(), workspaceId, kind, storable(name), person === null ? null : storable(person), at(now)],
      );
      const thread = made ?? (await mailbox.findThread(workspaceId, name));
      if (thread === null)
        throw new AfterwordError('busy', 'the thread was erased while it was opened', 'try again');
      return thread;
    },

    async findThread(workspaceId, name) {
      const found = await threads(
        `SELECT ${THREAD} FROM mail_threads WHERE workspace_id = $1 AND name = $2`,
        [workspaceId, storable(name)],
      );
      return found[0] ?? null;
    },

    async threadOf(workspaceId, person) {
      const found = await threads(
        `SELECT ${THREAD} FROM mail_threads WHERE workspace_id = $1 AND person = $2 AND kind = 'conversation'
         ORDER BY created_at DESC, id DESC LIMIT 1`,
        [workspaceId, storable(person)],
      );
      return found[0] ?? null;
    },

    async setOpen(workspaceId, threadId, open) {
      await poolQuery(pool, 'UPDATE mail_threads SET open = $3 WHERE workspace_id = $1 AND id = $2', [
        workspaceId,
        threadId,
        open,
      ]);
    },

    async post(workspaceId, { threadId, author, body, key }, now) {
      const [posted] = await messages(
        `WITH ${IN_TURN}
         INSERT INTO mail_messages AS m (id, workspace_id, thread_id, author_kind, author, key, body, created_at, change)
         SELECT $2, $1, t.id, $4, $5, $6, $7, $8, ${NEXT_CHANGE}
         FROM turn, mail_threads AS t WHERE t.workspace_id = $1 AND t.id = $3
         ON CONFLICT (workspace_id, key) DO NOTHING RETURNING ${MESSAGE}`,
        [
          workspaceId,
          uuidv7(),
          threadId,
          author.kind,
          outsideId(author),
          storable(key),
          storable(body),
          at(now),
        ],
      );
      const message = posted ?? (await mailbox.findByKey(workspaceId, key));
      if (message === null) {
        throw new AfterwordError('not_found', `there is no thread ${threadId}`, 'open the thread first');
      }
      return message;
    },

    async replace(workspaceId, messageId, body) {
      const replaced = await messages(
        `WITH ${IN_TURN}
         UPDATE mail_messages AS m SET body = $3, change = ${NEXT_CHANGE} FROM turn
         WHERE m.workspace_id = $1 AND m.id = $2 RETURNING ${MESSAGE}`,
        [workspaceId, messageId, storable(body)],
      );
      return replaced[0] ?? null;
    },

    async findByKey(workspaceId, key) {
      const found = await messages(
        `SELECT ${MESSAGE} FROM mail_messages AS m WHERE m.workspace_id = $1 AND m.key = $2`,
        [workspaceId, storable(key)],
      );
      return found[0] ?? null;
    },

    async read(workspaceId, threadId, limit) {
      const newest = await messages(
        `SELECT ${MESSAGE} FROM mail_messages AS m WHERE m.workspace_id = $1 AND m.thread_id = $2
         ORDER BY m.created_at DESC, m.id DESC LIMIT $3`,
        [workspaceId, threadId, limit],
      );
      return newest.toReversed();
    },

    async since(workspaceId, cursor, limit) {
      return await messages(
        `SELECT ${MESSAGE} FROM mail_messages AS m WHERE m.workspace_id = $1 AND m.change > $2
         ORDER BY m.change LIMIT $3`,
        [workspaceId, cursor, limit],
      );
    },

    async cursor(workspaceId) {
      const { rows } = await poolQuery<{ newest: number | null }>(
        pool,
        'SELECT max(change) AS newest FROM mail_messages WHERE workspace_id = $1',
        [workspaceId],
      );
      return rows[0]?.newest ?? 0;
    },
  };
  return mailbox;
}

interface ThreadRow {
  readonly id: Id;
  readonly workspace_id: Id;
  readonly kind: MailThread['kind'];
  readonly name: string;
  readonly person: string | null;
  readonly open: boolean;
  readonly created_at: Instant;
}

interface MessageRow {
  readonly id: Id;
  readonly thread_id: Id;
  readonly author_kind: MailAuthor['kind'];
  readonly author: string | null;
  readonly body: MailMessage['body'];
  readonly created_at: Instant;
  readonly change: number;
}

function threadOf({ workspace_id, created_at, ...row }: ThreadRow): MailThread {
  return { ...row, workspaceId: workspace_id, createdAt: created_at };
}

function messageOf(row: MessageRow): MailMessage {
  const author: MailAuthor =
    row.author_kind === 'bot' ? { kind: 'bot' } : { kind: row.author_kind, externalId: row.author ?? '' };
  return {
    id: row.id,
    threadId: row.thread_id,
    author,
    body: row.body,
    createdAt: row.created_at,
    change: row.change,
  };
}

function outsideId(author: MailAuthor): string | null {
  return author.kind === 'bot' ? null : storable(author.externalId);
}
