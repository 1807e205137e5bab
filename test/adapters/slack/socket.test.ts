// Socket Mode: the connection goes and comes back, and what is in hand meanwhile is acknowledged all the same.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { createSocket } from '../../../adapters/slack/receive/socket.ts';
import { encodeAction } from '../../../src/domain/command/action.ts';
import type { Message } from '../../fakes/slack/index.ts';
import { eventually } from '../../support/eventually.ts';
import { recordedLog } from '../../support/recorded-log.ts';
import { asking, gate, NOTHING, PROMPT, post, type Stage, stage } from './receiving.ts';

const NINE = encodeAction({ kind: 'score', promptId: PROMPT, score: 9 });

describe('given Socket Mode', () => {
  let at: Stage;
  let prompt: Message;
  beforeEach(async () => {
    at = await stage('Socket Mode');
    prompt = await post(at, { channel: at.support.id }, asking());
    await at.slack.settled();
    at.events.length = 0;
  });
  afterEach(async () => await at.close());

  it('when it has started, then it is connected, once, and well', () => {
    expect(at.slack.sockets.connections).toBe(1);
    expect(at.receiver.health()).toMatchObject({ ok: true });
    expect(at.receiver.mounts).toEqual([]);
  });

  it.each(['warning', 'refresh_requested'] as const)(
    'when Slack asks to connect anew (%s), then what is in hand is acknowledged where it came from',
    async (reason) => {
      const { opened, open } = gate();
      at.handle = async () => {
        await opened;
        return NOTHING;
      };
      const pressed = at.ann.press(prompt, NINE);
      await eventually('it is in hand', () => at.events.length === 1);
      at.slack.sockets.disconnect(reason, null);
      await eventually('a second connection', () => at.slack.sockets.connections === 2);
      open();
      expect((await pressed).ok).toBe(true);
      await eventually('the first one is closed', () => at.slack.sockets.connections === 1);
      expect((await at.ann.press(prompt, NINE)).ok).toBe(true);
    },
  );

  it('when the wire is cut, then it comes back by itself, and says meanwhile that it is gone', async () => {
    at.slack.mischief.next('apps.connections.open', { kind: 'status', status: 500 });
    at.slack.sockets.cut();
    await eventually('it is known', () => !at.receiver.health().ok);
    expect(at.receiver.health()).toMatchObject({ remedy: expect.stringContaining('SLACK_APP_TOKEN') });
    await eventually('it is back', () => at.receiver.health().ok);
    expect((await at.ann.press(prompt, NINE)).ok).toBe(true);
    expect(JSON.stringify(at.lines)).not.toContain(at.slack.appToken);
  });

  it('when a connection goes with an event in hand, then it comes again over the next, and is known again', async () => {
    const { opened, open } = gate();
    at.handle = async () => {
      await opened;
      return NOTHING;
    };
    at.ann.post(at.support, 'hello');
    await eventually('it is in hand', () => at.events.length === 1);
    at.slack.sockets.cut();
    await eventually('it is back', () => at.slack.sockets.connections === 1);
    open();
    at.slack.delivery.hurry();
    await at.slack.settled();
    expect(at.slack.deliveries.at(-1)?.ack.ok).toBe(true);
    expect(new Set(at.events.map((event) => event.eventId)).size).toBe(1);
  });
});

describe('given a server that is no good', () => {
  const parts = (apiUrl: string) => ({
    appToken: 'xapp-secret',
    apiUrl,
    now: Date.now,
    log: recordedLog().log,
    take: () => null,
  });

  it('when nobody answers, then starting does not fail, its health says so, and it stops at once', async () => {
    const socket = createSocket(parts('http://127.0.0.1:9/api/'));
    const started = socket.start();
    await eventually('it says so', () => socket.health().detail.includes('no connection'));
    const began = performance.now();
    await socket.stop();
    expect(performance.now() - began).toBeLessThan(3_000);
    await started;
  });

  it('when it sends what is no frame of Slack, then nothing breaks and nothing is taken', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const api = createServer((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port}/` }));
    });
    await once(api.listen(0, '127.0.0.1'), 'listening');
    const interactive = (id: string, envelope: object) =>
      JSON.stringify({ type: 'interactive', envelope_id: id, payload: { type: 'mine' }, ...envelope });
    const answers: string[] = [];
    const taken: unknown[] = [];
    server.on('connection', (connection) => {
      connection.on('message', (data) => answers.push(String(data)));
      for (const frame of [
        'null',
        '[]',
        '{',
        '"x"',
        '{}',
        JSON.stringify({ type: 'events_api' }),
        JSON.stringify({ type: 'events_api', payload: { event: {} } }),
        JSON.stringify({ type: 'events_api', envelope_id: '1', payload: { event: { type: 'error' } } }),
        JSON.stringify({ type: 'events_api', envelope_id: '2', payload: { event: { type: 'close' } } }),
        JSON.stringify({ type: 'interactive', envelope_id: '3', payload: 7 }),
        JSON.stringify({ type: 'hello' }),
        interactive('4', { accepts_response_payload: false }),
        interactive('5', { accepts_response_payload: true }),
        interactive('6', {}),
      ])
        connection.send(frame);
      connection.send(Buffer.from([1, 2, 3]));
    });
    const socket = createSocket({
      ...parts(`http://127.0.0.1:${(api.address() as { port: number }).port}/api/`),
      async take({ body }) {
        taken.push(body);
        return { kind: 'taken', body: { text: 'said' } };
      },
    });
    await socket.start();
    await eventually('those that are good are answered', () => answers.length === 3);
    expect(taken).toEqual([{ type: 'mine' }, { type: 'mine' }, { type: 'mine' }]);
    // Only what says that it takes no answer gets none.
    expect(answers.map((answer) => JSON.parse(answer))).toEqual([
      { envelope_id: '4', payload: {} },
      { envelope_id: '5', payload: { text: 'said' } },
      { envelope_id: '6', payload: { text: 'said' } },
    ]);
    await socket.stop();
    api.close();
    server.close();
  });
});
