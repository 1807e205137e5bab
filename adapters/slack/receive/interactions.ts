// What people press, fill in and type: taken when it is durable, within three seconds, and what came of it shown where they did it.
import { setTimeout as delay } from 'node:timers/promises';
import { type Duration, SECOND } from '../../../src/domain/basics.ts';
import { isForTeam } from '../../../src/domain/command/action.ts';
import type { Profile } from '../../../src/domain/trigger/interaction.ts';
import type { InboundOutcome } from '../../../src/ports/platform.ts';
import { within } from '../../shared/within.ts';
import { pressed, readPress } from '../inbound/action.ts';
import { commanded, readCommand } from '../inbound/command.ts';
import { actor } from '../inbound/context.ts';
import { closed } from '../inbound/interaction.ts';
import { readShortcut } from '../inbound/shortcut.ts';
import { readSubmission } from '../inbound/submission.ts';
import type { Where } from '../people.ts';
import { renderMessage } from '../render/index.ts';
import { type Act, stepsOf } from '../show.ts';
import { type Answer, type Json, TAKEN, type Take } from './delivery.ts';
import { contextOf, type Intake, locateAnyway } from './intake.ts';

/** Slack waits three seconds. The handlers settle within two and a half: only who had to be looked up first can be late here. */
const WAITING: Duration = 2.7 * SECOND;
/** What is typed may take longer: it is then answered later. */
const WAITING_FOR_COMMAND: Duration = 2.3 * SECOND;
/** Who cannot be looked up in time is not of the team: nobody is to hear that for a slow moment. */
const LOOKING: Duration = 1.6 * SECOND;
/** A command can be answered late: who could not be looked up is looked up once more. */
const LOOKING_AGAIN: Duration = 1.1 * SECOND;
/** A form has to be answered in time, with what became of it. */
const GLANCING: Duration = 1.2 * SECOND;
const FINDING: Duration = 1.5 * SECOND;

/** The longest line that is shown below an input. */
const LONGEST_COMPLAINT = 500;

export interface Interactions {
  readonly action: Take;
  readonly submission: Take;
  readonly command: Take;
  readonly shortcut: Take;
}

