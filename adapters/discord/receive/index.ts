// The receiving half: everything that Discord delivers, by the gateway that one process holds or over HTTP, until it is durable and shown.
import { setTimeout as delay } from 'node:timers/promises';
import { type Duration, type Instant, SECOND } from '../../../src/domain/basics.ts';
import type { Health } from '../../../src/ports/health.ts';
import type { HttpMount } from '../../../src/ports/http.ts';
import type { Inbound } from '../../../src/ports/platform.ts';
import { createBackground } from '../../shared/background.ts';
import { createMemory } from '../../shared/memory.ts';
import { createRecent } from '../../shared/recent.ts';
import { within } from '../../shared/within.ts';
import { type Interaction, readInteraction } from '../inbound/interaction.ts';
import { readThread, type ThreadFacts } from '../inbound/thread.ts';
import type { DiscordApi, DiscordParts, Members } from '../parts.ts';
import { createPeople } from '../people.ts';
import { type Callback, createShow, PONG } from '../show.ts';
import { createTriggers } from '../trigger.ts';
import { answerByCall } from './answer.ts';
import { createEvents } from './events.ts';
import { createGateway } from './gateway.ts';
import { interactionsMount } from './http.ts';
import { createHand, type Intake } from './intake.ts';
import { createInteractions } from './interactions.ts';
import { createOwner } from './owner.ts';
import { createTurns } from './turns.ts';
import { createWatch } from './watch.ts';

export interface ReceiverServices {
  readonly api: DiscordApi;
  readonly members: Members;
}

export interface DiscordReceiver {
  readonly mounts: readonly HttpMount[];
  start(inbound: Inbound): Promise<void>;
  /** Takes nothing new; what is in hand ends, and what came of it is shown, within some seconds. */
  stop(): Promise<void>;
  health(): Health;
}

const STARTING: Duration = 5 * SECOND;
const ENDING: Duration = 2.7 * SECOND;
/** An answer over HTTP takes so long to get there. */
const ARRIVING: Duration = 0.15 * SECOND;
/** More than these in hand are more than are done at once. */
const BUSY = 60;

export function createReceiver(parts: DiscordParts, { api, members }: ReceiverServices): DiscordReceiver {
  const { options, leases, holder, now, log } = parts;
  const inHand = new Set<Promise<unknown>>();
  const stopping = new AbortController();
  let inbound: Inbound | null = null;
  let handler: Inbound | null = null;

  const watch = createWatch();
  const turns = createTurns((error) =>
    log.error({ error: String(error).slice(0, 300) }, 'an event of the gateway could not be handled'),
  );
  const asked = createMemory<ThreadFacts | 'none'>({ now, most: 5_000, keptFor: 60 * SECOND });
  /** A thread that was not told of yet, such as one that slept when the connection began. */
  const threadOf = async (id: string): Promise<ThreadFacts | null> => {
    const known = watch.thread(id);
    if (known || watch.channelOf(id)) return known;
    const found = await asked.get(id, async () => {
      const called = await api.call('GET', `/channels/${id}`, { timeout: 2 * SECOND, idempotent: true });
      return called.kind === 'ok' ? (readThread(called.body) ?? 'none') : null;
    });
    return found === 'none' ? null : found;
  };
  const background = createBackground(log, () => inHand.size > BUSY);
  const intake: Intake = {
    parts,
    api,
    members,
    people: createPeople(parts.deskOf, members),
    triggers: createTriggers(parts, api, members),
    show: createShow(parts, api),
    background,
    ...createHand(() => handler, stopping.signal, parts),
    ownerOf: async (thread) => (await threadOf(thread))?.owner ?? null,
    parentOf: async (thread) => (await threadOf(thread))?.channel ?? null,
  };
  const interactions = createInteractions(intake);
  const events = createEvents(intake, watch, turns);
  const taken = createRecent(20_000);

  const hold = <T>(work: Promise<T>): Promise<T> => {
    inHand.add(work);
    const done = () => inHand.delete(work);
    work.then(done, done);
    return work;
  };
  /** What we answer in a thread may open it. */
  const noteAct = ({ origin }: Exclude<Interaction, { kind: 'ping' }>, at: Instant) => {
    if (origin.channel !== null) watch.weDid(origin.channel, at);
  };
  const onInteraction = (data: unknown, at: Instant) => {
    const interaction = readInteraction(data);
    if (!interaction || interaction.kind === 'ping' || !taken.add(interaction.origin.interaction)) return;
    noteAct(interaction, at);
    const answer = answerByCall(parts, api, interaction.origin, at);
    hold(interactions(interaction, at, answer)).catch((error: unknown) =>
      log.error({ error: String(error).slice(0, 300) }, 'an interaction could not be handled'),
    );
  };

  const gateway = createGateway({
    options,
    log,
    api,
    onDispatch(type, data, shard) {
      if (inbound === null) return;
      if (type === 'INTERACTION_CREATE') onInteraction(data, now());
      else events.take(type, data, shard);
    },
  });
  const owner = createOwner({
    leases,
    holder,
    now,
    log,
    isWilling: () => !gateway.isHopeless(),
    onTaken: () => gateway.open(),
    // Another one's session is another session: ours can go on where it was, if we get it back soon.
    onLost: () => void gateway.close(true),
  });

  const takeByHttp = (body: unknown, at: Instant): Promise<Callback | 'elsewhere' | 'unreadable'> | null => {
    const interaction = readInteraction(body);
    if (interaction === null) return Promise.resolve('unreadable');
    if (interaction.kind === 'ping') return Promise.resolve(PONG);
    if (inbound === null) return null;
    if (!taken.add(interaction.origin.interaction)) return Promise.resolve('elsewhere');
    noteAct(interaction, at);
    return new Promise((resolve) => {
      const answer = async (callback: Callback) => {
        resolve(callback);
        // What follows by the interaction's token is unknown to Discord until this has arrived there.
        await delay(ARRIVING);
        return 'given' as const;
      };
      const work = hold(interactions(interaction, at, answer));
      // Whatever was not answered by then is answered by whoever had it first.
      work.then(
        () => resolve('elsewhere'),
        (error: unknown) => {
          log.error({ error: String(error).slice(0, 300) }, 'an interaction could not be handled');
          resolve('unreadable');
        },
      );
    });
  };

  return {
    mounts:
      options.publicKey === null
        ? []
        : [interactionsMount({ publicKey: options.publicKey, now, log, take: takeByHttp })],

    async start(given) {
      inbound = given;
      handler = given;
      await within(STARTING, owner.start());
    },

    async stop() {
      inbound = null;
      stopping.abort();
      events.stop();
      await gateway.close(false);
      await Promise.all([owner.stop(), within(ENDING, Promise.allSettled([...inHand, turns.idle()]))]);
      await background.end(ENDING);
      handler = null;
    },

    health: () =>
      inbound === null
        ? { ok: false, detail: 'not started', remedy: 'wait until the program has started' }
        : gateway.health(),
  };
}
