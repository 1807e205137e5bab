// Discord's adapter against the strict fake, by the gateway or with interactions over HTTP, on a test's store; and people who use it as its
// clients do.
import { randomUUID } from 'node:crypto';
import { DEFINITIONS } from '../../../adapters/discord/commands/index.ts';
import { readCustomId } from '../../../adapters/discord/custom-id.ts';
import { createDiscord } from '../../../adapters/discord/index.ts';
import { startHttp } from '../../../adapters/http/index.ts';
import type { Database } from '../../../adapters/postgres/database.ts';
import { type Action, encodeAction } from '../../../src/domain/command/action.ts';
import type { Desk } from '../../../src/ports/desk.ts';
import type { HttpMount } from '../../../src/ports/http.ts';
import type { Destination, Inbound, InboundEvent, InboundOutcome } from '../../../src/ports/platform.ts';
import type { Block, View } from '../../../src/views/view.ts';
import type { Ack, PlatformUnderTest, Press, Shown } from '../../contracts/platform.ts';
import type { Event } from '../../fakes/discord/events.ts';
import {
  type Channel,
  type FakeDiscord,
  type Message,
  type Person,
  startFakeDiscord,
} from '../../fakes/discord/index.ts';
import type { Outcome } from '../../fakes/discord/outcome.ts';
import { eventually } from '../../support/eventually.ts';
import { recordedLog } from '../../support/recorded-log.ts';
import { storeUnderTest } from '../postgres/store-under-test.ts';
import { CHARTS } from '../slack/charts.ts';
import { typedAs } from './typed.ts';

const MOST_TYPED = 4_000;

export type Transport = 'gateway' | 'http';

export interface DiscordUnderTest extends PlatformUnderTest {
  readonly discord: FakeDiscord;
}

