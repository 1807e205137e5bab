// The fake as a whole: its parts, its server, and what was noted while it ran.
import type { AddressInfo } from 'node:net';
import { Clock } from './clock.ts';
import { Commands } from './commands.ts';
import { Events } from './events.ts';
import { Gateway } from './gateway/gateway.ts';
import { Ids } from './ids.ts';
import { Interactions } from './interactions.ts';
import { Mischief } from './mischief.ts';
import { type DiscordOptions, type GivenOptions, resolve } from './options.ts';
import { Rates } from './rates.ts';
import { makeServer } from './server.ts';
import { SigningKeys } from './signing.ts';
import type { Call, Message, User, Violation } from './types.ts';
import { World } from './world.ts';

export class Discord {
  readonly options: DiscordOptions;
  readonly clock = new Clock();
  readonly ids = new Ids(this.clock);
  readonly world = new World(this.clock, this.ids);
  readonly applicationId = this.ids.next();
  readonly rates: Rates;
  readonly events = new Events(this);
  readonly mischief = new Mischief(this);
  readonly gateway = new Gateway(this);
  readonly interactions = new Interactions(this);
  readonly commands = new Commands(this);
  readonly keys = new SigningKeys();
  readonly calls: Call[] = [];
  readonly violations: Violation[] = [];
  /** Messages with an enforced nonce, for as long as Discord remembers them. */
  readonly nonces = new Map<string, Message>();
  /** The token was reset: everything is answered with 401 and 4004. */
  revoked = false;
  /** Where interactions go in place of the gateway. */
  interactionsUrl: string | null = null;
  readonly #server = makeServer(this);
  #port = 0;

  constructor(given: GivenOptions) {
    this.options = resolve(given);
    this.rates = new Rates(this.options, this.clock);
  }

  get bot(): User {
    return this.world.bot;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async listen(): Promise<void> {
    this.#server.on('upgrade', (request, socket, head) => this.gateway.upgrade(request, socket, head));
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.gateway.stop();
    this.interactions.stop();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  violated(where: string, error: string, detail: string): void {
    this.violations.push({ where, error, detail, at: this.clock.now() });
  }
}
