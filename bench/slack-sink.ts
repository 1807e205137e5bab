// A Slack of the least that there is: it takes every call and every answer to a click, and counts them. A process of its own. Told to, it is
// troubled: it refuses some for a second, and does some without ever answering.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { argumentAtStart, serving } from './support/program.ts';

export interface Sink {
  readonly team: string;
}

/** What came for one click: `/actions/ID`. */
export type Shown = readonly [id: string, replaced: number, told: number];

export interface SinkReport {
  readonly shown: readonly Shown[];
  /** How often each method of the Web API was called. */
  readonly calls: Readonly<Record<string, number>>;
  readonly refused: number;
  readonly unanswered: number;
}

const { team } = argumentAtStart<Sink>();
const shown = new Map<string, { replaced: number; told: number }>();
const calls: Record<string, number> = {};
let troubled = false;
let requests = 0;
let refused = 0;
let unanswered = 0;

const ANSWERS: Readonly<Record<string, object>> = {
  'auth.test': { team_id: team, team: 'Bench', bot_id: 'B0BENCH', user_id: 'U0BENCH', url: 'https://bench' },
  'users.info': { user: { id: 'U0ANN', team_id: team, name: 'ann', real_name: 'Ann', profile: {} } },
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return body;
}

function note(path: string, body: string): void {
  if (!path.startsWith('/actions/')) {
    const method = path.slice('/api/'.length);
    calls[method] = (calls[method] ?? 0) + 1;
    return;
  }
  const id = path.slice('/actions/'.length);
  const counted = shown.get(id) ?? { replaced: 0, told: 0 };
  shown.set(id, counted);
  if (body.startsWith('{"replace_original":true')) counted.replaced++;
  else counted.told++;
}

const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
  const path = request.url ?? '/';
  const body = await bodyOf(request);
  requests++;
  if (troubled && requests % 20 === 0) {
    refused++;
    response.writeHead(429, { 'retry-after': '1' }).end('{"ok":false,"error":"ratelimited"}');
    return;
  }
  note(path, body);
  if (troubled && requests % 50 === 1) {
    unanswered++;
    // Every other one hears nothing at all.
    if (unanswered % 2 === 0) request.socket.destroy();
    return;
  }
  if (path.startsWith('/actions/')) response.end('ok');
  else
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ ok: true, ...ANSWERS[path.slice('/api/'.length)] }));
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  serving(port, (question) => {
    if (question === 'be troubled') troubled = true;
    return {
      shown:
        question === 'what was shown'
          ? [...shown].map(([id, { replaced, told }]) => [id, replaced, told])
          : [],
      calls,
      refused,
      unanswered,
    } as SinkReport;
  });
});
