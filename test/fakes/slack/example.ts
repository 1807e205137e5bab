// An example for the fake's own tests: a small workspace, and an app in it as the real SDK makes one.
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import {
  type Channel,
  type FakeSlack,
  type Installation,
  type Person,
  startFakeSlack,
  type Team,
} from './index.ts';

export interface Example {
  readonly slack: FakeSlack;
  readonly team: Team;
  readonly bot: Installation;
  readonly ann: Person;
  readonly ben: Person;
  readonly support: Channel;
  readonly client: WebClient;
}

export async function exampleWorld(options: Parameters<typeof startFakeSlack>[0] = {}): Promise<Example> {
  const slack = await startFakeSlack({ retryWaits: [0, 20, 40], ...options });
  const team = slack.team('Acme');
  const bot = team.install();
  const ann = team.user('ann', { locale: 'de-DE' });
  const ben = team.user('ben', { guest: 'single_channel' });
  const support = team.channel('support', { members: [ann, ben] });
  return { slack, team, bot, ann, ben, support, client: clientOf(slack, bot.token) };
}

export const quiet = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

/** A client that takes every answer as it is, without a second try. */
export function clientOf(slack: FakeSlack, token?: string): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quiet,
  });
}

/** The code that a call is refused with. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason as { data?: { error?: string }; message: string },
  );
  return error === null ? 'ok' : (error.data?.error ?? error.message);
}

export async function listening(receiver: HTTPReceiver, stops: (() => Promise<unknown>)[]): Promise<string> {
  const server = await receiver.start(0, { host: '127.0.0.1' } as never);
  stops.push(async () => {
    (server as { closeAllConnections(): void }).closeAllConnections();
    await receiver.stop();
  });
  return `http://127.0.0.1:${((server as { address(): AddressInfo }).address() as AddressInfo).port}`;
}

export interface Heard {
  readonly events: { type: string; [name: string]: unknown }[];
  readonly retries: (number | undefined)[];
}

/** An app as the SDK makes it: a scale, a form, a command, a shortcut. */
function furnish(app: App, heard: Heard): void {
  app.event(/.*/, async ({ event, context }) => {
    heard.events.push(event as never);
    heard.retries.push(context.retryNum);
  });
  app.action('score', async ({ ack, respond, action }) => {
    await ack();
    await respond({ text: `you said ${(action as { value: string }).value}`, replace_original: true });
  });
  app.action('words', async ({ ack, body, client: web }) => {
    await ack();
    await web.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view: FORM });
  });
  app.view('form', async ({ ack, view }) => {
    const said = view.state.values['why']?.['text']?.value;
    if (said === 'nonsense') await ack({ response_action: 'errors', errors: { nowhere: 'x' } });
    else if (said === 'bad') await ack({ response_action: 'errors', errors: { why: 'say more' } });
    else if (said === 'more')
      await ack({
        response_action: 'update',
        view: { ...FORM, title: { type: 'plain_text', text: 'More' } },
      });
    else await ack();
  });
  app.command('/nps', async ({ ack, command }) => {
    await ack({ response_type: 'ephemeral', text: `you asked for ${command.text}` });
  });
  app.shortcut('ask', async ({ ack, shortcut, client: web }) => {
    await ack();
    await web.views.open({ trigger_id: shortcut.trigger_id, view: FORM });
  });
}

export const FORM = {
  type: 'modal' as const,
  callback_id: 'form',
  title: { type: 'plain_text' as const, text: 'Why?' },
  submit: { type: 'plain_text' as const, text: 'Send' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'why',
      label: { type: 'plain_text' as const, text: 'Your words' },
      element: { type: 'plain_text_input' as const, action_id: 'text', max_length: 100 },
    },
  ],
};

export const SCALE = [
  {
    type: 'actions' as const,
    block_id: 'scale',
    elements: [
      {
        type: 'button' as const,
        action_id: 'score',
        value: '9',
        text: { type: 'plain_text' as const, text: '9' },
      },
      { type: 'button' as const, action_id: 'words', text: { type: 'plain_text' as const, text: 'Words' } },
    ],
  },
];

/** Starts that app over HTTP or a socket; what it hears is noted. */
export async function exampleApp(
  { slack, bot }: Example,
  mode: 'http' | 'socket',
  stops: (() => Promise<unknown>)[],
): Promise<Heard> {
  const heard: Heard = { events: [], retries: [] };
  const receiver =
    mode === 'http'
      ? new HTTPReceiver({ signingSecret: slack.signingSecret, logger: quiet })
      : new SocketModeReceiver({
          appToken: slack.appToken,
          logger: quiet,
          clientPingTimeout: 300,
          installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
        });
  const app = new App({
    token: bot.token,
    receiver,
    ignoreSelf: false,
    logger: quiet,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  furnish(app, heard);
  if (receiver instanceof HTTPReceiver) {
    slack.overHttp(`${await listening(receiver, stops)}/slack/events`);
    return heard;
  }
  slack.overSocket();
  await receiver.client.start();
  stops.push(() => receiver.client.disconnect());
  return heard;
}