export function createInteractions(intake: Intake): Interactions {
  const { people, triggers, background, show } = intake;

  const present = (act: Act, outcome: InboundOutcome, mayOpen: boolean) => {
    for (const step of stepsOf(outcome, act.origin, mayOpen && act.trigger !== null)) {
      // A form has three seconds: it waits for nobody.
      if (step.kind === 'form') background.runNow(() => show.step(act, step));
      else background.run(() => show.step(act, step));
    }
  };

  /** Answers in time, with the outcome if it is known by then; `late` gets the one that is not. */
  const inTime = async (
    limit: Duration,
    work: Promise<InboundOutcome>,
    late: (outcome: InboundOutcome) => void,
  ): Promise<InboundOutcome | null> => {
    const outcome = await within(limit, work);
    if (outcome === null) background.runNow(async () => late(await work));
    return outcome;
  };

  const action: Take = async (delivery) => {
    const press = readPress(delivery.body);
    if (!press) return TAKEN;
    const where = await locateAnyway(intake, delivery, press.origin.installation);
    if (where === null) return TAKEN;
    const work = async () => {
      const profile = isForTeam(press.action) ? await people.actor(where, press.user, LOOKING) : {};
      return await intake.hand(pressed(press.action, press.user, null, profile, contextOf(where, delivery)));
    };
    const act: Act = { ...press, installation: where.installation };
    const outcome = await inTime(WAITING, work(), (late) => present(act, late, false));
    if (outcome) present(act, outcome, true);
    return TAKEN;
  };

  const submission: Take = async (delivery) => {
    const form = readSubmission(delivery.body);
    if (!form) return TAKEN;
    const where = await locateAnyway(intake, delivery, form.origin.installation);
    if (where === null) return TAKEN;
    const profile = isForTeam(form.action) ? await people.actor(where, form.user, GLANCING) : {};
    const outcome = await intake.hand(
      pressed(form.action, form.user, form.values, profile, contextOf(where, delivery)),
    );
    // What was typed stays before them.
    if ((outcome.kind === 'rejected' || outcome.kind === 'failed') && form.firstInput !== null) {
      const errors = { [form.firstInput]: outcome.reply.summary.slice(0, LONGEST_COMPLAINT) };
      return taken({ response_action: 'errors', errors });
    }
    present({ ...form, trigger: null, installation: where.installation }, outcome, false);
    return taken({ response_action: 'clear' });
  };

  const command: Take = async (delivery) => {
    const typed = readCommand(delivery.body);
    if (!typed) return TAKEN;
    const where = await locateAnyway(intake, delivery);
    if (where === null) return TAKEN;
    const work = async () => {
      const profile = await patiently(() => people.actor(where, typed.user, LOOKING));
      return await intake.hand(commanded(typed, profile, contextOf(where, delivery)));
    };
    const act = actOf(where, typed);
    const outcome = await inTime(WAITING_FOR_COMMAND, work(), (late) => present(act, alone(late), false));
    const reply = outcome && outcome.kind !== 'ignored' ? outcome.reply : null;
    return reply ? taken({ response_type: 'ephemeral', ...renderMessage(reply) }) : TAKEN;
  };

  const shortcut: Take = async (delivery) => {
    const used = readShortcut(delivery.body);
    if (!used) return TAKEN;
    const where = await locateAnyway(intake, delivery);
    if (where === null) return TAKEN;
    const work = async (): Promise<InboundOutcome> => {
      const [by, found] = await Promise.all([
        people.actor(where, used.user, LOOKING),
        within(FINDING, whose(where, used)),
      ]);
      const context = contextOf(where, delivery);
      return await intake.hand(
        closed(
          {
            eventId: null,
            channel: used.channel,
            thread: found?.thread ?? used.thread ?? used.message,
            gesture: used.gesture,
            at: used.at ?? delivery.receivedAt,
            // Whoever wrote the message stands for whom there is nobody: the handlers say why they are not asked.
            customer: found?.customer ?? used.author ?? used.user,
            profile: found?.profile ?? (used.authorIsBot ? { isBot: true } : {}),
            // Who cannot be known as team in time is not; nor is anybody in their own conversation where no team is named.
            by: actor(context, used.user, { ...by, isTeam: by.isTeam === true && found?.own !== true }),
          },
          context,
        ),
      );
    };
    const act = actOf(where, used);
    const outcome = await inTime(WAITING, work(), (late) => present(act, alone(late), false));
    if (outcome) present(act, alone(outcome), false);
    return TAKEN;
  };

  const whose = async (where: Where, used: NonNullable<ReturnType<typeof readShortcut>>) => {
    const author = used.authorIsBot ? null : used.author;
    const conversation = await triggers.conversationOf(where, { ...used, author });
    const customer = await triggers.customerOf(where, conversation, used.user);
    if (customer.kind === 'found')
      return { thread: conversation.thread, customer: customer.user, profile: customer.profile, own: false };
    const profile = author === null ? null : await people.actor(where, author, LOOKING);
    return { thread: conversation.thread, customer: null, profile, own: customer.kind === 'own' };
  };

  return { action, submission, command, shortcut };
}

async function patiently(look: () => Promise<Profile>): Promise<Profile> {
  const profile = await look();
  if (profile.isTeam !== undefined) return profile;
  await delay(LOOKING_AGAIN);
  return await look();
}

/** A command and a shortcut act on no message: what came of it is for whoever used it. */
function alone(outcome: InboundOutcome): InboundOutcome {
  return outcome.kind === 'done' ? { ...outcome, shared: null } : outcome;
}

function actOf(
  { installation }: Where,
  { user, responseUrl }: { readonly user: string; readonly responseUrl: string | null },
): Act {
  const origin = {
    installation,
    responseUrl,
    channel: null,
    message: null,
    thread: null,
    ephemeral: false,
    home: false,
  };
  return { installation, user, trigger: null, origin };
}

function taken(body: Json): Answer {
  return { kind: 'taken', body };
}
