// Everybody outside of the product, as they meet it over HTTP: the helpdesk, the customer, whoever looks at the page. Asks each process in turn.
import { v7 } from 'uuid';
import { SECOND } from '../../src/domain/basics.ts';
import type { Instance } from '../chaos/instance.ts';
import { eventually } from '../support/eventually.ts';
import { textOf } from '../support/html.ts';

/** What happens by itself may take so long on a loaded machine. */
export const SOON = 60 * SECOND;

interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export class Outside {
  readonly #instances: readonly Instance[];
  readonly #apiKey: string;
  #turn = 0;

  constructor(instances: readonly Instance[], apiKey: string) {
    this.#instances = instances;
    this.#apiKey = apiKey;
  }

  async ask(method: 'GET' | 'POST', path: string, body?: unknown, token = this.#apiKey): Promise<Reply> {
    const response = await fetch(`${this.#next()}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  /** The helpdesk tells that somebody was helped. */
  tell(externalId: string, person: string): Promise<Reply> {
    const who = { person, thread: `of-${person}`, agent: 'Bo' };
    return this.ask('POST', '/api/v1/interactions', {
      source: 'helpdesk',
      externalId,
      survey: 'nps',
      ...who,
    });
  }

  /** The prompt that this brings. */
  async helped(person: string): Promise<string> {
    const { body } = await this.tell(v7(), person);
    return (body['prompt'] as { id: string }).id;
  }

  async look(promptId: string): Promise<Readonly<Record<string, unknown>>> {
    return (await this.ask('GET', `/api/v1/prompts/${promptId}`)).body;
  }

  /** Waits until the question was sent; answers with the token that came with it. */
  async asked(promptId: string): Promise<string> {
    const token = async () => {
      const { state, answerToken } = await this.look(promptId);
      return state === 'sent' ? String(answerToken) : null;
    };
    return await eventually(`prompt ${promptId} to be sent`, token, SOON);
  }

  answer(promptId: string, token: string, body: object): Promise<Reply> {
    return this.ask('POST', `/api/v1/prompts/${promptId}/answers`, body, token);
  }

  /** Our messages, as somebody reads them on the page. */
  async page(person: string, pane: 'customer' | 'team'): Promise<readonly string[]> {
    const query = new URLSearchParams({ c: `of-${person}`, who: person, lang: 'en' });
    const html = await (await fetch(`${this.#next()}/?${query}`)).text();
    const from = html.indexOf(`<div class="messages" id="${pane}"`);
    const inside = html.slice(from, html.indexOf('<div class="foot">', from));
    return (inside.match(/<article class="message bot"[\s\S]*?<\/article>/g) ?? []).map(textOf);
  }

  #next(): string {
    const { port } = this.#instances[this.#turn++ % this.#instances.length]!;
    return `http://127.0.0.1:${port}`;
  }
}
