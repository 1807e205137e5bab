// HTTP as a helpdesk and a customer's browser speak it: whatever fails for a while is tried again, elsewhere if there is an elsewhere.
import type { Random } from '../../src/demo/random.ts';
import type { Book } from './book.ts';

const PATIENCE = 30_000;

export type Reply =
  | { readonly kind: 'answer'; readonly status: number; readonly body: Readonly<Record<string, unknown>> }
  /** Nothing came back, or "come back later": what was asked for was done, or it was not. */
  | { readonly kind: 'nothing' };

export class Client {
  readonly #book: Book;
  readonly #ports: readonly number[];
  readonly #random: Random;
  readonly #apiKey: string;

  constructor(book: Book, ports: readonly number[], random: Random, apiKey: string) {
    this.#book = book;
    this.#ports = ports;
    this.#random = random;
    this.#apiKey = apiKey;
  }

  /** One try, at any of the processes. */
  async ask(method: 'GET' | 'POST', path: string, body?: unknown, token = this.#apiKey): Promise<Reply> {
    const url = `http://127.0.0.1:${this.#random.pick(this.#ports)}${path}`;
    this.#book.requests++;
    try {
      const response = await fetch(url, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(PATIENCE),
      });
      const answer = (await response.json()) as Record<string, unknown>;
      if (response.status === 429 || response.status >= 500) {
        if (response.status >= 500 && response.status !== 503) this.#complain(response, path, answer);
        if (!/problem\+json/.test(response.headers.get('content-type') ?? ''))
          this.#complain(response, path, 'not problem+json');
        this.#book.failed++;
        return { kind: 'nothing' };
      }
      return { kind: 'answer', status: response.status, body: answer };
    } catch {
      this.#book.failed++;
      return { kind: 'nothing' };
    }
  }

  #complain({ status }: Response, path: string, answer: unknown): void {
    const where = path.replaceAll(/[0-9a-f-]{36}/g, '…');
    this.#book.violations.push(`${where} answered ${status}: ${JSON.stringify(answer)}`);
  }
}
