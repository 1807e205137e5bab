// A platform that outlives every process: what it was sent stays, and is counted.
import type { Capabilities, Outgoing, Platform } from '../../src/ports/platform.ts';
import type { View } from '../../src/views/view.ts';
import type { Guillotine } from './guillotine.ts';

export interface Posted {
  readonly key: string;
  readonly channel: string;
  view: View;
}

/** What it can do; `find`: whether it can tell what became of a message. */
export interface Abilities {
  readonly idempotentSend: boolean;
  readonly find: 'tells' | 'cannot_tell';
}

export class Outside {
  /** Every message that anybody saw, in order. */
  readonly messages: Posted[] = [];
  readonly #abilities: Abilities;
  /** Called when a message appears, before whoever sent it hears of that. */
  onAppearance: (message: Outgoing) => Promise<void> = async () => undefined;

  constructor(abilities: Abilities) {
    this.#abilities = abilities;
  }

  get tells(): boolean {
    return this.#abilities.find === 'tells';
  }

  /** As one process sees it. */
  platform(name: string, guillotine: Guillotine): Platform {
    const capabilities: Capabilities = {
      direct: true,
      privateThreads: true,
      fileBytes: 0,
      idempotentSend: this.#abilities.idempotentSend,
    };
    const refOf = (index: number) => ({ channel: 'outside', message: String(index) });
    return {
      name,
      capabilities,
      send: (message) =>
        guillotine.step(async () => {
          let index = this.messages.findIndex((one) => one.key === message.key);
          if (index < 0 || !this.#abilities.idempotentSend) {
            const channel = 'channel' in message.to ? message.to.channel : message.to.externalId;
            index = this.messages.push({ key: message.key, channel, view: message.view }) - 1;
            await this.onAppearance(message);
          }
          return { kind: 'sent', ref: refOf(index) };
        }),
      update: (_installation, ref, view) =>
        guillotine.step(async () => {
          this.messages[Number(ref.message)]!.view = view;
          return { kind: 'sent', ref };
        }),
      lookUp: async () => ({ kind: 'cannot_tell' }),
      link: async () => null,
      find: ({ key }) =>
        guillotine.step(async () => {
          if (this.#abilities.find === 'cannot_tell') return { kind: 'cannot_tell' };
          const index = this.messages.findIndex((one) => one.key === key);
          return index < 0 ? { kind: 'absent' } : { kind: 'found', ref: refOf(index) };
        }),
      health: async () => ({ ok: true, detail: 'outside' }),
      start: async () => undefined,
      stop: async () => undefined,
    };
  }
}
