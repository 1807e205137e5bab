// The key of a message in the 25 characters that Discord's nonce has: short, the same every time, and where the key has an id of ours, its own
// reverse.
import { createHash } from 'node:crypto';

const KINDS: ReadonlyMap<string, string> = new Map(
  ['prompt', 'remind', 'alert', 'digest', 'test'].map((kind) => [kind[0]!, kind]),
);
const HASHED = 'h';
const LONGEST = 22;

const KEY = /^(?:([a-z]+)-)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/u;

/** 23 letters, digits, `-` and `_`. */
export function keyMark(key: string): string {
  const [, kind, id] = KEY.exec(key) ?? [];
  if (kind !== undefined && id !== undefined && KINDS.get(kind[0]!) === kind)
    return kind[0]! + Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
  return HASHED + createHash('sha256').update(key).digest('base64url').slice(0, LONGEST);
}

/** The key that a mark was made of; null where it cannot be told, and the mark itself has to do. */
export function keyOfMark(mark: string): string | null {
  const kind = KINDS.get(mark[0] ?? '');
  const bytes = Buffer.from(mark.slice(1), 'base64url');
  if (kind === undefined || bytes.length !== 16) return null;
  const id = bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
  const key = `${kind}-${id}`;
  return keyMark(key) === mark ? key : null;
}
