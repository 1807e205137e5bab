// Reads what the engine answers to one unit: passes it on to the client, less the notices meant for others, and notes
// what the gateway must know. Pure but for what it is given.
import { ByteQueue } from './byte-queue.ts';
import { takeMessage, typeOf } from './protocol.ts';

const SEND_AT = 64 * 1024;

/** `I` no transaction, `T` in one, `E` in one that failed. */
export type Status = 'I' | 'T' | 'E';

export interface Outlets {
  send(bytes: Buffer): void;
  /** A notification that a transaction gave, as its message. */
  notify(message: Buffer): void;
}

export class Answer {
  /** What the engine said last about its transaction; null when it said nothing, as before a Sync. */
  status: Status | null = null;
  /** A setting changed, or a statement ran that changes settings. */
  changedSettings = false;
  listened = false;
  unlistened = false;
  failed = false;
  /** The first column of the first row, for the gateway's own questions. */
  value: string | null = null;
  readonly #outlets: Outlets;
  readonly #received = new ByteQueue();
  #held: Buffer[] = [];
  #heldSize = 0;

  constructor(outlets: Outlets) {
    this.#outlets = outlets;
  }

  /** Takes the next piece; it is copied, for the engine reuses its memory. */
  push(piece: Uint8Array): void {
    this.#received.push(Buffer.from(piece));
    for (let message = takeMessage(this.#received); message !== null; message = takeMessage(this.#received)) {
      this.#note(message);
    }
  }

  flush(): void {
    if (this.#heldSize === 0) return;
    this.#outlets.send(this.#held.length === 1 ? this.#held[0]! : Buffer.concat(this.#held, this.#heldSize));
    this.#held = [];
    this.#heldSize = 0;
  }

  #note(message: Buffer): void {
    switch (typeOf(message)) {
      case 'A':
        this.#outlets.notify(message);
        return;
      case 'Z':
        this.status = String.fromCharCode(message[5]!) as Status;
        break;
      case 'S':
        this.changedSettings = true;
        break;
      case 'E':
        this.failed = true;
        break;
      case 'C':
        this.#noteCommand(message.toString('latin1', 5, message.length - 1));
        break;
      case 'D':
        this.value ??= firstColumn(message);
        break;
      default:
    }
    this.#held.push(message);
    this.#heldSize += message.length;
    if (this.#heldSize >= SEND_AT) this.flush();
  }

  #noteCommand(tag: string): void {
    if (tag === 'SET' || tag === 'RESET' || tag.startsWith('DISCARD')) this.changedSettings = true;
    if (tag === 'LISTEN') this.listened = true;
    if (tag === 'UNLISTEN' || tag === 'DISCARD ALL') this.unlistened = true;
  }
}

function firstColumn(row: Buffer): string | null {
  if (row.length < 11) return null;
  const length = row.readInt32BE(7);
  return length < 0 ? null : row.toString('utf8', 11, 11 + length);
}
