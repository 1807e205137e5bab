// What Prisma throws, in the product's words: beneath it lies what the database said.
import { AfterwordError } from '../../../src/domain/basics.ts';
import { type DatabaseError, translate } from './errors.ts';

/** Codes for what the adapter tells without the network's own code. */
const NETWORK: Readonly<Record<string, string>> = {
  DatabaseNotReachable: 'ECONNREFUSED',
  ConnectionClosed: 'ECONNRESET',
  SocketTimeout: 'ETIMEDOUT',
};

interface DriverCause {
  readonly kind?: string;
  readonly originalCode?: string;
  readonly originalMessage?: string;
  readonly constraint?: { readonly index?: string };
}

/** Runs one call of Prisma. */
export async function inOurWords<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw error instanceof AfterwordError ? error : translate(beneath(error) ?? error);
  }
}

/** As `pg` would have thrown it. */
function beneath(error: unknown): Error | null {
  const { meta } = error as { meta?: { driverAdapterError?: { cause?: DriverCause } } };
  const said = meta?.driverAdapterError?.cause ?? (error as { cause?: DriverCause }).cause;
  if (said === undefined) return null;
  const thrown: DatabaseError = {
    code: said.originalCode ?? NETWORK[said.kind ?? ''],
    constraint: said.constraint?.index,
  };
  return Object.assign(new Error(said.originalMessage ?? said.kind, { cause: error }), thrown);
}
