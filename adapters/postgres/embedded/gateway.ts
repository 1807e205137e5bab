// Lets many connections share the one session that the embedded engine has. A turn lasts from the first message of a
// unit until the engine is out of every transaction, so transactions run one after another and never mix.
//
// What whoever writes SQL for the embedded store must know:
//  * One transaction at a time, for the whole store. While one is open, everybody waits: never wait for anything else
//    inside a transaction. One that stays idle for `idleInTransactionMs` is rolled back and its connection closed.
//  * A statement cannot be interrupted: statement_timeout, lock_timeout and cancelling have no effect.
//  * Session-level advisory locks (pg_advisory_lock) exclude nobody, for all connections are one session; inside a
//    transaction pg_advisory_xact_lock is right, and never waits. Isolation levels and row locks are right, and idle.
//  * Temporary tables, SQL-level PREPARE and cursors WITH HOLD are seen by everybody. Prepared statements of the
//    protocol (`name` in `pg`) are kept apart. DISCARD and DEALLOCATE ALL destroy everybody's: do not use them.
//  * SET lasts until another connection's turn, no longer; SET LOCAL, or `options: '-c name=value'` of a connection,
//    which the gateway brings back at each of its turns, are sound.
//  * LISTEN/NOTIFY work. A listener may be told of channels that only others listen to. COPY FROM STDIN is refused.
//  * A whole answer is in memory before it is sent: read long tables with a cursor.
import type { Socket } from 'node:net';
import { Answer, type Outlets } from './answer.ts';
import { Client, type Unit } from './client.ts';
import * as protocol from './protocol.ts';

export interface Engine {
  /** Runs messages of the protocol and gives the answer in pieces, which are only lent. Throws when it is past use. */
  run(messages: Buffer, answer: (piece: Uint8Array) => void): Promise<void>;
}

export interface GatewayOptions {
  readonly maxClients: number;
  readonly idleInTransactionMs: number;
  /** The engine broke: nothing that it still holds can be trusted. */
  readonly broken: (error: Error) => void;
}

export class Gateway {
  readonly #engine: Engine;
  readonly #options: GatewayOptions;
  readonly #greeting: Buffer;
  readonly #clients = new Set<Client>();
  readonly #queue: Client[] = [];
  #lastId = 0;
  #holder: Client | null = null;
  #pumping = false;
  #pumped: Promise<void> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;
  #settings = '';
  #changedBy: Client | null = null;
  #channels = '';

  private constructor(engine: Engine, options: GatewayOptions, greeting: Buffer) {
    this.#engine = engine;
    this.#options = options;
    this.#greeting = greeting;
  }

  static async open(engine: Engine, options: GatewayOptions): Promise<Gateway> {
    const pieces: Buffer[] = [];
    await engine.run(protocol.startup('postgres', 'postgres'), (piece) => pieces.push(Buffer.from(piece)));
    await engine.run(protocol.query('SELECT 1'), () => {}); // has it report the settings that it had not reported
    return new Gateway(engine, options, Buffer.concat(pieces));
  }

  accept(socket: Socket): void {
    if (this.#clients.size >= this.#options.maxClients) {
      socket.end(protocol.fatal('53300', 'too many connections to the embedded store'));
      return;
    }
    socket.setNoDelay(true);
    const work = (client: Client) => this.#enqueue(client);
    this.#clients.add(new Client(socket, ++this.#lastId, this.#greeting, { work }));
  }

