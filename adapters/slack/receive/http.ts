// `POST /slack/events`: events, interactions and commands over HTTP. What Slack did not sign is refused before anything of it is read.
import type { Instant } from '../../../src/domain/basics.ts';
import type { HttpMount } from '../../../src/ports/http.ts';
import type { Log } from '../../../src/ports/log.ts';
import { readBody } from '../../shared/body.ts';
import type { Answer, Delivery, Json } from './delivery.ts';
import { isSignedBySlack } from './verify.ts';

/** Slack's own payloads are far smaller. */
const LARGEST = 1_000_000;

const FORM = 'application/x-www-form-urlencoded';
const PAYLOAD = 'payload=';

export interface HttpParts {
  readonly signingSecret: string;
  readonly now: () => Instant;
  readonly log: Log;
  /** Null: nothing is taken, before the start and after the end. */
  readonly take: (delivery: Delivery) => Promise<Answer> | null;
}

export function eventsMount({ signingSecret, now, log, take }: HttpParts): HttpMount {
  const handle = async (request: Request): Promise<Response> => {
    if (request.method !== 'POST') return empty(405, { allow: 'POST' });
    const receivedAt = now();
    const body = await readBody(request, LARGEST);
    if (body === null) return empty(413);
    const isForm = (request.headers.get('content-type') ?? '').startsWith(FORM);
    // Slack looks now and then whether the address answers, and does not sign that.
    if (isForm && isSslCheck(body)) return empty(200);
    const timestamp = request.headers.get('x-slack-request-timestamp');
    const signature = request.headers.get('x-slack-signature');
    if (!isSignedBySlack(signingSecret, { timestamp, signature, body }, now())) {
      log.debug({}, 'a request to /slack/events was not signed by Slack');
      return empty(401);
    }
    const payload = parse(body, isForm);
    if (payload === null) return empty(400);
    if (payload['type'] === 'url_verification') return json({ challenge: String(payload['challenge']) });
    const answering = take({ body: payload, receivedAt, retry: retryOf(request) });
    if (answering === null) return empty(503);
    const answer = await answering;
    if (answer.kind === 'again') return empty(503);
    return answer.body === null ? empty(200) : json(answer.body);
  };
  return { prefix: '/slack/events', handle };
}

function isSslCheck(body: Uint8Array): boolean {
  if (body.byteLength > 1_000) return false;
  const fields = new URLSearchParams(Buffer.from(body).toString('utf8'));
  return fields.get('ssl_check') === '1' && !fields.has('payload') && !fields.has('command');
}

function parse(body: Uint8Array, isForm: boolean): Json | null {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  try {
    const parsed: unknown = isForm ? formOf(text) : JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Json) : null;
  } catch {
    return null;
  }
}

/** Commands are fields; everything else is JSON in the one field `payload`. */
function formOf(text: string): unknown {
  const alone = aloneIn(text);
  if (alone !== null) return JSON.parse(alone);
  const fields = new URLSearchParams(text);
  const payload = fields.get('payload');
  return payload === null ? Object.fromEntries(fields) : JSON.parse(payload);
}

/** The payload, where there is nothing else. With the whole message that was pressed on in it, this is a good deal quicker than telling fields apart. */
function aloneIn(text: string): string | null {
  if (!text.startsWith(PAYLOAD) || text.includes('&')) return null;
  try {
    return decodeURIComponent(text.slice(PAYLOAD.length).replaceAll('+', ' '));
  } catch {
    return null;
  }
}

function retryOf(request: Request): number {
  const retry = Number(request.headers.get('x-slack-retry-num') ?? 0);
  return Number.isInteger(retry) && retry > 0 ? retry : 0;
}

function json(body: Json): Response {
  return new Response(JSON.stringify(body), {
    headers: { 'content-type': 'application/json; charset=utf-8' },
  });
}

function empty(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status, headers });
}
