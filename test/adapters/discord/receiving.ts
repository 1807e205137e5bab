// The receiving half in front of a fake Discord, by the gateway or over HTTP, with handlers that a test scripts.
import { createApi } from '../../../adapters/discord/api/index.ts';
import { createMembers } from '../../../adapters/discord/members.ts';
import type { DiscordParts } from '../../../adapters/discord/parts.ts';
import { createReceiver, type DiscordReceiver } from '../../../adapters/discord/receive/index.ts';
import { renderMessage } from '../../../adapters/discord/render/index.ts';
import { startHttp } from '../../../adapters/http/index.ts';
import type { Id, Instant } from '../../../src/domain/basics.ts';
import type { Conversations, Utterance } from '../../../src/ports/conversations.ts';
import type { Desk } from '../../../src/ports/desk.ts';
import type { InboundEvent, InboundOutcome } from '../../../src/ports/platform.ts';
import type { View } from '../../../src/views/view.ts';
import {
  type Channel,
  type FakeDiscord,
  type GivenOptions,
  type Guild,
  type Message,
  type Person,
  startFakeDiscord,
} from '../../fakes/discord/index.ts';
import { eventually } from '../../support/eventually.ts';
import { type LogLine, recordedLog } from '../../support/recorded-log.ts';

export type Transport = 'the gateway' | 'HTTP';
export const TRANSPORTS: readonly Transport[] = ['the gateway', 'HTTP'];

export const PROMPT = '0198c0de-0000-7000-8000-000000000001';
export const NOTHING: InboundOutcome = { kind: 'done', shared: null, reply: null, subject: null };

export interface Stage {
  readonly discord: FakeDiscord;
  readonly acme: Guild;
  /** A customer, and one of the team by role. */
  readonly ann: Person;
  readonly bob: Person;
  readonly help: Channel;
  readonly receiver: DiscordReceiver;
  readonly events: InboundEvent[];
  readonly lines: LogLine[];
  readonly desk: { -readonly [K in keyof Desk]: Desk[K] };
  handle: (event: InboundEvent) => Promise<InboundOutcome>;
  /** Events of one kind, oldest first. */
  of<K extends InboundEvent['kind']>(kind: K): readonly Extract<InboundEvent, { kind: K }>[];
  close(): Promise<void>;
}

/** One name, one owner, until a time. */
export function memoryLeases(): DiscordParts['leases'] {
  const held = new Map<string, { readonly holder: Id; readonly until: Instant }>();
  return {
    async own(name, holder, now, until) {
      const known = held.get(name);
      if (known && known.holder !== holder && known.until > now) return false;
      held.set(name, { holder, until });
      return true;
    },
    async disown(name, holder) {
      if (held.get(name)?.holder === holder) held.delete(name);
    },
  };
}

export interface StageOptions extends GivenOptions {
  readonly transport?: Transport;
  /** In a store that others use too. */
  readonly leases?: DiscordParts['leases'];
  readonly holder?: string;
}

export async function stage({ transport = 'the gateway', ...options }: StageOptions = {}): Promise<Stage> {
  const discord = await startFakeDiscord({ rates: false, identifyEvery: 0, ...options });
  const acme = discord.guild('Acme', { bot: ['MANAGE_THREADS'] });
  const team = acme.role('support', ['MANAGE_THREADS', 'MANAGE_MESSAGES']);
  const ann = acme.member('ann', { locale: 'de' });
  const bob = acme.member('bob', { roles: [team] });
  const help = acme.channel('help');
  const { log, lines } = recordedLog();
  const desk: Stage['desk'] = { workspaceId: 'w', team: team.id, reaction: 'white_check_mark', locale: 'en' };
  const parts: DiscordParts = {
    options: {
      apiUrl: discord.apiUrl,
      token: discord.token,
      applicationId: discord.applicationId,
      publicKey: transport === 'HTTP' ? discord.publicKey : null,
    },
    deskOf: async (installation) => (installation === acme.id ? desk : null),
    conversations: memory(),
    leases: options.leases ?? memoryLeases(),
    holder: options.holder ?? 'one',
    charts: { png: async () => new Uint8Array() } as never,
    // What a test makes of Discord's time is ours too.
    now: () => discord.clock.now(),
    log,
  };
  const api = createApi(parts);
  const receiver = createReceiver(parts, { api, members: createMembers(parts, api) });
  const server = await startHttp({ host: '127.0.0.1', port: 0, mounts: receiver.mounts, log });
  const events: InboundEvent[] = [];
  const made: Stage = {
    discord,
    acme,
    ann,
    bob,
    help,
    receiver,
    events,
    lines,
    desk,
    handle: async () => NOTHING,
    of: (kind) =>
      events.filter((event): event is Extract<InboundEvent, { kind: typeof kind }> => event.kind === kind),
    async close() {
      await receiver.stop();
      await server.close(100);
      await discord.close();
    },
  };
  await receiver.start(async (event) => {
    made.events.push(event);
    return await made.handle(event);
  });
  // A dead process holds the gateway for some seconds.
  await eventually('the server is told of', () => made.of('installed').length > 0, 15_000);
  if (transport === 'HTTP')
    await discord.interactionsTo(`http://127.0.0.1:${server.port}/discord/interactions`);
  return made;
}

