// Who said something where, and which messages of ours a platform has shown us: one statement each.
import type { MessageRef } from '../../../src/domain/prompt/prompt.ts';
import type { Conversations } from '../../../src/ports/conversations.ts';
import type { StoreContext } from './context.ts';
import { poolQuery } from './session.ts';
import { storable } from './storable.ts';
import { at } from './values.ts';

const MOST_AUTHORS = 20;

export function conversationsOf({ pool }: Pick<StoreContext, 'pool'>, platform: string): Conversations {
  /** Every text here is an outside id. */
  const named = (...ids: readonly string[]): readonly string[] => [platform, ...ids.map(storable)];

  return {
    async note(installation, { channel, thread, message, author, at: said }) {
      await poolQuery(
        pool,
        `INSERT INTO conversation_messages (platform, installation, channel, message, thread, author, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7::timestamptz) ON CONFLICT DO NOTHING`,
        [...named(installation, channel, message, thread, author), at(said)],
      );
    },

    async threadOf(installation, channel, message) {
      const { rows } = await poolQuery<{ thread: string }>(
        pool,
        `SELECT thread FROM conversation_messages
         WHERE platform = $1 AND installation = $2 AND channel = $3 AND message = $4`,
        named(installation, channel, message),
      );
      return rows[0]?.thread ?? null;
    },

    async authors(installation, channel, thread) {
      const { rows } = await poolQuery<{ author: string }>(
        pool,
        `SELECT author FROM conversation_messages
         WHERE platform = $1 AND installation = $2 AND channel = $3 AND thread = $4
         GROUP BY author ORDER BY min(at), min(message) LIMIT ${MOST_AUTHORS}`,
        named(installation, channel, thread),
      );
      return rows.map(({ author }) => author);
    },

    async noteEcho(installation, key, { channel, message }) {
      await poolQuery(
        pool,
        `INSERT INTO echoes (platform, installation, key, channel, message) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
        named(installation, key, channel, message),
      );
    },

    async echo(installation, key) {
      const { rows } = await poolQuery<MessageRef>(
        pool,
        'SELECT channel, message FROM echoes WHERE platform = $1 AND installation = $2 AND key = $3',
        named(installation, key),
      );
      return rows[0] ?? null;
    },
  };
}
