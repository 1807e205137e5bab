// The bytes of a request: JSON, or a form with `payload_json` and `files[n]`.
import type { IncomingMessage } from 'node:http';
import { refusal } from './errors.ts';

export interface Upload {
  /** The n of `files[n]`, which `attachments` refers to. */
  readonly key: string;
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

export interface Body {
  readonly value: unknown;
  readonly files: readonly Upload[];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal(50109);
  }
}

export async function readBody(incoming: IncomingMessage, raw: Buffer): Promise<Body> {
  const type = incoming.headers['content-type'] ?? '';
  if (raw.length === 0) return { value: undefined, files: [] };
  if (type.startsWith('application/json')) return { value: parsed(raw.toString()), files: [] };
  if (!type.startsWith('multipart/form-data')) throw refusal(50109);
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
  const files: Upload[] = [];
  let value: unknown = {};
  for (const [name, part] of form) {
    if (name === 'payload_json') value = parsed(typeof part === 'string' ? part : await part.text());
    else if (typeof part !== 'string')
      files.push({
        key: /^files\[(\d+)\]$/.exec(name)?.[1] ?? name,
        filename: part.name,
        contentType: part.type || 'application/octet-stream',
        bytes: Buffer.from(await part.arrayBuffer()),
      });
  }
  return { value, files };
}
