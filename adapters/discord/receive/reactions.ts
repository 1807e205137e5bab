// The emoji that says that a conversation is done, put on a message of a thread by somebody of the team, or taken away again.
import { setTimeout as delay } from 'node:timers/promises';
import { type Duration, type Instant, SECOND } from '../../../src/domain/basics.ts';
import { createRecent } from '../../shared/recent.ts';
import { closed, reopened } from '../inbound/closing.ts';
import { actor, type Context } from '../inbound/context.ts';
import { isSameEmoji, type Reaction } from '../inbound/reaction.ts';
import type { Intake } from './intake.ts';
import type { Turns } from './turns.ts';
import type { Watch } from './watch.ts';

export interface Reactions {
  came(reaction: Reaction, isAdded: boolean, at: Instant): void;
}

const LOOKING: Duration = 3 * SECOND;
/** A reaction is told once: who cannot be asked about it now is asked again. */
const ASKING: readonly Duration[] = [0, 1 * SECOND, 5 * SECOND, 20 * SECOND];

export function createReactions(intake: Intake, watch: Watch, turns: Turns): Reactions {
  const { people, triggers, parts } = intake;
  const standing = createRecent(20_000);

  /** Whose conversation it ends; null: it ends none. */
  const subjectOf = async ({ guild, channel: thread, who, emoji }: Reaction) => {
    const skip = (why: string) => {
      parts.log.debug({ guild, thread, why }, 'a reaction triggers nothing');
      return null;
    };
    const where = await people.locate(guild);
    if (where.desk === null || !isSameEmoji(emoji, where.desk.reaction)) return null;
    const channel = watch.thread(thread)?.channel ?? (await intake.parentOf(thread));
    if (channel === null) return skip('not in a thread');
    const team = await people.isTeam(where, who, LOOKING);
    if (team === null) return 'later';
    if (!team) return skip('not of the team');
    const owner = await intake.ownerOf(thread);
    const customer = await triggers.customerOf({ guild, channel, thread, owner });
    if (customer.kind === 'unknown') return 'later';
    return customer.kind === 'none' ? skip('nobody but the team took part') : { channel, customer };
  };

  const onReaction = async (reaction: Reaction, isAdded: boolean, at: Instant) => {
    const { guild, channel: thread, message, who } = reaction;
    let subject: Awaited<ReturnType<typeof subjectOf>> = 'later';
    for (const pause of ASKING) {
      if (pause > 0) await delay(pause);
      subject = await subjectOf(reaction).catch(() => 'later' as const);
      if (subject !== 'later') break;
    }
    if (subject === 'later')
      parts.log.warn({ guild, thread }, 'a reaction was given up: nobody says whose it is');
    if (subject === null || subject === 'later') return;
    const { channel, customer } = subject;
    const context: Context = { installation: guild, receivedAt: at };
    if (!isAdded) {
      watch.done(thread, false);
      await intake.handSurely(reopened(channel, thread, customer.user, context));
      return;
    }
    const outcome = await intake.handSurely(
      closed(
        {
          channel,
          thread,
          gesture: `reaction:${message}:${at}`,
          at,
          closedBy: 'person',
          customer: customer.user,
          profile: customer.profile,
          agent: null,
          by: actor(context, who.id, { ...who.profile, isTeam: true }),
        },
        context,
      ),
    );
    if (outcome.kind === 'done') watch.done(thread, true);
  };

  return {
    came(reaction, isAdded, at) {
      if (reaction.who.profile.isBot === true) return;
      const { channel, message, emoji, who } = reaction;
      const name = `${message} ${who.id} ${emoji}`;
      // Told twice it is there once.
      if (isAdded && !standing.add(name)) return;
      if (!isAdded) standing.delete(name);
      void turns.run(channel, () => onReaction(reaction, isAdded, at));
    },
  };
}
