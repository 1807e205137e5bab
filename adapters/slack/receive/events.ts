// The Events API: what happened in the channels that the bot is in. Acknowledged when it is durable; else Slack delivers it again.
import { type Duration, SECOND } from '../../../src/domain/basics.ts';
import type { InboundEvent, InboundOutcome } from '../../../src/ports/platform.ts';
import { createRecent } from '../../shared/recent.ts';
import { within } from '../../shared/within.ts';
import { actor } from '../inbound/context.ts';
import { instantOf } from '../inbound/fields.ts';
import { opened, readHome } from '../inbound/home.ts';
import { closed, reopened } from '../inbound/interaction.ts';
import { readRemoval, removed } from '../inbound/lifecycle.ts';
import { type Echo, echoed, readMessage, type Speech, spoken } from '../inbound/message.ts';
import { isSameEmoji, type Reaction, readReaction } from '../inbound/reaction.ts';
import type { Where } from '../people.ts';
import { AGAIN, type Answer, type Delivery, TAKEN, type Take } from './delivery.ts';
import { contextOf, type Intake } from './intake.ts';

/** How long Slack may be asked before an event is handed in; what is not known by then is left to the next delivery. */
const PREPARING: Duration = 1.8 * SECOND;
const LOOKING: Duration = 0.8 * SECOND;
/** A busy channel waits for nobody. */
const GLANCING: Duration = 0.15 * SECOND;

/** An event that waits for nothing more, or why there is none. */
type Prepared = InboundEvent | 'nothing' | 'later';

export function createEvents(intake: Intake): Take {
  const { parts, people, triggers, api } = intake;
  const { log, conversations } = parts;
  const began = createRecent(10_000);

  /** Only who and where, and never a word of what. */
  const note = async ({ installation }: Where, speech: Speech) => {
    const { channel, thread, message, user, beganBy } = speech;
    const said = (message: string, author: string) =>
      conversations.note(installation, { channel, thread, message, author, at: instantOf(message) });
    const beginning = `${installation} ${channel} ${thread}`;
    if (beganBy !== null && !began.has(beginning)) {
      await said(thread, beganBy);
      began.add(beginning);
    }
    await said(message, user);
  };

  const onSpeech = async (where: Where, speech: Speech, delivery: Delivery): Promise<Prepared> => {
    if (!speech.direct) await note(where, speech);
    const team = await people.isNamed(where, speech.user, GLANCING);
    return spoken(speech, team === null ? {} : { isTeam: team }, contextOf(where, delivery));
  };

  const onEcho = async (where: Where, echo: Echo, delivery: Delivery): Promise<Prepared> => {
    let { ours } = echo;
    if (ours === null) {
      const self = await within(LOOKING, api.self(where.installation));
      if (self === null) return 'later';
      ours = self.botId === echo.botId;
    }
    return ours ? echoed(echo, contextOf(where, delivery)) : 'nothing';
  };

  const onReaction = async (where: Where, reaction: Reaction, delivery: Delivery): Promise<Prepared> => {
    const { desk, installation } = where;
    if (desk === null || !isSameEmoji(reaction.emoji, desk.reaction)) return 'nothing';
    const { user, channel, eventId } = reaction;
    const skip = (why: string) => {
      log.debug({ installation, channel, why }, 'a reaction triggers nothing');
      return 'nothing' as const;
    };
    const team = await people.isTeam(where, user);
    if (team === null) return 'later';
    if (!team) return skip('not of the team');
    const conversation = await triggers.conversationOf(where, { ...reaction, thread: null });
    const customer = await triggers.customerOf(where, conversation, user);
    // A reaction may come before the words that it is on: nobody is no customer for that.
    if (customer.kind === 'unknown' || (customer.kind !== 'found' && !conversation.complete)) return 'later';
    if (customer.kind === 'none') return skip('nobody but the team took part');
    if (customer.kind === 'own') return skip('their own conversation');
    const context = contextOf(where, delivery);
    const { thread } = conversation;
    if (!reaction.added) return reopened({ eventId, channel, thread, customer: customer.user }, context);
    const by = actor(context, user, { ...(await people.profile(where, user, LOOKING)), isTeam: true });
    return closed(
      {
        eventId,
        channel,
        thread,
        gesture: reaction.ts,
        at: reaction.at,
        customer: customer.user,
        profile: customer.profile,
        by,
      },
      context,
    );
  };

  const onHome = async (where: Where, delivery: Delivery): Promise<Prepared> => {
    const home = readHome(delivery.body);
    if (!home) return 'nothing';
    const profile = await people.actor(where, home.user, LOOKING);
    return opened(home.user, home.eventId, profile, contextOf(where, delivery));
  };

  const prepare = async (type: string, delivery: Delivery): Promise<Prepared> => {
    const located = async (use: (where: Where) => Promise<Prepared> | Prepared) => {
      const where = await intake.locate(delivery);
      return where === null ? 'nothing' : await use(where);
    };
    switch (type) {
      case 'message': {
        const read = readMessage(delivery.body);
        if (!read) return 'nothing';
        return await located((where) =>
          read.kind === 'speech' ? onSpeech(where, read, delivery) : onEcho(where, read, delivery),
        );
      }
      case 'reaction_added':
      case 'reaction_removed': {
        const read = readReaction(delivery.body);
        return read ? await located((where) => onReaction(where, read, delivery)) : 'nothing';
      }
      case 'app_home_opened':
        return await located((where) => onHome(where, delivery));
      case 'app_uninstalled':
      case 'tokens_revoked': {
        const read = readRemoval(delivery.body);
        return read ? await located((where) => removed(read, contextOf(where, delivery))) : 'nothing';
      }
      default:
        return 'nothing';
    }
  };

  /** Who typed an answer reads what came of it, where they typed it. */
  const reply = (event: InboundEvent, outcome: InboundOutcome, delivery: Delivery) => {
    const speech = readMessage(delivery.body);
    const view = outcome.kind === 'ignored' ? null : outcome.reply;
    if (!view || speech?.kind !== 'speech' || event.kind !== 'message') return;
    const { installation } = event.place;
    intake.background.run(() => intake.show.answer(installation, speech, view));
  };

  return async (delivery): Promise<Answer> => {
    const type = typeOf(delivery.body);
    const prepared = (await within(PREPARING, prepare(type, delivery))) ?? 'later';
    if (prepared === 'nothing') return TAKEN;
    if (prepared === 'later') {
      log.info(
        { type, retry: delivery.retry },
        'Slack could not be asked in time: the event has to come again',
      );
      return AGAIN;
    }
    const outcome = await intake.hand(prepared);
    if (outcome.kind === 'failed') return AGAIN;
    if (prepared.kind === 'home' && outcome.kind === 'done' && outcome.reply) {
      const { reply } = outcome;
      const { installation, externalId } = prepared.by.identity;
      intake.background.run(() => intake.show.publishHome(installation, externalId, reply));
    }
    if (prepared.kind === 'message') reply(prepared, outcome, delivery);
    return TAKEN;
  };
}

function typeOf({ event }: Delivery['body']): string {
  const type = typeof event === 'object' && event !== null && 'type' in event ? event.type : null;
  return typeof type === 'string' ? type : '';
}
