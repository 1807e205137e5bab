// One connection of Socket Mode: from the address that Slack gives for it to its end. It does not come back; another takes its place.
import { SocketModeClient } from '@slack/socket-mode';
import { type Duration, type Instant, SECOND } from '../../../src/domain/basics.ts';
import type { Log } from '../../../src/ports/log.ts';
import { within } from '../../shared/within.ts';
import type { Answer, Delivery, Json } from './delivery.ts';
import { quietLogger } from './quiet.ts';

export interface LineParts {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly now: () => Instant;
  readonly log: Log;
  /** Null: nothing is taken, and nothing acknowledged: Slack delivers it on another connection. */
  readonly take: (delivery: Delivery) => Promise<Answer> | null;
}

export interface Line {
  /** Settles when Slack has said hello; fails when it does not, in time. */
  readonly connected: Promise<void>;
  /** Slack is about to end it, or it has ended: another one is needed. */
  readonly leaving: Promise<void>;
  isOpen(): boolean;
  /** Ends it when what came over it is acknowledged, or at the latest then. */
  close(limit: Duration): Promise<void>;
}

const CALLING: Duration = 10 * SECOND;
const CONNECTING: Duration = 15 * SECOND;
/** A busy process may be late for a pong. */
const PONG: Duration = 10 * SECOND;
const CLOSING: Duration = 1 * SECOND;

interface Envelope {
  readonly ack: (body?: Json) => Promise<void>;
  readonly body: unknown;
  readonly retry_num?: unknown;
  readonly accepts_response_payload?: unknown;
}

export function openLine({ appToken, apiUrl, now, log, take }: LineParts): Line {
  const client = new SocketModeClient({
    appToken,
    // The client waits five seconds before it connects again, and gives up for good when it finds nobody then.
    autoReconnectEnabled: false,
    clientPingTimeout: PONG,
    logger: quietLogger(log),
    clientOptions: {
      slackApiUrl: apiUrl,
      timeout: CALLING,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    },
  });
  const inHand = new Set<Promise<void>>();
  let leave = () => {};
  const leaving = new Promise<void>((resolve) => {
    leave = resolve;
  });
  let isOpen = false;
  let problem = 'the connection ended before Slack said hello';

  // The client ends the connection as soon as Slack says that it will, and what is in hand could not be acknowledged any more; and it takes for
  // granted that whatever comes is well-formed.
  const listeners = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown, isBinary: unknown) => {
    const kind = kindOf(data);
    if (kind === 'disconnect') leave();
    else if (kind !== null) for (const listener of listeners) listener(data, isBinary);
  });
  client.on('connected', () => {
    isOpen = true;
  });
  client.on('error', (error: unknown) => {
    if (error instanceof Error) problem = error.message;
  });
  client.on('disconnected', () => {
    isOpen = false;
    leave();
  });
  client.on('slack_event', (envelope: Envelope) => {
    const handling = acknowledge(envelope).finally(() => inHand.delete(handling));
    inHand.add(handling);
  });

  const acknowledge = async ({ ack, body, retry_num, accepts_response_payload }: Envelope) => {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return;
    try {
      const retry = typeof retry_num === 'number' && retry_num > 0 ? retry_num : 0;
      const answer = await take({ body: body as Json, receivedAt: now(), retry });
      if (answer === null || answer.kind === 'again') return;
      await ack((accepts_response_payload !== false && answer.body) || undefined);
    } catch (error) {
      // The connection ended meanwhile. Slack delivers it again, and it is known by then.
      log.debug({ error: String(error).slice(0, 300) }, 'a delivery could not be acknowledged');
    }
  };

  const connect = async () => {
    const start = client.start().then(
      () => true,
      // A connection that ends gives no reason here.
      (error: unknown) => Promise.reject(error ?? new Error(problem)),
    );
    const started = await within(CONNECTING, start);
    if (started === null) throw new Error('Slack did not say hello in time');
  };
  const end = async () => {
    leave();
    const ended = client.disconnect().then(() => true);
    // Asked a second time, the client no longer waits for the other side to say goodbye.
    if ((await within(CLOSING, ended)) === null) void client.disconnect();
  };

  const connected = connect();
  connected.catch(leave);
  return {
    connected,
    leaving,
    isOpen: () => isOpen,
    async close(limit) {
      await within(limit, Promise.all(inHand));
      await end();
    },
  };
}

const OURS = new Set(['hello', 'disconnect', 'interactive', 'slash_commands']);
/** The client tells its own affairs under these names, and events of Slack under theirs. */
const RESERVED =
  /^(?:error|close|ws_message|slack_event|outgoing_message|connecting|connected|reconnecting|disconnecting|disconnected|authenticated)$/u;

/** What a frame is; null for none that is for us. */
function kindOf(data: unknown): string | null {
  try {
    const text = typeof data === 'string' ? data : new TextDecoder().decode(data as ArrayBuffer);
    const frame = JSON.parse(text);
    if (OURS.has(frame.type)) return frame.type;
    const event = frame.type === 'events_api' ? frame.payload.event.type : null;
    return typeof event === 'string' && !RESERVED.test(event) ? 'events_api' : null;
  } catch {
    return null;
  }
}
