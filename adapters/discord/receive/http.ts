// `POST /discord/interactions`: interactions over HTTP, where the application says so. What Discord did not sign is refused before anything of it is
// read; Discord itself tries that out now and then, with signatures that are none.
import type { Instant } from '../../../src/domain/basics.ts';
import type { HttpMount } from '../../../src/ports/http.ts';
import type { Log } from '../../../src/ports/log.ts';
import { readBody } from '../../shared/body.ts';
import type { Callback } from '../show.ts';
import { isSignedByDiscord, publicKeyOf } from './verify.ts';

/** Discord's own payloads are far smaller. */
const LARGEST = 1_000_000;

export interface HttpParts {
  readonly publicKey: string;
  readonly now: () => Instant;
  readonly log: Log;
  /**
   * The answer to an interaction; `elsewhere`: it is answered where it came first. Null: nothing is taken, before the start and after the end.
   */
  readonly take: (
    body: unknown,
    receivedAt: Instant,
  ) => Promise<Callback | 'elsewhere' | 'unreadable'> | null;
}

export function interactionsMount({ publicKey, now, log, take }: HttpParts): HttpMount {
  const key = publicKeyOf(publicKey);
  const handle = async (request: Request): Promise<Response> => {
    if (request.method !== 'POST') return empty(405, { allow: 'POST' });
    const receivedAt = now();
    const body = await readBody(request, LARGEST);
    if (body === null) return empty(413);
    const timestamp = request.headers.get('x-signature-timestamp');
    const signature = request.headers.get('x-signature-ed25519');
    if (!isSignedByDiscord(key, { timestamp, signature, body }, receivedAt)) {
      log.debug({}, 'a request to /discord/interactions was not signed by Discord');
      return empty(401);
    }
    const answering = take(parsed(body), receivedAt);
    if (answering === null) return empty(503);
    const answer = await answering;
    if (answer === 'unreadable') return empty(400);
    return answer === 'elsewhere' ? empty(202) : Response.json(answer);
  };
  return { prefix: '/discord/interactions', handle };
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return null;
  }
}

function empty(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status, headers });
}
