// One request to an address that Slack gave us, over connections that are kept: far cheaper than `fetch`, and there are two for every click.
import http, { type ClientRequestArgs } from 'node:http';
import https from 'node:https';
import { type Duration, SECOND } from '../../src/domain/basics.ts';

export interface Posted {
  readonly status: number;
  /** Its beginning. */
  readonly text: string;
  readonly retryAfter: string | null;
}

/** An idle connection is left before the other side leaves it: on one that is half gone, a request is lost without a word. */
const IDLE: Duration = 4 * SECOND;
const KEPT = 500;

const plain = new http.Agent({ keepAlive: true, timeout: IDLE });
const secure = new https.Agent({ keepAlive: true, timeout: IDLE });

/** Throws where no answer came, with the code of the network's error if it has one. Goes nowhere else than told. */
export function postJson(url: URL, body: string, timeout: Duration): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const options: ClientRequestArgs = {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(body),
      },
    };
    const request =
      url.protocol === 'https:'
        ? https.request(url, { ...options, agent: secure })
        : http.request(url, { ...options, agent: plain });
    const timer = setTimeout(() => request.destroy(new Error('no answer in time')), timeout);
    request.on('error', reject).on('close', () => clearTimeout(timer));
    request.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('error', reject);
      response.on('data', (chunk: string) => {
        if (text.length < KEPT) text = (text + chunk).slice(0, KEPT);
      });
      response.on('end', () => {
        const retryAfter = response.headers['retry-after'] ?? null;
        resolve({ status: response.statusCode ?? 0, text, retryAfter });
      });
    });
    request.end(body);
  });
}
