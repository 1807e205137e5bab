// Calls of the REST API: what proves that nothing was done, what is tried again, how long anybody waits, and how little is asked in vain.
import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createCaution } from '../../../adapters/discord/api/caution.ts';
import { createApi } from '../../../adapters/discord/api/index.ts';
import type { DiscordApi } from '../../../adapters/discord/parts.ts';
import { freePort } from '../../support/free-port.ts';
import { type Calling, type CallingOptions, callingDiscord } from './calling.ts';

let on: Calling;
const start = async (given?: CallingOptions) => {
  on = await callingDiscord(given);
  return on;
};
afterEach(async () => await on?.discord.close());

const POST = 'POST /channels/{channel_id}/messages';
const body = { content: 'hi', allowed_mentions: { parse: [] } };
const post = (api: DiscordApi, channel: { readonly id: string }, more: object = {}) =>
  api.call('POST', `/channels/${channel.id}/messages`, { body: { ...body, ...more } });
const elsewhere = (apiUrl: string) =>
  createApi({ options: { apiUrl, token: 't', applicationId: '1', publicKey: null }, now: Date.now });

describe('what comes of a call', () => {
  it('given it is done, when it is called, then its answer is there', async () => {
    const { api, acme } = await start();
    expect(await post(api, acme.channel('help'))).toMatchObject({ kind: 'ok', body: { content: 'hi' } });
  });

  it('given Discord says no, when it is called, then that is said with its code, and with fields but never what stood in them', async () => {
    const { api, acme } = await start();
    expect(await post(api, { id: '123456789012345678' })).toMatchObject({
      kind: 'refused',
      status: 404,
      code: 10003,
    });
    const called = await post(api, acme.channel('help'), { content: 'secret'.repeat(500) });
    expect(called).toMatchObject({ status: 400, code: 50035, detail: expect.stringContaining('content') });
    expect(JSON.stringify(called)).not.toContain('secret');
  });

  it('given nobody listens, or the name is unknown, when it is called, then nothing was done', async () => {
    for (const url of [`http://127.0.0.1:${await freePort()}/api`, 'http://nowhere.invalid/api'])
      expect(await elsewhere(url).call('POST', '/channels/1/messages', { body })).toMatchObject({
        kind: 'refused',
        status: 0,
      });
  });

  it('given no answer, or one that proves nothing, when it is called once, then nobody knows', async () => {
    const { api, acme, discord } = await start();
    const help = acme.channel('help');
    for (const trouble of [
      { kind: 'drop_before' },
      { kind: 'drop_after' },
      { kind: 'status', status: 502 },
    ] as const) {
      discord.mischief.next(POST, trouble);
      expect((await post(api, help)).kind).toBe('unknown');
    }
    discord.mischief.next(POST, { kind: 'hang_after' });
    const call = api.call('POST', `/channels/${help.id}/messages`, { body, timeout: 200 });
    expect((await call).kind).toBe('unknown');
  });

  it('given something in between answers for it, when it is called, then an address moved or a page is no success', async () => {
    const server = createServer((_request, response) => {
      response
        .writeHead(302, { location: 'https://elsewhere.example/', 'content-type': 'text/html' })
        .end('<p>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const called = await elsewhere(`http://127.0.0.1:${port}/api`).call('GET', '/users/@me');
    server.close();
    server.closeAllConnections();
    expect(called).toMatchObject({ kind: 'refused', status: 302 });
  });

  it('given it may be done twice, when no answer comes, then it is tried again, up to three times', async () => {
    const { api, acme, discord } = await start();
    const path = `/channels/${acme.channel('help').id}` as const;
    const troubles = [{ kind: 'drop_before' }, { kind: 'status', status: 503 }] as const;
    for (const trouble of troubles) discord.mischief.next('GET /channels/{channel_id}', trouble);
    expect((await api.call('GET', path, { idempotent: true })).kind).toBe('ok');
    for (let i = 0; i < 3; i += 1)
      discord.mischief.next('GET /channels/{channel_id}', { kind: 'drop_before' });
    expect((await api.call('GET', path, { idempotent: true })).kind).toBe('unknown');
    expect(discord.called('GET /channels/{channel_id}')).toHaveLength(6);
  });
});

describe('too many calls', () => {
  const limited = (retryAfter: number) => ({ kind: 'ratelimited', retryAfter }) as const;

  it('given a short wait, when it is told to wait, then it does, and is done', async () => {
    const { api, acme, discord } = await start();
    discord.mischief.next(POST, limited(0.2));
    expect((await post(api, acme.channel('help'))).kind).toBe('ok');
  });

  it('given a long wait, when it is told to wait, then it comes back at once, saying how long', async () => {
    const { api, acme, discord } = await start();
    discord.mischief.next(POST, limited(60));
    const began = performance.now();
    const called = await post(api, acme.channel('help'));
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(called).toMatchObject({ kind: 'refused', status: 429 });
    expect(called.kind === 'refused' && called.retryAfter).toBeGreaterThan(50_000);
  });

  it('given it is told to wait again and again, when it has asked a few times, then it asks no more', async () => {
    const { api, acme, discord } = await start();
    discord.mischief.plan({ route: POST, trouble: limited(0) });
    expect(await post(api, acme.channel('help'))).toMatchObject({ kind: 'refused', status: 429 });
    expect(discord.called(POST).length).toBeLessThanOrEqual(3);
  });

  it('given a bucket, when more is sent than it holds, then nothing is asked in vain and nobody waits long', async () => {
    const { api, acme, discord } = await start({ fake: { rates: {} } });
    const help = acme.channel('help');
    const began = performance.now();
    const all = await Promise.all(Array.from({ length: 12 }, () => post(api, help)));
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(all.filter(({ kind }) => kind === 'ok')).toHaveLength(5);
    expect(all.filter((one) => one.kind === 'refused' && one.status === 429)).toHaveLength(7);
    expect(discord.invalidRequests).toBe(0);
  });

  it('given a call waits behind a slow one, when its time is over, then it was not made', async () => {
    const { api, acme, discord } = await start();
    const help = acme.channel('help');
    discord.mischief.next(POST, { kind: 'slow', ms: 600 });
    const first = post(api, help);
    const second = api.call('POST', `/channels/${help.id}/messages`, { body, timeout: 100 });
    expect(await second).toMatchObject({ kind: 'refused', status: 429 });
    expect((await first).kind).toBe('ok');
    expect(discord.messages(help)).toHaveLength(1);
  });

  it('given answers to interactions, when there are hundreds at once, then no budget of ours holds them up', async () => {
    const { api } = await start();
    const began = performance.now();
    const answered = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        api.call('POST', `/interactions/1099000000000000${100 + i}/token/callback`, {
          auth: false,
          body: { type: 1 },
        }),
      ),
    );
    expect(answered.every((one) => one.kind === 'refused' && one.status === 404)).toBe(true);
    expect(performance.now() - began).toBeLessThan(3_900);
  });
});

describe('what is asked in vain', () => {
  it('given the token is void, when calls follow, then none is made for some minutes, and then one', async () => {
    const { api, acme, discord } = await start();
    const help = acme.channel('help');
    discord.revoke();
    for (let i = 0; i < 20; i += 1) expect(await post(api, help)).toMatchObject({ status: 401 });
    expect(discord.calls).toHaveLength(1);
    discord.advance(6 * 60_000);
    for (let i = 0; i < 20; i += 1) await post(api, help);
    expect(discord.calls).toHaveLength(2);
  });

  it('given a token holds again, when it is asked again, then everything works as before', async () => {
    const { api, acme, discord } = await start();
    discord.mischief.next(POST, { kind: 'error', status: 401, code: 0, message: '401: Unauthorized' });
    const help = acme.channel('help');
    expect(await post(api, help)).toMatchObject({ status: 401 });
    discord.advance(6 * 60_000);
    expect((await post(api, help)).kind).toBe('ok');
  });

  it('given a channel is closed to us, when it is tried again and again, then Discord is asked ever less often', async () => {
    const { api, acme, discord } = await start();
    const help = acme.channel('help');
    acme.overwrite(help, 'bot', { deny: ['SEND_MESSAGES'] });
    for (let i = 0; i < 100; i += 1) expect(await post(api, help)).toMatchObject({ code: 50013 });
    expect(discord.calls.length).toBeLessThanOrEqual(4);
    for (let minute = 0; minute < 60; minute += 1) {
      discord.advance(60_000);
      await post(api, help);
    }
    expect(discord.calls.length).toBeLessThanOrEqual(20);
    acme.overwrite(help, 'bot', {});
    discord.advance(11 * 60_000);
    expect((await post(api, help)).kind).toBe('ok');
    acme.overwrite(help, 'bot', { deny: ['SEND_MESSAGES'] });
    await post(api, help);
    acme.overwrite(help, 'bot', {});
    expect((await post(api, help)).kind).toBe('ok');
  });

  it('given thousands of closed doors, when each is tried once, then we stay far below what shuts an address out', () => {
    let now = 0;
    const caution = createCaution(() => now);
    const closed = { kind: 'refused', status: 403, code: 50001, retryAfter: null, detail: '' } as const;
    let asked = 0;
    const knock = (door: string) => {
      const no = caution.before(door);
      if (no) return no;
      asked += 1;
      caution.after(door, 403, false, closed);
      return null;
    };
    for (let i = 0; i < 5_000; i += 1) knock(`GET /door/${i}`);
    expect(asked).toBe(600);
    expect(knock('GET /another')).toMatchObject({ status: 429, retryAfter: 600_000 });
    now += 600_000;
    expect(knock('GET /another')).toBeNull();
  });

  it('given limits that others share, when they are met, then they are not held against us', () => {
    const caution = createCaution(() => 0);
    const often = { kind: 'refused', status: 429, code: 0, retryAfter: 1, detail: '' } as const;
    for (let i = 0; i < 5_000; i += 1) caution.after('GET /x', 429, true, often);
    expect(caution.before('GET /x')).toBeNull();
  });
});
