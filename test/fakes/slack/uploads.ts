// The address that a file is uploaded to: raw bytes or a form with one file in it, of exactly the announced length.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SlackError } from './errors.ts';
import type { Slack } from './slack.ts';

async function fileIn(type: string, raw: Buffer): Promise<Buffer> {
  if (!type.toLowerCase().startsWith('multipart/form-data')) return raw;
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
  for (const value of form.values())
    if (typeof value !== 'string') return Buffer.from(await value.arrayBuffer());
  return Buffer.alloc(0);
}

export async function serveUpload(
  slack: Slack,
  url: URL,
  incoming: IncomingMessage,
  raw: Buffer,
  outgoing: ServerResponse,
): Promise<void> {
  const say = (status: number, text: string): void => {
    outgoing.writeHead(status, { 'content-type': 'text/plain' }).end(text);
  };
  const trouble = slack.mischief.strike('upload');
  if (trouble?.kind === 'drop_before') return void incoming.socket.destroy();
  if (trouble?.kind === 'status') return say(trouble.status, trouble.body ?? '');
  if (trouble?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, trouble.ms));
  const ticket = url.pathname.split('/').pop();
  const file = [...slack.world.files.values()].find((each) => each.ticket === ticket);
  if (!file || file.completedAt !== null) return say(404, 'not found');
  if (incoming.method !== 'POST' && incoming.method !== 'PUT') return say(405, 'method not allowed');
  const bytes = await fileIn(incoming.headers['content-type'] ?? '', raw);
  if (bytes.length !== file.length) {
    slack.violated('upload', new SlackError('upload_length_mismatch'));
    return say(400, `announced ${file.length} bytes, got ${bytes.length}`);
  }
  file.bytes = bytes;
  if (trouble?.kind === 'drop_after') return void incoming.socket.destroy();
  say(200, `OK - ${bytes.length}`);
}
