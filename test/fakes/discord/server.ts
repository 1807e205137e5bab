// One server for everything that Discord serves: the API, the pictures, and the upgrade to the gateway.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { serveApi } from './api.ts';
import type { Discord } from './discord.ts';

const BIGGEST = 25 * 1024 * 1024;

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

function serveAttachment(discord: Discord, path: string, outgoing: ServerResponse): void {
  const [, , channelId, id] = path.split('/');
  const channel = discord.world.channels.get(channelId ?? '');
  const among = [...(channel?.messages ?? []), ...discord.world.ephemerals];
  const found = among.flatMap((each) => each.attachments).find((each) => each.id === id);
  if (!found) return void outgoing.writeHead(404).end('This content is no longer available.');
  outgoing.writeHead(200, { 'content-type': found.contentType }).end(found.bytes);
}

async function route(discord: Discord, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const raw = await bodyOf(incoming);
  const url = new URL(incoming.url ?? '/', discord.origin);
  if (url.pathname.startsWith('/attachments/')) return serveAttachment(discord, url.pathname, outgoing);
  await serveApi(discord, url, incoming, raw, outgoing);
}

export function makeServer(discord: Discord): Server {
  return createServer((incoming, outgoing) => {
    route(discord, incoming, outgoing).catch((error: unknown) => {
      if (incoming.socket.destroyed || outgoing.headersSent) return;
      // A fault of the fake itself: loud, so that nobody takes it for one of Discord's.
      const text = `the fake is broken: ${error instanceof Error ? error.stack : String(error)}`;
      discord.violated('fake', 'broken', text);
      outgoing.writeHead(499, { 'content-type': 'text/plain' }).end(text);
    });
  });
}
