// Plays a plot through the product itself: its handlers, its store, its web platform. Only time is not real: it jumps to whatever is due next.
import { AfterwordError, HOUR, type Instant, MINUTE } from '../domain/basics.ts';
import type { Action } from '../domain/command/action.ts';
import type { SurveyKind } from '../domain/survey/kind.ts';
import type { InteractionClosed } from '../domain/trigger/interaction.ts';
import { claim, close } from '../handlers/close-loop.ts';
import type { Context } from '../handlers/context.ts';
import { WEB } from '../handlers/install.ts';
import { onTriggers } from '../handlers/on-trigger.ts';
import { perform } from '../handlers/perform.ts';
import type { Actor, Inbound, Platform } from '../ports/platform.ts';
import type { Random } from './random.ts';
import { type Customer, type Episode, type Plot, scoreFor, secondThoughts, wordsFor } from './scenario.ts';
import { AGENTS } from './words.ts';

export interface Tally {
  interactions: number;
  prompts: number;
  reminders: number;
  alerts: number;
  closed: number;
  digests: number;
  answers: number;
  changed: number;
  declines: number;
  optOuts: number;
  reopened: number;
}

interface Act {
  readonly at: Instant;
  readonly order: number;
  run(): Promise<void>;
}

export interface Simulation {
  readonly tally: Tally;
  run(onDay: (day: number, days: number) => void): Promise<void>;
}

const DAY_LENGTH = 24 * 60 * MINUTE;

