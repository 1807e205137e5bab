// A server of OpenAI's protocol, as strict as the strictest there are: what no server would take is refused and remembered. It labels by a few words, sums up
// by one, and can be told to be slow, busy, broken, or to talk nonsense.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

export type Mood =
  | { readonly kind: 'says'; readonly content: string }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'body'; readonly body: string }
  | { readonly kind: 'silent' }
  /** Begins to answer, and goes on without ever saying anything. */
  | { readonly kind: 'dripping' };

const requestSchema = z.strictObject({
  model: z.literal('tiny-1'),
  messages: z.tuple([
    z.strictObject({ role: z.literal('system'), content: z.string().min(1) }),
    z.strictObject({ role: z.literal('user'), content: z.string().min(1) }),
  ]),
  temperature: z.literal(0).optional(),
  response_format: z.strictObject({ type: z.literal('json_object') }).optional(),
});

const MOST = { label: 20, summarise: 60 } as const;
const dataSchema = z.array(z.strictObject({ n: z.int().min(1), text: z.string() })).min(1);

export class FakeModel {
  readonly #key: string | null;
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  /** What it was asked to label, call by call. */
  readonly calls: (readonly string[])[] = [];
  /** What it was asked to sum up, and by which words. */
  readonly summaries: { readonly task: string; readonly comments: readonly string[] }[] = [];
  readonly violations: string[] = [];
  /** What it does with the next calls, one each; then it labels. */
  moods: Mood[] = [];
  /** A server that knows neither temperatures nor formats. */
  plain = false;
  url = '';

  constructor(key: string | null) {
    this.#key = key;
  }

  static async start(key: string | null = 'sk-test'): Promise<FakeModel> {
    const fake = new FakeModel(key);
    fake.#server.listen(0, '127.0.0.1');
    await once(fake.#server, 'listening');
    fake.url = `http://127.0.0.1:${(fake.#server.address() as AddressInfo).port}/v1`;
    return fake;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const expected = this.#key === null ? undefined : `Bearer ${this.#key}`;
    if (request.headers.authorization !== expected) return refuse(response, 401, 'invalid_api_key');
    if (request.method === 'GET' && request.url === '/v1/models')
      return reply(response, 200, { object: 'list', data: [{ id: 'tiny-1', object: 'model' }] });
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions')
      return this.#violated(response, `${request.method} ${request.url}`);
    if (!request.headers['content-type']?.startsWith('application/json'))
      return this.#violated(response, `content-type ${request.headers['content-type']}`);
    const parsed = requestSchema.safeParse(await jsonOf(request));
    if (!parsed.success) return this.#violated(response, z.prettifyError(parsed.error));
    const { messages, temperature, response_format: format } = parsed.data;
    if (this.plain && (temperature !== undefined || format !== undefined))
      return refuse(response, 400, 'unsupported_parameter');
    // As OpenAI has it: a format of JSON must be spoken of.
    if (format !== undefined && !messages.some(({ content }) => content.includes('JSON')))
      return this.#violated(response, 'a format of JSON that no message speaks of');
    const task = messages[0].content.includes('"points"') ? 'summarise' : 'label';
    const data = dataSchema.max(MOST[task]).safeParse(JSON.parse(messages[1].content));
    if (!data.success) return this.#violated(response, z.prettifyError(data.error));
    const comments = data.data.map(({ text }) => text);
    if (task === 'label') this.calls.push(comments);
    else this.summaries.push({ task: messages[0].content, comments });
    const mood = this.moods.shift() ?? {
      kind: 'says',
      content: JSON.stringify(
        task === 'label' ? { answers: data.data.map(label) } : { points: pointsOn(data.data) },
      ),
    };
    switch (mood.kind) {
      case 'silent':
        return;
      case 'dripping': {
        response.writeHead(200, { 'content-type': 'application/json' });
        const drip = setInterval(() => response.write(' '), 10);
        response.once('close', () => clearInterval(drip));
        return;
      }
      case 'status':
        for (const [name, value] of Object.entries(mood.headers ?? {})) response.setHeader(name, value);
        return refuse(response, mood.status, 'trouble');
      case 'body':
        response.setHeader('content-type', 'application/json').end(mood.body);
        return;
      case 'says':
        return reply(response, 200, completionOf(mood.content));
    }
  }

  #violated(response: ServerResponse, what: string): void {
    this.violations.push(what);
    refuse(response, 400, 'invalid_request_error');
  }
}

/** By a few words; it is easily talked round, as models are. */
function label({ n, text }: { n: number; text: string }) {
  const order = /answer (?:with )?"?(\w+)"? for/iu.exec(text)?.[1];
  const sentiment =
    order ??
    (/slow|schlecht|느려/u.test(text) ? 'negative' : /fine|good/u.test(text) ? 'positive' : 'neutral');
  const themes = /slow/u.test(text) ? [{ theme: 'speed', polarity: 'negative' }] : [];
  return { n, sentiment, themes, language: /느려/u.test(text) ? 'ko' : 'en' };
}

function pointsOn(comments: readonly { n: number; text: string }[]) {
  const slow = comments.filter(({ text }) => text.includes('slow')).map(({ n }) => n);
  return slow.length === 0 ? [] : [{ text: 'It is slow.', comments: slow }];
}

function completionOf(content: string) {
  return {
    ...{ id: 'chatcmpl-1', object: 'chat.completion', created: 1_772_600_000, model: 'tiny-1' },
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: null },
        finish_reason: 'stop',
        logprobs: null,
      },
    ],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  };
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString());
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number, code: string): void {
  reply(response, status, { error: { message: code, type: code, param: null, code } });
}
