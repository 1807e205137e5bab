// Who may talk to the page, asked over a raw connection, where every header can be forged.
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isLoopback } from '../../../adapters/web/index.ts';
import { describeOnEachStore } from '../../support/database.ts';
import { type WebUnderTest, webUnderTest } from './web-under-test.ts';

describe('loopback', () => {
  it.each(['127.0.0.1', '127.8.9.1', 'localhost', 'LocalHost', '::1', '[::1]'])(
    '%s is this machine alone',
    (host) => {
      expect(isLoopback(host)).toBe(true);
    },
  );

  it.each([
    '0.0.0.0',
    '::',
    '192.168.1.7',
    '10.0.0.1',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    'evil.example',
    '1270.0.0.1',
    '',
  ])('%s can be reached by others', (host) => {
    expect(isLoopback(host)).toBe(false);
  });
});

describeOnEachStore('the guard of the page', (database) => {
  let test: WebUnderTest;
  let port: string;
  beforeAll(async () => {
    test = await webUnderTest(database());
    port = new URL(test.url).port;
    await test.platform.start(async () => ({ kind: 'ignored', reason: 'a test' }));
  });
  afterAll(async () => await test.dispose());

  const ask = (method: string, path: string, headers: Readonly<Record<string, string>>, body = '') =>
    raw(Number(port), method, path, headers, body);
  const command = JSON.stringify({
    text: '/nps help',
    locale: 'en',
    key: '01890a5d-ac96-474b-8cce-b302099a8057',
  });
  const json = { 'content-type': 'application/json' };

  it.each([
    'evil.example',
    'evil.example:PORT',
    'localhost.evil.example:PORT',
    '127.0.0.1.evil.example',
    '192.168.1.7:PORT',
    '[::2]:PORT',
    '127.0.0.1:PORT@evil.example',
  ])(
    'given a name that was made to point here, when the host is said to be %s, then all is refused',
    async (name) => {
      const host = name.replace('PORT', port);
      for (const path of ['/', '/web/assets/page.js', '/web/events?conversation=a&after=0']) {
        const answer = await ask('GET', path, { host });
        expect(host.includes('@') ? [400, 403] : [403], path).toContain(answer.status);
        expect(answer.text).not.toContain('<html');
      }
      expect(
        (await ask('POST', '/web/commands', { host, origin: `http://${host}`, ...json }, command)).status,
      ).not.toBe(200);
    },
  );

  it.each([
    'http://evil.example',
    'null',
    'http://127.0.0.1:1',
    'https://127.0.0.1:PORT',
    'http://localhost:PORT',
  ])('given a page at %s, when it sends something, then it is refused', async (origin) => {
    const host = `127.0.0.1:${port}`;
    const headers = { host, origin: origin.replace('PORT', port), ...json };
    expect((await ask('POST', '/web/commands', headers, command)).status).toBe(403);
  });

  it('given a form of another page, when it is sent without JSON, then it is refused', async () => {
    const host = `127.0.0.1:${port}`;
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/jsonx',
      'text/plain; a=application/json',
    ])
      expect((await ask('POST', '/web/commands', { host, 'content-type': type }, command)).status, type).toBe(
        403,
      );
  });

  it('given a page of another site, when it embeds this one or its parts, then it is refused; a link to here is followed', async () => {
    const host = `127.0.0.1:${port}`;
    const from = (dest: string) => ({ host, 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': dest });
    for (const dest of ['image', 'iframe', 'script', 'empty'])
      expect((await ask('GET', '/', from(dest))).status, dest).toBe(403);
    expect((await ask('GET', '/', from('document'))).status).toBe(303);
  });

  it('given the page itself, by any name of this machine, when it asks and sends, then it is answered, under a strict policy', async () => {
    for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
      const host = `${name}:${port}`;
      const page = await ask('GET', '/?c=mine&who=ann', { host, 'sec-fetch-site': 'none' });
      expect(page.status).toBe(200);
      expect(page.head).toMatch(
        /content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'/i,
      );
      expect(page.head).toMatch(/frame-ancestors 'none'/);
      expect(page.head).toMatch(/cache-control: no-store/i);
      expect(page.text).not.toMatch(/<script(?![^>]* src=)|<style|style="| on[a-z]+="/);
      const sent = await ask('POST', '/web/commands', { host, origin: `http://${host}`, ...json }, command);
      expect(sent.status).toBe(200);
    }
  });

  it('given nonsense, when it is sent, then it is a bad request and no more', async () => {
    const host = `127.0.0.1:${port}`;
    const good: Record<string, object> = {
      '/web/messages': { conversation: 'c', person: 'p', locale: 'en', text: 'x', key: crypto.randomUUID() },
      '/web/close': { conversation: 'c', person: 'p', locale: 'en', atOnce: true, key: crypto.randomUUID() },
      '/web/actions': {
        action: 'claim:x',
        message: crypto.randomUUID(),
        person: null,
        locale: 'en',
        values: null,
      },
      '/web/commands': { text: 'x', locale: 'en', key: 'no uuid' },
    };
    for (const [path, body] of Object.entries(good)) {
      for (const [name, value] of Object.entries({ ...body, key: 7 })) {
        const bad = JSON.stringify({ ...body, [name]: typeof value === 'string' ? 7 : '' });
        expect((await ask('POST', path, { host, ...json }, bad)).status, `${path} ${name}`).toBe(400);
      }
      for (const bad of ['', 'null', '[]', '{', '"x"', `{"text":"${'x'.repeat(600_000)}"}`])
        expect((await ask('POST', path, { host, ...json }, bad)).status, path).toBe(400);
      expect((await ask('GET', path, { host })).status).toBe(405);
    }
    for (const path of [
      '/web/',
      '/web/nothing',
      '/favicon.ico',
      '/web/assets/',
      '/web/assets/..%2findex.ts',
      '/web/assets/toString',
      '/web/events/x',
    ])
      expect((await ask('GET', path, { host })).status, path).toBe(404);
    expect((await ask('POST', '/', { host, ...json }, '{}')).status).toBe(405);
    for (const query of [
      '',
      '?conversation=mine',
      '?conversation=mine&after=-1',
      '?conversation=mine&after=1e9',
      '?after=1',
    ])
      expect((await ask('GET', `/web/events${query}`, { host })).status, query).toBe(400);
    expect((await ask('GET', '/web/events?conversation=nobodys&after=0', { host })).status).toBe(404);
  });
});

interface Answer {
  readonly status: number;
  readonly head: string;
  readonly text: string;
}

/** One request on a connection of its own; `fetch` would not let us lie about the host. */
async function raw(
  port: number,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Answer> {
  const length = Buffer.byteLength(body);
  const head = Object.entries({ ...headers, connection: 'close', 'content-length': String(length) });
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('error', () => undefined);
  socket.write(`${method} ${path} HTTP/1.1\r\n${head.map(([k, v]) => `${k}: ${v}\r\n`).join('')}\r\n${body}`);
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  const answer = Buffer.concat(chunks).toString();
  const end = answer.indexOf('\r\n\r\n');
  return {
    status: Number(answer.slice(9, 12)),
    head: answer.slice(0, end),
    text: answer.slice(end + 4),
  };
}
