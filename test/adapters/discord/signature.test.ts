// `POST /discord/interactions`: only what Discord signed, and just now, is read.
import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { interactionsMount } from '../../../adapters/discord/receive/http.ts';
import { recordedLog } from '../../support/recorded-log.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const HEX = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
const OTHER = generateKeyPairSync('ed25519').privateKey;

interface Sent {
  readonly body?: string;
  /** What is signed; left out: the body. */
  readonly signed?: string;
  readonly key?: typeof privateKey;
  /** Seconds from now. */
  readonly skew?: number;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly method?: string;
}

const PING = '{"type":1}';

function house() {
  const taken: unknown[] = [];
  const mount = interactionsMount({
    publicKey: HEX,
    now: () => NOW,
    log: recordedLog().log,
    take: async (body) => {
      taken.push(body);
      return { type: 1 };
    },
  });
  const send = async ({
    body = PING,
    signed,
    key = privateKey,
    skew = 0,
    headers = {},
    method = 'POST',
  }: Sent) => {
    const timestamp = String(NOW / 1_000 + skew);
    const all = {
      'x-signature-timestamp': timestamp,
      'x-signature-ed25519': sign(null, Buffer.from(timestamp + (signed ?? body)), key).toString('hex'),
      ...headers,
    };
    const kept = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
    const request = new Request('http://localhost/discord/interactions', {
      method,
      headers: kept,
      ...(method === 'POST' && { body }),
    });
    return await mount.handle(request);
  };
  return { taken, send };
}

describe('given a request to the address for interactions', () => {
  it('when Discord signed it, then it is read and answered', async () => {
    const { taken, send } = house();
    const response = await send({});
    expect([response.status, await response.json(), taken]).toEqual([200, { type: 1 }, [{ type: 1 }]]);
  });

  it('when Discord signed words of every kind, then they are read as they are', async () => {
    const { taken, send } = house();
    await send({ body: JSON.stringify({ type: 1, said: 'Grüße 😀 \u202e \ud83d' }) });
    expect(taken).toHaveLength(1);
  });

  const refused: readonly (readonly [string, Sent])[] = [
    ['somebody else signed it', { key: OTHER }],
    ['something else was signed', { signed: '{"type":2}' }],
    ['it was signed six minutes ago', { skew: -360 }],
    ['it will be signed in six minutes', { skew: 360 }],
    ['its signature is none', { headers: { 'x-signature-ed25519': 'no' } }],
    ['its signature is too short', { headers: { 'x-signature-ed25519': 'ab'.repeat(63) } }],
    ['it has no signature', { headers: { 'x-signature-ed25519': null } }],
    ['it has no time', { headers: { 'x-signature-timestamp': null } }],
    ['its time is none', { headers: { 'x-signature-timestamp': '1e9' } }],
  ];
  it.each(refused)('when %s, then it is refused with 401 and not read', async (_, sent) => {
    const { taken, send } = house();
    expect((await send(sent)).status).toBe(401);
    expect(taken).toEqual([]);
  });

  it('when it is no POST or far too large, then it is refused', async () => {
    const { taken, send } = house();
    expect((await send({ method: 'GET' })).status).toBe(405);
    expect((await send({ body: 'x'.repeat(1_000_001) })).status).toBe(413);
    expect(taken).toEqual([]);
  });
});
