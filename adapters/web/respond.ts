// The page's answers, each under the same strict headers.
import type { z } from 'zod';
import { SECURITY_HEADERS } from './guard.ts';

const BODY_LIMIT = 512 * 1024;

export function html(document: string): Response {
  return reply(200, 'text/html; charset=utf-8', document, { 'cache-control': 'no-store' });
}

export function json(status: number, body: unknown): Response {
  return reply(status, 'application/json', JSON.stringify(body), { 'cache-control': 'no-store' });
}

export function plain(status: number, text: string): Response {
  return reply(status, 'text/plain; charset=utf-8', `${text}\n`);
}

export function redirect(address: string): Response {
  return reply(303, 'text/plain; charset=utf-8', null, { location: address, 'cache-control': 'no-store' });
}

export function reply(
  status: number,
  type: string,
  body: string | Uint8Array<ArrayBuffer> | null,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(body, { status, headers: { ...SECURITY_HEADERS, 'content-type': type, ...headers } });
}

/** The body, when it is what the schema says; else null. */
export async function readBody<T>(request: Request, schema: z.ZodType<T>): Promise<T | null> {
  if (Number(request.headers.get('content-length') ?? 0) > BODY_LIMIT) return null;
  const parsed = schema.safeParse(await request.json().catch(() => null));
  return parsed.success ? parsed.data : null;
}
