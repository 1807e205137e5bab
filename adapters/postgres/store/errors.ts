// What the database says when something goes wrong, in the product's words: whose fault, and what to do about it.
import { AfterwordError } from '../../../src/domain/basics.ts';

/** Two transactions got in each other's way: running one of them again is right. */
export class Collision extends AfterwordError {
  constructor(cause: unknown) {
    super('busy', 'two changes of the same rows got in each other’s way', 'try again', cause);
  }
}

const COLLISIONS = new Set(['40001', '40P01']);

/** Who loses the race to make the same person notices it here. */
const RACES = new Set(['identities_person_id_fkey', 'people_workspace_id_customer_key']);

/** Shutting down, starting up (57P0…), out of connections, memory or disk (53…); class 08 is the connection itself. */
const AWAY = /^(08|53|57P0)/;

/** Network errors of Node, and what `pg` says without a code. */
const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
const AWAY_WORDS =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying|timeout expired|Query read timeout|Cannot use a pool after)/;

export interface DatabaseError {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly constraint?: unknown;
}

/** Whether the connection is of no use any more. */
export function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, message } = error as DatabaseError;
  if (typeof code === 'string') return AWAY.test(code) || AWAY_CODES.has(code);
  return typeof message === 'string' && AWAY_WORDS.test(message);
}

/** Says what `pg` threw in the product's words; the original is the cause. */
export function translate(error: unknown): AfterwordError {
  if (error instanceof AfterwordError) return error;
  const { code, message, constraint } = error as DatabaseError;
  if (isLost(error)) {
    const remedy =
      'check that the database of DATABASE_URL (without it: the process that owns the embedded store) runs and has room; what was not confirmed can be sent again';
    return new AfterwordError('unavailable', `the store does not answer (${String(message)})`, remedy, error);
  }
  if (typeof code !== 'string') return broken(message, error);
  if (COLLISIONS.has(code) || RACES.has(String(constraint))) return new Collision(error);
  if (code === '23505') {
    return new AfterwordError(
      'conflict',
      `this is there already (${String(constraint)})`,
      'load it again and change that one',
      error,
    );
  }
  // Not null, check; malformed or oversized values: what came in was not for this column.
  if (code === '23502' || code === '23514' || code.startsWith('22') || code === '54000') {
    return new AfterwordError(
      'invalid',
      `the store does not take this value: ${String(message)}`,
      'check what was sent',
      error,
    );
  }
  if (code === '23503') {
    return new AfterwordError(
      'not_found',
      `this belongs to something that is not there (${String(constraint)})`,
      'load it again',
      error,
    );
  }
  if (code === '55P03' || code === '57014') {
    return new AfterwordError('busy', `the store took too long: ${String(message)}`, 'try again', error);
  }
  return broken(message, error);
}

function broken(message: unknown, cause: unknown): AfterwordError {
  return new AfterwordError(
    'broken',
    `the store failed: ${String(message)}`,
    'report this as a bug, with the log',
    cause,
  );
}
