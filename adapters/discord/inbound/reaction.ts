// `MESSAGE_REACTION_ADD` and `MESSAGE_REACTION_REMOVE`: which emoji, on which message, by whom.
import { z } from 'zod';
import { id, maybe, member, text, user } from './fields.ts';
import { type Person, personOf } from './person.ts';

const payload = z.object({
  user_id: id,
  channel_id: id,
  message_id: id,
  guild_id: id,
  member: maybe(member.extend({ user: maybe(user) })),
  emoji: z.object({ id: maybe(id), name: maybe(text) }),
});

export interface Reaction {
  readonly guild: string;
  readonly channel: string;
  readonly message: string;
  readonly emoji: string;
  readonly who: Person;
}

/** Null for a reaction in a direct conversation too: those are done by their buttons. */
export function readReaction(body: unknown): Reaction | null {
  const parsed = payload.safeParse(body);
  if (!parsed.success || !parsed.data.emoji.name) return null;
  const { data } = parsed;
  // One that is taken away comes without its member.
  const from = data.member?.user ?? { id: data.user_id };
  return {
    guild: data.guild_id,
    channel: data.channel_id,
    message: data.message_id,
    emoji: data.emoji.name!,
    who: { ...personOf(from, data.member), id: data.user_id },
  };
}

/** What people write in the settings, for those that mean "done" on every keyboard. Discord sends the emoji itself, or its server's name for it. */
const NAMES: Readonly<Record<string, string>> = {
  '✅': 'white_check_mark',
  '✔': 'heavy_check_mark',
  '☑': 'ballot_box_with_check',
  '👍': '+1',
  thumbsup: '+1',
  '🎉': 'tada',
  '🏁': 'checkered_flag',
  '🆗': 'ok',
  '👌': 'ok_hand',
  '💯': '100',
};

/** In whatever tone of skin. */
export function isSameEmoji(one: string, other: string): boolean {
  return nameOf(one) === nameOf(other);
}

function nameOf(emoji: string): string {
  const bare = emoji
    .trim()
    // How a server's own emoji stands in a text.
    .replace(/^<a?:([^:>]+):\d+>$/u, '$1')
    .replace(/^:+|:+$/gu, '')
    .replace(/::?skin-tone-\d$/u, '')
    .replace(/[\uFE0F\u{1F3FB}-\u{1F3FF}]/gu, '')
    .toLowerCase();
  return Object.hasOwn(NAMES, bare) ? NAMES[bare]! : bare;
}