  /** Ends every connection, rolling back what is open. Resolves when the engine is idle. */
  async close(): Promise<void> {
    for (const client of this.#clients) client.end(protocol.fatal('57P01', 'the embedded store is closing'));
    await this.#pumped;
  }

  #enqueue(client: Client): void {
    if (client !== this.#holder && !client.queued) {
      client.queued = true;
      this.#queue.push(client);
    }
    if (this.#pumping) return;
    this.#pumping = true;
    this.#pumped = this.#pump();
  }

  async #pump(): Promise<void> {
    try {
      for (let client = this.#next(); client !== undefined; client = this.#next()) await this.#serve(client);
    } catch (error) {
      this.#options.broken(error as Error);
      return; // and never pump again
    }
    this.#pumping = false;
  }

  #next(): Client | undefined {
    if (this.#holder !== null) return this.#holder.hasWork ? this.#holder : undefined;
    const client = this.#queue.shift();
    if (client !== undefined) client.queued = false;
    return client;
  }

  async #serve(client: Client): Promise<void> {
    clearTimeout(this.#idle);
    const unit = client.takeUnit();
    if (unit === undefined) return this.#dismiss(client);
    if (this.#holder === null && !(await this.#adopt(client))) return;
    const answer = await this.#run(unit, client);
    if (answer.changedSettings) this.#changedBy = client;
    this.#holder = answer.status === 'I' ? null : client;
    if (this.#holder !== null) {
      this.#idle = setTimeout(() => this.#evict(client), this.#options.idleInTransactionMs);
      return;
    }
    if (answer.listened || answer.unlistened) await this.#keepListening(client, answer);
    if (client.hasWork) this.#enqueue(client);
  }

  async #run(unit: Unit, client: Client): Promise<Answer> {
    const answer = await this.#exchange(unit.bytes, {
      send: (bytes) => client.send(bytes),
      notify: (message) => this.#notify(message),
    });
    if (unit.end === 'sync' && answer.status === null) throw new Error('the engine gave no answer');
    return answer;
  }

  /** A question of the gateway's own. Notifications that come with the answer are still passed on. */
  #ask(messages: Buffer): Promise<Answer> {
    return this.#exchange(messages, { send: () => {}, notify: (message) => this.#notify(message) });
  }

  async #exchange(messages: Buffer, outlets: Outlets): Promise<Answer> {
    const answer = new Answer(outlets);
    await this.#engine.run(messages, (piece) => answer.push(piece));
    answer.flush();
    return answer;
  }

  /** Brings about the settings of the client whose turn begins. */
  async #adopt(client: Client): Promise<boolean> {
    const changed = this.#changedBy !== null && this.#changedBy !== client;
    if (!changed && this.#settings === client.settings) return true;
    const { failed } = await this.#ask(protocol.query(`RESET ALL; ${client.settings}`));
    this.#settings = failed ? 'unknown' : client.settings;
    this.#changedBy = null;
    if (failed)
      client.end(protocol.fatal('22023', 'a setting in the options of the connection is not valid'));
    return !failed;
  }

  /** Clears away after a connection that ended: its transaction, its prepared statements, its part in listening. */
  async #dismiss(client: Client): Promise<void> {
    if (!this.#clients.delete(client)) return;
    if (this.#holder === client) {
      // Aborts what is open without a Sync, which would commit it; after an error all but Sync is passed over.
      const rollback = protocol.query('ROLLBACK');
      await this.#ask(Buffer.concat([rollback, protocol.sync(), rollback]));
      this.#holder = null;
    }
    if (client.statements.size > 0) {
      await this.#ask(
        Buffer.concat([...[...client.statements].map(protocol.closeStatement), protocol.sync()]),
      );
    }
    if (client.listening && ![...this.#clients].some((other) => other.listening)) {
      await this.#ask(protocol.query('UNLISTEN *'));
    }
  }

  /** The engine listens as long as anybody does: one who stops must not stop the others. */
  async #keepListening(client: Client, answer: Answer): Promise<void> {
    if (answer.listened) client.listening = true;
    if (answer.unlistened && this.#channels !== '') await this.#ask(protocol.query(this.#channels));
    const names = `SELECT string_agg('LISTEN ' || quote_ident(c), '; ') FROM pg_listening_channels() c`;
    this.#channels = (await this.#ask(protocol.query(names))).value ?? '';
  }

  #notify(message: Buffer): void {
    for (const client of this.#clients) if (client.listening) client.send(message);
  }

  #evict(client: Client): void {
    client.end(protocol.fatal('25P03', 'the embedded store rolled back a transaction that had been idle'));
  }
}
