// One connection to the embedded store: cuts what it sends into units, each of which must run without another's
// message in between, and gives its prepared statements names of their own.
import type { Socket } from 'node:net';
import { ByteQueue } from './byte-queue.ts';
import * as protocol from './protocol.ts';

/** Messages that run in one go. After a `sync` unit the engine says whether a transaction is open; after a `flush` not. */
export interface Unit {
  readonly bytes: Buffer;
  readonly end: 'sync' | 'flush';
}

export interface ClientEvents {
  /** There is a unit to run, or the connection ended and must be cleared away. */
  work(client: Client): void;
}

/** Setting names and values that a client may choose when it connects: `-c name=value` words of its `options`. */
const OPTION = /(?:^|\s)(?:-c\s*|--)([a-z_.]+)=((?:\\.|[^\s\\])*)/gi;

// The engine would wait for the rows on a socket that it does not have, and die of it.
const COPY_IN = /\bcopy\b[^;]*\bfrom\s+stdin\b/i;
const COPY_REFUSED = `DO $$BEGIN RAISE EXCEPTION USING ERRCODE = '0A000',
  MESSAGE = 'the embedded store has no COPY FROM STDIN', HINT = 'Insert rows, or use a PostgreSQL server.'; END$$`;

export class Client {
  readonly statements = new Set<string>();
  /** SQL that brings its settings about; empty for the usual ones. */
  settings = '';
  listening = false;
  queued = false;
  ended = false;
  readonly #socket: Socket;
  readonly #events: ClientEvents;
  readonly #greeting: Buffer;
  readonly #prefix: string;
  readonly #received = new ByteQueue();
  readonly #units: Unit[] = [];
  #unit: Buffer[] = [];
  #greeted = false;

  constructor(socket: Socket, id: number, greeting: Buffer, events: ClientEvents) {
    this.#socket = socket;
    this.#prefix = `c${id}_`;
    this.#greeting = greeting;
    this.#events = events;
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.end());
  }

  get hasWork(): boolean {
    return this.#units.length > 0 || this.ended;
  }

  takeUnit(): Unit | undefined {
    return this.#units.shift();
  }

  send(bytes: Buffer): void {
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  /** Ends the connection; what was received whole still runs, unless a reason is given, which the other side is told. */
  end(reason?: Buffer): void {
    if (reason !== undefined) {
      this.#units.length = 0;
      this.send(reason);
    }
    this.#socket.destroySoon();
    if (this.ended) return;
    this.ended = true;
    this.#events.work(this);
  }

  #receive(chunk: Buffer): void {
    if (this.ended) return;
    this.#received.push(chunk);
    if (!this.#greeted && !this.#open()) return;
    const before = this.#units.length;
    for (let message = protocol.takeMessage(this.#received); message !== null; ) {
      if (protocol.typeOf(message) === 'X') {
        this.end();
        return;
      }
      this.#append(message);
      message = protocol.takeMessage(this.#received);
    }
    if (this.#units.length > before) this.#events.work(this);
  }

  /** Says hello without the engine, which may be in another's transaction. */
  #open(): boolean {
    const opening = protocol.takeOpening(this.#received);
    if (opening === null) return false;
    switch (opening.kind) {
      case 'encryption':
        this.send(Buffer.from('N'));
        return this.#open();
      case 'startup':
        this.settings = settingsSql(opening.parameters);
        this.#greeted = true;
        this.send(this.#greeting);
        return true;
      case 'cancel': // the engine cannot be interrupted
        this.end();
        return false;
      case 'unsupported':
        this.end(protocol.fatal('08P01', 'the embedded store speaks version 3.0 of the protocol'));
        return false;
    }
  }

  #append(message: Buffer): void {
    this.#unit.push(this.#own(message));
    const type = protocol.typeOf(message);
    if (type === 'Q' || type === 'S' || type === 'F') this.#close('sync');
    if (type === 'H') this.#close('flush');
  }

  #close(end: Unit['end']): void {
    this.#units.push({ bytes: this.#unit.length === 1 ? this.#unit[0]! : Buffer.concat(this.#unit), end });
    this.#unit = [];
  }

  /** All connections are one session of the engine: two clients may use one name for two statements. */
  #own(message: Buffer): Buffer {
    const sql = protocol.sqlOf(message);
    if (sql !== null && COPY_IN.test(sql)) return protocol.withSql(message, COPY_REFUSED);
    const statement = protocol.statementOf(message);
    if (statement === null) return message;
    const name = this.#prefix + statement.name;
    if (protocol.typeOf(message) === 'P') this.statements.add(name);
    if (protocol.typeOf(message) === 'C') this.statements.delete(name);
    return protocol.withStatement(message, name);
  }
}

function settingsSql(parameters: ReadonlyMap<string, string>): string {
  const settings = [...(parameters.get('options') ?? '').matchAll(OPTION)].map(
    ([, name, value]) =>
      `set_config('${name}', '${value!.replaceAll(/\\(.)/g, '$1').replaceAll("'", "''")}', false)`,
  );
  return settings.length === 0 ? '' : `SELECT ${settings.join(', ')}`;
}
