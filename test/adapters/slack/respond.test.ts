// Answers through a response_url: only ever to Slack, replaced until it is there, told once.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createResponder } from '../../../adapters/slack/respond.ts';
import { freePort } from '../../support/free-port.ts';
import { recordedLog } from '../../support/recorded-log.ts';
import { sentence } from './calling.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const closing: (() => void)[] = [];

/** Answers one after the other as told, and then always `ok`. */
async function hooks(...answers: readonly Answer[]) {
  const bodies: Record<string, unknown>[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const answer = answers[bodies.length] ?? say(200, 'ok');
    bodies.push(JSON.parse(Buffer.concat(parts).toString()));
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { log, lines } = recordedLog();
  const responder = createResponder({ options: { apiUrl: `${origin}/api/` } as never, log });
  return { responder, url: `${origin}/actions/T1/1/secret-of-the-address`, bodies, lines };
}

const say =
  (status: number, text: string, headers: Record<string, string> = {}): Answer =>
  (_request, response) => {
    response.writeHead(status, headers).end(text);
  };
const cut: Answer = (request) => {
  request.socket.destroy();
};

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

describe('given the message that was acted on is to be replaced', () => {
  it('when all is well, then it is, with text and blocks', async () => {
    const { responder, url, bodies } = await hooks();
    expect(await responder.replace(url, sentence('Answered.'))).toBe(true);
    expect(bodies).toEqual([{ replace_original: true, text: 'Answered.', blocks: expect.any(Array) }]);
  });

  it.each([
    ['breaks', say(500, '')],
    ['is cut off', cut],
    ['says that it is called too often', say(429, '', { 'retry-after': '0' })],
  ])('when Slack %s twice, then it is tried again until it is there', async (_what, answer) => {
    const { responder, url, bodies } = await hooks(answer, answer);
    expect(await responder.replace(url, sentence('Answered.'))).toBe(true);
    expect(bodies).toHaveLength(3);
  });

  it('when it never works, then it ends, and leaves the address some of its five uses', async () => {
    const { responder, url, bodies, lines } = await hooks(cut, cut, cut, cut);
    expect(await responder.replace(url, sentence('Answered.'))).toBe(false);
    expect(bodies).toHaveLength(3);
    expect(JSON.stringify(lines)).not.toContain('secret-of-the-address');
  });

  it.each([
    ['the address is used up', say(404, '{"ok":false,"error":"used_url"}')],
    ['it is refused with an answer that looks well', say(200, '{"ok":false,"error":"invalid_blocks"}')],
  ])('when %s, then it is not tried again', async (_what, answer) => {
    const { responder, url, bodies } = await hooks(answer);
    expect(await responder.replace(url, sentence('Answered.'))).toBe(false);
    expect(bodies).toHaveLength(1);
  });
});

describe('given whoever acted is to be told something', () => {
  it('when it belongs to a conversation, then it is told there, to them alone', async () => {
    const { responder, url, bodies } = await hooks();
    expect(await responder.tell(url, sentence('You said nine.'), '1700000000.000100')).toBe(true);
    expect(bodies[0]).toMatchObject({
      response_type: 'ephemeral',
      replace_original: false,
      thread_ts: '1700000000.000100',
      text: 'You said nine.',
    });
  });

  it('when it belongs to none, then none is named', async () => {
    const { responder, url, bodies } = await hooks();
    await responder.tell(url, sentence('NPS 42'), null);
    expect(bodies[0]).not.toHaveProperty('thread_ts');
  });

  it.each([
    ['breaks', say(500, '')],
    ['is cut off', cut],
  ])('when Slack %s, then it may have been told, and is not told twice', async (_what, answer) => {
    const { responder, url, bodies } = await hooks(answer);
    expect(await responder.tell(url, sentence('x'), null)).toBe(true);
    expect(bodies).toHaveLength(1);
  });

  it('when Slack refuses it, then it is certain that it was not told', async () => {
    const { responder, url, bodies } = await hooks(say(404, '{"ok":false,"error":"expired_url"}'));
    expect(await responder.tell(url, sentence('x'), null)).toBe(false);
    expect(bodies).toHaveLength(1);
  });

  it('when Slack says that it is called too often, then nothing was told, and it is tried again', async () => {
    const { responder, url, bodies } = await hooks(say(429, '', { 'retry-after': '0' }));
    expect(await responder.tell(url, sentence('x'), null)).toBe(true);
    expect(bodies).toHaveLength(2);
  });

  it('when Slack says so again and again, then that uses nothing up, and it is told in the end', async () => {
    const tooOften = say(429, '', { 'retry-after': '0' });
    const { responder, url, bodies } = await hooks(...Array.from({ length: 5 }, () => tooOften));
    expect(await responder.tell(url, sentence('x'), null)).toBe(true);
    expect(bodies).toHaveLength(6);
  });
});

describe('given an address out of a payload', () => {
  it.each([
    'https://evil.example/actions/T1/1/x',
    'https://hooks.slack.com.evil.example/actions/T1/1/x',
    'https://evil.example/?https://hooks.slack.com/',
    'http://hooks.slack.com/actions/T1/1/x',
    'https://user:secret@hooks.slack.com/actions/T1/1/x',
    'https://hooks.slack.com@evil.example/x',
    'http://localhost.evil.example/x',
    'http://10.0.0.1/x',
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'not an address',
    '',
  ])('when it is %j, then nothing is sent there, and the log says so', async (url) => {
    const { responder, lines } = await hooks();
    expect(await responder.replace(url, sentence('x'))).toBe(false);
    expect(await responder.tell(url, sentence('x'), null)).toBe(false);
    expect(lines.filter((line) => line.message.includes('no address of Slack'))).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it('when the server that stands for Slack goes by another name of its own machine, then it is called', async () => {
    const { responder, url, bodies } = await hooks();
    expect(await responder.tell(url.replace('127.0.0.1', 'localhost'), sentence('x'), null)).toBe(true);
    expect(bodies).toHaveLength(1);
  });

  it('when it leads elsewhere, then it is not followed', async () => {
    const { responder, url, bodies } = await hooks(say(307, '', { location: 'http://127.0.0.1:1/' }));
    expect(await responder.tell(url, sentence('x'), null)).toBe(false);
    expect(bodies).toHaveLength(1);
  });

  it('when nobody listens there, then that is no reason to fail loudly', async () => {
    const { responder } = await hooks();
    const url = `http://127.0.0.1:${await freePort()}/actions/T1/1/x`;
    expect(await responder.tell(url, sentence('x'), null)).toBe(false);
  });
});
