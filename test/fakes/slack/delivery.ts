// Getting things to the app, over HTTP or a socket. Events are sent again until they are acknowledged or given up;
// what a person pressed is sent once, and the person sees an error when nobody acknowledges it.
import type { Envelope } from './events.ts';
import type { Slack } from './slack.ts';
import type { Json } from './types.ts';

export interface Ack {
  readonly ok: boolean;
  /** HTTP's; over a socket 200 for an acknowledgement. Null: none came. */
  readonly status: number | null;
  readonly ms: number;
  readonly text: string;
  readonly json: Json | null;
  readonly failure: null | 'http_timeout' | 'connection_failed' | 'http_error';
  /** The app asked not to be sent this again. */
  readonly noRetry: boolean;
}

export type Kind = 'event' | 'interactive' | 'command';

export interface Parcel {
  readonly kind: Kind;
  readonly body: Json;
  readonly attempt: number;
  readonly reason: string;
}

export interface Transport {
  send(parcel: Parcel): Promise<Ack>;
}

export interface Delivered {
  readonly kind: Kind;
  /** The event's type, or the payload's, or the command. */
  readonly type: string;
  readonly id: string;
  readonly attempt: number;
  readonly at: number;
  readonly ack: Ack;
}

export class Delivery {
  readonly #slack: Slack;
  #transport: Transport | null = null;
  readonly log: Delivered[] = [];
  readonly #timers = new Set<{ timer: NodeJS.Timeout; skip: () => void }>();
  #underWay = 0;
  #closed = false;

  constructor(slack: Slack) {
    this.#slack = slack;
  }

  through(transport: Transport): void {
    this.#transport = transport;
  }

  event(envelope: Envelope, late = 0): void {
    this.#underWay += 1;
    void this.#repeat(envelope, late).finally(() => {
      this.#underWay -= 1;
    });
  }

  /** Something that a person did; once only. */
  act(kind: 'interactive' | 'command', body: Json): Promise<Ack> {
    return this.#send({ kind, body, attempt: 0, reason: '' });
  }

  /** Whether every event has been acknowledged or given up. */
  get settled(): boolean {
    return this.#underWay === 0;
  }

  /** Redeliveries that wait for their minute go at once. */
  hurry(): void {
    for (const waiting of [...this.#timers]) waiting.skip();
  }

  close(): void {
    this.#closed = true;
    this.hurry();
  }

  async #repeat(envelope: Envelope, late: number): Promise<void> {
    if (late > 0) await this.#wait(late);
    const waits = this.#slack.options.retryWaits;
    let reason = '';
    for (let attempt = 0; attempt <= waits.length; attempt += 1) {
      if (attempt > 0) await this.#wait(waits[attempt - 1]!);
      if (this.#closed) return;
      const ack = await this.#send({ kind: 'event', body: envelope, attempt, reason });
      const lost = ack.ok && this.#slack.mischief.losesAck();
      if ((ack.ok && !lost) || ack.noRetry) return;
      reason = ack.failure ?? 'http_timeout';
    }
  }

  async #send(parcel: Parcel): Promise<Ack> {
    const at = this.#slack.clock.now();
    const ack = this.#transport
      ? await this.#transport.send(parcel)
      : failed('connection_failed', 0, 'no request URL and no socket');
    const event = parcel.body['event'] as Json | undefined;
    this.log.push({
      kind: parcel.kind,
      type: String(event?.['type'] ?? parcel.body['type'] ?? parcel.body['command']),
      id: String(parcel.body['event_id'] ?? parcel.body['trigger_id'] ?? ''),
      attempt: parcel.attempt,
      at,
      ack,
    });
    return ack;
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const waiting = {
        timer: setTimeout(() => waiting.skip(), ms),
        skip: () => {
          clearTimeout(waiting.timer);
          this.#timers.delete(waiting);
          resolve();
        },
      };
      this.#timers.add(waiting);
    });
  }
}

export function failed(failure: NonNullable<Ack['failure']>, ms: number, text: string): Ack {
  return { ok: false, status: null, ms, text, json: null, failure, noRetry: false };
}

export function parsed(text: string): Json | null {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? (value as Json) : null;
  } catch {
    return null;
  }
}
