// How things reach the app: again until they are acknowledged, signed, spread over sockets, complete in every field.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SocketModeClient } from '@slack/socket-mode';
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { clientOf, type Example, exampleApp, exampleWorld, quiet, SCALE } from './slack/example.ts';

let example: Example;
let { slack, team, bot, ann, ben, support, client } = {} as Example;
const stops: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  example = await exampleWorld({ rates: false, ackWithin: 300 });
  ({ slack, team, bot, ann, ben, support, client } = example);
});

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
  await slack.close();
});

/** A bare endpoint that answers each request with the next of these, and the last one ever after. */
async function endpoint(...answers: readonly (number | 'silence')[]): Promise<Record<string, unknown>[]> {
  const seen: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(seen.length, answers.length - 1)];
    const { 'x-slack-retry-num': number, 'x-slack-retry-reason': reason } = request.headers;
    seen.push({ number, reason });
    request.resume();
    if (typeof answer === 'number') response.writeHead(answer).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  slack.overHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return seen;
}

async function socket(
  onEvent: (args: { ack: () => Promise<void>; retry_num: number }) => void,
): Promise<SocketModeClient> {
  const connection = new SocketModeClient({
    appToken: slack.appToken,
    logger: quiet,
    clientPingTimeout: 200,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  connection.on('message', onEvent);
  await connection.start();
  stops.push(() => connection.disconnect());
  slack.overSocket();
  return connection;
}

describe('over http', () => {
  it('sends an event again with the number and the reason, and then gives up', async () => {
    const seen = await endpoint(500, 'silence', 404, 500);
    ann.post(support, 'hello');
    await slack.settled();
    expect(seen).toEqual([
      { number: undefined, reason: undefined },
      { number: '1', reason: 'http_error' },
      { number: '2', reason: 'http_timeout' },
      { number: '3', reason: 'http_error' },
    ]);
  });

  it('sends what a person pressed once, and shows the person an error', async () => {
    const seen = await endpoint('silence');
    await client.chat.postMessage({ channel: support.id, text: 'how?', blocks: SCALE });
    await eventually('the event', () => seen.length > 0);
    const before = seen.length;
    const outcome = await ann.press(slack.messages(support)[0]!, 'score');
    expect(outcome).toMatchObject({ ok: false, failure: 'http_timeout' });
    expect(outcome.ms).toBeGreaterThanOrEqual(290);
    expect(ann.troubles).toHaveLength(1);
    expect(slack.deliveries.filter((each) => each.kind === 'interactive')).toHaveLength(1);
    expect(seen.length).toBeGreaterThan(before);
  });

  it('delivers twice, or again after an acknowledgement was lost', async () => {
    const seen = await endpoint(200);
    slack.mischief.events({ duplicate: 1 });
    ann.post(support, 'one');
    await slack.settled();
    expect(seen).toHaveLength(2);
    slack.mischief.events({ loseAck: 1 });
    ann.post(support, 'two');
    await slack.settled();
    expect(seen).toHaveLength(6);
    expect(new Set(slack.deliveries.map((each) => each.id)).size).toBe(2);
  });

  it('is refused by the real receiver when the signature, the secret or the time is not right', async () => {
    await exampleApp(example, 'http', stops);
    for (const tampering of [{ signature: 'v0=00' }, { signingSecret: 'other' }, { skew: -301 }]) {
      slack.tamper(tampering);
      expect((await ann.command('/nps', 'x', support)).status).toBe(401);
    }
    slack.tamper({});
    expect((await ann.command('/nps', 'x', support)).status).toBe(200);
  });
});

describe('over sockets', () => {
  it('spreads events over the connections, and sends again what nobody acknowledged', async () => {
    const heard: [name: string, retry: number][] = [];
    await socket(({ ack, retry_num: retry }) => {
      heard.push(['first', retry]);
      return ack();
    });
    await socket(({ retry_num: retry }) => {
      heard.push(['second', retry]);
    });
    expect(slack.sockets.connections).toBe(2);
    ann.post(support, 'one');
    ann.post(support, 'two');
    await slack.settled();
    expect(heard.slice(0, 2).sort()).toEqual([
      ['first', 0],
      ['second', 0],
    ]);
    expect(heard.at(-1)).toEqual(['first', 1]);
  });

  it('connects anew when Slack asks for it or the wire is cut', async () => {
    await socket(({ ack }) => ack());
    slack.sockets.disconnect('refresh_requested');
    await eventually('the new connection', () => slack.sockets.connections === 1);
    slack.sockets.cut();
    await eventually('no connection', () => slack.sockets.connections === 0);
    await eventually('another connection', () => slack.sockets.connections === 1);
    ann.post(support, 'still here?');
    await slack.settled();
    expect(slack.deliveries.at(-1)?.ack.ok).toBe(true);
    expect(slack.called('apps.connections.open').length).toBeGreaterThanOrEqual(3);
  });
});

describe('what is delivered', () => {
  beforeEach(() => endpoint(200));

  it('shows an ephemeral message to one person, who presses it without its content', async () => {
    await client.chat.postEphemeral({ channel: support.id, user: ann.id, text: 'for you', blocks: SCALE });
    const [message] = ann.ephemerals();
    expect(ben.sees(support)).toEqual([]);
    await expect(ben.press(message!, 'score')).rejects.toThrow('does not see');
    const { payload } = await ann.press(message!, 'score');
    expect(payload).toMatchObject({ container: { is_ephemeral: true }, channel: { id: support.id } });
    expect(payload).not.toHaveProperty('message');
    const update = client.chat.update({ channel: support.id, ts: message!.ts, text: 'x' });
    await expect(update).rejects.toThrow('message_not_found');
    const url = String(payload['response_url']);
    await fetch(url, { method: 'POST', body: '{"replace_original":true,"text":"thanks"}' });
    expect(ann.ephemerals().map((each) => each.text)).toEqual(['thanks']);
    await fetch(url, { method: 'POST', body: '{"delete_original":true}' });
    expect(ann.ephemerals()).toEqual([]);
  });

  it('names no team to an app that a whole organisation installed', async () => {
    const mega = slack.enterprise('Mega');
    const east = slack.team('East', mega);
    const org = slack.installEnterprise(mega);
    const eve = east.user('eve');
    const place = east.channel('place', { members: [eve] });
    const web = clientOf(slack, org.token);
    expect(await web.auth.test()).toMatchObject({ is_enterprise_install: true, team_id: mega.id });
    await expect(web.conversations.list()).rejects.toThrow('missing_argument');
    expect((await web.conversations.list({ team_id: east.id })).channels).toHaveLength(1);
    await web.chat.postMessage({ channel: place.id, text: 'how?', blocks: SCALE });
    const { payload } = await eve.press(slack.messages(place)[0]!, 'score');
    expect(payload).toMatchObject({
      team: null,
      is_enterprise_install: true,
      enterprise: { id: mega.id },
      user: { team_id: east.id },
    });
    expect(slack.events.made.at(-1)).toMatchObject({
      team_id: east.id,
      enterprise_id: mega.id,
      authorizations: [{ team_id: null, enterprise_id: mega.id, is_enterprise_install: true }],
    });
  });

  it('names the team of whoever wrote in a shared channel, and ours as the authorized one', () => {
    const zoe = slack.team('Other').user('zoe');
    const shared = team.channel('shared', { members: [ann, zoe] });
    zoe.post(shared, 'hello');
    expect(slack.events.made.at(-1)).toMatchObject({
      team_id: zoe.user.teamId,
      is_ext_shared_channel: true,
      authorizations: [{ team_id: team.id, user_id: bot.botUserId }],
      event: { user_team: zoe.user.teamId, channel: shared.id },
    });
  });

  it('says nothing of channels without the bot, nor without the scope', () => {
    const alone = team.channel('alone', { members: [ann], bot: false });
    ann.post(alone, 'hello');
    bot.scopes = bot.scopes.filter((each) => each !== 'channels:history');
    const message = ann.post(support, 'hello');
    ann.react(message, 'eyes');
    expect(slack.events.made.map((each) => each.event['type'])).toEqual(['reaction_added']);
  });

  it('remembers a token in an address', async () => {
    const answer = await fetch(`${slack.apiUrl}auth.test?token=${bot.token}`);
    expect(await answer.json()).toMatchObject({ ok: false, error: 'token_in_url' });
    expect(slack.violations.map((each) => each.error)).toEqual(['token_in_url']);
    const web = new WebClient(slack.appToken, { slackApiUrl: slack.apiUrl, logger: quiet });
    await expect(web.team.info()).rejects.toThrow('not_allowed_token_type');
  });
});
