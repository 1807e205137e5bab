// A call of the Web API from its bytes to its answer: arguments, token, limits, mischief, method, record.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import { Args } from './args.ts';
import { SlackError } from './errors.ts';
import { METHODS } from './methods/index.ts';
import type { Method } from './methods/method.ts';
import type { Trouble } from './mischief.ts';
import type { Slack } from './slack.ts';
import { scopesOf, type Token } from './tokens.ts';
import type { Call, Json } from './types.ts';

interface Answer {
  readonly status: number;
  readonly body: Json;
  readonly headers: Readonly<Record<string, string>>;
  readonly executed: boolean;
}

async function readArgs(
  url: URL,
  incoming: IncomingMessage,
  raw: Buffer,
): Promise<{
  readonly args: Json;
  readonly encoding: Call['encoding'];
  readonly malformed: SlackError | null;
}> {
  const query: Json = Object.fromEntries(url.searchParams);
  const type = (incoming.headers['content-type'] ?? '').toLowerCase();
  if (type.startsWith('application/json')) {
    try {
      const body = JSON.parse(raw.toString()) as unknown;
      if (typeof body === 'object' && body !== null && !Array.isArray(body))
        return { args: { ...query, ...(body as Json) }, encoding: 'json', malformed: null };
    } catch {}
    return { args: query, encoding: 'json', malformed: new SlackError('invalid_json') };
  }
  if (type.startsWith('application/x-www-form-urlencoded'))
    return { args: { ...query, ...parse(raw.toString()) }, encoding: 'form', malformed: null };
  if (type.startsWith('multipart/form-data')) {
    try {
      const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
      return { args: { ...query, ...Object.fromEntries(form) }, encoding: 'multipart', malformed: null };
    } catch {
      return { args: query, encoding: 'multipart', malformed: new SlackError('invalid_form_data') };
    }
  }
  return { args: query, encoding: Object.keys(query).length > 0 ? 'query' : 'none', malformed: null };
}

/** A client may say who it is in a header, as OAuth has it. */
function withClient(incoming: IncomingMessage, args: Json): Json {
  const basic = /^Basic\s+(\S+)$/i.exec(incoming.headers['authorization'] ?? '')?.[1];
  if (!basic) return args;
  const [id, secret] = Buffer.from(basic, 'base64').toString().split(':');
  return { ...args, client_id: id, client_secret: secret };
}

function tokenOf(incoming: IncomingMessage, args: Json): string | null {
  const header = /^Bearer\s+(\S+)$/i.exec(incoming.headers['authorization'] ?? '')?.[1];
  if (header) return header;
  return typeof args['token'] === 'string' ? args['token'] : null;
}

/** The workspace a call is about: the token's, or for an organisation's token the one that the arguments name. */
function placeOf(slack: Slack, token: Token | null, args: Args): string | null {
  const installation = token?.installation;
  if (!installation) return null;
  if (installation.teamId !== null) return installation.teamId;
  const named = args.string('team_id');
  if (named !== null && slack.world.enterpriseOf(named)?.id === installation.enterpriseId) return named;
  return null;
}

function tooFast(slack: Slack, method: Method, args: Args, place: string): number {
  if (method.tier === 'post') {
    const channel = args.string('channel') ?? '';
    const wait = slack.rates.take('post', `post:${place}:${channel}`);
    return wait > 0 ? wait : slack.rates.take('workspace', `posts:${place}`);
  }
  return slack.rates.take(method.tier, `${method.name}:${place}`);
}

function limited(seconds: number): Answer {
  return {
    status: 429,
    body: { ok: false, error: 'ratelimited' },
    headers: { 'retry-after': String(seconds) },
    executed: false,
  };
}

function fromTrouble(trouble: Trouble | null): Answer | null {
  if (trouble?.kind === 'ratelimited') return limited(trouble.retryAfter);
  if (trouble?.kind === 'error')
    return { status: 200, body: { ok: false, error: trouble.error }, headers: {}, executed: false };
  if (trouble?.kind === 'status')
    return {
      status: trouble.status,
      body: { text: trouble.body ?? 'Something went wrong' },
      headers: {},
      executed: false,
    };
  return null;
}

async function run(
  slack: Slack,
  name: string,
  method: Method | undefined,
  args: Args,
  value: string | null,
  early: SlackError | null,
): Promise<Answer> {
  try {
    if (!method) throw new SlackError('unknown_method');
    if (early) throw early;
    const needed = typeof method.scopes === 'function' ? method.scopes(slack, args) : method.scopes;
    const token = method.kinds.length === 0 ? null : slack.tokens.check(value, method.kinds, needed);
    const place = token?.installation?.id ?? value ?? '';
    const wait = tooFast(slack, method, args, place);
    if (wait > 0) return limited(wait);
    const body = await method.run({ slack, args, token, teamId: placeOf(slack, token, args) });
    return {
      status: 200,
      body: { ok: true, ...body },
      headers: {
        'x-oauth-scopes': token ? scopesOf(token).join(',') : '',
        'x-accepted-oauth-scopes': needed.join(','),
      },
      executed: true,
    };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    slack.violated(name, error);
    return { status: 200, body: error.body, headers: {}, executed: true };
  }
}

export async function serveApi(
  slack: Slack,
  url: URL,
  incoming: IncomingMessage,
  raw: Buffer,
  outgoing: ServerResponse,
): Promise<void> {
  const name = url.pathname.slice('/api/'.length);
  const method = METHODS.get(name);
  const { args: read, encoding, malformed } = await readArgs(url, incoming, raw);
  const args = new Args(withClient(incoming, read));
  const value = tokenOf(incoming, read);
  const token = slack.tokens.peek(value);
  const call: Call = {
    method: name,
    args: read,
    token: value,
    teamId: token?.installation?.teamId ?? null,
    at: slack.clock.now(),
    encoding,
    status: null,
    body: null,
    executed: false,
  };
  slack.calls.push(call);
  let early = malformed;
  if (url.searchParams.has('token')) early = new SlackError('token_in_url');
  if (encoding === 'json' && method && !method.json) early = new SlackError('json_not_accepted');
  const trouble = slack.mischief.strike(name);
  if (trouble?.kind === 'drop_before') {
    incoming.socket.destroy();
    return;
  }
  if (trouble?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, trouble.ms));
  const answer = fromTrouble(trouble) ?? (await run(slack, name, method, args, value, early));
  call.executed = answer.executed;
  if (trouble?.kind === 'hang_after') return;
  if (trouble?.kind === 'drop_after') {
    incoming.socket.destroy();
    return;
  }
  call.status = answer.status;
  call.body = answer.body;
  const plain = answer.status >= 500;
  outgoing.writeHead(answer.status, {
    'content-type': plain ? 'text/html' : 'application/json; charset=utf-8',
    'x-slack-req-id': slack.ids.secret(8),
    ...answer.headers,
  });
  outgoing.end(plain ? String(answer.body['text']) : JSON.stringify(answer.body));
}
