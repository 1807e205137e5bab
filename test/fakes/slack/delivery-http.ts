// Requests to the app's URL, signed over their raw body. Several URLs stand for several processes behind one address.
import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { stringify } from 'node:querystring';
import { type Ack, failed, type Parcel, parsed, type Transport } from './delivery.ts';
import type { SlackOptions } from './options.ts';

export interface RequestUrls {
  readonly events: string;
  readonly interactivity: string;
  readonly commands: string;
}

export interface HttpTampering {
  /** Seconds by which the request's timestamp is off. */
  readonly skew?: number;
  readonly signingSecret?: string;
  readonly signature?: string;
}

function signed(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

export class HttpTransport implements Transport {
  readonly #urls: readonly RequestUrls[];
  readonly #options: SlackOptions;
  readonly #tampering: () => HttpTampering;
  #turn = 0;

  constructor(urls: readonly RequestUrls[], options: SlackOptions, tampering: () => HttpTampering) {
    this.#urls = urls;
    this.#options = options;
    this.#tampering = tampering;
  }

  send(parcel: Parcel): Promise<Ack> {
    const urls = this.#urls[this.#turn % this.#urls.length]!;
    this.#turn += 1;
    if (parcel.kind === 'event') {
      const retry =
        parcel.attempt > 0
          ? { 'x-slack-retry-num': String(parcel.attempt), 'x-slack-retry-reason': parcel.reason }
          : {};
      return this.#post(urls.events, 'application/json', JSON.stringify(parcel.body), retry);
    }
    const form = 'application/x-www-form-urlencoded';
    if (parcel.kind === 'interactive')
      return this.#post(urls.interactivity, form, stringify({ payload: JSON.stringify(parcel.body) }), {});
    return this.#post(urls.commands, form, stringify(parcel.body as Record<string, string>), {});
  }

  #post(url: string, type: string, body: string, more: Readonly<Record<string, string>>): Promise<Ack> {
    const tampering = this.#tampering();
    const timestamp = Math.floor(Date.now() / 1000) + (tampering.skew ?? 0);
    const secret = tampering.signingSecret ?? this.#options.signingSecret;
    const began = performance.now();
    const ms = (): number => Math.round(performance.now() - began);
    return new Promise((resolve) => {
      const outgoing = request(
        url,
        {
          method: 'POST',
          agent: false,
          headers: {
            'content-type': type,
            'content-length': Buffer.byteLength(body),
            'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
            accept: '*/*',
            'x-slack-request-timestamp': String(timestamp),
            'x-slack-signature': tampering.signature ?? signed(secret, timestamp, body),
            ...more,
          },
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', (error) => settle(failed('connection_failed', ms(), error.message)));
          response.on('end', () => {
            const text = Buffer.concat(parts).toString();
            const status = response.statusCode ?? 0;
            const ok = status >= 200 && status < 300;
            settle({
              ok,
              status,
              ms: ms(),
              text,
              json: parsed(text),
              failure: ok ? null : 'http_error',
              noRetry: response.headers['x-slack-no-retry'] === '1',
            });
          });
        },
      );
      const timer = setTimeout(() => {
        settle(failed('http_timeout', ms(), `nothing within ${this.#options.ackWithin} ms`));
        outgoing.destroy();
      }, this.#options.ackWithin);
      const settle = (ack: Ack): void => {
        clearTimeout(timer);
        resolve(ack);
      };
      outgoing.on('error', (error) => settle(failed('connection_failed', ms(), error.message)));
      outgoing.end(body);
    });
  }
}