export async function discordUnderTest(database: Database, transport: Transport): Promise<DiscordUnderTest> {
  const discord = await startFakeDiscord({ rates: false, identifyEvery: 0, ackWithin: 2_500 });
  const acme = discord.guild('Acme', { bot: ['MANAGE_THREADS'] });
  const team = acme.role('support', ['MANAGE_THREADS']);
  const bob = acme.member('bob', { roles: [team] });
  const [help, alerts] = [acme.channel('help'), acme.channel('alerts')];
  for (const body of DEFINITIONS) discord.commands.put(null, JSON.parse(JSON.stringify(body)));
  const { store } = storeUnderTest(database);
  const { log } = recordedLog();
  const conversations = store.conversations('discord');
  const desk: Desk = { workspaceId: randomUUID(), team: team.id, reaction: 'white_check_mark', locale: 'en' };
  const held = new Set<string>();
  const adapter = createDiscord({
    options: {
      apiUrl: discord.apiUrl,
      token: discord.token,
      applicationId: discord.applicationId,
      publicKey: transport === 'http' ? discord.publicKey : null,
    },
    deskOf: async (guild) => (guild === acme.id ? desk : null),
    conversations,
    leases: {
      own: async (name) => {
        held.add(name);
        return true;
      },
      disown: async (name) => void held.delete(name),
    },
    holder: randomUUID(),
    charts: CHARTS,
    now: Date.now,
    log,
  });
  const deliveries = recorded(discord);
  const requests: (() => Promise<Response>)[] = [];
  const mounts = adapter.mounts.map((mount) => remembering(mount, requests));
  const http = await startHttp({ host: '127.0.0.1', port: 0, mounts, log });

  /** What the scene is set with is not what is tested. */
  let aside: Inbound | null = null;
  let outcome: InboundOutcome | null = null;
  let handled = 0;
  let stopped = false;
  const people = new Map<string, Person>();
  const seen = new Set<string>();
  const sentinel = acme.member('sentinel');
  const lobby = sentinel.startThread(help, 'lobby');

  const placeOf = (where: Destination): Channel => {
    if (where.kind === 'person') return people.get(where.externalId)!.directChannel();
    return discord.world.channels.get(where.kind === 'thread' ? where.thread : where.channel)!;
  };
  const ours = (where: Destination): readonly Message[] =>
    discord.messages(placeOf(where)).filter((one) => one.author.id === discord.bot.id);
  const shownOf = (message: Message): Shown => ({
    message: message.id,
    text: discord.readable(message),
    actions: idsIn(message.components).flatMap((id) => {
      const read = readCustomId(id);
      return read ? [encodeAction(read.action)] : [];
    }),
    // Bold words, quotes and headings are our own; what is in them is looked at where they are rendered.
    alive: discord
      .alive(message)
      .filter((one) => one.kind !== 'markdown')
      .map((one) => one.text),
  });

  /** The gateway has told of everything that happened until now. */
  const caughtUp = async () => {
    if (stopped) return;
    const { id } = sentinel.post(lobby, 'anything new?');
    await eventually('the gateway to catch up', () => seen.has(id));
  };

  let last: () => Promise<Ack> = async () => ({ taken: false, reply: null });
  const remember = (act: () => Promise<Ack>): Promise<Ack> => {
    last = act;
    return act();
  };
  const replay = async (from: { readonly events: number; readonly requests: number }) => {
    for (const event of deliveries.slice(from.events))
      if (!isLobby(event, lobby)) discord.mischief.deliver(event);
    for (const request of requests.slice(from.requests)) await request();
    await caughtUp();
  };
  const mark = () => ({ events: deliveries.length, requests: requests.length });

  /** What a person does that Discord tells of and nobody acknowledges: it is taken when its handler is done. */
  const told = (happen: () => void): Promise<Ack> => {
    const from = mark();
    let first = true;
    return remember(async () => {
      if (!first) {
        await replay(from);
        return { taken: true, reply: null };
      }
      first = false;
      const before = handled;
      happen();
      if (stopped) return { taken: false, reply: null };
      await eventually('it to be handled', () => handled > before);
      return { taken: true, reply: null };
    });
  };

  /** An interaction, and what whoever acted reads of it alone. */
  const acted = (act: () => Promise<Outcome>): Promise<Ack> => {
    const from = mark();
    let first = true;
    return remember(async () => {
      if (!first) {
        await replay(from);
        return { taken: true, reply: null };
      }
      first = false;
      outcome = null;
      const done = await act();
      const expected = replyIn(outcome);
      if (!done.ok || expected === null) return { taken: done.ok, reply: null };
      const answers = () => [done.reply, ...done.followups].filter((one) => one?.ephemeralTo !== null);
      await eventually('the reply to be shown', () => answers().some((one) => one !== null));
      const reply = answers().findLast((one) => one !== null);
      return { taken: done.ok, reply: reply ? discord.readable(reply) : null };
    });
  };

  /** Sets the scene, and waits until the adapter has told of it. */
  const setUp = async (thread: Channel, happen: () => void) => {
    let told = false;
    aside = async (event) => {
      told ||= 'place' in event && event.place.thread === thread.id;
      return ignored;
    };
    happen();
    await eventually('the scene to be set', () => told);
    aside = null;
  };

  const press = ({ by, at, action, values }: Press): Promise<Ack> => {
    const person = by === null ? bob : people.get(by)!;
    const channel = discord.world.channels.get(at.channel)!;
    const message = channel.messages.find((one) => one.id === at.message)!;
    const pressed = withButton(message, action, acme.id);
    const matcher = (one: Record<string, unknown>) =>
      encodeAction(readCustomId(String(one['custom_id']))?.action ?? { kind: 'settings' }) ===
      encodeAction(action);
    return acted(async () => {
      if (values) {
        const form: InboundOutcome = {
          kind: 'done',
          shared: null,
          reply: formFor(action, values),
          subject: null,
        };
        aside = async () => form;
        await person.press(pressed, matcher, { stale: true });
        aside = null;
        const { modal } = person;
        if (modal === null) throw new Error('no form opened');
        // A client lets nobody type more than fits; somebody without one may send it all the same.
        for (const one of fieldsIn(modal.components)) one['max_length'] = 100_000;
        return await person.submitModal(values, modal);
      }
      const done = await person.press(pressed, matcher, { stale: true });
      if (done.ok && outcome?.kind === 'done' && outcome.shared) {
        const { summary } = outcome.shared;
        await eventually('the message to change', () => discord.readable(message).includes(summary));
      }
      return done;
    });
  };

  return {
    discord,
    platform: {
      ...adapter.platform,
      start: async (inbound) => {
        await adapter.platform.start(async (event) => {
          if (event.kind === 'installed') return ignored;
          if (event.kind === 'posted') {
            await conversations.noteEcho(event.at.installation, event.key, event.ref);
            return ignored;
          }
          if (isSentinel(event, sentinel)) {
            seen.add(event.eventId ?? '');
            return ignored;
          }
          if (aside) return await aside(event);
          try {
            outcome = await inbound(event);
            return outcome;
          } finally {
            handled += 1;
          }
        });
        await eventually('the gateway to be open', () => discord.gateway.live.length > 0);
        await caughtUp();
        if (transport === 'http')
          await discord.interactionsTo(`http://127.0.0.1:${http.port}/discord/interactions`);
      },
      stop: async () => {
        stopped = true;
        await adapter.platform.stop();
      },
    },
    installation: acme.id,
    stranger: '1000000000000000001',
    async person() {
      const person = acme.member(`ann-${randomUUID().slice(0, 8)}`);
      people.set(person.id, person);
      return person.id;
    },
    async thread(customer) {
      const person = people.get(customer)!;
      const thread = person.startThread(help, `Help ${randomUUID().slice(0, 8)}`);
      await setUp(thread, () => person.post(thread, 'I need help'));
      return { kind: 'thread', channel: help.id, thread: thread.id };
    },
    channel: async () => ({ kind: 'channel', channel: alerts.id }),
    shown: async (where) => ours(where).map(shownOf),
    people: {
      press,
      async say(by, where, text) {
        const [person, thread] = [people.get(by)!, placeOf(where)];
        // Writing opens an archived thread, which is told too, and is another test's.
        if (thread.thread) thread.thread.archived = false;
        // Without the privileged intent nothing but what calls the app by name is read.
        return await told(() => void person.post(thread, `<@${discord.bot.id}> ${text}`));
      },
      command: (by, where, text) =>
        acted(async () => {
          const person = by === null ? bob : people.get(by)!;
          return await typedAs(discord, person, placeOf(where), text);
        }),
      close: (_customer, where) => told(() => bob.archive(placeOf(where))),
      reopen: (customer, where) => told(() => people.get(customer)!.unarchive(placeOf(where))),
      again: () => last(),
    },
    async dispose() {
      stopped = true;
      await adapter.platform.stop();
      await http.close(0);
      await discord.close();
      if (discord.violations.length > 0)
        throw new Error(`Discord refused: ${JSON.stringify(discord.violations)}`);
    },
  };
}