/** Keeps what it is told, in memory. */
function memory(): Conversations {
  const said: (Utterance & { readonly installation: string })[] = [];
  const at = (installation: string, channel: string) =>
    said.filter((one) => one.installation === installation && one.channel === channel);
  return {
    async note(installation, utterance) {
      if (at(installation, utterance.channel).some((one) => one.message === utterance.message)) return;
      said.push({ ...utterance, installation });
    },
    async threadOf(installation, channel, message) {
      return at(installation, channel).find((one) => one.message === message)?.thread ?? null;
    },
    async authors(installation, channel, thread) {
      const inThread = at(installation, channel).filter((one) => one.thread === thread);
      return [...new Set(inThread.sort((a, b) => a.at - b.at).map((one) => one.author))];
    },
    noteEcho: async () => undefined,
    echo: async () => null,
  };
}

/** A message of ours in a channel or a thread. */
export async function post(
  { discord, acme }: Pick<Stage, 'discord' | 'acme'>,
  channel: Channel,
  view: View = asking(),
  key = `prompt-${PROMPT}`,
): Promise<Message> {
  const { attachments: _, ...body } = renderMessage(view, { guild: acme.id, key });
  const response = await fetch(`${discord.apiUrl}/v10/channels/${channel.id}/messages`, {
    method: 'POST',
    headers: {
      authorization: `Bot ${discord.token}`,
      'content-type': 'application/json',
      'user-agent': 'DiscordBot (test, 1)',
    },
    body: JSON.stringify(body),
  });
  const { id, message } = (await response.json()) as { readonly id?: string; readonly message?: string };
  if (id === undefined) throw new Error(`not posted: ${message}`);
  return discord.messages(channel).find((one) => one.id === id)!;
}

export function asking(): View {
  const option = (score: number) => ({
    score,
    alt: `${score} of 10`,
    action: { kind: 'score', promptId: PROMPT, score } as const,
    selected: false,
  });
  return {
    ...sentence('How was it?'),
    blocks: [
      { kind: 'text', text: ['How was it?'], tone: 'plain' },
      { kind: 'scale', label: 'Score', low: 'bad', high: 'good', options: [0, 5, 9].map(option) },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Say more', action: { kind: 'add_words', promptId: PROMPT }, style: 'plain' },
          { label: 'Claim', action: { kind: 'claim', followUpId: PROMPT }, style: 'plain' },
        ],
      },
    ],
  };
}

export function wordsForm(): View {
  return {
    ...sentence('In your own words'),
    blocks: [
      {
        kind: 'inputs',
        title: 'Your words',
        action: { kind: 'add_words', promptId: PROMPT },
        submit: 'Save',
        inputs: [
          {
            kind: 'text',
            name: 'words',
            label: 'Words',
            value: '',
            optional: true,
            multiline: true,
            maxLength: 3000,
          },
        ],
      },
    ],
  };
}

export function sentence(words: string): View {
  return { summary: words, locale: 'en', blocks: [{ kind: 'text', text: [words], tone: 'plain' }] };
}

export function done(shared: View | null, reply: View | null): InboundOutcome {
  return { kind: 'done', shared, reply, subject: null };
}

export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
