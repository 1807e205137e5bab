// The one server under odd and heavy use: it answers in its own words, or not at all.
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { apiRoutes, type HttpServer, startHttp } from '../../../adapters/http/index.ts';
import type { Api } from '../../../src/ports/api.ts';
import type { HttpMount } from '../../../src/ports/http.ts';
import { recordedLog } from '../../support/recorded-log.ts';

const PROMPT = '01234567-89ab-7def-8123-456789abcdef';
const { log, lines } = recordedLog();
let server: HttpServer | null = null;

async function start(mounts: readonly HttpMount[]): Promise<string> {
  server = await startHttp({ host: '127.0.0.1', port: 0, mounts, log });
  return `http://127.0.0.1:${server.port}`;
}

afterEach(async () => {
  await server?.close(0);
  server = null;
});

/** What the server says to these very bytes. */
async function say(url: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.end(bytes);
  return await text(socket);
}

describe('the server', () => {
  it('given more requests in hand than it takes, tells the next ones to come back', async () => {
    let go = () => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const api = {
      authenticate: async () => {
        await gate;
        return 'w';
      },
      prompt: async () => null,
    } as unknown as Api;
    const url = await start([apiRoutes(api, '', log, 2)]);
    const ask = () => fetch(`${url}/api/v1/prompts/${PROMPT}`, { headers: { authorization: 'Bearer k' } });
    const first = [ask(), ask()];
    let refused = await ask();
    while (refused.status !== 429) refused = await ask();
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(refused.headers.get('retry-after')).toBe('1');
    go();
    for (const reply of await Promise.all(first)) expect(reply.status).toBe(404);
    expect((await ask()).status).toBe(404);
  });

  it('says what is not there, as a problem', async () => {
    const url = await start([apiRoutes({} as Api, '', log)]);
    for (const path of ['/nothing', '/api/nothing', '/api/v1/interactions', '/api/v1/prompts/%E0%A4%A'])
      expect(await (await fetch(url + path, { method: 'DELETE' })).json()).toMatchObject({
        status: 404,
        title: 'Not found',
      });
  });

  it('whose handler throws says nothing of what was thrown, and the log does', async () => {
    const thrown = new Error('secret thing');
    const url = await start([
      {
        prefix: '/',
        handle: () => {
          throw thrown;
        },
      },
    ]);
    const reply = await fetch(`${url}/x?token=abc`);
    expect(reply.status).toBe(500);
    expect(await reply.text()).not.toContain('secret');
    expect(JSON.stringify(lines)).toContain('secret thing');
    expect(JSON.stringify(lines)).not.toContain('abc');
  });

  it.each([
    'GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n',
    'GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n',
    'GET //evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n',
    'GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n',
    'POST /api/v1/interactions HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
    'nonsense\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
  ])('outlives %j', async (bytes) => {
    const url = await start([apiRoutes({} as Api, '', log)]);
    const said = await say(url, bytes);
    expect(said).toMatch(/^(?:HTTP\/1\.1 4\d\d |$)/);
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
  });

  it('outlives a sender that goes away in mid-body', async () => {
    const api = { authenticate: async () => 'w' } as unknown as Api;
    const url = await start([apiRoutes(api, '', log)]);
    const head =
      'POST /api/v1/interactions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer k\r\nContent-Length: 100\r\n\r\n';
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(`${head}{"source"`);
    socket.destroy();
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
  });
});
