// The fake as a whole: its parts, its server, and what was noted while it ran.
import type { AddressInfo } from 'node:net';
import { Clock } from './clock.ts';
import { Delivery } from './delivery.ts';
import type { SlackError } from './errors.ts';
import { Events } from './events.ts';
import { Hooks } from './hooks.ts';
import { Ids } from './ids.ts';
import { Mischief } from './mischief.ts';
import type { Grant } from './oauth.ts';
import { type GivenOptions, resolve, type SlackOptions } from './options.ts';
import { Rates } from './rates.ts';
import { makeServer } from './server.ts';
import { Sockets } from './sockets.ts';
import { type Installation, Tokens } from './tokens.ts';
import { Triggers } from './triggers.ts';
import type { Call, User, Violation } from './types.ts';
import { makeUser } from './users.ts';
import { Views } from './views.ts';
import { World } from './world.ts';

export class Slack {
  readonly options: SlackOptions;
  readonly clock = new Clock();
  readonly ids: Ids;
  readonly world: World;
  readonly tokens: Tokens;
  readonly rates: Rates;
  readonly triggers: Triggers;
  readonly views: Views;
  readonly hooks: Hooks;
  readonly events: Events;
  readonly delivery: Delivery;
  readonly mischief: Mischief;
  readonly sockets: Sockets;
  readonly calls: Call[] = [];
  readonly violations: Violation[] = [];
  readonly grants = new Map<string, Grant>();
  readonly #server = makeServer(this);
  readonly #bots = new Map<string, User>();
  #port = 0;

  constructor(given: GivenOptions) {
    this.options = resolve(given);
    this.ids = new Ids(this.options.seed);
    this.world = new World(this.clock, this.ids);
    this.tokens = new Tokens(this.clock, this.ids);
    this.rates = new Rates(this.options.rates, this.clock);
    this.triggers = new Triggers(this.clock, this.ids, this.options.triggerLife);
    this.views = new Views(this);
    this.hooks = new Hooks(this);
    this.events = new Events(this);
    this.delivery = new Delivery(this);
    this.mischief = new Mischief(this);
    this.sockets = new Sockets(this);
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async listen(): Promise<void> {
    this.#server.on('upgrade', (request, socket, head) => this.sockets.upgrade(request, socket, head));
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.delivery.close();
    this.sockets.close();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  installationFor(teamId: string): Installation | null {
    return this.tokens.forTeam(teamId, this.world.enterpriseOf(teamId)?.id ?? null);
  }

  /** Puts the app into a workspace or an organisation, with its bot among the users. */
  install(grant: Pick<Grant, 'teamId' | 'enterpriseId' | 'userId' | 'scopes'>): Installation {
    const { teamId, enterpriseId, userId, scopes } = grant;
    const bot = this.#bot(teamId ?? enterpriseId ?? '', teamId ?? this.#anyTeam(enterpriseId));
    return this.tokens.install(
      { teamId, enterpriseId, botUserId: bot.id, botId: bot.botId ?? '', installedBy: userId, scopes },
      this.options.rotation,
    );
  }

  #anyTeam(enterpriseId: string | null): string {
    for (const team of this.world.teams.values()) if (team.enterprise?.id === enterpriseId) return team.id;
    throw new Error(`no team in the organisation ${enterpriseId}`);
  }

  #bot(where: string, teamId: string): User {
    const known = this.#bots.get(where);
    if (known) return known;
    const bot = makeUser(this.ids, teamId, 'afterword', { bot: true });
    this.world.users.set(bot.id, bot);
    this.#bots.set(where, bot);
    return bot;
  }

  violated(where: string, error: SlackError): void {
    if (!error.malformed) return;
    this.violations.push({ where, error: error.error, messages: error.messages, at: this.clock.now() });
  }
}
