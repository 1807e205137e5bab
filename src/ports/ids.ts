// New identifiers: UUIDs that grow with time, so that indexes stay compact.
import type { Id } from '../domain/basics.ts';

export interface Ids {
  next(): Id;
}
