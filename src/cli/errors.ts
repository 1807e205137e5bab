// How a command ends when it does not end well.
import { AfterwordError } from '../domain/basics.ts';

export const EXIT = { good: 0, failed: 1, wrongUse: 2 } as const;

/** The command was called in a way that it does not understand: exit code 2. */
export class UsageError extends AfterwordError {
  constructor(message: string, remedy: string) {
    super('invalid', message, remedy);
    this.name = 'UsageError';
  }
}

/** Runs what reads the command line; what it finds invalid is wrong use. */
export function asUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof AfterwordError && error.kind === 'invalid')
      throw new UsageError(error.message, error.remedy);
    throw error;
  }
}

/** Whoever read our output has gone: end quietly. */
export class ReaderGone extends Error {}
