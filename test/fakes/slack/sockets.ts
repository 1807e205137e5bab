// Socket Mode: tickets, connections, envelopes spread over them, acknowledgements, and Slack's wish to connect anew.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Ack, failed, type Parcel, parsed, type Transport } from './delivery.ts';
import type { Slack } from './slack.ts';
import type { Json } from './types.ts';

const PING_EVERY = 5000;
const MOST_CONNECTIONS = 10;
const TYPE = { event: 'events_api', interactive: 'interactive', command: 'slash_commands' } as const;

export type Disconnect = 'warning' | 'refresh_requested' | 'link_disabled';

interface Waiting {
  readonly socket: WebSocket;
  readonly began: number;
  readonly settle: (ack: Ack) => void;
}

export class Sockets implements Transport {
  readonly #slack: Slack;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #open: WebSocket[] = [];
  readonly #waiting = new Map<string, Waiting>();
  #turn = 0;
  /** Envelopes as they were sent, to which connection, oldest first. */
  readonly sent: { readonly connection: number; readonly envelope: Json }[] = [];
  #numbers = new Map<WebSocket, number>();

  constructor(slack: Slack) {
    this.#slack = slack;
  }

  /** An address that serves one connection. */
  ticket(): string {
    const ticket = this.#slack.ids.secret();
    this.#tickets.add(ticket);
    const origin = this.#slack.origin.replace('http:', 'ws:');
    return `${origin}/link/?ticket=${ticket}&app_id=${this.#slack.options.appId}`;
  }

  get connections(): number {
    return this.#open.length;
  }

  upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(incoming.url ?? '/', this.#slack.origin);
    const known = url.pathname === '/link/' && this.#tickets.delete(url.searchParams.get('ticket') ?? '');
    if (!known || this.#open.length >= MOST_CONNECTIONS) {
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(incoming, socket, head, (connection) => this.#begin(connection));
  }

  /** Slack asks for a new connection, and closes this one soon after; `warning` is the notice before. */
  disconnect(reason: Disconnect, closeAfter: number | null = reason === 'warning' ? null : 100): void {
    for (const connection of [...this.#open]) {
      connection.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'fake' } }));
      if (closeAfter === null) continue;
      this.#forget(connection);
      setTimeout(() => connection.close(), closeAfter).unref();
    }
  }

  /** The wire is cut, without a word. */
  cut(): void {
    for (const connection of [...this.#open]) connection.terminate();
  }

  send(parcel: Parcel): Promise<Ack> {
    const began = performance.now();
    const connection = this.#open[this.#turn % Math.max(1, this.#open.length)];
    this.#turn += 1;
    if (!connection) return Promise.resolve(failed('connection_failed', 0, 'no open socket'));
    const id = this.#slack.ids.secret();
    const event = parcel.kind === 'event';
    const envelope = {
      envelope_id: id,
      type: TYPE[parcel.kind],
      payload: parcel.body,
      accepts_response_payload: !event,
      ...(event ? { retry_attempt: parcel.attempt, retry_reason: parcel.reason } : {}),
    };
    this.sent.push({ connection: this.#numbers.get(connection) ?? -1, envelope });
    return new Promise((resolve) => {
      const within = this.#slack.options.ackWithin;
      const timer = setTimeout(
        () =>
          settle(
            failed('http_timeout', Math.round(performance.now() - began), `nothing within ${within} ms`),
          ),
        within,
      );
      const settle = (ack: Ack): void => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve(ack);
      };
      this.#waiting.set(id, { socket: connection, began, settle });
      connection.send(JSON.stringify(envelope));
    });
  }

  close(): void {
    for (const connection of [...this.#open]) connection.terminate();
    this.#server.close();
  }

  #begin(connection: WebSocket): void {
    this.#open.push(connection);
    this.#numbers.set(connection, this.#numbers.size);
    const pings = setInterval(() => connection.ping('Ping from the fake'), PING_EVERY);
    connection.on('message', (data) => this.#heard(String(data)));
    connection.on('error', () => connection.terminate());
    connection.on('close', () => {
      clearInterval(pings);
      this.#forget(connection);
      for (const waiting of [...this.#waiting.values()])
        if (waiting.socket === connection)
          waiting.settle(
            failed('connection_failed', Math.round(performance.now() - waiting.began), 'closed'),
          );
    });
    connection.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#open.length,
        debug_info: { host: 'fake', build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: this.#slack.options.appId },
      }),
    );
  }

  #forget(connection: WebSocket): void {
    const place = this.#open.indexOf(connection);
    if (place >= 0) this.#open.splice(place, 1);
  }

  #heard(text: string): void {
    const message = parsed(text);
    const waiting = this.#waiting.get(String(message?.['envelope_id']));
    if (!waiting) return;
    const payload = message?.['payload'];
    const json = typeof payload === 'object' && payload !== null ? (payload as Json) : null;
    const empty = json === null || Object.keys(json).length === 0;
    waiting.settle({
      ok: true,
      status: 200,
      ms: Math.round(performance.now() - waiting.began),
      text: empty ? '' : JSON.stringify(json),
      json: empty ? null : json,
      failure: null,
      noRetry: false,
    });
  }
}
