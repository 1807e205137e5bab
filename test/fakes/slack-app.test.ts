// Real apps of the SDK, over HTTP and over a socket, hear, answer and show what they would in Slack.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Example, exampleApp, exampleWorld, type Heard, SCALE } from './slack/example.ts';

let example: Example;
let { slack, ann, ben, support, client } = {} as Example;
const stops: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  example = await exampleWorld({ rates: false });
  ({ slack, ann, ben, support, client } = example);
});

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
  await slack.close();
});

const MODES = ['http', 'socket'] as const;

describe.each(MODES)('an app of the real SDK over %s', (mode) => {
  let heard: Heard;

  beforeEach(async () => {
    heard = await exampleApp(example, mode, stops);
  });

  it('hears what people and the bot itself say, and the reactions', async () => {
    const message = ann.post(support, 'it <!channel> works');
    ann.react(message, 'white_check_mark');
    await client.chat.postMessage({
      channel: support.id,
      text: 'own',
      thread_ts: message.ts,
      metadata: { event_type: 'asked', event_payload: { key: 'k' } },
    });
    await slack.settled();
    expect(heard.events.map((each) => each.type).sort()).toEqual([
      'message',
      'message',
      'message_metadata_posted',
      'reaction_added',
    ]);
    expect(heard.events.find((each) => each['user'] === ann.id)).toMatchObject({
      text: 'it &lt;!channel&gt; works',
      channel_type: 'channel',
    });
    expect(heard.events.find((each) => each['bot_id'])).toMatchObject({
      app_id: slack.options.appId,
      thread_ts: message.ts,
      metadata: { event_payload: { key: 'k' } },
    });
  });

  it('has its button pressed and replaces the message through the response url', async () => {
    await client.chat.postMessage({ channel: support.id, text: 'how?', blocks: SCALE });
    const [message] = slack.messages(support);
    const outcome = await ann.press(message!, 'score');
    expect(outcome).toMatchObject({ ok: true, status: 200, trouble: null });
    await eventually('the message replaced', () => slack.readable(message!) === 'you said 9');
    await expect(ann.press(message!, 'score')).rejects.toThrow('0 elements match');
  });

  it('opens a modal, has errors shown, updates and closes it', async () => {
    await client.chat.postMessage({ channel: support.id, text: 'how?', blocks: SCALE });
    await ann.press(slack.messages(support)[0]!, 'words');
    await eventually('the modal', () => ann.modal);
    await expect(ann.submitModal({})).rejects.toThrow('empty');
    expect((await ann.submitModal({ text: 'nonsense' })).trouble).toContain('trouble');
    expect(slack.violations.splice(0)).toMatchObject([{ error: 'invalid_ack_body' }]);
    await ann.submitModal({ text: 'bad' });
    expect(ann.modal?.errors).toEqual({ why: 'say more' });
    await ann.submitModal({ why: { text: 'more' } });
    expect(slack.readable(ann.modal!)).toContain('More');
    await ann.submitModal({ text: 'fine <!here>' });
    expect(ann.modal).toBeNull();
    expect(ann.troubles).toHaveLength(1);
  });

  it('answers a command for one person and opens a form by a shortcut', async () => {
    const outcome = await ann.command('/nps', 'help', support);
    expect(outcome.ok).toBe(true);
    expect(ann.ephemerals(support).map((each) => each.text)).toEqual(['you asked for help']);
    expect(ben.sees(support)).toEqual([]);
    await ben.shortcut(ann.post(support, 'hi'), 'ask');
    await eventually('the modal', () => ben.modal);
    expect(slack.violations).toEqual([]);
  });

  it('is sent an event again until it answers', async () => {
    if (mode === 'http') slack.overHttp('http://127.0.0.1:9/nobody');
    else slack.sockets.cut();
    ann.post(support, 'is anybody there?');
    if (mode === 'socket') await eventually('a new connection', () => slack.sockets.connections > 0);
    await slack.settled();
    const tries = slack.deliveries.filter((each) => each.kind === 'event');
    expect(tries[0]?.ack.failure).toBe('connection_failed');
    expect(tries.length).toBeGreaterThan(1);
  });
});
