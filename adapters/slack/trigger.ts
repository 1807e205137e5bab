// Whose conversation it is. Slack's reactions name a message and no thread: what was noted from the message events says the rest, and where that
// is not enough Slack is asked, once.
import { z } from 'zod';
import { type Duration, SECOND } from '../../src/domain/basics.ts';
import type { Profile } from '../../src/domain/trigger/interaction.ts';
import { STORE_AWAY, UNREACHABLE } from './api/outcome.ts';
import { id, instantOf, maybe, text, ts } from './inbound/fields.ts';
import type { SlackApi, SlackParts } from './parts.ts';
import type { People, Where } from './people.ts';

export interface Message {
  readonly channel: string;
  readonly message: string;
  /** Its thread, where the payload says so. */
  readonly thread: string | null;
  /** Who wrote it, where the payload says so. */
  readonly author: string | null;
}

export interface Conversation {
  readonly thread: string;
  /** Who took part, in the order of their first words. */
  readonly authors: readonly string[];
  /** False: who began it is not known yet, and Slack could not be asked just now. */
  readonly complete: boolean;
}

export type Customer =
  | { readonly kind: 'found'; readonly user: string; readonly profile: Profile }
  /** Nobody but the team took part. */
  | { readonly kind: 'none' }
  /** Whoever acts began it, and no team is named that they could be of. */
  | { readonly kind: 'own' }
  /** Slack cannot be asked at the moment. */
  | { readonly kind: 'unknown' };

export interface Triggers {
  conversationOf(where: Where, message: Message): Promise<Conversation>;
  /** The first author who is not of the team. Where the workspace names no team, whoever acts is the team, unless it is their own conversation. */
  customerOf(where: Where, conversation: Conversation, by: string): Promise<Customer>;
}

/** Reading conversations is scarce: 15 messages at a time, and for many apps once a minute. */
const MOST_REPLIES = 15;
const PATIENCE: Duration = 0.2 * SECOND;
const TIMEOUT: Duration = 1.2 * SECOND;

/** What keeps us from reading now, and not for good. */
const PASSING: ReadonlySet<string> = new Set(['ratelimited', UNREACHABLE, STORE_AWAY]);

const repliesSchema = z.object({
  messages: z.array(
    z.object({
      ts,
      thread_ts: maybe(ts),
      user: maybe(id),
      bot_id: maybe(id),
      parent_user_id: maybe(id),
      subtype: maybe(text),
    }),
  ),
});

type Reply = z.output<typeof repliesSchema>['messages'][number];

export function createTriggers(
  parts: Pick<SlackParts, 'conversations' | 'log'>,
  api: SlackApi,
  people: People,
): Triggers {
  const { conversations, log } = parts;

  /** What is known of it; null where its beginning is not. */
  const noted = async (installation: string, { channel, message, thread }: Message) => {
    const known = thread ?? (await conversations.threadOf(installation, channel, message));
    if (known === null) return { thread: null, authors: [] };
    const [beginning, authors] = await Promise.all([
      conversations.threadOf(installation, channel, known),
      conversations.authors(installation, channel, known),
    ]);
    return { thread: known, authors, complete: beginning !== null };
  };

  /** Null: not now, but perhaps in a while. */
  const ask = async (
    installation: string,
    channel: string,
    message: string,
  ): Promise<readonly Reply[] | null> => {
    const called = await api.call(
      installation,
      'conversations.replies',
      { channel, ts: message, limit: MOST_REPLIES },
      { patience: PATIENCE, timeout: TIMEOUT, channel },
    );
    if (called.kind !== 'ok') {
      log.debug({ installation, channel, outcome: called }, 'a conversation could not be read');
      return called.kind === 'unknown' || PASSING.has(called.error) ? null : [];
    }
    const parsed = repliesSchema.safeParse(called.body);
    return parsed.success ? parsed.data.messages : [];
  };

  return {
    async conversationOf({ installation }, message) {
      const known = await noted(installation, message);
      if (known.thread !== null && known.complete)
        return { thread: known.thread, authors: known.authors, complete: true };
      const read = await ask(installation, message.channel, known.thread ?? message.message);
      const replies = read ?? [];
      const own = replies.find((reply) => reply.ts === message.message) ?? replies[0];
      const thread = known.thread ?? own?.thread_ts ?? own?.ts ?? message.message;
      const people = replies.filter((reply) => reply.user && !reply.bot_id);
      await Promise.all(
        people.map((reply) =>
          conversations.note(installation, {
            channel: message.channel,
            thread,
            message: reply.ts,
            author: reply.user!,
            at: instantOf(reply.ts),
          }),
        ),
      );
      // A reply that was asked for comes alone, but says who began its thread.
      const began = replies.find((reply) => reply.ts !== thread && reply.parent_user_id)?.parent_user_id;
      const beginner = replies.some((reply) => reply.ts === thread) ? null : began;
      const authors = [beginner, ...people.map((reply) => reply.user), ...known.authors, message.author];
      const all = authors.filter((one) => typeof one === 'string');
      return { thread, authors: [...new Set(all)], complete: read !== null };
    },

    async customerOf(where, { authors }, by) {
      const named = where.desk !== null && where.desk.team !== null;
      for (const user of authors) {
        if (named) {
          const team = await people.isTeam(where, user);
          if (team === null) return { kind: 'unknown' };
          if (team) continue;
        }
        const profile = await people.profile(where, user, TIMEOUT);
        if (profile.isBot === true) continue;
        if (!named && user === by) return { kind: 'own' };
        return { kind: 'found', user, profile: named ? { ...profile, isTeam: false } : profile };
      }
      return { kind: 'none' };
    },
  };
}
