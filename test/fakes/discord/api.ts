// A request from its bytes to its answer: route, token, limits, mischief, execution, record.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Body, readBody } from './body.ts';
import type { Discord } from './discord.ts';
import { DiscordError, notAllowed, notFound, refusal, unauthorized } from './errors.ts';
import type { Trouble } from './mischief.ts';
import { ROUTES } from './routes/index.ts';
import type { Answer, Route } from './routes/route.ts';
import type { Call } from './types.ts';

interface Reply extends Answer {
  readonly headers: Readonly<Record<string, string>>;
  readonly executed: boolean;
}

interface Found {
  readonly route: Route | null;
  readonly params: Readonly<Record<string, string>>;
  readonly otherMethod: boolean;
}

const PATTERNS = ROUTES.map((route) => ({
  route,
  pattern: new RegExp(`^${route.template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)').replaceAll('@', '\\@')}$`),
}));

function find(method: string, path: string): Found {
  let otherMethod = false;
  for (const { route, pattern } of PATTERNS) {
    const match = pattern.exec(path);
    if (!match) continue;
    if (route.method !== method) {
      otherMethod = true;
      continue;
    }
    const params = Object.fromEntries(
      Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
    return { route, params, otherMethod: false };
  }
  return { route: null, params: {}, otherMethod };
}

/** Interactions are outside the global limit. */
const countsGlobally = (template: string): boolean => !/^\/(interactions|webhooks)\//.test(template);

function majorOf(params: Readonly<Record<string, string>>): string {
  const { channel_id, guild_id, webhook_id, webhook_token, interaction_id } = params;
  return channel_id ?? guild_id ?? interaction_id ?? `${webhook_id ?? ''}:${webhook_token ?? ''}`;
}

function limited(retryAfter: number, global: boolean, headers: Readonly<Record<string, string>>): Reply {
  const body = { message: 'You are being rate limited.', retry_after: retryAfter, global };
  return { status: 429, body, headers, executed: false };
}

function fromTrouble(trouble: Trouble | null): Reply | null {
  if (trouble?.kind === 'ratelimited') {
    const { retryAfter, global = false, scope = 'user' } = trouble;
    const headers = {
      'retry-after': String(Math.ceil(retryAfter)),
      'x-ratelimit-scope': global ? 'global' : scope,
    };
    return limited(retryAfter, global, { ...headers, ...(global ? { 'x-ratelimit-global': 'true' } : {}) });
  }
  if (trouble?.kind === 'error')
    return {
      status: trouble.status,
      body: { message: trouble.message, code: trouble.code },
      headers: {},
      executed: false,
    };
  return trouble?.kind === 'status' ? { status: trouble.status, headers: {}, executed: false } : null;
}

async function run(
  discord: Discord,
  found: Found,
  where: string,
  url: URL,
  body: Body | DiscordError,
  token: string | null,
): Promise<Reply> {
  let headers: Readonly<Record<string, string>> = {};
  const { route, params } = found;
  try {
    if (!url.pathname.startsWith('/api/v10/')) throw refusal(50041);
    if (!route) throw found.otherMethod ? notAllowed() : notFound();
    const authorized = token === `Bot ${discord.options.token}` && !discord.revoked;
    if (route.auth === 'bot' && !authorized) throw unauthorized();
    const pass = discord.rates.take(where, majorOf(params), countsGlobally(route.template));
    headers = pass.headers;
    if (!pass.ok) return limited(pass.retryAfter, pass.global, headers);
    if (body instanceof DiscordError) throw body;
    const request = {
      discord,
      params,
      query: url.searchParams,
      body: body.value,
      files: body.files,
      authorized,
    };
    return { ...(await route.run(request)), headers, executed: true };
  } catch (error) {
    if (!(error instanceof DiscordError)) throw error;
    if (error.malformed || error.status === 405)
      discord.violated(where, String(error.code), JSON.stringify(error.body));
    return { status: error.status, body: error.body, headers, executed: true };
  }
}

export async function serveApi(
  discord: Discord,
  url: URL,
  incoming: IncomingMessage,
  raw: Buffer,
  outgoing: ServerResponse,
): Promise<void> {
  // Clients may write the @ of @me and @original either way.
  const path = url.pathname.replace(/^\/api\/v\d+/, '').replaceAll('%40', '@');
  const method = incoming.method ?? 'GET';
  const found = find(method, path);
  const where = `${method} ${found.route?.template ?? path}`;
  const body = await readBody(incoming, raw).catch((error: unknown) => {
    if (error instanceof DiscordError) return error;
    return refusal(50109);
  });
  const call: Call = {
    method,
    route: found.route?.template ?? null,
    path,
    params: found.params,
    query: Object.fromEntries(url.searchParams),
    body: body instanceof DiscordError ? undefined : body.value,
    files: body instanceof DiscordError ? [] : body.files.map((each) => each.filename),
    at: discord.clock.now(),
    status: null,
    answer: null,
    executed: false,
  };
  discord.calls.push(call);
  if (!/^DiscordBot \(\S+, [^)]+\)/.test(incoming.headers['user-agent'] ?? ''))
    discord.violated(where, 'USER_AGENT', String(incoming.headers['user-agent']));
  if (discord.rates.banned) {
    discord.violated(where, 'BANNED', 'too many invalid requests');
    call.status = 429;
    outgoing.writeHead(429, { 'retry-after': '3600', 'content-type': 'text/html' }).end('error code: 1015');
    return;
  }
  const trouble = discord.mischief.strike(where);
  if (trouble?.kind === 'drop_before') return void incoming.socket.destroy();
  if (trouble?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, trouble.ms));
  const reply =
    fromTrouble(trouble) ??
    (await run(discord, found, where, url, body, incoming.headers['authorization'] ?? null));
  call.executed = reply.executed;
  if (trouble?.kind === 'hang_after') return;
  if (trouble?.kind === 'drop_after') return void incoming.socket.destroy();
  discord.rates.note(reply.status, reply.headers['x-ratelimit-scope']);
  call.status = reply.status;
  call.answer = reply.body ?? null;
  const plain = reply.body === undefined && reply.status >= 400;
  outgoing.writeHead(reply.status, {
    ...(reply.status === 204 ? {} : { 'content-type': plain ? 'text/html' : 'application/json' }),
    via: '1.1 fake',
    ...reply.headers,
  });
  outgoing.end(
    reply.status === 204 ? undefined : plain ? `error code: ${reply.status}` : JSON.stringify(reply.body),
  );
}
