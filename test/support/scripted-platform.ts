// A platform that does what a test tells it to: it keeps every message that anybody could see, and misbehaves in every way that a real one can.
import type { Place } from '../../src/domain/trigger/interaction.ts';
import type {
  Capabilities,
  FindOutcome,
  Lookup,
  Outgoing,
  Platform,
  Refusal,
  SendOutcome,
  Trouble,
} from '../../src/ports/platform.ts';
import type { View } from '../../src/views/view.ts';

export interface Shown {
  readonly id: string;
  readonly key: string;
  readonly installation: string;
  readonly to: Outgoing['to'];
  /** What it says now, last; what it said before, first. */
  readonly views: View[];
  readonly file?: Outgoing['file'];
}

export interface Obstacle {
  readonly refuse: Refusal;
  readonly retryAfter?: number;
  readonly trouble?: Trouble;
}

/** What becomes of one call. Whatever is not told otherwise goes well. */
export type Fate =
  | 'well'
  /** It says no, and why. */
  | Obstacle
  /** It was not done, and nobody learns that. */
  | 'silence'
  /** It was done, and nobody learns that. */
  | 'lost answer'
  /** The call throws, having done nothing. */
  | 'throws'
  /** The calling process is killed before it was done, or right after. */
  | 'killed before'
  | 'killed after';

export class ScriptedPlatform implements Platform {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Every message, in the order in which they appeared. */
  readonly messages: Shown[] = [];
  /** The fates of the next calls of each kind. */
  readonly sending: Fate[] = [];
  readonly updating: Fate[] = [];
  /** What stands against every message to this place until it is taken away; null: nothing. */
  obstacle: (to: Outgoing['to'], installation: string) => Obstacle | null = () => null;
  /** Whether it can look for what it was sent. */
  looking: 'tells' | 'cannot tell' = 'tells';
  /** Who is known there, by `installation:id`. */
  readonly people = new Map<string, Lookup>();
  /** Called when a message has appeared, before the sender learns of it. */
  onAppearance: (message: Shown) => Promise<void> = async () => undefined;
  /** Where it was asked to send to, whatever came of it. */
  readonly tried: Outgoing['to'][] = [];
  sends = 0;
  updates = 0;
  #killed: (() => void) | null = null;

  constructor(name: string, capabilities: Partial<Capabilities> = {}) {
    this.name = name;
    this.capabilities = {
      ...{ direct: true, idempotentSend: false, privateThreads: false, fileBytes: 8_000_000 },
      ...capabilities,
    };
  }

  /** The messages of one key; two are a message too many. */
  of(key: string): readonly Shown[] {
    return this.messages.filter((message) => message.key === key);
  }

  /** Settles when a call kills its caller. */
  killing(): Promise<'killed'> {
    return new Promise((resolve) => {
      this.#killed = () => resolve('killed');
    });
  }

  async send(message: Outgoing): Promise<SendOutcome> {
    this.sends++;
    this.tried.push(message.to);
    const fate = this.obstacle(message.to, message.installation) ?? this.sending.shift() ?? 'well';
    return await this.#meet(fate, async () => {
      const id = `m${this.messages.length + 1}`;
      const shown = {
        id,
        key: message.key,
        installation: message.installation,
        to: message.to,
        views: [message.view],
        ...(message.file && { file: message.file }),
      };
      this.messages.push(shown);
      await this.onAppearance(shown);
      return { channel: 'there', message: id };
    });
  }

  async update(_installation: string, ref: { message: string }, view: View): Promise<SendOutcome> {
    this.updates++;
    return await this.#meet(this.updating.shift() ?? 'well', async () => {
      this.messages.find(({ id }) => id === ref.message)?.views.push(view);
      return { channel: 'there', message: ref.message };
    });
  }

  async find({ key }: Pick<Outgoing, 'installation' | 'to' | 'key'>): Promise<FindOutcome> {
    if (this.looking === 'cannot tell') return { kind: 'cannot_tell' };
    const found = this.messages.find((message) => message.key === key);
    return found ? { kind: 'found', ref: { channel: 'there', message: found.id } } : { kind: 'absent' };
  }

  async lookUp(installation: string, externalId: string): Promise<Lookup> {
    return this.people.get(`${installation}:${externalId}`) ?? { kind: 'cannot_tell' };
  }

  async link(place: Place) {
    return place.thread === null ? null : `https://chat.example/${place.channel}/${place.thread}`;
  }

  async health() {
    return { ok: true, detail: 'as told' } as const;
  }

  async start() {}

  async stop() {}

  async #meet(fate: Fate, act: () => Promise<{ channel: string; message: string }>): Promise<SendOutcome> {
    if (typeof fate === 'object') {
      const { refuse: reason, retryAfter = null, trouble } = fate;
      return { kind: 'refused', reason, retryAfter, detail: 'as told', ...(trouble && { trouble }) };
    }
    switch (fate) {
      case 'well':
        return { kind: 'sent', ref: await act() };
      case 'lost answer':
        await act();
        return { kind: 'unknown', detail: 'no answer came' };
      case 'silence':
        return { kind: 'unknown', detail: 'no answer came' };
      case 'throws':
        throw new Error('the wire was cut');
      case 'killed after':
        await act();
        return await this.#kill();
      case 'killed before':
        return await this.#kill();
    }
  }

  #kill(): Promise<never> {
    this.#killed?.();
    return new Promise(() => undefined);
  }
}
