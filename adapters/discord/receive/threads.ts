// Threads and posts that are closed, locked, tagged, opened again: what people did is handed on, and what we ourselves caused is not.
import { setTimeout as delay } from 'node:timers/promises';
import { type Duration, type Instant, SECOND } from '../../../src/domain/basics.ts';
import { closed, reopened } from '../inbound/closing.ts';
import type { Context } from '../inbound/context.ts';
import type { Change, ThreadFacts } from '../inbound/thread.ts';
import type { Intake } from './intake.ts';
import type { Turns } from './turns.ts';
import type { Watch } from './watch.ts';

export interface Threads {
  changed(facts: ThreadFacts, at: Instant, since?: Instant): void;
}

/** A thread is opened a moment before what opened it is told of. */
const TELLING: Duration = 1 * SECOND;
const ASKING: readonly Duration[] = [0, 1 * SECOND, 5 * SECOND, 20 * SECOND];

export function createThreads(intake: Intake, watch: Watch, turns: Turns): Threads {
  const { log } = intake.parts;

  const onClosed = async (
    facts: ThreadFacts,
    change: Extract<Change, { kind: 'closed' }>,
    context: Context,
  ) => {
    const { id: thread, channel, owner } = facts;
    if (!watch.isNews(thread, change.at))
      return log.debug({ thread }, 'a thread ends in which nothing was said since');
    const conversation = { guild: context.installation, channel, thread, owner };
    for (const pause of ASKING) {
      if (pause > 0) await delay(pause);
      const customer = await intake.triggers.customerOf(conversation);
      if (customer.kind === 'unknown') continue;
      if (customer.kind === 'none') return;
      const { gesture, at, closedBy } = change;
      const outcome = await intake.handSurely(
        closed(
          {
            channel,
            thread,
            gesture,
            at,
            closedBy,
            customer: customer.user,
            profile: customer.profile,
            agent: customer.agent,
            by: null,
          },
          context,
        ),
      );
      if (outcome.kind === 'done' && closedBy === 'person') watch.done(thread, true);
      return;
    }
    log.warn({ thread }, 'a thread ended, and Discord does not say whose it was');
  };

  const onReopened = async (facts: ThreadFacts, context: Context) => {
    watch.done(facts.id, false);
    await intake.handSurely(reopened(facts.channel, facts.id, facts.owner ?? facts.id, context));
  };

  return {
    changed(facts, at, since) {
      const guild = facts.guild ?? watch.thread(facts.id)?.guild ?? null;
      if (guild === null) return;
      const change = watch.tell({ ...facts, guild }, at, since);
      if (change === null) return;
      const context: Context = { installation: guild, receivedAt: at };
      void turns.run(facts.id, async () => {
        if (change.kind === 'closed') return await onClosed(facts, change, context);
        if (change.kind === 'taken back') return await onReopened(facts, context);
        await delay(TELLING);
        if (watch.isOurOpening(facts.id, change.at))
          return log.debug({ thread: facts.id }, 'a thread was opened by what we wrote into it');
        await onReopened(facts, context);
      });
    },
  };
}
