import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsMount } from '../../../adapters/slack/receive/http.ts';
import { recordedLog } from '../../support/recorded-log.ts';

const SECRET = 'a-signing-secret';
const NOW = 1_763_700_000_000;

function sign(secret: string, timestamp: number | string, body: string | Uint8Array): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`;
}

function mount() {
  const { log, lines } = recordedLog();
  const taken: unknown[] = [];
  const { handle } = eventsMount({
    signingSecret: SECRET,
    now: () => NOW,
    log,
    async take(delivery) {
      taken.push(delivery.body);
      return { kind: 'taken', body: null };
    },
  });
  const post = async (
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string>,
  ): Promise<Response> =>
    await handle(new Request('http://127.0.0.1/slack/events', { method: 'POST', body, headers }));
  return { post, taken, lines };
}

function headers(timestamp: number | string, signature: string, type = 'application/json') {
  return {
    'content-type': type,
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': signature,
  };
}

describe('given a request to /slack/events', () => {
  const body = JSON.stringify({ type: 'event_callback', event: { type: 'message', text: 'secret words' } });
  const seconds = NOW / 1_000;

  it('when Slack signed it within five minutes either way, then it is taken', async () => {
    for (const skew of [-300, -1, 0, 1, 300]) {
      const { post, taken } = mount();
      const at = seconds + skew;
      expect((await post(body, headers(at, sign(SECRET, at, body)))).status).toBe(200);
      expect(taken).toEqual([JSON.parse(body)]);
    }
  });

  it('when it is stale or comes from the future, then it is refused, however well it is signed', async () => {
    for (const skew of [-301, 301, -86_400, 86_400 * 365]) {
      const { post, taken } = mount();
      const at = seconds + skew;
      expect((await post(body, headers(at, sign(SECRET, at, body)))).status).toBe(401);
      expect(taken).toEqual([]);
    }
  });

  it('when anything about it is not what was signed, then it is refused and leaves no trace', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary' }),
        fc.oneof(
          fc.record({ what: fc.constant('body' as const), with: fc.string({ minLength: 1 }) }),
          fc.record({ what: fc.constant('time' as const), with: fc.integer({ min: -300, max: 300 }) }),
          fc.record({ what: fc.constant('secret' as const), with: fc.string({ minLength: 1 }) }),
          fc.record({ what: fc.constant('signature' as const), with: fc.string() }),
          fc.record({ what: fc.constant('digit' as const), with: fc.nat(63) }),
        ),
        async (text, change) => {
          fc.pre(change.with !== 0 || change.what === 'digit');
          fc.pre(change.what !== 'secret' || change.with !== SECRET);
          const { post, taken, lines } = mount();
          let [sent, at] = [Buffer.from(text).toString(), seconds];
          let signature = sign(change.what === 'secret' ? change.with : SECRET, at, sent);
          if (change.what === 'body') sent += change.with;
          if (change.what === 'time') at += change.with;
          if (change.what === 'signature') signature = encodeURIComponent(change.with);
          if (change.what === 'digit') signature = flip(signature, 3 + change.with);
          const response = await post(sent, headers(at, signature));
          expect(response.status).toBe(401);
          expect(await response.text()).toBe('');
          expect(taken).toEqual([]);
          expect(lines).toHaveLength(1);
          expect(lines[0]).toMatchObject({ level: 'debug', fields: {} });
        },
      ),
    );
  });

  it('when its signature or its time is missing or no such thing, then it is refused', async () => {
    const signature = sign(SECRET, seconds, body);
    const forged = [
      {},
      { 'x-slack-signature': signature },
      { 'x-slack-request-timestamp': String(seconds) },
      headers(`${seconds}.5`, sign(SECRET, `${seconds}.5`, body)),
      headers('', sign(SECRET, '', body)),
      headers('NaN', sign(SECRET, 'NaN', body)),
      headers(`-${seconds}`, sign(SECRET, `-${seconds}`, body)),
      headers(seconds, signature.replace('v0=', 'v1=')),
      headers(seconds, signature.slice(0, -2)),
      headers(seconds, signature.toUpperCase()),
    ];
    for (const headers of forged) {
      const { post, taken } = mount();
      expect((await post(body, headers)).status).toBe(401);
      expect(taken).toEqual([]);
    }
  });

  it('when bytes were signed that are no text, then the bytes count', async () => {
    const { post } = mount();
    const bytes = new Uint8Array([0xff, 0xfe, 0x00, 0x7b]);
    expect((await post(bytes, headers(seconds, sign(SECRET, seconds, bytes)))).status).toBe(400);
    const other = new Uint8Array([0xef, 0xbf, 0xbd]);
    expect((await post(other, headers(seconds, sign(SECRET, seconds, new Uint8Array([0xff]))))).status).toBe(
      401,
    );
  });

  it('when Slack asks whether the address is ours, then it is answered, signed only', async () => {
    const { post, taken } = mount();
    const asking = JSON.stringify({ token: 'x', challenge: '3eZbrw1a', type: 'url_verification' });
    const answer = await post(asking, headers(seconds, sign(SECRET, seconds, asking)));
    expect([answer.status, await answer.json()]).toEqual([200, { challenge: '3eZbrw1a' }]);
    expect((await post(asking, {})).status).toBe(401);
    expect(taken).toEqual([]);
  });

  it('when Slack looks whether there is a server, then it answers; and nothing can be smuggled in by that', async () => {
    const { post, taken } = mount();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post('ssl_check=1&token=abc', form)).status).toBe(200);
    expect(
      (await post(`ssl_check=1&payload=${encodeURIComponent('{"type":"block_actions"}')}`, form)).status,
    ).toBe(401);
    expect((await post('ssl_check=1&command=/nps&text=optout', form)).status).toBe(401);
    expect(taken).toEqual([]);
  });

  it('when it is larger than anything of Slack, then it is refused unread, declared or not', async () => {
    const { post, taken } = mount();
    const large = 'x'.repeat(1_000_001);
    expect((await post(large, headers(seconds, sign(SECRET, seconds, large)))).status).toBe(413);
    const declared = { ...headers(seconds, sign(SECRET, seconds, large)), 'content-length': '1000001' };
    expect((await post(large, declared)).status).toBe(413);
    expect(taken).toEqual([]);
  });

  it('when it is signed but no payload, then it is refused as such', async () => {
    for (const broken of ['', '[]', '"x"', '{', 'null']) {
      const { post, taken } = mount();
      expect((await post(broken, headers(seconds, sign(SECRET, seconds, broken)))).status).toBe(400);
      expect(taken).toEqual([]);
    }
  });
});

function flip(text: string, at: number): string {
  return text.slice(0, at) + (text[at] === '0' ? '1' : '0') + text.slice(at + 1);
}
