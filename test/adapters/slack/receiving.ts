// The receiving half in front of a fake Slack, over HTTP or Socket Mode, with handlers that a test scripts.

import { startHttp } from '../../../adapters/http/index.ts';
import { createApi } from '../../../adapters/slack/api/index.ts';
import { createMembers } from '../../../adapters/slack/members.ts';
import type { SlackParts } from '../../../adapters/slack/parts.ts';
import { createReceiver, type SlackReceiver } from '../../../adapters/slack/receive/index.ts';
import { renderMessage } from '../../../adapters/slack/render/index.ts';
import { createResponder } from '../../../adapters/slack/respond.ts';
import type { Conversations, Utterance } from '../../../src/ports/conversations.ts';
import type { Desk } from '../../../src/ports/desk.ts';
import type { InboundEvent, InboundOutcome } from '../../../src/ports/platform.ts';
import type { View } from '../../../src/views/view.ts';
import {
  type Channel,
  type FakeSlack,
  type Installation,
  type Message,
  type Person,
  startFakeSlack,
  type Team,
} from '../../fakes/slack/index.ts';
import type { GivenOptions } from '../../fakes/slack/options.ts';
import { type LogLine, recordedLog } from '../../support/recorded-log.ts';

export type Transport = 'HTTP' | 'Socket Mode';
export const TRANSPORTS: readonly Transport[] = ['HTTP', 'Socket Mode'];

export const PROMPT = '0198c0de-0000-7000-8000-000000000001';
export const NOTHING: InboundOutcome = { kind: 'done', shared: null, reply: null, subject: null };

export interface Stage {
  readonly slack: FakeSlack;
  readonly team: Team;
  readonly bot: Installation;
  /** A customer and two who help, all full members. */
  readonly ann: Person;
  readonly bob: Person;
  readonly carol: Person;
  readonly support: Channel;
  readonly receiver: SlackReceiver;
  readonly events: InboundEvent[];
  readonly lines: LogLine[];
  readonly desk: { -readonly [K in keyof Desk]: Desk[K] };
  /** What the handlers say; by default that it is done. */
  handle: (event: InboundEvent) => Promise<InboundOutcome>;
  deskFails: boolean;
  /** How far our own clock is ahead, in milliseconds. */
  ahead: number;
  /** The address that takes events, over HTTP. */
  readonly url: string;
  close(): Promise<void>;
}

export async function stage(transport: Transport, options: GivenOptions = {}): Promise<Stage> {
  const slack = await startFakeSlack({ rates: false, retryWaits: [0, 200, 400], ...options });
  const team = slack.team('Acme');
  const bot = team.install();
  const [ann, bob, carol] = [
    team.user('ann', { tz: 'Europe/Berlin', locale: 'de-DE' }),
    team.user('bob'),
    team.user('carol'),
  ];
  const support = team.channel('support', { members: [ann, bob, carol] });
  const { log, lines } = recordedLog();
  const desk: Stage['desk'] = {
    workspaceId: 'w',
    team: null,
    reaction: 'white_check_mark',
    locale: 'en',
  };
  const parts: SlackParts = {
    options: {
      apiUrl: slack.apiUrl,
      transport:
        transport === 'HTTP'
          ? { kind: 'http', signingSecret: slack.signingSecret }
          : { kind: 'socket', appToken: slack.appToken },
      botToken: bot.token,
      oauth: null,
      publicUrl: 'http://127.0.0.1:3000',
    },
    async deskOf(installation) {
      if (made.deskFails) throw new Error('the store is away');
      return installation === team.id ? desk : null;
    },
    conversations: memory(),
    credentials: { load: async () => null, renew: async () => null },
    budget: { take: async () => ({ taken: true, wait: 0 }), pause: async () => undefined },
    charts: { render: async () => ({ png: new Uint8Array(), width: 1, height: 1 }) } as never,
    now: () => Date.now() + made.ahead,
    log,
  };
  const api = createApi(parts);
  const receiver = createReceiver(parts, {
    api,
    members: createMembers(parts, api),
    responder: createResponder(parts),
  });
  const server = await startHttp({ host: '127.0.0.1', port: 0, mounts: receiver.mounts, log });
  const url = `http://127.0.0.1:${server.port}/slack/events`;
  const made: Stage = {
    slack,
    team,
    bot,
    ann,
    bob,
    carol,
    support,
    receiver,
    events: [],
    lines,
    desk,
    handle: async () => NOTHING,
    deskFails: false,
    ahead: 0,
    url,
    async close() {
      await receiver.stop();
      await server.close(100);
      await slack.close();
    },
  };
  await receiver.start(async (event) => {
    made.events.push(event);
    return await made.handle(event);
  });
  if (transport === 'HTTP') slack.overHttp(url);
  else slack.overSocket();
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

/** A message of ours in a channel or a thread, or (`to` a person) in their direct conversation. */
export async function post(
  { slack, bot }: Stage,
  to: { readonly channel: string; readonly thread?: string },
  view: View,
): Promise<Message> {
  const response = await fetch(`${slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bot.token}`, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({
      channel: to.channel,
      ...(to.thread ? { thread_ts: to.thread } : {}),
      ...renderMessage(view, { key: 'k1' }),
    }),
  });
  const { ok, channel, ts, error } = (await response.json()) as Record<string, string | boolean>;
  if (ok !== true) throw new Error(`not posted: ${String(error)}`);
  return slack.messages(slack.world.channel(String(channel))).find((one) => one.ts === ts)!;
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