const ignored: InboundOutcome = { kind: 'ignored', reason: 'not part of this test' };

/** Every event that the gateway is given to tell. */
function recorded(discord: FakeDiscord): readonly Event[] {
  const events: Event[] = [];
  const deliver = discord.mischief.deliver.bind(discord.mischief);
  discord.mischief.deliver = (event) => {
    events.push(event);
    deliver(event);
  };
  return events;
}

function remembering(mount: HttpMount, requests: (() => Promise<Response>)[]): HttpMount {
  return {
    ...mount,
    async handle(request) {
      const again = request.clone();
      requests.push(async () => await mount.handle(again.clone()));
      return await mount.handle(request);
    },
  };
}

function isLobby({ data }: Event, lobby: Channel): boolean {
  return JSON.stringify(data(0)).includes(lobby.id);
}

function isSentinel(
  event: InboundEvent,
  sentinel: Person,
): event is Extract<InboundEvent, { kind: 'message' }> {
  return event.kind === 'message' && event.by.identity.externalId === sentinel.id;
}

/** What whoever acted is to be told, and nobody else. */
function replyIn(outcome: InboundOutcome | null): View | null {
  if (outcome === null || outcome.kind === 'ignored') return null;
  if (outcome.kind !== 'done') return outcome.reply;
  const { shared, reply } = outcome;
  return reply && JSON.stringify(shared) !== JSON.stringify(reply) ? reply : null;
}

function fieldsIn(components: readonly unknown[]): readonly Record<string, unknown>[] {
  return components.flatMap((one) => {
    const { component } = one as { readonly component?: Record<string, unknown> };
    return component === undefined ? [] : [component];
  });
}

function idsIn(components: readonly unknown[]): readonly string[] {
  return components.flatMap((one) => {
    const { custom_id: id, components: inside = [] } = one as {
      readonly custom_id?: string;
      readonly components?: readonly unknown[];
    };
    return id === undefined ? idsIn(inside) : [id];
  });
}

/** The message as somebody sees it who did not see its newest version, with this button on it. */
function withButton(message: Message, action: Action, guild: string): Message {
  const id = `${encodeAction(action)}@${guild}`;
  const known = [message.components, ...message.versions.map((one) => one.components)];
  if (known.some((components) => idsIn(components).some((one) => one.startsWith(id)))) return message;
  const row = { type: 1, components: [{ type: 2, style: 2, label: 'Button', custom_id: id }] };
  // Pressed in a copy, the answer still goes to the message itself.
  message.versions.push({ content: message.content, embeds: message.embeds, components: [row] });
  return message;
}

function formFor(action: Action, values: Readonly<Record<string, string>>): View {
  const inputs: Extract<Block, { kind: 'inputs' }>['inputs'] = Object.keys(values).map((name) => ({
    kind: 'text',
    name,
    label: name,
    value: '',
    optional: true,
    multiline: true,
    maxLength: MOST_TYPED,
  }));
  return {
    summary: 'A form',
    locale: 'en',
    blocks: [{ kind: 'inputs', title: 'A form', action, submit: 'Send', inputs }],
  };
}
