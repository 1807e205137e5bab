// What people press, fill in, type and choose: answered once, when it is durable, within three seconds; and what is left is shown after that.
import { type Duration, type Instant, SECOND } from '../../../src/domain/basics.ts';
import { isForTeam } from '../../../src/domain/command/action.ts';
import type { InboundOutcome } from '../../../src/ports/platform.ts';
import { within } from '../../shared/within.ts';
import { pressed } from '../inbound/action.ts';
import { closed } from '../inbound/closing.ts';
import { commanded, readCommand, readCompletion } from '../inbound/command.ts';
import { actor, type Context } from '../inbound/context.ts';
import type { Interaction, Spot } from '../inbound/interaction.ts';
import { readTarget } from '../inbound/message-command.ts';
import { type Act, callbackOf, choicesOf, LATER_TOLD, LATER_UPDATE, stepsOf } from '../show.ts';
import type { Answer, Answered } from './answer.ts';
import { completionsOf } from './completions.ts';
import type { Intake } from './intake.ts';

type Told<K extends Interaction['kind']> = Extract<Interaction, { readonly kind: K }>;

/** Discord waits three seconds; what takes longer is answered with a promise, and shown when it is done. */
const WAITING: Duration = 2.3 * SECOND;
const LOOKING: Duration = 0.8 * SECOND;
const FINDING: Duration = 1.4 * SECOND;

/** Everything but a ping. Settles when it is answered. */
export type Interactions = (
  interaction: Exclude<Interaction, { kind: 'ping' }>,
  receivedAt: Instant,
  answer: Answer,
) => Promise<void>;

export function createInteractions(intake: Intake): Interactions {
  const { people, triggers, background, show } = intake;

  /** With the store away, the handlers say that it could not be done. */
  const locateAnyway = async (installation: string) =>
    await people.locate(installation).catch(() => ({ installation, desk: null }));

  const settle = async (act: Act, answer: Answer, work: Promise<InboundOutcome>) => {
    const outcome = await within(WAITING, work);
    const onMessage = act.origin.message !== null;
    if (outcome === null) {
      const given = await answer(onMessage ? LATER_UPDATE : LATER_TOLD);
      background.runNow(async () => await late(act, given, await work));
      return;
    }
    // Whoever had it first answers it.
    if (isDuplicate(outcome)) return;
    const [first, ...rest] = stepsOf(outcome, act.origin, true);
    if (first === undefined) {
      const given = await answer(onMessage ? LATER_UPDATE : LATER_TOLD);
      if (given === 'given' && !onMessage) background.run(() => show.resolve(act, null));
      return;
    }
    const given = await answer(callbackOf(first, act.guild));
    if (given === 'elsewhere') return;
    if (given === 'late') return late(act, given, outcome);
    if (given === 'refused') {
      await answer(onMessage ? LATER_UPDATE : LATER_TOLD);
      if (!onMessage) background.run(() => show.resolve(act, null));
    }
    for (const step of rest) background.run(() => show.step(act, step));
  };

  /** After a promise, or after Discord no longer waited: then at least the message that everybody sees says how things are. */
  const late = async (act: Act, given: Answered, outcome: InboundOutcome) => {
    const steps = stepsOf(outcome, act.origin, false);
    if (given === 'elsewhere') return;
    if (given !== 'given') {
      for (const { kind, view } of steps) if (kind === 'replace') background.run(() => show.put(act, view));
      return;
    }
    if (act.origin.message === null) {
      background.run(() => show.resolve(act, steps[0]?.view ?? null));
      return;
    }
    for (const step of steps) background.run(() => show.step(act, step));
  };

  const onAct = async (told: Told<'act'>, receivedAt: Instant, answer: Answer) => {
    const { guild, action, who, values, origin } = told;
    const context: Context = { installation: guild, receivedAt };
    const work = async () => {
      const profile = isForTeam(action)
        ? await people.actor(await locateAnyway(guild), who, LOOKING)
        : who.profile;
      return await intake.hand(pressed(action, who.id, values, profile, context));
    };
    await settle({ guild, origin }, answer, work());
  };

  const onCommand = async (told: Told<'command'>, receivedAt: Instant, answer: Answer) => {
    const { spot, who, origin } = told;
    const typed = readCommand(told.data);
    if (typed === null) return void (await answer(LATER_TOLD));
    const work = async () => {
      const profile = await people.actor(await locateAnyway(spot.guild), who, LOOKING);
      const context: Context = { installation: spot.guild, receivedAt };
      return alone(await intake.hand(commanded(origin.interaction, typed, who.id, profile, spot, context)));
    };
    await settle({ guild: spot.guild, origin }, answer, work());
  };

  const onMessageCommand = async (told: Told<'message_command'>, receivedAt: Instant, answer: Answer) => {
    const { spot, who, origin } = told;
    const target = readTarget(told.data);
    if (target === null) return void (await answer(LATER_TOLD));
    const work = async (): Promise<InboundOutcome> => {
      const where = await locateAnyway(spot.guild);
      const [by, customer] = await Promise.all([
        people.actor(where, who, LOOKING),
        within(FINDING, customerOf(spot, target)).catch(() => null),
      ]);
      const context: Context = { installation: spot.guild, receivedAt };
      return alone(
        await intake.hand(
          closed(
            {
              channel: spot.channel,
              thread: spot.thread,
              gesture: `asked:${origin.interaction}`,
              at: receivedAt,
              closedBy: 'person',
              // Whoever wrote the message stands for whom there is nobody: the handlers say why they are not asked.
              customer: customer?.user ?? target.author?.id ?? who.id,
              profile: customer?.profile ?? { isBot: target.author?.isBot === true },
              agent: null,
              // Who cannot be known as team in time is not.
              by: actor(context, who.id, { ...by, isTeam: by.isTeam === true }),
            },
            context,
          ),
        ),
      );
    };
    await settle({ guild: spot.guild, origin }, answer, work());
  };

  /** Whoever wrote the message, unless they help there; then whose conversation it stands in. */
  const customerOf = async (spot: Spot, { author }: NonNullable<ReturnType<typeof readTarget>>) => {
    if (author && !author.isBot) {
      const member = await intake.members.find(spot.guild, author.id);
      if (member === 'nobody') return null;
      if (member && !member.team) return { user: author.id, profile: { ...member.profile, isTeam: false } };
      if (member && spot.thread === null)
        return { user: author.id, profile: { ...member.profile, isTeam: true } };
    }
    if (spot.thread === null) return null;
    const owner = await intake.ownerOf(spot.thread);
    const found = await triggers.customerOf({ ...spot, thread: spot.thread, owner });
    return found.kind === 'found' ? found : null;
  };

  return async (told, receivedAt, answer) => {
    switch (told.kind) {
      case 'act':
        return await onAct(told, receivedAt, answer);
      case 'command':
        return await onCommand(told, receivedAt, answer);
      case 'message_command':
        return await onMessageCommand(told, receivedAt, answer);
      case 'completion':
        return void (await answer(
          choicesOf(completionsOf(readCompletion(told.data), told.who.profile.locale ?? null)),
        ));
      case 'unknown':
        // A button of an older version, or one that is not ours: nothing comes of it.
        return void (await answer(told.origin.message === null ? LATER_TOLD : LATER_UPDATE));
    }
  };
}

function isDuplicate(outcome: InboundOutcome): boolean {
  return outcome.kind === 'ignored' && outcome.reason === 'duplicate';
}

/** A command acts on no message: what came of it is for whoever used it. */
function alone(outcome: InboundOutcome): InboundOutcome {
  return outcome.kind === 'done' ? { ...outcome, shared: null } : outcome;
}