export function createSimulation(
  base: Context,
  clock: { set(now: Instant): void },
  inboundOf: (ctx: Context) => Inbound,
  workspaceId: string,
  plot: Plot,
  random: Random,
): Simulation {
  const tally: Tally = {
    interactions: 0,
    prompts: 0,
    reminders: 0,
    alerts: 0,
    closed: 0,
    digests: 0,
    answers: 0,
    changed: 0,
    declines: 0,
    optOuts: 0,
    reopened: 0,
  };
  const acts: Act[] = [];
  const episodes = new Map<string, Episode>();
  let order = 0;
  let now = plot.from;
  const later = (at: Instant, run: () => Promise<void>) => acts.push({ at, order: order++, run });

  /** Sees every message go out, as its reader would. */
  const watched = (platform: Platform): Platform => ({
    ...platform,
    async send(message) {
      const outcome = await platform.send(message);
      const [what, ...rest] = message.key.split('-');
      const id = rest.join('-');
      if (what === 'prompt') {
        tally.prompts++;
        const episode = episodes.get(id);
        if (episode) react(id, episode);
      } else if (what === 'remind') tally.reminders++;
      else if (what === 'alert') {
        tally.alerts++;
        teamTakes(id);
      } else if (what === 'digest') tally.digests++;
      return outcome;
    },
  });
  const ctx: Context = {
    ...base,
    platforms: new Map([...base.platforms].map(([name, platform]) => [name, watched(platform)])),
  };
  const inbound = inboundOf(ctx);

  const press = async (customer: Customer, action: Action, values: Record<string, string> | null = null) => {
    const outcome = await inbound({
      kind: 'action',
      eventId: null,
      receivedAt: now,
      action,
      by: actorOf(customer),
      values,
    });
    if (outcome.kind === 'failed')
      throw new AfterwordError('broken', `${action.kind} failed in the simulation`, 'report this as a bug');
  };

  /** Most cases are claimed within hours and closed within days; some are forgotten, and the digest says so. */
  const teamTakes = (followUpId: string) => {
    if (random.chance(0.15)) return;
    const owner = { by: random.pick(AGENTS), who: null };
    later(now + random.between(10 * MINUTE, 20 * HOUR), async () => {
      await claim(ctx, workspaceId, followUpId, owner);
      if (random.chance(0.1)) return;
      later(now + random.between(HOUR, 40 * HOUR), async () => {
        tally.closed++;
        await close(ctx, workspaceId, followUpId, owner, 'called them, solved');
      });
    });
  };

  const react = (promptId: string, episode: Episode) => {
    const { reaction, customer } = episode;
    if (reaction.kind === 'silent') return;
    if (reaction.kind !== 'answer') {
      later(now + reaction.after, async () => {
        if (reaction.kind === 'decline') tally.declines++;
        else tally.optOuts++;
        await press(customer, { kind: reaction.kind, promptId });
      });
      return;
    }
    later(now + reaction.after, async () => {
      const survey = await surveyOf(ctx, workspaceId, promptId);
      const score = scoreFor(survey, reaction.mood);
      tally.answers++;
      const words = reaction.words ? wordsFor(random, survey, score, customer.language) : null;
      if (reaction.typed) {
        const text = words === null ? `${score}` : `${score} – ${words}`;
        const place = {
          platform: WEB.platform,
          installation: WEB.installation,
          channel: null,
          thread: episode.id,
        };
        await inbound({
          kind: 'message',
          eventId: null,
          receivedAt: now,
          place,
          by: actorOf(customer),
          text,
        });
        return;
      }
      await press(customer, { kind: 'score', promptId, score });
      if (reaction.twice) await press(customer, { kind: 'score', promptId, score });
      if (words !== null) await press(customer, { kind: 'add_words', promptId }, { words });
      if (reaction.changesAfter === null) return;
      later(now + reaction.changesAfter, async () => {
        tally.changed++;
        await press(customer, {
          kind: 'score',
          promptId,
          score: scoreFor(survey, Math.min(1, reaction.mood + 0.3)),
        });
        await press(customer, { kind: 'add_words', promptId }, { words: secondThoughts(customer.language) });
      });
    });
  };

  for (const episode of plot.episodes) {
    later(episode.at, async () => {
      tally.interactions++;
      const [outcome] = await onTriggers(ctx, workspaceId, [interactionOf(episode)]);
      if (outcome?.prompt) episodes.set(outcome.prompt.id, episode);
      if (episode.reopensAfter === null) return;
      later(now + episode.reopensAfter, async () => {
        tally.reopened++;
        const { place } = interactionOf(episode);
        await inbound({
          kind: 'interaction_reopened',
          eventId: null,
          receivedAt: now,
          place,
          by: actorOf(episode.customer),
        });
      });
    });
  }

  const moveTo = (at: Instant) => {
    now = Math.max(now, at);
    clock.set(now);
  };

  /** Everything of the product that falls due up to a moment, in its order. */
  const workUntil = async (until: Instant) => {
    for (;;) {
      const due = await ctx.store.work.due(until, until, 100);
      const first = due[0];
      if (!first) return;
      // What is done may bring forth more; look again before going far ahead.
      for (const item of due.filter((one) => one.dueAt < first.dueAt + 5 * MINUTE)) {
        moveTo(item.dueAt);
        await perform(ctx, item.workId);
      }
    }
  };

  return {
    tally,
    async run(onDay) {
      const days = Math.ceil((plot.to - plot.from) / DAY_LENGTH);
      for (let day = 0; day < days; day++) {
        const end = Math.min(plot.to, plot.from + (day + 1) * DAY_LENGTH);
        for (;;) {
          acts.sort((a, b) => a.at - b.at || a.order - b.order);
          if (!acts[0] || acts[0].at >= end) break;
          const next = acts.shift()!;
          await workUntil(next.at);
          moveTo(next.at);
          await next.run();
        }
        await workUntil(end);
        moveTo(end);
        onDay(day + 1, days);
      }
    },
  };
}

async function surveyOf(ctx: Context, workspaceId: string, promptId: string): Promise<SurveyKind> {
  const prompt = await ctx.store.transaction(workspaceId, (tx) => tx.prompts.find(promptId));
  if (!prompt)
    throw new AfterwordError(
      'broken',
      `prompt ${promptId} was sent and is not there`,
      'report this as a bug',
    );
  return prompt.survey;
}

function actorOf(customer: Customer): Actor {
  return {
    identity: { platform: WEB.platform, installation: WEB.installation, externalId: customer.id },
    profile: { name: customer.name, locale: customer.language },
  };
}

function interactionOf(episode: Episode): InteractionClosed {
  const { identity, profile } = actorOf(episode.customer);
  return {
    source: 'demo',
    externalId: episode.id,
    place: { platform: WEB.platform, installation: WEB.installation, channel: 'support', thread: episode.id },
    person: identity,
    profile,
    customer: null,
    agent: episode.agent,
    account: episode.customer.account,
    subject: null,
    locale: episode.customer.language,
    closedAt: episode.at,
    closedBy: episode.closedBy,
    survey: episode.survey,
    explicit: false,
  };
}
