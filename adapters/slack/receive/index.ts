// The receiving half: everything that Slack delivers, over HTTP or Socket Mode, until it is durable and shown.
import { type Duration, SECOND } from '../../../src/domain/basics.ts';
import type { Health } from '../../../src/ports/health.ts';
import type { HttpMount } from '../../../src/ports/http.ts';
import type { Inbound } from '../../../src/ports/platform.ts';
import type { View } from '../../../src/views/view.ts';
import { createBackground } from '../../shared/background.ts';
import { within } from '../../shared/within.ts';
import { opened } from '../inbound/home.ts';
import type { Members, Responder, SlackApi, SlackParts } from '../parts.ts';
import { createPeople } from '../people.ts';
import { createShow } from '../show.ts';
import { createTriggers } from '../trigger.ts';
import { createBolt } from './bolt.ts';
import type { Answer, Delivery } from './delivery.ts';
import { createEvents } from './events.ts';
import { eventsMount } from './http.ts';
import { createHand, createLocate, type Intake } from './intake.ts';
import { createInteractions } from './interactions.ts';
import { createSocket } from './socket.ts';

export interface ReceiverServices {
  readonly api: SlackApi;
  readonly members: Members;
  readonly responder: Responder;
  /** The installation, where there can be but one. */
  readonly only?: () => string | null;
}

export interface SlackReceiver {
  readonly mounts: readonly HttpMount[];
  start(inbound: Inbound): Promise<void>;
  /** Takes nothing new; what is in hand ends, and what came of it is shown, within some seconds. */
  stop(): Promise<void>;
  health(): Health;
}

const ENDING: Duration = 5 * SECOND;
const LOOKING: Duration = 0.8 * SECOND;
/** More than these in hand are more than are done at once. */
const BUSY = 60;

export function createReceiver(parts: SlackParts, services: ReceiverServices): SlackReceiver {
  const { options, now, log } = parts;
  const { api, members, responder } = services;
  const inHand = new Set<Promise<Answer>>();
  let inbound: Inbound | null = null;
  let handler: Inbound | null = null;

  const people = createPeople(members);
  const background = createBackground(log, () => inHand.size > BUSY);
  const locate = createLocate(parts.deskOf, services.only ?? (() => null));
  const hand = createHand(() => handler, log);
  const homeOf = async (installation: string, user: string): Promise<View | null> => {
    const desk = await parts.deskOf(installation);
    const profile = await people.actor({ installation, desk }, user, LOOKING);
    const outcome = await hand(opened(user, null, profile, { installation, receivedAt: now() }));
    return outcome.kind === 'done' ? outcome.reply : null;
  };
  const intake: Intake = {
    parts,
    api,
    people,
    triggers: createTriggers(parts, api, people),
    show: createShow(parts, api, responder, homeOf),
    background,
    locate,
    hand,
  };
  const sort = createBolt({ ...createInteractions(intake), event: createEvents(intake) }, log);

  const take = (delivery: Delivery): Promise<Answer> | null => {
    if (inbound === null) return null;
    const answering = sort(delivery);
    inHand.add(answering);
    const done = () => inHand.delete(answering);
    answering.then(done, done);
    return answering;
  };

  const { transport } = options;
  const socket =
    transport.kind === 'socket'
      ? createSocket({ appToken: transport.appToken, apiUrl: options.apiUrl, now, log, take })
      : null;

  return {
    mounts:
      transport.kind === 'http'
        ? [eventsMount({ signingSecret: transport.signingSecret, now, log, take })]
        : [],

    async start(given) {
      inbound = given;
      handler = given;
      await socket?.start();
    },

    async stop() {
      inbound = null;
      await within(ENDING, Promise.allSettled(inHand));
      await socket?.stop();
      await background.end(ENDING);
      handler = null;
    },

    health: () =>
      socket?.health() ??
      (inbound === null
        ? { ok: false, detail: 'not started', remedy: 'wait until the program has started' }
        : { ok: true, detail: 'takes what Slack sends to /slack/events' }),
  };
}
