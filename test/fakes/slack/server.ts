// One server for everything that Slack serves: the Web API, response URLs, uploads.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { serveApi } from './api.ts';
import type { Slack } from './slack.ts';
import { serveUpload } from './uploads.ts';

const BIGGEST = 20 * 1024 * 1024;

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > BIGGEST) throw new Error('the body is too big');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function route(slack: Slack, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const raw = await bodyOf(incoming);
  const url = new URL(incoming.url ?? '/', slack.origin);
  if (url.pathname.startsWith('/api/')) return serveApi(slack, url, incoming, raw, outgoing);
  if (url.pathname.startsWith('/upload/')) return serveUpload(slack, url, incoming, raw, outgoing);
  if (!slack.hooks.serves(url.pathname)) {
    outgoing.writeHead(404).end();
    return;
  }
  const trouble = slack.mischief.strike('response_url');
  if (trouble?.kind === 'drop_before') {
    incoming.socket.destroy();
    return;
  }
  if (trouble?.kind === 'status' || trouble?.kind === 'ratelimited') {
    const status = trouble.kind === 'status' ? trouble.status : 429;
    outgoing.writeHead(status, status === 429 ? { 'retry-after': '1' } : {}).end('trouble');
    return;
  }
  if (trouble?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, trouble.ms));
  slack.hooks.answer(url.pathname, incoming, raw, outgoing);
  if (trouble?.kind === 'drop_after') incoming.socket.destroy();
}

export function makeServer(slack: Slack): Server {
  return createServer((incoming, outgoing) => {
    route(slack, incoming, outgoing).catch((error: unknown) => {
      if (incoming.socket.destroyed) return;
      // A fault of the fake itself: loud, so that nobody takes it for one of Slack's.
      outgoing.writeHead(599, { 'content-type': 'text/plain' });
      outgoing.end(`the fake is broken: ${error instanceof Error ? error.stack : String(error)}`);
    });
  });
}
