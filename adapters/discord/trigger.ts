// Whose conversation it is: whoever began the thread or post, unless that is somebody of the team; then the first who spoke in it and is not.
import { z } from 'zod';
import { type Duration, SECOND } from '../../src/domain/basics.ts';
import type { Profile } from '../../src/domain/trigger/interaction.ts';
import { within } from '../shared/within.ts';
import { id, instantOf, maybe, user } from './inbound/fields.ts';
import type { DiscordApi, DiscordParts, Members } from './parts.ts';

export interface Conversation {
  readonly guild: string;
  /** The channel that the thread belongs to. */
  readonly channel: string | null;
  readonly thread: string;
  /** Who began the thread. */
  readonly owner: string | null;
}

export type Customer =
  | {
      readonly kind: 'found';
      readonly user: string;
      readonly profile: Profile;
      /** The first of the team who took part. */
      readonly agent: string | null;
    }
  /** Nobody but the team and bots took part. */
  | { readonly kind: 'none' }
  /** Discord cannot be asked at the moment. */
  | { readonly kind: 'unknown' };

export interface Triggers {
  customerOf(conversation: Conversation): Promise<Customer>;
}

const TIMEOUT: Duration = 2 * SECOND;

const starter = z.object({ id, author: maybe(user) });

export function createTriggers(
  { conversations, log }: Pick<DiscordParts, 'conversations' | 'log'>,
  api: DiscordApi,
  members: Members,
): Triggers {
  /** Who wrote the message that a thread was begun at: it has the thread's own id. Null: nobody, or it is a thread of its own. */
  const beginner = async ({ guild, channel, thread }: Conversation): Promise<string | null> => {
    if (channel === null) return null;
    const called = await api.call('GET', `/channels/${channel}/messages/${thread}`, {
      timeout: TIMEOUT,
      idempotent: true,
    });
    const parsed = starter.safeParse(called.kind === 'ok' ? called.body : null);
    const author = parsed.success ? parsed.data.author : null;
    if (!author || author.bot) return null;
    const utterance = { channel, thread, message: thread, author: author.id, at: instantOf(thread) };
    await conversations.note(guild, utterance);
    return author.id;
  };

  return {
    async customerOf(conversation) {
      const { guild, channel, thread, owner } = conversation;
      const team: string[] = [];
      const seen = new Set<string>();
      let unknown = false;
      const examine = async (candidate: string | null): Promise<Customer | null> => {
        if (candidate === null || seen.has(candidate)) return null;
        seen.add(candidate);
        const member = await within(TIMEOUT, members.find(guild, candidate)).catch(() => null);
        if (member === null) unknown = true;
        // Who has left cannot be asked any more.
        if (member === null || member === 'nobody' || member.profile.isBot === true) return null;
        if (!member.team)
          return {
            kind: 'found',
            user: candidate,
            profile: { ...member.profile, isTeam: false },
            agent: team[0] ?? null,
          };
        team.push(candidate);
        return null;
      };
      const authors = await conversations.authors(guild, channel ?? thread, thread);
      let found: Customer | null = null;
      for (const candidate of [owner, ...authors]) found ??= await examine(candidate);
      if (found === null && !unknown) found = await examine(await beginner(conversation));
      if (found === null) {
        log.debug({ guild, thread, unknown }, 'a conversation without a customer');
        return { kind: unknown ? 'unknown' : 'none' };
      }
      if (found.kind !== 'found' || found.agent !== null) return found;
      for (const candidate of authors) if (team.length === 0) await examine(candidate);
      return { ...found, agent: team[0] ?? null };
    },
  };
}
