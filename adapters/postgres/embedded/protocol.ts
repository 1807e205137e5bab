// What PostgreSQL's wire protocol (version 3.0) says, in both directions, as far as the gateway must understand it.
// Pure: bytes in, values out. https://www.postgresql.org/docs/current/protocol-message-formats.html
import type { ByteQueue } from './byte-queue.ts';

const VERSION_3_0 = 196_608;
const CANCEL = 80_877_102;
const SSL = 80_877_103;
const GSS = 80_877_104;

/** How a connection begins, before messages carry a type. */
export type Opening =
  | { readonly kind: 'encryption' | 'cancel' | 'unsupported' }
  | { readonly kind: 'startup'; readonly parameters: ReadonlyMap<string, string> };

/** The next opening packet; null while it is incomplete. */
export function takeOpening(queue: ByteQueue): Opening | null {
  const head = queue.peek(8);
  if (head === null) return null;
  const length = head.readInt32BE(0);
  if (length < 8 || length > 10_000) return { kind: 'unsupported' };
  const packet = queue.take(length);
  if (packet === null) return null;
  switch (packet.readInt32BE(4)) {
    case SSL:
    case GSS:
      return { kind: 'encryption' };
    case CANCEL:
      return { kind: 'cancel' };
    case VERSION_3_0:
      return { kind: 'startup', parameters: startupParameters(packet) };
    default:
      return { kind: 'unsupported' };
  }
}

function startupParameters(packet: Buffer): ReadonlyMap<string, string> {
  const words = packet.toString('utf8', 8).split('\0');
  const parameters = new Map<string, string>();
  for (let i = 0; i + 1 < words.length && words[i] !== ''; i += 2) parameters.set(words[i]!, words[i + 1]!);
  return parameters;
}

/** The next whole message with its type and length; null while it is incomplete. */
export function takeMessage(queue: ByteQueue): Buffer | null {
  const head = queue.peek(5);
  return head === null ? null : queue.take(1 + Math.max(4, head.readInt32BE(1)));
}

/** The one-letter type of a message. */
export function typeOf(message: Buffer): string {
  return String.fromCharCode(message[0]!);
}

/** The SQL that a Query or Parse message carries; null for every other. */
export function sqlOf(message: Buffer): string | null {
  const type = typeOf(message);
  if (type === 'Q') return message.toString('utf8', 5, message.length - 1);
  if (type !== 'P') return null;
  const start = endOfString(message, 5);
  return message.toString('utf8', start, endOfString(message, start) - 1);
}

/** The same Query or Parse message with other SQL and no parameters. */
export function withSql(message: Buffer, sql: string): Buffer {
  if (typeOf(message) === 'Q') return query(sql);
  const name = message.subarray(5, endOfString(message, 5));
  return encode('P', name, text(sql), Buffer.alloc(2));
}

/** The prepared statement that a Parse, Bind, Describe or Close message names; null when it names none. */
export function statementOf(message: Buffer): { readonly name: string; readonly start: number } | null {
  const start = statementStart(message);
  if (start === null || message[start] === 0) return null;
  return { name: message.toString('utf8', start, endOfString(message, start) - 1), start };
}

/** The same message naming another prepared statement. */
export function withStatement(message: Buffer, name: string): Buffer {
  const start = statementStart(message)!;
  const rest = message.subarray(endOfString(message, start));
  return encode(typeOf(message), message.subarray(5, start), text(name), rest);
}

function statementStart(message: Buffer): number | null {
  switch (typeOf(message)) {
    case 'P':
      return 5;
    case 'B':
      return endOfString(message, 5);
    case 'D':
    case 'C':
      return message[5] === 0x53 ? 6 : null;
    default:
      return null;
  }
}

function endOfString(message: Buffer, start: number): number {
  const end = message.indexOf(0, start);
  return end === -1 ? message.length : end + 1;
}

export const query = (sql: string): Buffer => encode('Q', text(sql));
export const sync = (): Buffer => encode('S');
export const closeStatement = (name: string): Buffer => encode('C', Buffer.from('S'), text(name));

/** The packet with which an unencrypted connection introduces itself. */
export function startup(user: string, database: string): Buffer {
  const words = ['user', user, 'database', database, 'client_encoding', 'UTF8', ''].map((word) => text(word));
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + words.reduce((sum, word) => sum + word.length, 0), 0);
  head.writeInt32BE(VERSION_3_0, 4);
  return Buffer.concat([head, ...words]);
}

/** An error that ends the connection, with its SQLSTATE. */
export function fatal(code: string, message: string): Buffer {
  const fields = [`SFATAL`, `VFATAL`, `C${code}`, `M${message}`].map((field) => text(field));
  return encode('E', ...fields, Buffer.alloc(1));
}

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`, 'utf8');
}

function encode(type: string, ...parts: Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 4);
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(length, 1);
  return Buffer.concat([head, ...parts], 1 + length);
}
